package locales_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"danvan/locales"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

func load(t *testing.T) *locales.Catalogue {
	t.Helper()
	c, err := locales.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryLanguageHasEveryKey(t *testing.T) {
	t.Parallel()
	c := load(t)
	want := withoutNames(c.Keys("vi"))
	for _, lang := range c.Languages() {
		if diff := cmp.Diff(want, withoutNames(c.Keys(lang))); diff != "" {
			t.Errorf("%s (-vi +%s):\n%s", lang, lang, diff)
		}
	}
}

// TestEveryKeyStandsInTheSameFile wants the same files in every language, and
// each key in the same one.
func TestEveryKeyStandsInTheSameFile(t *testing.T) {
	t.Parallel()
	want := homes(t, "vi")
	for _, lang := range load(t).Languages() {
		if diff := cmp.Diff(want, homes(t, lang)); diff != "" {
			t.Errorf("%s (-vi +%s):\n%s", lang, lang, diff)
		}
	}
}

// homes lists the keys of a language by the files that they stand in.
func homes(t *testing.T, lang string) map[string][]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(lang, "*"))
	if err != nil {
		t.Fatal(err)
	}

	out := map[string][]string{}
	for _, file := range files {
		one, err := locales.LoadFrom(fstest.MapFS{"vi/one.toml": {Data: read(t, file)}})
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(file)] = withoutNames(one.Keys("vi"))
	}
	return out
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAKeyInTwoFilesIsRefused(t *testing.T) {
	t.Parallel()
	_, err := locales.LoadFrom(fstest.MapFS{
		"vi/enrol.toml": {Data: []byte("[post]\ntaken_over = \"đã bàn giao\"\nof_all = \"toàn hệ thống\"\n")},
		"vi/text.toml":  {Data: []byte("[post]\nof_all = \"toàn hệ thống\"\n")},
	})
	if err == nil || !strings.Contains(err.Error(), "vi/text.toml: the key post.of_all") {
		t.Errorf("got %v", err)
	}
}

func TestAFileThatCannotBeReadIsNamed(t *testing.T) {
	t.Parallel()
	_, err := locales.LoadFrom(fstest.MapFS{"vi/enrol.toml": {Data: []byte("[post\n")}})
	if err == nil || !strings.Contains(err.Error(), "vi/enrol.toml") {
		t.Errorf("got %v", err)
	}
}

// withoutNames leaves out what people type for a choice: a language has as
// many such words as it needs.
func withoutNames(keys []string) []string {
	return slices.DeleteFunc(keys, func(k string) bool { return strings.HasSuffix(k, "_names") })
}

var placeholder = regexp.MustCompile(`\.[A-Z][A-Za-z]*`)

func TestEveryLanguageHasTheSamePlaceholders(t *testing.T) {
	t.Parallel()
	c := load(t)
	for _, key := range withoutNames(c.Keys("vi")) {
		want := names(c.Source("vi", key))
		for _, lang := range c.Languages() {
			if diff := cmp.Diff(want, names(c.Source(lang, key))); diff != "" {
				t.Errorf("%s, %s (-vi +%s):\n%s", key, lang, lang, diff)
			}
		}
	}
}

func names(source string) []string {
	found := placeholder.FindAllString(source, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// mayBeEmpty are texts that say something in some forms only.
var mayBeEmpty = []string{"update.news.why"}

func TestTextsAreWhole(t *testing.T) {
	t.Parallel()
	c := load(t)
	for _, lang := range c.Languages() {
		for _, key := range c.Keys(lang) {
			text := c.Source(lang, key)
			if strings.TrimSpace(text) == "" && !slices.Contains(mayBeEmpty, key) {
				t.Errorf("%s, %s: empty", lang, key)
			}
			if !norm.NFC.IsNormalString(text) {
				t.Errorf("%s, %s: not in NFC", lang, key)
			}
			if text != strings.TrimSpace(text) {
				t.Errorf("%s, %s: has space around it", lang, key)
			}
			if strings.Count(text, "<b>") != strings.Count(text, "</b>") {
				t.Errorf("%s, %s: unbalanced <b>", lang, key)
			}
		}
	}
}

// icons are the signs that a message may begin with (voice.md, rule 2).
const icons = "📝🔄📋📨⏰📊↩️✅⚠️⛔💡⚙️👋✔✓•‹«📱👍"

func TestIconsAreFromTheSet(t *testing.T) {
	t.Parallel()
	c := load(t)
	for _, lang := range c.Languages() {
		for _, key := range c.Keys(lang) {
			for _, r := range c.Source(lang, key) {
				if r >= 0x2190 && r != 0x2026 && !strings.ContainsRune(icons, r) {
					t.Errorf("%s, %s: icon %q is not in the set", lang, key, r)
				}
			}
		}
	}
}

func TestButtonsFit(t *testing.T) {
	t.Parallel()
	c := load(t)
	for _, lang := range c.Languages() {
		for _, key := range c.Keys(lang) {
			text := c.Source(lang, key)
			if strings.HasPrefix(key, "button.") && !strings.Contains(text, "{{") && utf8.RuneCountInString(text) > 20 {
				t.Errorf("%s, %s: %q is wider than half a row", lang, key, text)
			}
			if strings.HasSuffix(key, ".label") && utf8.RuneCountInString(text) > 16 && !strings.HasPrefix(key, "update.") {
				t.Errorf("%s, %s: %q does not fit a button with its number", lang, key, text)
			}
		}
	}
}

func TestVietnameseHasNoEnglish(t *testing.T) {
	t.Parallel()
	c := load(t)
	english := regexp.MustCompile(`(?i)\b(the|and|you|your|model|draft|unit|please|error|file|update|button)\b`)
	for _, key := range c.Keys("vi") {
		text := regexp.MustCompile(`\{\{.*?\}\}|<[^>]*>|danvan \w+ ?\w*`).ReplaceAllString(c.Source("vi", key), "")
		if strings.HasPrefix(key, "units.") || strings.HasSuffix(key, "_names") {
			continue // column names, words that people type
		}
		if found := english.FindString(text); found != "" {
			t.Errorf("%s: %q stands in the Vietnamese text", key, found)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		got, want string
	}{
		{locales.Number("vi", 4494_000), "4.494"},
		{locales.Number("vi", 1234_500), "1.234,5"},
		{locales.Number("en", 1234_500), "1,234.5"},
		{locales.Number("vi", 97_500), "97,5"},
		{locales.Number("vi", 0), "0"},
		{locales.Money("vi", 1_200_000_000), "1,2 tỷ đồng"},
		{locales.Money("vi", 344_000_000), "344 triệu đồng"},
		{locales.Money("vi", 102_140_000_000), "102,14 tỷ đồng"},
		{locales.Money("vi", 1_500), "1.500 đồng"},
		{locales.Money("vi", 1_234_567_891), "1.234.567.891 đồng"},
		{locales.Money("en", 1_500_000_000), "1.5 billion đồng"},
		{locales.MoneyInFull("vi", 102_140_000_000), "102.140.000.000 đồng"},
		{locales.Count("vi", 4494), "4.494"},
		{locales.Count("vi", 12), "12"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestTextFallsBack(t *testing.T) {
	t.Parallel()
	c := load(t)
	if got := c.Text("lo", "state.doing", nil); got != "đang thực hiện" {
		t.Errorf("an unknown language says %q", got)
	}
	if got := c.Text("vi", "no.such.key", nil); got != "no.such.key" {
		t.Errorf("an unknown key says %q", got)
	}
	if got := c.Text("en", "metric.household", map[string]any{"Count": 1}); got != "household" {
		t.Errorf("one household is %q", got)
	}
}
