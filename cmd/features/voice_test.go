package features_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// unsaid are ways to put something that people stumbled over, by language, with
// what is wrong about them.
var unsaid = map[string][]struct {
	text *regexp.Regexp
	why  string
}{
	"vi": {
		{regexp.MustCompile(`danvan [a-z]`), "a command of the server is none for a chat"},
		{regexp.MustCompile(`\d\d:\d\d`), "hours are written as 8 giờ"},
		{regexp.MustCompile(`Chọn số`), "what is chosen has a name"},
		{regexp.MustCompile(`(?i)sai định dạng|không hợp lệ|\blỗi\b`), "say what was read, and how it is written"},
		{regexp.MustCompile(`(^|\n)(<[bi]>)?đ/c`), "a line begins with a capital"},
		{regexp.MustCompile(`\btôi đã|Danvan tôi`), "the bot does not say tôi"},
		{regexp.MustCompile(`sẽ được hỏi ở bước|đã được nhắc đủ`), "nothing promises or claims what nobody has looked up"},
		{regexp.MustCompile(`CQ thân thiện|phương án`), "an abbreviation, or the office's own words"},
		{regexp.MustCompile(`\b(?:trong|vào) /[a-z]+`), "a command is no place"},
		{regexp.MustCompile(`(?i)\b(error|invalid|update|report|click|menu|submit|form)\b[^.}]`), "a word of English"},
	},
	"en": {
		{regexp.MustCompile(`danvan [a-z]`), "a command of the server is none for a chat"},
		{regexp.MustCompile(`(?i)\binvalid\b|\berror\b|\boops\b`), "say what was read, and how it is written"},
		{regexp.MustCompile(`had better|from now on in|speaks English`), "plain words"},
		{regexp.MustCompile(`DVK advanced`), "an abbreviation, or the office's own words"},
	},
}

// TestVoice looks through both catalogues for what was said once and is not to
// be said again. Operators, who work at the server, are spoken to in its words.
func TestVoice(t *testing.T) {
	t.Parallel()
	words := catalogue(t)
	action := regexp.MustCompile(`{{[^}]*}}`)
	for lang, banned := range unsaid {
		for _, key := range words.Keys(lang) {
			head, _, _ := strings.Cut(key, ".")
			if slices.Contains([]string{"import", "units", "invitation", "try", "plan"}, head) || key == "who.named" { // which a sentence goes around
				continue
			}

			text, _ := words.Lookup(lang, key)
			for _, b := range banned {
				if b.text.MatchString(action.ReplaceAllString(text, "")) {
					t.Errorf("%s: %s says %q: %s", lang, key, text, b.why)
				}
			}
		}
	}
}
