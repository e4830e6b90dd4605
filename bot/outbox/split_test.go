package outbox

import (
	"html"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		limit      int
		want       []string
	}{
		{"short", "<b>abc</b>", 20, []string{"<b>abc</b>"}},
		{"tags count for nothing", "<b>abcd</b>", 4, []string{"<b>abcd</b>"}},
		{"entities count as one", "&lt;&gt;&amp;&#39;", 4, []string{"&lt;&gt;&amp;&#39;"}},
		{"an emoji counts as two", "👍👍👍", 4, []string{"👍👍", "👍"}},
		{"after a paragraph", "aa aa\n\nb\nb bbb", 10, []string{"aa aa\n\n", "b\nb bbb"}},
		{"after a line", "aa aa\nb. b bbb", 10, []string{"aa aa\n", "b. b bbb"}},
		{"after a sentence", "aaa aa. bb bbb", 10, []string{"aaa aa. ", "bb bbb"}},
		{"after a word", "aaaa aaa bbbbb", 10, []string{"aaaa aaa ", "bbbbb"}},
		{"anywhere if it must", "abcdefghijkl", 5, []string{"abcde", "fghij", "kl"}},
		{"not early for a line", "a\nbbbb bbb bbb", 10, []string{"a\nbbbb ", "bbb bbb"}},
		{"early if there is nothing else", "a bbbbbbbbbbbb", 10, []string{"a ", "bbbbbbbbbb", "bb"}},
		{"tags are balanced", `<b>aaaa <i>bbbb</i> <a href="x">cccc</a></b>`, 10,
			[]string{`<b>aaaa <i>bbbb</i> </b>`, `<b><a href="x">cccc</a></b>`}},
		{"inside nested tags", "<b><i>aaaa bbbb</i></b>", 5, []string{"<b><i>aaaa </i></b>", "<b><i>bbbb</i></b>"}},
		{"a wide letter may need two cuts", " \"👍", 2, []string{"\"", "👍"}},
		{"blank parts are left out", "aaaa     bbbb", 4, []string{"aaaa", "bbbb"}},
		{"nothing", " <b> </b> ", 2, []string{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, split(tt.text, tt.limit)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever the text: the parts say all its words in order, each is short
// enough and has its tags balanced.
func TestSplitLosesNothing(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{
		"<b>", "</b>", "<i>", "</i>", `<a href="https://x.vn/?a=1&amp;b">`, "</a>", "&lt;", "&amp;", "&#x1F44D;", "&quot;",
		"a", "dân vận khéo", "đường", ". ", " ", "\n", "👍", "…", "&", "x < y",
	})
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for _, p := range rapid.SliceOfN(piece, 0, 120).Draw(t, "text") {
			b.WriteString(p)
		}
		text, limit := b.String(), rapid.IntRange(2, 60).Draw(t, "limit")
		var said strings.Builder
		for _, part := range split(text, limit) {
			said.WriteString(Words(part))
			if n := len(utf16.Encode([]rune(Words(part)))); n > limit && len(part) > limit {
				t.Errorf("%q has %d units, limit %d", part, n, limit)
			}
			if balanced(text) && !balanced(part) {
				t.Errorf("%q is not balanced", part)
			}
		}
		blankless := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got, want := blankless(said.String()), blankless(Words(text)); got != want {
			t.Errorf("said %q, want %q", got, want)
		}
	})
}

func balanced(s string) bool {
	var open []string
	for s != "" {
		a := nextAtom(s)
		s = s[len(a.raw):]
		switch a.kind {
		case openAtom:
			open = append(open, tagName(a.raw))
		case closeAtom:
			if len(open) == 0 || "</"+open[len(open)-1]+">" != a.raw {
				return false
			}
			open = slices.Delete(open, len(open)-1, len(open))
		}
	}
	return len(open) == 0
}

func TestTypedTextRoundTrips(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "typed")
		if got := Words(html.EscapeString(s)); got != s {
			t.Errorf("%q came back as %q", s, got)
		}
		if got := Blank("<b>" + html.EscapeString(s) + "</b>"); got != (strings.TrimSpace(s) == "") {
			t.Errorf("%q is blank: %v", s, got)
		}
	})
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"", "<", "<b", "<>", "</", "&", "&;", "&#99999999;", "<A>", "<b>a</b>", "\xff\xfe", "👍<i>"} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		for _, part := range split(s, 2+int(uint(limit)%100)) {
			if strings.TrimSpace(Words(part)) == "" {
				t.Errorf("part %q of %q is blank", part, s)
			}
		}
	})
}
