// Package legacy recognises Vietnamese text of the years before Unicode, TCVN3
// (ABC fonts), VNI and VISCII, and converts it.
//
// Such text reaches us in two forms: as the bytes of an old file (Bytes), and as
// a string in which each old byte shows as the Western letter of the same number,
// "X· §Þnh Mü" (Text). What is recognised is a guess, if a safe one: who uses it
// shows the conversion to the person and asks.
//
// Why tables of our own: no maintained Go library has these three.
package legacy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Encoding is a way of writing Vietnamese before Unicode, by the name that
// people know it by; "" is none.
type Encoding string

// The encodings. Windows-1258 is only looked for in bytes.
const (
	TCVN3   Encoding = "TCVN3"
	VNI     Encoding = "VNI"
	VISCII  Encoding = "VISCII"
	CP1258  Encoding = "Windows-1258"
	Unicode Encoding = ""
)

// Text recognises a string that shows text of an old encoding, and returns it
// converted to NFC, with the encoding's name. Any other text is returned as it
// is, with Unicode. It wants the text as it came: cleaning takes out characters
// that stand for letters here.
func Text(s string) (string, Encoding) {
	if plain(s) || strings.ContainsFunc(s, modern) {
		return s, Unicode
	}

	best, name, most := s, Unicode, syllables(s)
	if most.wrong == 0 {
		return s, Unicode
	}
	for _, try := range []struct {
		name Encoding
		read func(string) string
	}{{TCVN3, tcvn3.read}, {VNI, readVNI}, {VISCII, viscii.read}} {
		text := norm.NFC.String(try.read(s))
		if found := syllables(text); text != s && found.better(most) {
			best, name, most = text, try.name, found
		}
	}

	if name != Unicode && !most.sure() {
		return s, Unicode
	}
	return best, name
}

// Bytes reads the text of a file that is not UTF-8: Windows-1258, or one of the
// old encodings. The text of a file that none of them explains is returned as
// Windows-1252, with Unicode. Bytes that are UTF-8 go through Text.
func Bytes(b []byte) (string, Encoding) {
	if utf8.Valid(b) {
		return Text(string(b))
	}

	western := decode(charmap.Windows1252, b)
	old, name := Text(western)
	text := norm.NFC.String(decode(charmap.Windows1258, b))
	if found := syllables(text); found.better(syllables(old)) && found.sure() {
		return text, CP1258
	}
	return old, name
}

// decode reads bytes of a code page; what it has no character for stays the
// control character of that number, so that no byte is lost.
func decode(page *charmap.Charmap, b []byte) string {
	var out strings.Builder
	for _, c := range b {
		r := page.DecodeByte(c)
		if r == utf8.RuneError {
			r = rune(c)
		}
		out.WriteRune(r)
	}
	return out.String()
}

// western returns the byte that a character stands for where old text shows as
// Windows-1252 or Latin-1.
func western(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}

// modern reports whether a character is a Latin letter that only Unicode has.
func modern(r rune) bool {
	_, old := western(r)
	return !old && unicode.Is(unicode.Latin, r)
}

// plain reports whether there is nothing in s but ASCII.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
