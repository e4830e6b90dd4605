package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean brings typed text to the form in which it is kept: NFC, lines ended by
// LF, a tab or other odd space turned into a plain one, control, formatting and zero-width
// characters taken out, outer space trimmed. Words are never changed: where
// Khmer or an emoji needs a zero-width character, it stays.
func Clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "")
	}
	if isPlain(s) {
		return strings.TrimSpace(s)
	}

	s = norm.NFC.String(s)
	var b strings.Builder
	b.Grow(len(s))
	var before rune
	for i, r := range s {
		switch {
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
			continue
		case r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			r = '\n'
		case r == '\n':
		case r == '\t', unicode.Is(unicode.Zs, r), blank(r):
			r = ' '
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r) && !joins(before, r):
			continue
		}

		b.WriteRune(r)
		before = r
	}

	// What was taken out may have stood between a letter and its mark.
	return strings.TrimSpace(norm.NFC.String(b.String()))
}

// blank reports whether a character that counts as a letter or a sign shows
// nothing: the empty braille pattern and the Hangul fillers.
func blank(r rune) bool {
	switch r {
	case '\u2800', '\u3164', '\u115f', '\u1160', '\uffa0':
		return true
	}
	return false
}

// isPlain reports whether s holds nothing but printable ASCII, line feeds and
// Latin letters that are in NFC: nothing that Clean would change.
func isPlain(s string) bool {
	for _, r := range s {
		switch _, ok := latin(r); {
		case ok, r >= ' ' && r < 0x7f, r == '\n':
		default:
			return false
		}
	}
	return true
}

// joins reports whether the writing of what stands before needs a zero-width
// character: Khmer parts its words with one, an emoji is built with another.
func joins(before, r rune) bool {
	switch r {
	case '\u200b', '\u200c':
		return unicode.Is(unicode.Khmer, before)
	case '\u200d':
		return unicode.Is(unicode.Khmer, before) || unicode.Is(unicode.So, before) ||
			before == '\ufe0f' || unicode.Is(unicode.Sk, before)
	}
	return false
}

// runeLen is the length of the first rune of s.
func runeLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}
