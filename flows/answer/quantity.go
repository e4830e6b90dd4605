package answer

import "danvan/store"

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
	// Aside is what the text says with other numbers, as typed: a width, a part
	// of a total that is told, what is not done yet, the number of a hamlet.
	Aside []string
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

	for i := range l.figures {
		f := &l.figures[i]
		f.doubt = f.doubt || f.counts() && f.basis != "" && f.basis != items[0].basis && len(items) < len(l.items)
	}

	r.Values = combinations(items)
	r.Marked = l.marked()
	aside := l.aside()
	for i := range r.Values {
		r.Values[i].Aside = aside
	}
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
func Figures(text string) []store.Quantity { return list(text, true).certain() }

// certain are the quantities of a text that nobody need be asked about.
func (l *listing) certain() []store.Quantity {
	var out []store.Quantity
	for _, it := range l.items {
		if it.certain && len(it.may) == 1 && !it.confirm && it.may[0].amount.Metric != "" {
			out = append(out, it.may[0].amount)
		}
	}
	return out
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
