package answer

import (
	"cmp"
	"slices"
	"strings"

	"danvan/store"
)

// measure is a number with its unit of measure, as it stands in a text.
type measure struct {
	from, to  int
	readings  []decimal
	unit      metric
	word      string // the thing that is counted, when the unit is no known one
	qualifier store.Qualifier
	width     decimal // the second side of 1,2 km x 3 m; places -1: none
	partial   bool    // 63/65 hộ
	confirm   bool
	certain   bool
	ends      []decimal // the other end of 12-15 km
	key       string
}

// measureAt reads the figure that begins at i.
func measureAt(toks []token, i int) (measure, bool) {
	m := measure{from: i, width: decimal{places: -1}}
	n, next, words, ok := figureAt(toks, i)
	if !ok {
		return m, false
	}
	if n.state == huge {
		m.key = quantityTooBig
	}
	if n.state == misgrouped {
		return m, false
	}

	m.confirm = words
	next, of := m.second(toks, next)
	scale := int64(1)
	if w := moneyWords.at(toks, next); w.len == 1 && w.means.scale > 1 && !w.means.slang && metrics.at(toks, next+1).len > 0 {
		scale = w.means.scale
		next++
	}

	if next, ok = m.unitAt(toks, next); !ok {
		return m, false
	}
	if words && m.word != "" {
		return m, false
	}

	next = m.halves(toks, next, &n)
	m.readings = m.choose(n, scale)
	if of.kind == number {
		m.against(n, readNumeral(of.fold))
	}

	for i := range m.ends {
		v, _ := m.ends[i].times(scale * 1000)
		m.ends[i] = decimal{v, 3}
	}

	m.qualifier = qualifiers.before(toks, i).means
	if q := qualifierAfter(toks, next); q.len > 0 {
		m.qualifier = q.means
		next += q.len
	}

	m.to = m.side(toks, next)
	if negative(toks, i) {
		m.key = quantityNegative
	}

	return m, true
}

// second steps over the second number of 63/65 hộ and of 12-15 km.
func (m *measure) second(toks []token, next int) (int, token) {
	if next+1 >= len(toks) || toks[next+1].kind != number {
		return next, token{kind: sign}
	}

	other := readNumeral(toks[next+1].fold)
	switch {
	case other.state != readable:
	case toks[next].is("/"):
		return next + 2, toks[next+1]
	case toks[next].is("-", "den", "toi"):
		m.ends = append(m.ends, other.grouped)
		m.confirm = true
		return next + 2, token{kind: sign}
	}

	return next, token{kind: sign}
}

// unitAt finds the unit of measure after the number, or before it in a list
// like "số hộ: 42".
func (m *measure) unitAt(toks []token, next int) (int, bool) {
	if u, ok := labelBefore(toks, m.from); ok {
		m.unit, m.certain = u, u.prose
		return next, true
	}

	if f := metrics.at(toks, next); f.len > 0 && f.means.key != otherMetric {
		m.unit, m.certain = f.means, f.means.prose && !f.doubt
		m.confirm = m.confirm || f.doubt
		return next + f.len, true
	}

	m.unit = metric{key: otherMetric, milli: 1000}
	if spanWords.at(toks, next).len > 0 || moneyWords.at(toks, next).len > 0 {
		return next, false
	}

	m.certain = counters.at(toks, next).len > 0
	n := nameLen(toks[next:])
	var words []string
	for _, t := range toks[next : next+n] {
		words = append(words, t.text)
	}

	m.word = strings.Join(words, " ")
	return next + n, n > 0
}

// nameLen counts the words that name a counted thing: all of them where few
// follow, else the first three (hố thu gom, bình chữa cháy).
func nameLen(toks []token) int {
	const most, usual = 5, 3
	n := 0
	for n < len(toks) && n <= most && toks[n].kind == word && !stopWords.at(toks, n).exact && !bases.at(toks, n).exact {
		n++
	}
	if n > most {
		return usual
	}
	return n
}

// labelBefore finds a unit that stands before its number, with a colon, at the
// beginning of a statement.
func labelBefore(toks []token, i int) (metric, bool) {
	if i < 2 || !toks[i-1].is(":", "=") {
		return metric{}, false
	}
	for n := min(4, i-1); n > 0; n-- {
		start := i - 1 - n
		begins := start == 0 || toks[start-1].ends() || toks[start-1].kind == number || toks[start-1].is("so", "-", "+")
		if f := metrics.at(toks, start); begins && f.len == n && f.means.key != otherMetric {
			return f.means, true
		}
	}
	return metric{}, false
}

// halves reads the tail of 2m5 and of 2 ha rưỡi.
func (m *measure) halves(toks []token, next int, n *numeral) int {
	if h := half.at(toks, next); h.len > 0 && n.grouped.places < mostDigits-1 {
		n.grouped = decimal{n.grouped.mant*10 + 5*pow10(n.grouped.places), n.grouped.places + 1}
		return next + h.len
	}
	if next < len(toks) && m.unit.key == "m" && toks[next].kind == number && !toks[next].gap &&
		len(toks[next].fold) <= 2 && n.grouped.whole() && n.grouped.less(1_000_000) {
		n.grouped, _ = join(n.grouped, toks[next].fold)
		return next + 1
	}
	return next
}

// join writes digits behind the decimal point of a whole number.
func join(whole decimal, digits string) (decimal, bool) {
	d := decimal{whole.mant / pow10(whole.places), len(digits)}
	for _, c := range digits {
		if !isDigit(c) {
			return whole, false
		}
		d.mant = d.mant*10 + int64(c-'0')
	}
	return d, true
}

// choose decides between the readings of a number like 1.250, by what it counts.
func (m *measure) choose(n numeral, scale int64) []decimal {
	var r []decimal
	switch percent := m.unit.key == "percent"; {
	case n.mark == 0, m.unit.whole && n.split, n.mark == '.' && n.split && m.unit.milli != 1_000_000 && !percent:
		r = []decimal{n.grouped}
	case percent:
		r = []decimal{n.fraction}
	case m.unit.milli >= 1_000_000:
		r = []decimal{n.fraction, n.grouped}
	default:
		r = []decimal{n.grouped, n.fraction}
	}

	for i := range r {
		v, ok := r[i].times(scale * 1000)
		if !ok {
			m.key = quantityTooBig
		}
		r[i] = decimal{v, 3}
	}

	return r
}

// against holds 63/65 hộ apart from 1/2 ha.
func (m *measure) against(n, of numeral) {
	if m.unit.whole || !of.grouped.less(11) || of.grouped.mant == 0 || n.grouped.mant >= of.grouped.mant ||
		!of.grouped.whole() || !n.grouped.whole() {
		m.partial = true
		return
	}
	m.confirm = true
	m.readings = []decimal{{(n.grouped.mant*1000 + of.grouped.mant/2) / of.grouped.mant, 3}}
}

// side reads the second side of an area, 1,2 km x 3 m, and steps over what is
// left out of 350m/500m.
func (m *measure) side(toks []token, next int) int {
	if next+2 < len(toks) && toks[next].is("/") && toks[next+1].kind == number {
		if f := metrics.at(toks, next+2); f.len > 0 && f.means.key == m.unit.key {
			m.partial = true
			return next + 2 + f.len
		}
	}

	if m.unit.key != "m" || next+1 >= len(toks) || !toks[next].is("x", "nhan", "rong") || toks[next+1].kind != number {
		return next
	}

	n := readNumeral(toks[next+1].fold)
	f := metrics.at(toks, next+2)
	if f.means.key != "m" || n.state != readable || len(m.readings) > 1 {
		return next
	}

	v, ok := n.grouped.times(f.means.milli)
	if !ok {
		m.key = quantityTooBig
		return next
	}

	m.width = decimal{v, 3}
	m.confirm = true
	return next + 2 + f.len
}

// item makes the readings of the figure.
func (m *measure) item() item {
	it := item{confirm: m.confirm, certain: m.certain}
	for _, d := range slices.Concat(m.readings, m.ends) {
		for _, factor := range m.factors() {
			m.add(&it, factor.metric, d, factor.milli)
		}
	}

	if m.unit.local == plainCong {
		m.add(&it, "workday", m.readings[0], 1000)
	}

	if m.width.places >= 0 && len(it.may) > 0 {
		area, ok := decimal{int64(it.may[0].Value), 3}.times(max(m.width.mant, 1))
		if !ok || area > mostQuantity {
			m.key = quantityTooBig
		} else {
			it.may = append(it.may, store.Quantity{Metric: "m2", Value: store.Decimal(area), Qualifier: m.qualifier})
		}
	}

	it.may = distinct(it.may)
	return it
}

// factor is a way to count the unit.
type factor struct {
	metric string
	milli  int64
}

func (m *measure) factors() []factor {
	if m.unit.local == fixed {
		return []factor{{m.unit.key, m.unit.milli}}
	}
	m.confirm = true
	var out []factor
	for _, size := range sizes[m.unit.local] {
		out = append(out, factor{"m2", size * 1000})
	}
	return out
}

// add puts one reading to the item.
func (m *measure) add(it *item, key string, d decimal, milli int64) {
	v, ok := d.times(milli)
	switch {
	case !ok || v > mostQuantity:
		m.key = quantityTooBig
		return
	case v == 0:
		m.key = cmp.Or(m.key, quantityZero)
		return
	}

	if m.unit.whole && v%1000 != 0 || key == "percent" && v > 100_000 {
		it.confirm = true
	}

	it.confirm = it.confirm || m.confirm
	it.may = append(it.may, store.Quantity{Metric: key, Word: m.word, Value: store.Decimal(v), Qualifier: m.qualifier})
}
