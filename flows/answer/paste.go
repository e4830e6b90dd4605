package answer

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Pasted is the part of a message that answers one field.
type Pasted struct{ Field, Text string }

// labelStart is where a label can begin: at the start of a line or after a
// semicolon, behind a number or a bullet.
var labelStart = regexp.MustCompile(`(?:^|[\n;])[ ]*(?:\d{1,2}[.)]|[-+*•▪●–])?[ ]*`)

// labelWords is the longest label that is looked for.
const labelWords = 10

// Paste splits one message that answers several fields with labels, as in "Tên
// mô hình: …", one a line or parted by semicolons. A label's text runs until
// the next label; what stands before the first is a greeting. It returns nil
// unless at least two fields are recognised. A field that comes twice has both
// texts, in two lines.
func Paste(text string, fields []Named) []Pasted {
	text = Clean(text)
	type mark struct{ field, at, text int }
	var marks []mark
	names := prepare(fields)
	for _, loc := range labelStart.FindAllStringIndex(text, -1) {
		label, length := labelAt(text[loc[1]:])
		if length == 0 {
			continue
		}
		if f := labelOf(newComparable(label), names); f >= 0 {
			marks = append(marks, mark{f, loc[0], loc[1] + length})
		}
	}

	var out []Pasted
	index := make(map[int]int)
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1].at
		}
		answer := strings.TrimRight(strings.TrimSpace(text[m.text:end]), "; ")
		if k, ok := index[m.field]; ok {
			out[k].Text = strings.TrimSpace(out[k].Text + "\n" + answer)
			continue
		}
		index[m.field] = len(out)
		out = append(out, Pasted{fields[m.field].Key, answer})
	}

	if len(out) < 2 {
		return nil
	}

	return out
}

// labelAt returns the words before a colon and the length up to what follows it.
func labelAt(s string) (string, int) {
	const longest = 80
	colon := strings.IndexAny(s[:min(len(s), longest)], ":=\n;")
	if colon <= 0 || s[colon] == '\n' || s[colon] == ';' {
		return "", 0
	}
	return s[:colon], colon + 1
}

// labelOf finds the field that a label names: by its whole name, its
// abbreviation, some of its words or a slip of it, or by a name of two words
// or more that the label begins with.
func labelOf(t compared, fields [][]compared) int {
	if t.fold == "" || len(t.words) > labelWords {
		return -1
	}

	best, found := bestMatches(t, fields)
	if len(found) == 1 && (best >= sameWords || best >= spelledClose && len(t.words) > 1) {
		return found[0]
	}

	field, longest := -1, 1
	for i, names := range fields {
		for _, name := range names {
			words := name.words
			if len(words) > longest && len(words) < len(t.words) && containsWords(t.words[:len(words)], words) {
				field, longest = i, len(words)
			}
		}
	}

	return field
}

// bullet is what a line of a list begins with.
var bullet = regexp.MustCompile(`^(?:\d{1,2}[.)]|[-+*•▪●–])\s+`)

// Pieces returns the parts of a text that holds several answers without labels:
// "a; b; c", or several short lines. It returns nil for one text.
func Pieces(text string) []string {
	const longest, most = 160, 40
	text = Clean(text)
	divider := ";"
	if strings.Contains(text, "\n") {
		divider = "\n"
	}

	var out []string
	for part := range strings.SplitSeq(text, divider) {
		part = strings.TrimSpace(bullet.ReplaceAllString(strings.TrimSpace(part), ""))
		if part = strings.TrimRight(part, "; "); part == "" {
			continue
		}
		if divider == "\n" && utf8.RuneCountInString(part) > longest || len(out) == most {
			return nil
		}
		out = append(out, part)
	}

	if len(out) < 2 {
		return nil
	}

	return out
}
