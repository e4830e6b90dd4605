package legacy_test

import (
	"testing"
	"unicode/utf8"

	"danvan/flows/answer/legacy"
)

// FuzzText converts anything that was typed: what comes out is text, and what needs no
// conversion stays as it is.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "Xã An Cư", "X\u00b7 An C\u00ad", "Phöôøng Chaâu Ñoác", "Ph\u00de\u00b6ng", "\xff\xfe", "a\u0300"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out, was := legacy.Text(s)
		if utf8.ValidString(s) && !utf8.ValidString(out) {
			t.Errorf("%q became %q", s, out)
		}
		if was == legacy.Unicode && out != s {
			t.Errorf("%q became %q though it was Unicode", s, out)
		}
	})
}

// FuzzBytes reads the bytes of any file as text.
func FuzzBytes(f *testing.F) {
	for _, s := range []string{"", "Xã An Cư", "X\xb7 An C\xad", "Ph\xf6\xf4\xf8ng Ch\xe2u", "\xff\xfeX\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if out, was := legacy.Bytes(b); !utf8.ValidString(out) {
			t.Errorf("%q, taken for %s, became %q", b, was, out)
		}
	})
}
