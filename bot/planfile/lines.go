package planfile

import (
	"regexp"
	"strconv"
	"strings"
)

// Lines says on which line of a file each place stands.
type Lines map[string]int

// Line returns the line of a place, or of what holds it; 0 when there is none,
// as for a value that the file leaves out at its top.
func (l Lines) Line(place string) int {
	for place != "" {
		if n, ok := l[place]; ok {
			return n
		}
		i := strings.LastIndexByte(place, '.')
		place = place[:max(i, 0)]
	}
	return 0
}

// first returns the first line of a place whose lists are not numbered.
func (l Lines) first(place string) int {
	best := 0
	for numbered, line := range l {
		if anyNumber.ReplaceAllString(numbered, "") == place && (best == 0 || line < best) {
			best = line
		}
	}
	if best == 0 {
		return l.Line(place)
	}
	return best
}

var (
	anyNumber = regexp.MustCompile(`\.\d+\b`)
	listHead  = regexp.MustCompile(`^\s*\[\[\s*([\w-]+(?:\.[\w-]+)*)\s*\]\]`)
	tableHead = regexp.MustCompile(`^\s*\[\s*([\w-]+(?:\.[\w-]+)*)\s*\]`)
	keyHead   = regexp.MustCompile(`^\s*([\w-]+(?:\.[\w-]+)*)\s*=`)
)

// findLines finds the places of a file by its heads and keys. The values
// inside of one line share it.
func findLines(text string) Lines {
	l := Lines{}
	count := map[string]int{}
	note := func(place string, line int) {
		if _, ok := l[place]; !ok {
			l[place] = line
		}
	}

	prefix := ""
	for i, line := range strings.Split(text, "\n") {
		switch {
		case listHead.MatchString(line):
			list := numbered(listHead.FindStringSubmatch(line)[1], count)
			count[list]++
			note(list, i+1)
			prefix = list + "." + strconv.Itoa(count[list])
			note(prefix, i+1)
		case tableHead.MatchString(line):
			prefix = numbered(tableHead.FindStringSubmatch(line)[1], count)
			note(prefix, i+1)
		case keyHead.MatchString(line):
			note(strings.TrimPrefix(prefix+"."+keyHead.FindStringSubmatch(line)[1], "."), i+1)
		}
	}

	return l
}

// numbered puts the number of the present element behind every list that a
// head passes through: [[rules.free]] is rules.2.free in the second rule.
func numbered(head string, count map[string]int) string {
	out := ""
	parts := strings.Split(head, ".")
	for i, part := range parts {
		out = strings.TrimPrefix(out+"."+part, ".")
		if n := count[out]; n > 0 && i < len(parts)-1 {
			out += "." + strconv.Itoa(n)
		}
	}
	return out
}
