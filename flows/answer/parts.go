package answer

import (
	"errors"
	"slices"
	"strings"

	"danvan/store"
)

// MoneyParts reads a sum by its parts: "dân góp 85tr, DN 120tr, hiện vật 30tr".
// A sum without the name of a part is one part AllMoney. A total that is told
// as well must not be less than its parts; what it exceeds them by is offered
// as AllMoney.
func MoneyParts(text string) (Reading[[]store.Money], error) {
	l := list(text, false)
	r, err := l.moneyParts(text)
	if err != nil || r.Confirm {
		return r, err
	}
	for _, said := range l.besideSums() {
		if !slices.ContainsFunc(r.Values[0], func(m store.Money) bool { return strings.Contains(m.Note, said) }) {
			r.Aside = append(r.Aside, said)
		}
	}
	return r, nil
}

// moneyParts is MoneyParts of a text that is listed, but for what stands beside its sums.
func (l *listing) moneyParts(text string) (Reading[[]store.Money], error) {
	if one, sure, ok := l.ownedSums(text); ok {
		return Reading[[]store.Money]{Values: [][]store.Money{one}, Confirm: !sure}, nil
	}
	r, err := partsOf(text)
	if err == nil && len(r.Values) == 1 && !r.Confirm || isKey(err, moneyZero) || isKey(err, moneySum) {
		return r, err
	}
	one, ok := l.sureSums(text)
	if !ok {
		one, ok = sharedSum(text)
	}
	if ok {
		return Reading[[]store.Money]{Values: [][]store.Money{one}}, nil
	}
	return r, err
}

// isKey reports whether an error is the refusal of a key.
func isKey(err error, key string) bool {
	bad, ok := errors.AsType[*Invalid](err)
	return ok && bad.Key == key
}

// ownedSums reads sums of which one says whose all of it is, and then of what it
// consists: the parts say more about it, and are not summed.
func (l *listing) ownedSums(text string) (out []store.Money, sure, ok bool) {
	k := slices.IndexFunc(l.figures, func(f figure) bool { return f.kind == money && f.owned() })
	if k < 0 {
		return nil, false, false
	}
	if out, sure = l.sureSums(text); !sure {
		out = nil
		for _, it := range l.items {
			if len(it.may) > 0 && it.may[0].amount.Metric == "" {
				out = append(out, it.may[0].money)
			}
		}
	}

	owned := &l.figures[k]
	i := slices.IndexFunc(out, func(m store.Money) bool { return m.Part == owned.label.part && m.VND == owned.value() })
	if i < 0 {
		return nil, false, false
	}
	out[i].Note = strings.Join(l.aside(), "; ")
	return out, sure, true
}

// sureSums reads the sums of a text by what its numbers do there, if that
// leaves no doubt: planned and done, a total and its parts, the shares of so
// many.
func (l *listing) sureSums(text string) ([]store.Money, bool) {
	percent := slices.ContainsFunc(l.figures, func(f figure) bool { return f.measure.unit.key == "percent" })
	_, notes := cutBrackets(text, func(string) bool { return true })
	if l.doubt || l.key != "" || percent || remainder(l.toks) {
		return nil, false
	}
	var out []store.Money
	var sum int64
	labels := 0
	for _, it := range l.items {
		if it.confirm || len(it.may) != 1 {
			return nil, false
		}
		if e := it.may[0]; e.amount.Metric == "" {
			out, sum = append(out, e.money), sum+e.money.VND
		}
	}

	for i := range l.figures {
		if f := &l.figures[i]; f.kind == money && f.label != nil && (f.role == counting || f.role == inTotal) {
			labels++
			if f.label.doubt {
				return nil, false
			}
		}
	}
	if len(out) > 0 && len(notes) > 0 && !strings.ContainsAny(notes[0], "0123456789") && differs(notes[0], out[0]) {
		return nil, false
	}
	return out, sum <= mostVND && len(out) == 1 || len(out) > 1 && sum <= mostVND && labels >= len(out)-1 && labels > 0 && l.wholeLabels()
}

// wholeLabels reports whether every sum that counts says whose it is, or is
// divided into parts that do.
func (l *listing) wholeLabels() bool {
	for i := range l.figures {
		if f := &l.figures[i]; f.kind == money && f.role == counting && f.label == nil && len(f.parts) == 0 {
			return false
		}
	}
	return true
}

// partsOf reads sums label by label.
func partsOf(typed string) (Reading[[]store.Money], error) {
	text, letters := withDigits(dotted.Replace(Clean(typed)))
	rest, notes := cutBrackets(Clean(text), func(inside string) bool {
		return !isLabel(scan(inside)) && !isUnit(scan(inside))
	})
	toks := joinThousands(mended(scan(rest)))
	sums, plain := amounts(toks)
	p := newPartition(toks, sums, plain)
	if !p.named {
		r, err := loneSum(text)
		r.Confirm = r.Confirm || letters
		return r, err
	}

	for i := range sums {
		if sums[i].key == moneyZero && len(sums) > 1 {
			sums[i].key = ""
		}
	}

	if err := refuseAmounts(text, toks, sums, plain); err != nil {
		return Reading[[]store.Money]{}, err
	}

	p.doubt = p.doubt || letters || remainder(toks) || len(notes) > 0 && strings.ContainsAny(strings.Join(notes, ""), "0123456789%")
	p.settleUnits(toldUnit(scan(text)))
	r, err := p.read(text)
	for _, parts := range r.Values {
		for i := range parts {
			parts[i].Note = strings.Join(notes, "; ")
		}
	}

	return r, err
}

// dotted are the sources as some write them.
var dotted = strings.NewReplacer("N.N", "NN", "N.D", "ND", "D.N", "DN")

// remainder reports whether what is left of a total is somebody's: còn lại dân
// góp.
func remainder(toks []token) bool { return together(toks, "con", "lai") > 0 }

// isLabel reports whether words are the name of a part and nothing else.
func isLabel(toks []token) bool {
	for len(toks) > 0 && stopWords.at(toks, 0).exact {
		toks = toks[stopWords.at(toks, 0).len:]
	}
	return len(toks) > 0 && shares.at(toks, 0).len == len(toks)
}

// toldUnit is the unit that a text tells for all its sums, 0 without one: (ĐVT:
// triệu đồng).
func toldUnit(toks []token) int64 {
	for i := range toks {
		w := moneyWords.at(toks, i)
		if w.len > 0 && w.means.scale > 1 && i > 0 && (toks[i-1].is("(") || toks[i-1].is(":") && i > 1 && toks[i-2].is("dvt", "tinh")) {
			return w.means.scale
		}
	}
	return 0
}

// isUnit reports whether words name the unit of all sums: (ĐVT: triệu đồng).
func isUnit(toks []token) bool {
	for len(toks) > 0 && toks[0].is("dvt", "don", "vi", "tinh", ":") {
		toks = toks[1:]
	}
	for len(toks) > 0 && moneyWords.at(toks, 0).len > 0 {
		toks = toks[moneyWords.at(toks, 0).len:]
	}
	return len(toks) == 0
}

// loneSum reads a text that names no part.
func loneSum(text string) (Reading[[]store.Money], error) {
	one, err := Money(text)
	r := Reading[[]store.Money]{Confirm: one.Confirm}
	for _, m := range one.Values {
		r.Values = append(r.Values, []store.Money{m})
	}
	return r, err
}

// partition is a text's sums, each with its label.
type partition struct {
	sums   []amount
	labels []*share // nil: no label
	named  bool     // whether any sum belongs to a part
	within bool     // the text says that a total comes before its parts
	doubt  bool
	// guessed says that a sum has the unit of another, or a likely one: in doubt
	// unless the parts add up.
	guessed bool
}

// newPartition gives every sum its label. Where no comma decides, labels stand
// on the side on which the first one does. Numbers that count other things are
// left out.
func newPartition(toks []token, sums, plain []amount) partition {
	var p partition
	p.sums = append(p.sums, sums...)
	for _, a := range plain {
		if !counts(toks, a.to) {
			p.sums = append(p.sums, a)
		}
	}

	p.doubt = slices.ContainsFunc(plain, func(a amount) bool { return counts(toks, a.to) && a.bare.grouped != decimal{mant: 1} })
	slices.SortFunc(p.sums, func(a, b amount) int { return a.from - b.from })
	if len(p.sums) == 0 {
		return p
	}

	first := p.sums[0]
	p.within = has(partly, toks) || first.to < len(toks) && toks[first.to].is(":")

	_, label := shares.first(toks)
	leading := label < first.from
	left := toks[:p.sums[0].from]
	for i, a := range p.sums {
		own, next := toks[a.to:], []token(nil)
		if i+1 < len(p.sums) {
			own, next = splitGap(toks[a.to:p.sums[i+1].from], leading)
		}
		label := labelIn(left, true)
		if label == nil {
			label = labelIn(own, false)
		}
		p.labels = append(p.labels, label)
		p.named = p.named || label != nil && !label.total
		left = next
	}

	return p
}

// splitGap divides the words between two sums into those that belong to the
// sum before and those that lead to the next.
func splitGap(gap []token, leading bool) (own, next []token) {
	for i := len(gap) - 1; i >= 0; i-- {
		if gap[i].ends() || gap[i].is("+", "va") || i == 0 && gap[i].is(":") {
			return gap[:i], gap[i+1:]
		}
	}
	if leading {
		return nil, gap
	}
	return gap, nil
}

// settleUnits gives numbers without a unit that of the others: "dân góp 85, DN
// 120 triệu". Where none has one, it may be triệu or nghìn.
func (p *partition) settleUnits(told int64) {
	scales := []int64{1_000_000, 1_000}
	if told > 0 {
		scales = []int64{told}
	}
	for _, a := range p.sums {
		if a.explicit && a.scale > 1 {
			scales = []int64{a.scale}
			break
		}
	}

	for i := range p.sums {
		a := &p.sums[i]
		if a.explicit {
			continue
		}

		a.values = nil
		if !a.bare.grouped.less(1_000_000) {
			a.add(a.bare.grouped.times(1))
			continue
		}

		p.guessed = p.guessed || told == 0

		for _, scale := range scales {
			a.add(moneyReadings(a.bare, scale)[0].times(scale))
		}
	}
}

// read makes the readings: the first value of every sum, and the second where
// there is one. A sum without a label may be the total of the others or one
// more beside them.
func (p *partition) read(text string) (Reading[[]store.Money], error) {
	r := Reading[[]store.Money]{Confirm: p.doubt}
	most := 1
	for _, a := range p.sums {
		most = max(most, min(len(a.values), 2))
		r.Confirm = r.Confirm || a.confirm
	}

	for n := range most {
		s, err := p.split(text, n)
		if err != nil {
			return Reading[[]store.Money]{}, err
		}
		r.Confirm = r.Confirm || s.doubt || p.guessed && !s.closes
		r.Values = append(r.Values, s.readings(p.within)...)
	}

	r.Confirm = r.Confirm || len(r.Values) > 1
	return r, nil
}

// division is one way to take the sums of a text.
type division struct {
	parts []store.Money
	sum   int64         // of the parts
	loose []store.Money // without a label
	total store.Money   // zero: none
	told  bool          // a total was told with the parts
	// closes says that the parts come to the total that was told.
	closes bool
	doubt  bool
}

// split takes the nth value of every sum and holds the parts against a total.
func (p *partition) split(text string, n int) (division, error) {
	var d division
	for i, a := range p.sums {
		if len(a.values) == 0 {
			return d, refuse(moneyTooBig, text)
		}

		m := store.Money{VND: a.values[min(n, len(a.values)-1)], Qualifier: a.qualifier}
		label := p.labels[i]
		switch {
		case m.VND == 0:
		case label == nil:
			d.loose = append(d.loose, m)
		case label.total:
			d.total, d.told = m, true
		default:
			m.Part = label.part
			d.parts = append(d.parts, m)
			d.sum += m.VND
			d.doubt = d.doubt || label.doubt
		}
	}

	var all int64
	for _, m := range d.loose {
		all += m.VND
	}

	switch {
	case d.sum+all > mostVND:
		return d, refuse(moneyTooBig, text)
	case d.sum+all+d.total.VND == 0:
		return d, refuse(moneyZero, text)
	case d.total.VND > 0 && d.total.VND < d.sum+all:
		return d, refuse(moneySum, text, "Total", store.Money{VND: d.total.VND}, "Sum", store.Money{VND: d.sum + all})
	}

	d.doubt = d.doubt || len(d.loose) > 0 && !p.within || d.told && !p.within && len(d.parts) > 1 && d.total.VND != d.sum+all
	d.closes = d.told && d.total.VND == d.sum+all
	d.total.VND -= min(all, d.total.VND)
	return d, nil
}

// readings closes the parts with the total, or with the sum that may be one.
func (d *division) readings(within bool) [][]store.Money {
	beside := append(d.parts[:len(d.parts):len(d.parts)], d.loose...)
	if len(d.loose) == 1 && d.total.VND == 0 && len(d.parts) > 0 && d.loose[0].VND >= d.sum {
		inside := closed(d.parts, d.loose[0], d.sum, true)
		if within {
			return [][]store.Money{inside}
		}
		return [][]store.Money{inside, beside}
	}
	return [][]store.Money{closed(beside, d.total, d.sum, d.told)}
}

// closed adds what a total exceeds its parts by.
func closed(parts []store.Money, total store.Money, sum int64, told bool) []store.Money {
	if !told || len(parts) == 0 {
		if total.VND > sum {
			total.VND -= sum
			return append(parts[:len(parts):len(parts)], total)
		}
		return parts
	}
	total.VND = max(total.VND-sum, 0)
	total.Total = true
	return append(parts[:len(parts):len(parts)], total)
}
