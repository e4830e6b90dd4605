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

// A text four times longer than a message can be takes milliseconds: a parser
// that goes over the text again for every word would need seconds.
func TestLongHostileText(t *testing.T) {
	t.Parallel()
	const length, limit = 1 << 14, time.Second
	for _, seed := range []string{
		"1 ", "-1 ", "\n-1 ", "1.", "1,000,", "1 x ", "1 tỷ ", "5 - ", "5/3 ", "tháng ", "từ ", "đến ", "(", "()", "(1)", ")",
		"a", "ạ ", "hộ ", "42 hộ ", "3 công ", "dân góp 1tr ", "dân ", "không ", "hai ", "mươi ", "a:\n", "a;", "Kinh tế: \n",
		"0912345678 ", "0", "+84", "05-CT/TU ", "05-", "MẬT ", "mật", "\u0301", "\u200d", "😀", "ក", "\xff", "=", "x 2 ", "\n", ".", "thứ 6 ",
	} {
		text := strings.Repeat(seed, length/len(seed))
		for name, parse := range parsers {
			start := time.Now()
			parse(text)
			if took := time.Since(start); took > limit {
				t.Errorf("%s took %v for %d times %q", name, took, length/len(seed), seed)
			}
		}
	}
}
