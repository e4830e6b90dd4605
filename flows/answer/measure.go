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
	confirm   bool
	certain   bool
	ends      []decimal // the other end of 12-15 km
	thing     string
	labour    bool // công is work, not land
	key       string
}

// measureAt reads the figure that begins at i.
func measureAt(toks []token, i int) (measure, bool) {
	m := measure{from: i}
	c := countAt(toks, i)
	if !c.ok || c.state == misgrouped {
		return m, false
	}
	if c.state == huge {
		m.key = quantityTooBig
	}

	m.confirm = c.doubt
	next, of := m.second(toks, c.next)
	next, ok := m.unitAt(toks, next)
	if !ok || c.words && m.word != "" && counters.at(toks, c.next).len == 0 && c.grouped.less(10) {
		return m, false
	}

	n := c.numeral
	next = m.halves(toks, next, &n)
	m.readings = m.choose(n)
	if of.kind == number {
		m.against(n, readNumeral(of.fold))
	}

	for i := range m.ends {
		v, _ := m.ends[i].times(1000)
		m.ends[i] = decimal{v, 3}
	}

	m.qualifier = qualifiers.before(toks, i).means
	if q := qualifierAfter(toks, next); q.len > 0 {
		m.qualifier = q.means
		next += q.len
	}

	m.to = m.rest(toks, next)
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
// like "số hộ: 42", which "dân: 50 triệu" is not.
func (m *measure) unitAt(toks []token, next int) (int, bool) {
	own := metrics.at(toks, next)
	if u, ok := labelBefore(toks, m.from); ok && moneyWords.at(toks, next).len == 0 && (own.len == 0 || own.means.key == otherMetric ||
		next+own.len < len(toks) && toks[next+own.len].is(":", "=")) {
		m.unit, m.certain = u, u.prose
		return next, true
	}

	if next+2 < len(toks) && toks[next].is("m") && toks[next+1].fold == "2" && toks[next+2].is("dat", "vuon", "ruong") {
		m.unit = metric{key: "m2", milli: 1000, prose: true} // 200 m 2 đất
		return next + 2, true
	}
	if own.len > 0 && own.means.key != otherMetric {
		m.unit, m.certain = own.means, own.means.prose && !own.doubt
		m.confirm = m.confirm || own.doubt || toks[next].is("km2")
		return next + own.len, true
	}

	if f := metrics.at(toks, next+1); next < len(toks) && toks[next].is("(") && f.len > 0 && next+1+f.len < len(toks) &&
		toks[next+1+f.len].is(")") && f.means.local == fixed { // 1150 (m)
		m.unit = f.means
		return next + f.len + 2, true
	}

	m.unit = metric{key: otherMetric, milli: 1000}
	bottles := moneyWords.at(toks, next).means.slang && nameLen(toks[next:]) > 1 // 20 chai dầu ăn
	if spanWords.at(toks, next).len > 0 || moneyWords.at(toks, next).len > 0 && !bottles && !notMoney.at(toks, next).exact {
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
	ends := func(n int) bool {
		toneless := toks[n].tone == "" && toks[n].is("va", "cho", "cua", "voi", "gop")
		next := n > 0 && (dims.at(toks, n).exact || verbs.at(toks, n).exact)
		return toks[n].kind != word || toneless || next || stopWords.at(toks, n).exact || bases.at(toks, n).exact
	}
	n := 0
	for n < len(toks) && n <= most && !ends(n) {
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
		f := metrics.at(toks, start)
		named := f.len < n && slices.Contains([]string{"m2", "m", "kg"}, f.means.key) && // m2 đất hiến = 1200
			!slices.ContainsFunc(toks[start:i-1], func(t token) bool { return t.kind != word })
		if begins && (f.len == n || named) && f.len > 0 && f.means.key != otherMetric {
			return f.means, true
		}
	}
	return metric{}, false
}

// halves reads the tail of 2m5, of 1 km 200, and of 2 ha rưỡi.
func (m *measure) halves(toks []token, next int, n *numeral) int {
	if h := half.at(toks, next); h.len > 0 && n.grouped.places < mostDigits-1 && m.unit.key != otherMetric && !m.unit.whole {
		n.grouped = n.grouped.plus(decimal{5, n.grouped.places + 1})
		n.mark = 0
		return next + h.len
	}
	if next >= len(toks) || toks[next].kind != number || m.unit.whole || !n.grouped.whole() || !n.grouped.less(1_000_000) ||
		n.mark != 0 || !isDigits(toks[next].fold) || m.unit.milli < 1000 || m.unit.key == "percent" {
		return next
	}

	digits, free := len(toks[next].fold), !toks[next].gap
	if f := metrics.at(toks, next+1); f.len > 0 && !free { // 1 km 200 m, 1 tấn 3 tạ
		v, fits := readNumeral(toks[next].fold).grouped.times(f.means.milli)
		if fits && f.means.key == m.unit.key && f.means.milli > 0 && v < m.unit.milli {
			n.grouped = decimal{n.grouped.mant/pow10(n.grouped.places)*m.unit.milli + v, 0}
			m.unit.milli = 1
			return next + 1 + f.len
		}
		return next
	}
	switch {
	case free && m.unit.key == "m" && digits <= 2, m.unit.milli >= 100_000 && m.unit.key != "m2" && (digits == 1 || digits == 3) &&
		(free || !counts(toks, next+1)):
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
func (m *measure) choose(n numeral) []decimal {
	var r []decimal
	switch percent, large := m.unit.key == "percent", m.unit.milli >= 1_000_000; {
	case n.mark == 0, m.unit.whole && n.split, n.mark == '.' && n.split && !large && !percent:
		r = []decimal{n.grouped}
	case percent, large && (n.mark == ',' || m.unit.key == "m"):
		r = []decimal{n.fraction} // nobody builds a thousand kilometres
	case large:
		r = []decimal{n.fraction, n.grouped}
	case n.split && (m.unit.key == "m" || m.unit.key == "m2" || m.unit.key == "kg"):
		r = []decimal{n.grouped} // and nobody measures thousandths
	default:
		r = []decimal{n.grouped, n.fraction}
	}

	for i := range r {
		v, ok := r[i].times(1000)
		if !ok {
			m.key = quantityTooBig
		}
		r[i] = decimal{v, 3}
	}

	return r
}

// against holds 63/65 hộ apart from 1/2 ha.
func (m *measure) against(n, of numeral) {
	if m.unit.whole || m.unit.key == otherMetric || !of.grouped.less(11) || of.grouped.mant == 0 || n.grouped.mant >= of.grouped.mant ||
		!of.grouped.whole() || !n.grouped.whole() {
		return
	}
	m.confirm = true
	m.readings = []decimal{{(n.grouped.mant*1000 + of.grouped.mant/2) / of.grouped.mant, 3}}
}

// rest steps over what is left out of 350m/500m.
func (m *measure) rest(toks []token, next int) int {
	if next+2 < len(toks) && toks[next].is("/") && toks[next+1].kind == number {
		if f := metrics.at(toks, next+2); f.len > 0 && f.means == m.unit {
			return next + 2 + f.len
		}
	}
	return next
}

// item makes the readings of the figure.
func (m *measure) item() item {
	it := item{confirm: m.confirm, certain: m.certain}
	for _, d := range slices.Concat(m.readings, m.ends) {
		for _, factor := range m.factors() {
			m.add(&it, factor.metric, d, factor.milli)
		}
	}

	if m.unit.local == plainCong && !m.labour {
		m.add(&it, "workday", m.readings[0], 1000)
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
	it.may = append(it.may, either{amount: store.Quantity{
		Metric: key, Thing: m.thing, Word: m.word, Value: store.Decimal(v), Qualifier: m.qualifier,
	}})
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

// counts reports whether the measure is a number of things.
func (m *measure) counts() bool { return m.unit.whole || m.unit.key == otherMetric }
