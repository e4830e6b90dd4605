package answer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Named is a choice with every name it goes by: its label, its short form, its
// abbreviations.
type Named struct {
	Key   string
	Names []string
}

// closeness says how well a typed text fits a name; more is better.
type closeness uint8

const (
	strange closeness = iota
	contained
	spelledClose
	prefixed
	ending
	sameWords
	sameFold
	sameTone
)

// Choose returns the indexes of the choices that a text may mean, the best
// first. Exactly one is certain. It knows a name with or without diacritics, an
// abbreviation in any order (anqp for QPAN), the beginning of its words, a name
// inside a sentence, a small slip of the keys, and the number of the choice as
// it is listed, from 1.
func Choose(text string, from []Named) []int {
	text = Clean(text)
	best, found := bestMatches(newComparable(text), prepare(from))
	if best < sameWords {
		if i, ok := listNumber(text); ok {
			if i >= 1 && i <= len(from) {
				return []int{i - 1}
			}
			return nil
		}
	}
	return found
}

// prepare makes the names of choices ready for comparing.
func prepare(from []Named) [][]compared {
	names := make([][]compared, len(from))
	for i, n := range from {
		for _, name := range n.Names {
			names[i] = append(names[i], newComparable(name))
		}
	}
	return names
}

// bestMatches returns the choices that fit best of all, and how well they do.
func bestMatches(t compared, from [][]compared) (closeness, []int) {
	if t.fold == "" {
		return strange, nil
	}

	best, found := strange, []int(nil)
	words := make([]int, len(from)) // of the name that fits
	for i, names := range from {
		c := strange
		for _, name := range names {
			if k := t.closeTo(name); k > c {
				c, words[i] = k, len(name.words)
			}
		}

		switch {
		case c == strange || c < best:
		case c > best:
			best, found = c, []int{i}
		default:
			found = append(found, i)
		}
	}

	slices.SortStableFunc(found, func(a, b int) int { return words[a] - words[b] })
	return best, found
}

// listNumber reads "2", "2.", "số 2" and "#2".
func listNumber(text string) (int, bool) {
	toks := scan(text)
	for len(toks) > 0 && toks[0].is("so", "#", "(", "chon", "muc", "y", "cau") {
		toks = toks[1:]
	}
	for len(toks) > 1 && toks[len(toks)-1].is(".", ")", "a") {
		toks = toks[:len(toks)-1]
	}
	if len(toks) != 1 || toks[0].kind != number || len(toks[0].fold) > 3 || !isDigits(toks[0].fold) {
		return 0, false
	}
	n, err := strconv.Atoi(toks[0].fold)
	return n, err == nil
}

// compared is a text prepared for comparing.
type compared struct {
	tone   string // with diacritics, wherever the tone marks stand
	fold   string
	words  []string // folded, abbreviations expanded
	squash string   // folded without spaces
}

func newComparable(s string) compared {
	fold := Fold(s)
	return compared{
		tone: toned(s), fold: fold,
		words: strings.Fields(expandFolded(fold)), squash: strings.ReplaceAll(fold, " ", ""),
	}
}

// toned writes the words of a text with their diacritics in one way.
func toned(s string) string {
	var b strings.Builder
	for _, t := range scan(s) {
		if t.kind == sign {
			continue
		}
		b.WriteString(cmp.Or(t.tone, t.fold))
		b.WriteByte(' ')
	}
	return b.String()
}

// closeTo says how well a typed text fits a name.
func (t compared) closeTo(name compared) closeness {
	switch {
	case name.fold == "":
		return strange
	case t.tone == name.tone:
		return sameTone
	case t.fold == name.fold, t.squash == name.squash:
		return sameFold
	case slices.Equal(sorted(t.words), sorted(name.words)), t.squash == initials(name.words):
		return sameWords
	case len(t.words) > 1 && endsWith(name.words, t.words):
		return ending
	case beginWords(t.words, name.words):
		return prefixed
	case isSlip(t.squash, name.squash):
		return spelledClose
	case len(name.squash) > 1 && containsWords(t.words, name.words):
		return contained
	}

	return strange
}

func sorted(words []string) []string {
	s := slices.Clone(words)
	slices.Sort(s)
	return s
}

func initials(words []string) string {
	if len(words) < 2 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		b.WriteByte(w[0])
	}
	return b.String()
}

// beginWords reports whether every typed word begins a word of the name, in order.
func beginWords(typed, name []string) bool {
	letters := 0
	for _, w := range typed {
		i := slices.IndexFunc(name, func(n string) bool { return strings.HasPrefix(n, w) })
		if i < 0 {
			return false
		}
		name = name[i+1:]
		letters += len(w)
	}
	return letters > 1
}

// endsWith reports whether the last words of a name are the typed ones, so that
// "nông thôn mới" is not taken for "… nông thôn mới nâng cao".
func endsWith(name, typed []string) bool {
	return len(typed) <= len(name) && slices.Equal(name[len(name)-len(typed):], typed)
}

// containsWords reports whether the name stands in the typed text, which does not say
// that it is not so: "chưa hoàn thành" is not "Hoàn thành".
func containsWords(typed, name []string) bool {
	denied := func(w string) bool { return slices.Contains(denials, w) && !slices.Contains(name, w) }
	return !slices.ContainsFunc(typed, denied) && strings.Contains(" "+strings.Join(typed, " ")+" ", " "+strings.Join(name, " ")+" ")
}

// denials are words, folded, that turn round what is said with them.
var denials = []string{"chua", "khong", "ko", "chang", "not", "no"}

// Slip reports whether two folded phrases are the same, but for one slip of the
// keys where they are long enough to be known by the rest.
func Slip(a, b string) bool {
	return a == b || min(len(a), len(b)) >= 7 && distance(a, b, 1) <= 1
}

// isSlip reports whether two words differ by one slip, or two when they are long.
func isSlip(a, b string) bool {
	allowed := 1
	switch n := min(len(a), len(b)); {
	case n < 4 || len(a) > 80 || len(b) > 80:
		return false
	case n >= 10:
		allowed = 2
	}
	return distance(a, b, allowed) <= allowed
}

// distance counts the slips between two folded words: a letter put, left out,
// changed, or two swapped. More than most is returned as most+1.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}

	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}

	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}

		if least > most {
			return most + 1
		}

		before, last, row = last, row, before
	}

	return min(last[len(b)], most+1)
}
