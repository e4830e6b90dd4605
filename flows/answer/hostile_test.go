package answer_test

import (
	"strings"
	"testing"
	"time"

	"danvan/flows/answer"
	"danvan/store"
)

var today = store.Date{Year: 2026, Month: time.November, Day: 22} // a Sunday

// parsers calls everything that reads typed text.
var parsers = map[string]func(string){
	"Clean":      func(s string) { answer.Clean(s) },
	"Fold":       func(s string) { answer.Fold(s) },
	"Expand":     func(s string) { answer.Expand(s) },
	"Similar":    func(s string) { answer.Similar(s, s+" x") },
	"Money":      func(s string) { _, _ = answer.Money(s) },
	"MoneyParts": func(s string) { _, _ = answer.MoneyParts(s) },
	"Quantities": func(s string) { _, _ = answer.Quantities(s) },
	"Figures":    func(s string) { answer.Figures(s) },
	"BasisOf":    func(s string) { answer.BasisOf(s) },
	"Day":        func(s string) { _, _ = answer.Day(s, today) },
	"Period":     func(s string) { _, _ = answer.Period(s, today) },
	"Phone":      func(s string) { _, _ = answer.Phone(s) },
	"Contact":    func(s string) { _, _, _ = answer.Contact(s) },
	"Choose":     func(s string) { answer.Choose(s, fields) },
	"YesNo":      func(s string) { answer.YesNo(s) },
	"Documents":  func(s string) { answer.Documents(s) },
	"Vague":      func(s string) { answer.Vague(s, s, s, s, false, false, false) },
	"Secret":     func(s string) { answer.Secret(s) },
	"Paste":      func(s string) { answer.Paste(s, fields) },
	"Pieces":     func(s string) { answer.Pieces(s) },
}

// The time that a parser takes grows with the length of the text, not with its
// square: eight times the text takes about eight times as long, never sixty.
func TestTimeGrowsWithLength(t *testing.T) {
	t.Parallel()
	const short, long, most = 1 << 10, 1 << 13, 30
	for _, seed := range []string{
		"1 ", "\n-1 ", "1,000,", "1 x ", "1 tỷ ", "5/3 ", "từ ", "đến ", "(1)", "a", "42 hộ ", "3 công ", "dân góp 1tr ", "hai ",
		"Kinh tế: \n", "a;", "0912345678 ", "05-CT/TU ", "MẬT ", "\u0301", "ក", "x 2 ", "thứ 6 ",
	} {
		for name, parse := range parsers {
			growth := 0.0
			for range 3 { // another process may slow one run down
				growth = slowdown(parse, strings.Repeat(seed, short/len(seed)), strings.Repeat(seed, long/len(seed)))
				if growth < most {
					break
				}
			}
			if growth >= most {
				t.Errorf("%s takes %.0f times as long for %d bytes of %q as for %d", name, growth, long, seed, short)
			}
		}
	}
}

// slowdown compares the times of two texts; what takes no time is not slow.
func slowdown(parse func(string), short, long string) float64 {
	const negligible = 5 * time.Millisecond
	start := time.Now()
	parse(short)
	first := time.Since(start)
	start = time.Now()
	parse(long)
	second := time.Since(start)
	if second < negligible {
		return 0
	}
	return float64(second) / float64(first)
}
