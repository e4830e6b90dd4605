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
// square: sixteen times the text may take forty times as long on a busy machine,
// never two hundred. What is done in a tenth of a second is not square: that
// would take more for so long a text. Not parallel: tests beside it would be measured too.
func TestTimeGrowsWithLength(t *testing.T) {
	const short, long, most, negligible = 1 << 10, 1 << 14, 130, 100 * time.Millisecond
	for _, seed := range []string{
		"\n-1 ", "1 x ", "1 tỷ ", "5/3 - ", "(1)", "3 công ", "dân góp 1tr ", "Kinh tế: \n", "0912345678 ",
	} {
		for name, parse := range parsers {
			long, short := strings.Repeat(seed, long/len(seed)), strings.Repeat(seed, short/len(seed))
			if slow, fast, ok := linear(parse, long, short, most, negligible); !ok {
				t.Errorf("%s takes %v for %d bytes of %q, %v for %d", name, slow, len(long), seed, fast, len(short))
			}
		}
	}
}

// linear compares the time for a long text with that for a short one. A busy
// machine can make one comparison wrong, not ten of them.
func linear(parse func(string), long, short string, most int, negligible time.Duration) (slow, fast time.Duration, ok bool) {
	slow, fast = time.Hour, time.Hour
	for range 10 {
		slow = min(slow, quickest(parse, long, 1))
		if slow < negligible {
			return slow, fast, true
		}
		fast = min(fast, quickest(parse, short, 8))
		if slow <= time.Duration(most)*fast {
			return slow, fast, true
		}
	}
	return slow, fast, false
}

// quickest runs a parser some times, so that a busy machine does not count.
func quickest(parse func(string), text string, times int) time.Duration {
	best := time.Hour
	for range times {
		start := time.Now()
		parse(text)
		best = min(best, time.Since(start))
	}
	return best
}
