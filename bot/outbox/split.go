package outbox

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words returns what formatted text says, without tags and entities.
func Words(formatted string) string {
	var b strings.Builder
	for rest := formatted; rest != ""; {
		a := nextAtom(rest)
		rest = rest[len(a.raw):]
		if a.kind == letterAtom {
			b.WriteRune(a.char)
		}
	}
	return b.String()
}

// Blank reports whether a formatted text has no letter to be seen.
func Blank(formatted string) bool {
	for rest := formatted; rest != ""; {
		a := nextAtom(rest)
		rest = rest[len(a.raw):]
		if a.kind == letterAtom && !unicode.IsSpace(a.char) {
			return false
		}
	}
	return true
}

// runeUnits counts the UTF-16 units of a letter.
func runeUnits(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

type atomKind uint8

const (
	letterAtom atomKind = iota // a letter, or an entity that stands for one
	openAtom
	closeAtom
)

// atom is the smallest piece of formatted text that must stay whole.
type atom struct {
	kind atomKind
	raw  string
	char rune // of a letter
}

// tag matches a tag with its attributes.
var tag = regexp.MustCompile(`^</?[A-Za-z][^<>]*>`)

// entity matches what is read as an entity; anything else is text.
var entity = regexp.MustCompile(`^&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});`)

// nextAtom reads the first piece of s, which is not empty.
func nextAtom(s string) atom {
	switch s[0] {
	case '<':
		if raw := tag.FindString(s); raw != "" {
			if raw[1] == '/' {
				return atom{kind: closeAtom, raw: raw}
			}
			return atom{kind: openAtom, raw: raw}
		}
	case '&':
		if raw := entity.FindString(s); raw != "" {
			char, _ := utf8.DecodeRuneInString(html.UnescapeString(raw))
			return atom{raw: raw, char: char}
		}
	}

	char, size := utf8.DecodeRuneInString(s)
	return atom{raw: s[:size], char: char}
}

// split cuts formatted text into parts of at most limit units. It cuts after
// a paragraph, else after a line, else after a sentence, else after a word, in the second half of a
// part; tags that are open at a cut are closed and opened again. Nothing of
// the text is lost, but a part without any visible letter is left out: channels
// refuse it.
func split(formatted string, limit int) []string {
	parts := []string{formatted}
	if len(formatted) > limit { // a byte is never more than one unit
		parts = splitLong(formatted, limit)
	}
	return slices.DeleteFunc(parts, Blank)
}

func splitLong(formatted string, limit int) []string {
	var parts []string
	s := splitter{limit: limit}
	for rest := formatted; rest != ""; {
		a := nextAtom(rest)
		rest = rest[len(a.raw):]
		for a.kind == letterAtom && s.size+runeUnits(a.char) > limit {
			parts = append(parts, s.cut())
		}
		s.add(a)
	}
	return append(parts, s.rest())
}

// splitter gathers one part at a time.
type splitter struct {
	limit int
	atoms []atom
	size  int      // units so far
	open  []string // tags open where the part begins
	at    int      // how many atoms come before the best place to cut
	rank  int      // how good that place is
}

// Places to cut, the best last.
const (
	afterWord = iota + 1
	afterSentence
	afterLine
	afterParagraph
)

func (s *splitter) add(a atom) {
	s.atoms = append(s.atoms, a)
	if a.kind != letterAtom {
		return
	}
	s.size += runeUnits(a.char)
	if rank := s.rankHere(); rank > 0 && rank >= s.rank {
		s.at, s.rank = len(s.atoms), rank
	}
}

// rankHere says how good it is to cut after the last atom; 0 is not at all.
func (s *splitter) rankHere() int {
	last, before, rank := s.atoms[len(s.atoms)-1].char, '.', 0
	if len(s.atoms) > 1 {
		before = s.atoms[len(s.atoms)-2].char
	}
	switch {
	case last == '\n' && before == '\n':
		rank = afterParagraph
	case last == '\n':
		rank = afterLine
	case !unicode.IsSpace(last):
		return 0
	case strings.ContainsRune(".!?…;", before):
		rank = afterSentence
	default:
		rank = afterWord
	}

	if s.size >= s.limit/2 {
		rank += afterParagraph // any place in the second half beats all in the first
	}
	return rank
}

// cut ends the part at the best place and keeps what follows for the next.
func (s *splitter) cut() string {
	at := s.at
	if at == 0 {
		at = len(s.atoms)
	}

	later := s.atoms[at:]
	s.atoms = s.atoms[:at]
	part := s.rest()

	next := splitter{limit: s.limit, open: stillOpen(s.open, s.atoms)}
	for _, a := range later {
		next.add(a)
	}

	*s = next
	return part
}

// rest writes the part with its tags balanced.
func (s *splitter) rest() string {
	var b strings.Builder
	for _, tag := range s.open {
		b.WriteString(tag)
	}
	for _, a := range s.atoms {
		b.WriteString(a.raw)
	}
	open := stillOpen(s.open, s.atoms)
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteString("</" + tagName(open[i]) + ">")
	}
	return b.String()
}

// stillOpen returns the tags that are open after the atoms.
func stillOpen(before []string, atoms []atom) []string {
	open := append([]string{}, before...)
	for _, a := range atoms {
		switch {
		case a.kind == openAtom:
			open = append(open, a.raw)
		case a.kind == closeAtom && len(open) > 0:
			open = open[:len(open)-1]
		}
	}
	return open
}

// tagName returns "a" for `<a href="…">`.
func tagName(tag string) string {
	name, _, _ := strings.Cut(strings.Trim(tag, "<>"), " ")
	return name
}
