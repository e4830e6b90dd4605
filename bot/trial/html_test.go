package trial

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestParseHTML(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		src, text string
		want      []Entity
	}{
		{"plain", "plain", nil},
		{"a &lt;b&gt; &amp; &quot;c&quot; &#273; &#x111; &nbsp; & <b>&</b>", `a <b> & "c" đ đ &nbsp; & &`, []Entity{{Type: "bold", Offset: 25, Length: 1}}},
		{"😀 <b>đậm <i>nghiêng</i></b>", "😀 đậm nghiêng", []Entity{{Type: "bold", Offset: 3, Length: 11}, {Type: "italic", Offset: 7, Length: 7}}},
		{"<B>a</>", "a", []Entity{{Type: "bold", Offset: 0, Length: 1}}},
		{"<b></b>a", "a", nil},
		{`<a href="https://example.org/?a=1&amp;b=2">x</a>`, "x", []Entity{{Type: "text_link", Length: 1, URL: "https://example.org/?a=1&b=2"}}},
		{`<a href='example.org'>x</a>`, "x", []Entity{{Type: "text_link", Length: 1, URL: "http://example.org"}}},
		{`<a>example.org</a>`, "example.org", []Entity{{Type: "text_link", Length: 11, URL: "http://example.org"}}},
		{`<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>`, "xy", []Entity{{Type: "spoiler", Length: 1}, {Type: "spoiler", Offset: 1, Length: 1}}},
		{"<blockquote expandable>x</blockquote><blockquote>y</blockquote>", "xy", []Entity{{Type: "expandable_blockquote", Length: 1}, {Type: "blockquote", Offset: 1, Length: 1}}},
		{`<pre><code class="language-go">x</code></pre><code>y</code>`, "xy", []Entity{{Type: "pre", Length: 1, Language: "go"}, {Type: "code", Offset: 1, Length: 1}}},
		{`<tg-time unix="1764201600" format="wDT">27/11</tg-time>`, "27/11", []Entity{{Type: "date_time", Length: 5, UnixTime: 1764201600, DateTimeFormat: "wDT"}}},
		{`<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>`, "👍", []Entity{{Type: "custom_emoji", Length: 2, CustomEmojiID: "5368324170671202286"}}},
		{"<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del><em>f</em><strong>g</strong>", "abcdefg", []Entity{
			{Type: "underline", Length: 1}, {Type: "underline", Offset: 1, Length: 1}, {Type: "strikethrough", Offset: 2, Length: 1},
			{Type: "strikethrough", Offset: 3, Length: 1}, {Type: "strikethrough", Offset: 4, Length: 1}, {Type: "italic", Offset: 5, Length: 1}, {Type: "bold", Offset: 6, Length: 1}}},
	} {
		text, got, err := parseHTML(test.src)
		if err != nil || text != test.text {
			t.Errorf("%s: text %q, error %v", test.src, text, err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.src, diff)
		}
	}
}

func TestParseHTMLRefusals(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"a <p>b</p>":                        `Unsupported start tag "p" at byte offset 2`,
		"1 < 2":                             `Unsupported start tag "" at byte offset 2`,
		"<b":                                "Unclosed start tag at byte offset 0",
		"<a href='x":                        "Unclosed start tag at byte offset 0",
		"<a href":                           `Unclosed start tag "a" at byte offset 0`,
		"đ</b>":                             "Unexpected end tag at byte offset 2",
		"<b>a</i>":                          `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`,
		"<b>a</b":                           "Unclosed end tag at byte offset 4",
		"<b><i>a</i>":                       `Can't find end tag corresponding to start tag "b"`,
		"<span>a</span>":                    `Tag "span" must have class "tg-spoiler"`,
		"<a =x>a</a>":                       `Empty attribute name in the tag "a"`,
		"<a href=a/b>a</a>":                 "Unexpected end of name token at byte offset 8",
		"<tg-time>a</tg-time>":              "Invalid Unix time specified",
		"<tg-emoji emoji-id=x>a</tg-emoji>": "Invalid custom emoji identifier specified",
		"<blockquote><b><blockquote>a</blockquote></b></blockquote>": `Nested "blockquote"`,
	} {
		_, _, err := parseHTML(src)
		if err == nil || !strings.HasPrefix(err.Error(), "Bad Request: can't parse entities: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", src, err, want)
		}
	}
}

func FuzzParseHTML(f *testing.F) {
	for _, seed := range []string{"<b>a</b>", "&#x1F600;<a href='", "</", "<pre><code class=\"language-x\">😀</code></pre>", "<tg-time unix=1>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		text, marks, err := parseHTML(src)
		if err != nil {
			return
		}
		if utf8.ValidString(src) && !utf8.ValidString(text) {
			t.Fatalf("%q became invalid UTF-8 %q", src, text)
		}
		if err := checkEntities(text, marks); err != nil {
			t.Fatalf("%q: %v", src, err)
		}
		text, marks = trim(text, marks)
		if err := checkEntities(text, recognise(text, marks)); err != nil {
			t.Fatalf("%q trimmed: %v", src, err)
		}
	})
}

func TestRecognise(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]Entity{
		"/start":           {{Type: "bot_command", Length: 6}},
		"a/b //c </d> /e/": nil,
		"1/2 và 24/11":     nil,
		"(/nhap)":          {{Type: "bot_command", Offset: 1, Length: 5}},
		"/đăngký":          nil,
		"thư@nhà @danvan_bot t.me/danvan_bot?start=a,": {{Type: "mention", Offset: 8, Length: 11}, {Type: "url", Offset: 20, Length: 23}},
	} {
		if diff := cmp.Diff(want, recognise(text, nil)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
	code := []Entity{{Type: "code", Length: 6}}
	if got := recognise("/start", code); len(got) != 1 {
		t.Errorf("a command inside code: %+v", got)
	}
}
