package answer

import (
	"strings"

	"danvan/store"
)

// Limits of a quantity: what is more is a slip, and the readings of several
// doubtful figures are offered together up to a number that fits on a screen.
const (
	mostQuantity = 1_000_000_000_000_000 // thousandths
	mostReadings = 8
)

// Found is what a text of results says: figures with their units of measure
// and what was measured, and sums of money.
type Found struct {
	Amounts []store.Quantity
	Money   []store.Money
}

// Results reads the figures of a result or a target: "thêm 350 m đường; 1.850
// m2 đất hiến; 620 ngày công, 42 hộ; dân góp 85 triệu". Every number of the text
// is part of what is found, says more about it (a width, a share, what is not
// done yet), names something (a day, a document, ấp 3), or makes a doubt. Where
// figures that were added stand beside totals so far ("thêm 350 m; cộng dồn
// 1.150 m") it keeps those of the first kind and asks.
func Results(text string) (Reading[Found], error) {
	l := list(text, false)
	var r Reading[Found]
	if l.key != "" {
		return r, refuse(l.key, text)
	}

	items := l.ofFirstBasis()
	if len(items) == 0 {
		return r, l.refusal(text)
	}

	r.Confirm = l.doubt || len(items) < len(l.items)
	bases := make(map[string]store.Basis)
	for _, it := range items {
		metric := it.may[0].amount.Metric
		before, twice := bases[metric]
		r.Confirm = r.Confirm || it.confirm || len(it.may) > 1 || twice && before != it.basis
		bases[metric] = it.basis
	}

	r.Values = combinations(items)
	return r, nil
}

// combinations pairs the readings of doubtful figures with each other, as long
// as they are few; beyond that the likeliest reading stands.
func combinations(items []item) []Found {
	count := 1
	every := make([]int, len(items)) // after how many readings a figure changes
	for i := len(items) - 1; i >= 0; i-- {
		every[i] = count
		if n := len(items[i].may); count*n <= mostReadings {
			count *= n
		} else {
			every[i] = mostReadings + 1
		}
	}

	readings := make([]Found, count)
	for k := range readings {
		for i, it := range items {
			it.may[k/every[i]%len(it.may)].into(&readings[k])
		}
	}

	return readings
}

// Figures finds the quantities in free prose that are certain: a number before
// a well-known unit of measure or before a thing that is counted. It never
// asks; what is in doubt is left out.
func Figures(text string) []store.Quantity {
	var out []store.Quantity
	for _, it := range list(text, true).items {
		if it.certain && len(it.may) == 1 && !it.confirm && it.may[0].amount.Metric != "" {
			out = append(out, it.may[0].amount)
		}
	}
	return out
}

// either is one reading of an item: a quantity, or a sum of money.
type either struct {
	amount store.Quantity
	money  store.Money
}

func (e either) into(f *Found) {
	if e.amount.Metric != "" {
		f.Amounts = append(f.Amounts, e.amount)
	} else {
		f.Money = append(f.Money, e.money)
	}
}

// item is one figure of a text that counts.
type item struct {
	may     []either // what it can be, the likeliest first
	confirm bool
	certain bool // good enough to be taken from prose
	basis   store.Basis
}

// ofFirstBasis keeps the figures that count in the way of the first that says so.
func (l *listing) ofFirstBasis() []item {
	var first store.Basis
	for _, it := range l.items {
		if first == "" {
			first = it.basis
		}
	}

	var kept []item
	for _, it := range l.items {
		if it.basis == first || it.basis == "" {
			kept = append(kept, it)
		}
	}

	return kept
}

// refusal says why a text holds no quantity.
func (l *listing) refusal(text string) error {
	f, _ := vagueWords.first(l.toks)
	switch {
	case l.bare != "":
		if n := readNumeral(l.bare); n.state == misgrouped {
			return refuse(quantityUnclear, text)
		}
		return refuse(quantityNoUnit, text, "Number", Excerpt(l.bare))
	case f.len > 0:
		return refuse(quantityVague, text)
	}

	return refuse(quantityNone, text)
}

// isOrdinal reports whether the number at i names a time or one of several:
// tháng 10, năm 2026, ấp 5, Khối 3.
func isOrdinal(toks []token, i int) bool {
	if i == 0 || toks[i].kind != number {
		return false
	}
	if f := calendarWord.before(toks, i); f.len > 0 {
		n := readNumeral(toks[i].fold)
		return n.grouped.whole() && (n.grouped.less(32) || !n.grouped.less(1990) && n.grouped.less(2100))
	}
	f := ordinalWord.before(toks, i)
	return f.len > 0 && !counts(toks, i+1) && every.before(toks, i-f.len).len == 0
}

// isDocument reports whether the number at i begins a document number: 05-CT/TU.
func isDocument(toks []token, i int) bool {
	if i+2 >= len(toks) || !toks[i+1].is("-", "/") || toks[i+2].kind != word {
		return false
	}
	w := toks[i+2].text
	return len(w) > 1 && w == strings.ToUpper(w) && metrics.at(toks, i+2).len == 0
}

// isDotted reports whether a number token is a date like 15.6.2026.
func isDotted(s string) bool {
	parts := strings.Split(s, ".")
	return len(parts) == 3 && len(parts[0]) < 3 && len(parts[1]) < 3 && (len(parts[2]) == 2 || len(parts[2]) == 4) &&
		isDigits(strings.Join(parts, ""))
}

func isPhoneNumber(s string) bool {
	return len(s) >= 9 && len(s) <= 11 && s[0] == '0' && isDigits(s)
}

// dateLen measures a date like 12/11/2026, 15.6.2026 or ngày 5/3, 0 if none
// stands at i.
func dateLen(toks []token, i int) int {
	small := func(k int, most int64) bool {
		return k < len(toks) && toks[k].kind == number && len(toks[k].fold) <= 4 &&
			isDigits(toks[k].fold) && readNumeral(toks[k].fold).grouped.less(most+1)
	}

	mark := func(k int) bool { return k < len(toks) && toks[k].is("/", "-") }
	switch {
	case isDotted(toks[i].fold):
		return 1
	case !small(i, 31) || !mark(i+1) || !small(i+2, 9999):
		return 0
	case mark(i+3) && toks[i+3].fold == toks[i+1].fold && small(i+4, 9999):
		return 5
	case toks[i+1].is("/") && small(i+2, 12) && !counts(toks, i+3):
		return 3
	}

	return 0
}
