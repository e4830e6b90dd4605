package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings text to the form in which it is searched and compared: lower
// case, without diacritics, đ as d, i for a final y after a consonant (kỹ = kĩ,
// tỷ = tỉ, quý = quí), everything that is neither letter nor digit as one
// space. It takes text in any form of Unicode. Folding twice changes nothing.
func Fold(s string) string {
	b := make([]byte, 0, len(s))
	open := false // whether the last byte belongs to a word
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			if c = plainASCII[c]; c != ' ' || open {
				b = append(b, c)
				open = c != ' '
			}
			continue
		}

		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch r = foldRune(r); {
		case r == silent:
		case r != ' ':
			b = utf8.AppendRune(b, r)
			open = true
		case open:
			b = append(b, ' ')
			open = false
		}
	}

	if len(b) > 0 && !open {
		b = b[:len(b)-1]
	}

	softenY(b)
	return string(b)
}

// silent stands for a rune that folding drops without a space.
const silent = rune(-1)

// foldRune folds one rune beyond ASCII.
func foldRune(r rune) rune {
	if l, ok := latin(r); ok {
		return rune(l.plain)
	}

	switch {
	case r >= 0x300 && r <= 0x36f, unicode.Is(unicode.Cf, r):
		return silent
	case r == '²':
		return '2'
	case r == '³':
		return '3'
	case r >= 0xff01 && r <= 0xff5e:
		return rune(plainASCII[r-0xfee0])
	}

	if low := unicode.ToLower(r); low != r {
		if low < utf8.RuneSelf {
			return rune(plainASCII[low])
		}
		return foldRune(low)
	}

	if r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)) {
		return r
	}

	return ' '
}

// softenY writes the y at the end of a syllable as i when it stands after a
// consonant or after qu, where both spellings live. The y of ngày, thúy and
// yên is no such y.
func softenY(b []byte) {
	for i, c := range b {
		if c == 'y' && i > 0 && softBefore(b, i) && (i+1 == len(b) || !isVowel(b[i+1])) {
			b[i] = 'i'
		}
	}
}

func softBefore(b []byte, i int) bool {
	p := b[i-1]
	if p == 'u' {
		return i > 1 && b[i-2] == 'q'
	}
	return p >= 'a' && p <= 'z' && !isVowel(p)
}

func isVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

// letter is a Latin letter taken apart.
type letter struct {
	plain byte // without any mark
	shape rune // without its tone: ă, â, đ, ê, ô, ơ, ư stay
	tone  byte // 1 to 5 for huyền, hỏi, ngã, sắc, nặng; 0 for none
}

// latin takes a lower- or upper-case Latin letter with marks apart.
func latin(r rune) (letter, bool) {
	var l letter
	switch {
	case r >= 0xc0 && r < 0x250:
		l = latinTables.low[r-0xc0]
	case r >= 0x1e00 && r < 0x1f00:
		l = latinTables.high[r-0x1e00]
	}
	return l, l.plain != 0
}

// latinTables holds the letters of two blocks of Unicode, in which all of
// Vietnamese lies.
var latinTables = newLatinTables()

type tables struct {
	low  [0x250 - 0xc0]letter
	high [0x100]letter
}

func newLatinTables() *tables {
	t := new(tables)
	for i := range t.low {
		t.low[i] = takeApart(rune(0xc0 + i))
	}
	for i := range t.high {
		t.high[i] = takeApart(rune(0x1e00 + i))
	}
	return t
}

// takeApart decomposes a letter; one that is not built on ASCII comes back empty.
func takeApart(r rune) letter {
	switch r = unicode.ToLower(r); r {
	case 'đ', 'ð': // old converters write the Icelandic letter
		return letter{plain: 'd', shape: 'đ'}
	case 'ƣ': // and this one for ư
		return letter{plain: 'u', shape: 'ư'}
	}

	parts := []rune(norm.NFD.String(string(r)))
	if len(parts) < 2 || parts[0] >= utf8.RuneSelf {
		return letter{}
	}

	l := letter{plain: plainASCII[parts[0]], shape: parts[0]}
	for _, mark := range parts[1:] {
		if t := strings.IndexRune(toneMarks, mark); t >= 0 {
			l.tone = byte(t/2) + 1
			continue
		}
		l.shape = []rune(norm.NFC.String(string([]rune{l.shape, mark})))[0]
	}

	return l
}

// toneMarks are huyền, hỏi, ngã, sắc, nặng as combining characters, two bytes each.
const toneMarks = "\u0300\u0309\u0303\u0301\u0323"

// plainASCII folds ASCII: letters to lower case, digits as they are, the rest
// to a space.
var plainASCII = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			t[c] = byte(c)
		default:
			t[c] = ' '
		}
	}
	return t
}()
