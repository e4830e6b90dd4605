package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// kind is the sort of a token.
type kind uint8

const (
	word kind = iota
	number
	sign
)

// token is a word, a number or a sign of a typed text.
type token struct {
	kind kind
	text string // as typed
	fold string // a word folded; a sign in its plain form; a number as typed
	// tone is a word with its diacritics, the tone mark at its end, so that
	// hoà and hòa are the same; "" for a word typed without diacritics.
	tone string
	gap  bool // white space or the beginning stands before it
	// at and end are where it stands in the text that was scanned, in bytes.
	at, end int
}

func (t token) is(folds ...string) bool {
	for _, f := range folds {
		if t.kind != number && t.fold == f {
			return true
		}
	}
	return false
}

// together returns the place behind two words where they first stand side by
// side, 0 where they never do.
func together(toks []token, first, second string) int {
	for i := 1; i < len(toks); i++ {
		if toks[i].is(second) && toks[i-1].is(first) {
			return i + 1
		}
	}
	return 0
}

// ends reports whether the token parts two statements.
func (t token) ends() bool {
	return t.kind == sign && strings.Contains(",;\n()[].!?|•", t.fold)
}

// scan cuts a text into tokens, in linear time. A line end is a sign "\n".
func scan(text string) []token { return scanPlain(plain(text)) }

// scanPlain scans a text that is plain: its tokens tell where they stand in it.
func scanPlain(s string) []token {
	toks := make([]token, 0, len(s)/4+1)
	gap := true
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == ' ' {
			gap = true
			i += n
			continue
		}

		t := token{gap: gap}
		switch {
		case r == ',' && gap && i+1 < len(s) && isDigit(rune(s[i+1])): // ,5 tỷ
			t.kind, n = number, 1+numberLen(s[i+1:])
			t.fold = "0" + s[i:i+n]
		case isDigit(r):
			t.kind, n = number, numberLen(s[i:])
			t.fold = s[i : i+n]
		case unicode.IsLetter(r):
			t.kind, n = word, wordLen(s[i:])
			t.fold, t.tone = foldWord(s[i : i+n])
		default:
			t.kind, t.fold = sign, plainSign(r)
			if t.fold == "x" {
				t.kind = word // 42 × 3 is written 42 x 3 as well
			}
		}

		t.text, t.at, t.end = s[i:i+n], i, i+n
		toks = append(toks, t)
		i += n
		gap = r == '\n'
	}

	return toks
}

// plain is a text as it is scanned. A letter that was full-width takes up its marks.
func plain(text string) string { return norm.NFC.String(narrow(squares.Replace(Clean(text)))) }

// squares writes units that are one character as words.
var squares = strings.NewReplacer("㎡", "m²", "㎥", "m³", "㎞", "km", "㎏", "kg")

// narrow turns full-width forms and the printer's apostrophe into ASCII.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xff01 && r <= 0xff5e {
			return r - 0xfee0
		}
		if r == '\u20e3' || r == '\ufe0f' {
			return -1 // the key around a digit: 3️⃣
		}
		if r == '’' || r == '‘' {
			return '\''
		}
		return r
	}, s)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// numberLen measures a number with its separators: 1.234,5 and 15.6.2026, but
// not the full stop of a sentence.
func numberLen(s string) int {
	n := 0
	for n < len(s) {
		switch c := s[n]; {
		case isDigit(rune(c)):
			n++
		case (c == '.' || c == ',' || c == '\'') && n+1 < len(s) && isDigit(rune(s[n+1])):
			n += 2
		default:
			return n
		}
	}
	return n
}

// wordLen measures a word. The exponent of m2, km² and m³ belongs to it.
func wordLen(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		n += size
	}

	switch rest := s[n:]; {
	case !measures(s[:n]):
	case strings.HasPrefix(rest, "²"), strings.HasPrefix(rest, "³"):
		n += len("²")
	case (strings.HasPrefix(rest, "2") || strings.HasPrefix(rest, "3")) && (len(rest) == 1 || !isDigit(rune(rest[1]))):
		n++
	case strings.HasPrefix(rest, "^2"), strings.HasPrefix(rest, "^3"):
		n += 2
	}

	return n
}

// measures reports whether a word is a length that can have an exponent.
func measures(w string) bool {
	switch strings.ToLower(w) {
	case "m", "km", "cm", "dm", "met", "mét":
		return true
	}
	return false
}

// foldWord folds a word, and gives its toned form if it has diacritics.
func foldWord(w string) (plain, toned string) {
	b, shapes := make([]byte, 0, 32), make([]byte, 0, 32) // longer than words are, so on the stack
	tone, marked := byte(0), false
	for _, r := range w {
		if l, ok := latin(r); ok {
			marked = true
			b = append(b, l.plain)
			shapes = utf8.AppendRune(shapes, l.shape)
			tone = max(tone, l.tone)
			continue
		}

		if r < utf8.RuneSelf {
			if c := plainASCII[r]; c != ' ' {
				b, shapes = append(b, c), append(shapes, c)
			}
			continue
		}

		if r = foldRune(r); r != silent && r != ' ' {
			b, shapes = utf8.AppendRune(b, r), utf8.AppendRune(shapes, r)
		}
	}

	softenY(b)
	if !marked {
		return string(b), ""
	}

	softenY(shapes)
	return string(b), string(append(shapes, '0'+tone))
}

// plainSign writes the variants of one sign alike.
func plainSign(r rune) string {
	switch r {
	case '–', '—', '−', '‐', '‑', '→':
		return "-"
	case '×', '*', '✕':
		return "x"
	case '≈', '≃', '∼':
		return "~"
	case '≥':
		return ">"
	case '≤':
		return "<"
	case '÷', '⁄', '∕':
		return "/"
	}

	return string(r)
}
