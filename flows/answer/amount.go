package answer

import "danvan/store"

// mostVND is the largest sum that is believed: a thousand times the yearly
// value of a province's models.
const mostVND = 1_000_000_000_000_000

// moneyWord is a word that makes a sum of a number.
type moneyWord struct {
	scale int64 // what it multiplies with
	slang bool  // to be confirmed
}

var moneyWords = newLexicon([]entry[moneyWord]{
	{"tỷ, tỉ, tỹ, tỷ đồng", moneyWord{scale: 1e9}},
	{"triệu, triêu, triẹu, tr, trđ, trd", moneyWord{scale: 1e6}},
	{"vạn", moneyWord{scale: 1e4}},
	{"nghìn, ngàn, k, ng, ngđ", moneyWord{scale: 1e3}},
	{"đồng, đ, vnđ, vnd, ₫, đồng chẵn", moneyWord{scale: 1}},
	{"củ", moneyWord{scale: 1e6}},
	{"chai", moneyWord{scale: 1e6, slang: true}},
})

// notMoney begin like money and are things: 45 đồng hồ nước.
var notMoney = newLexicon([]entry[bool]{{"đồng hồ, đồng bào, đồng nghiệp, đồng đội, đồng ruộng, đồng cỏ, chai nhựa", true}})

// each are the words that make a sum the share of one.
var each = newLexicon([]entry[bool]{{"mỗi, từng, một, /, trên mỗi, cho mỗi, bình quân", true}})

// amount is a sum of money that stands in a text.
type amount struct {
	values    []int64 // what it can be; the likeliest first
	qualifier store.Qualifier
	explicit  bool  // a word of money was there, not only a number
	scale     int64 // of its last word
	confirm   bool
	each      bool // the share of one: 500k/hộ
	bare      numeral
	key       string // why it cannot be, "" if it can
	from, to  int    // tokens
}

// amountAt reads the sum that begins at token i, or a bare number.
func amountAt(toks []token, i int) (amount, bool) {
	a := amount{from: i, scale: 1}
	readings, next, spelledOut, ok := figureAt(toks, i)
	if !ok {
		return a, false
	}

	if !spelledOut {
		a.bare = readNumeral(toks[i].fold)
		a.key = badNumeral(a.bare)
	}

	next = a.head(toks, next, readings)
	if spelledOut && !a.explicit {
		return a, false
	}

	if a.explicit {
		next = a.parts(toks, next)
	}

	if w := moneyWords.at(toks, next); w.len > 0 && w.means.scale == 1 {
		next += w.len
		a.explicit = true
	}

	a.qualifier = qualifiers.before(toks, i).means
	if q := qualifierAfter(toks, next); q.len > 0 {
		a.qualifier = q.means
		next += q.len
	}

	a.to = next
	a.each = isEach(toks, a)
	a.check(toks)
	return a, true
}

// figureAt reads a number in digits or in words. "Tỷ rưỡi" and "tỷ 2" have a
// silent one.
func figureAt(toks []token, i int) (r numeral, next int, words, ok bool) {
	if w := moneyWords.at(toks, i); w.means.scale >= 1e6 && (i == 0 || toks[i-1].kind != number) &&
		(half.at(toks, i+w.len).len > 0 || i == 0 && i+w.len+1 == len(toks) &&
			len(toks[i+w.len].fold) == 1 && toks[i+w.len].kind == number) {
		return numeral{grouped: decimal{mant: 1}}, i, true, true
	}
	if c := countAt(toks, i); c.ok && c.words && !c.doubt && c.state == readable && half.at(toks, c.next-1).len > 0 &&
		moneyWords.at(toks, c.next).means.scale >= 1e6 { // trăm rưỡi triệu
		return c.numeral, c.next, true, true
	}

	if n, next, ok := splitFigure(toks, i); ok {
		return n, next, true, true
	}
	if h := halfOf.at(toks, i); h.len > 0 && moneyWords.at(toks, i+h.len).means.scale >= 1e3 {
		return numeral{grouped: decimal{5, 1}}, i + h.len, true, true
	}
	if i < len(toks) && toks[i].kind == number {
		return readNumeral(toks[i].fold), i + 1, false, true
	}
	n, length := spelled(toks, i)
	return numeral{grouped: decimal{mant: n}}, i + length, true, length > 0
}

// splitFigure reads a number that is not in one piece before a word of money:
// 1/2 tỷ, 2 trăm 10 triệu, trăm triệu.
func splitFigure(toks []token, i int) (n numeral, next int, ok bool) {
	small := func(k, most int) int64 {
		if k >= len(toks) || toks[k].kind != number || !isDigits(toks[k].fold) || len(toks[k].fold) > most {
			return 0
		}
		return readNumeral(toks[k].fold).grouped.mant
	}

	a, b := small(i, 1), small(i+2, 2)
	switch {
	case a > 0 && a < b && b < 10 && toks[i+1].is("/") && moneyWords.at(toks, i+3).means.scale >= 1e6:
		n.grouped = decimal{(a*1000 + b/2) / b, 3}
		return n, i + 3, true
	case a > 0 && b > 0 && tenWords.at(toks, i+1).means == 100 && moneyWords.at(toks, i+3).means.scale >= 1e3:
		n.grouped.mant = a*100 + b
		return n, i + 3, true
	case tenWords.at(toks, i).means == 100 && (i == 0 || toks[i-1].kind != number) && notOne.before(toks, i).len == 0 &&
		digitWords.before(toks, i).len == 0 && moneyWords.at(toks, i+1).means.scale >= 1e3:
		n.grouped.mant = 100
		return n, i + 1, true
	}
	return n, i, false
}

func badNumeral(n numeral) string {
	switch n.state {
	case misgrouped:
		return moneyUnclear
	case huge:
		return moneyTooBig
	}
	return ""
}

// head multiplies the first figure with the words after it: 3 trăm triệu.
func (a *amount) head(toks []token, next int, n numeral) int {
	multiplier := int64(1)
	if t := tenWords.at(toks, next); t.means >= 10 && moneyWords.at(toks, next+t.len).len > 0 {
		multiplier = t.means
		next += t.len
	}

	for range 2 { // 2 nghìn tỷ
		w := moneyWords.at(toks, next)
		if w.len == 0 || notMoney.at(toks, next).exact || a.explicit && w.means.scale <= a.scale {
			break
		}
		a.explicit, a.scale = true, w.means.scale
		a.confirm = a.confirm || w.means.slang
		multiplier *= w.means.scale
		next += w.len
		if w.means.scale == 1 {
			break
		}
	}

	for _, d := range moneyReadings(n, a.scale) {
		a.add(d.times(multiplier))
	}

	return next
}

// moneyReadings decides between the two readings of a number like 1.500.
func moneyReadings(n numeral, scale int64) []decimal {
	switch {
	case n.mark == 0, scale == 1 && n.split, n.mark == '.' && n.split && scale < 1e9:
		return []decimal{n.grouped}
	}
	return []decimal{n.fraction, n.grouped}
}

func (a *amount) add(v int64, fits bool) {
	if !fits || v > mostVND {
		a.key = moneyTooBig
		return
	}
	a.values = append(a.values, v)
}

// parts reads what follows the first word of money: 1 tỷ 200 triệu, 1 tỷ rưỡi, 2tr5.
func (a *amount) parts(toks []token, next int) int {
	for next < len(toks) && a.scale > 1 {
		if h := half.at(toks, next); h.len > 0 {
			a.raise(a.scale / 2)
			return next + h.len
		}

		if l := tenWords.at(toks, next); l.len > 0 && l.means == 1 { // 1 tỷ lẻ 50 triệu
			n, end := linhAt(toks, next+l.len)
			w := moneyWords.at(toks, end)
			if end == 0 || w.len == 0 || w.means.scale >= a.scale {
				a.confirm = true
				return next
			}
			v, _ := n.times(w.means.scale)
			a.raise(v)
			a.scale = w.means.scale
			next = end + w.len
			continue
		}
		n, end, words, ok := figureAt(toks, next)
		if !ok || n.state != readable {
			return next
		}

		hundred := tenWords.at(toks, end)
		if hundred.means != 100 || toks[end].gap == words {
			hundred = found[int64]{}
		}

		unit := moneyWords.at(toks, end+hundred.len)
		scale := unit.means.scale * max(hundred.means, 1)
		switch {
		case unit.len > 0 && unit.means.scale > 1 && scale < a.scale, unit.means.scale == 1 && !a.isTail(toks, next):
			v, fits := n.grouped.times(scale)
			a.raise(v)
			a.confirm = a.confirm || !fits || v >= a.scale || n.mark != 0 && !n.split
			a.scale = unit.means.scale
			next = end + hundred.len + unit.len
			continue
		case words:
			return a.wordTail(toks, next)
		case hundred.len > 0 && len(toks[next].fold) == 1:
			a.raise(n.grouped.mant * a.scale / 10)
			return end + hundred.len
		case a.isTail(toks, next):
			a.tail(toks, next)
			return end
		}

		return next
	}

	return next
}

// linhAt reads the number behind linh; end is 0 where there is none.
func linhAt(toks []token, i int) (n decimal, end int) {
	if i < len(toks) && toks[i].kind == number {
		return readNumeral(toks[i].fold).grouped, i + 1
	}
	v, length := spelled(toks[min(i, len(toks)):], 0)
	if length == 0 {
		return n, 0
	}
	return decimal{mant: v}, i + length
}

// isTail reports whether the number at i has no word of its own and belongs to
// the unit before it.
func (a *amount) isTail(toks []token, i int) bool {
	if toks[i].kind != number || len(toks[i].fold) > 3 || !isDigits(toks[i].fold) || a.scale < 1000 {
		return false
	}
	if !toks[i].gap || i+1 == len(toks) || moneyWords.at(toks, i+1).len > 0 {
		return true
	}
	return !counts(toks, i+1) && !toks[i+1].is("/", "-", "%", "x")
}

// tail takes a number as the part of the unit before it: 1 tỷ 5 is 1,5 tỷ, 1
// tỷ 250 is 1,25 tỷ, 2tr50 may be 2,05 or 2,5.
func (a *amount) tail(toks []token, i int) {
	if toks[i].gap && i+1 < len(toks) && toks[i+1].kind == word {
		a.confirm = a.confirm || moneyWords.at(toks, i+1).len == 0 && qualifierAfter(toks, i+1).len == 0
	}
	n := readNumeral(toks[i].fold).grouped.mant
	switch len(toks[i].fold) {
	case 1:
		a.raise(n * a.scale / 10)
	case 2:
		a.raise(n*a.scale/1000, n*a.scale/100)
	case 3:
		a.raise(n * a.scale / 1000)
	}
}

// wordTail takes a last digit in words: một tỷ hai.
func (a *amount) wordTail(toks []token, i int) int {
	d := digitWords.at(toks, i)
	end := i + d.len
	if d.len == 0 || end < len(toks) && !toks[end].ends() && moneyWords.at(toks, end).means.scale != 1 {
		return i
	}
	a.raise(d.means * a.scale / 10)
	return end
}

// raise adds one of several parts to every value.
func (a *amount) raise(by ...int64) {
	sums := a.values
	a.values = nil
	for _, v := range sums {
		for _, n := range by {
			a.add(v+n, n <= mostVND)
		}
	}
}

// isEach reports whether the sum is the share of one household or thing.
func isEach(toks []token, a amount) bool {
	f := each.at(toks, a.to)
	if f.len > 0 && a.to+f.len < len(toks) && toks[a.to+f.len].kind == word {
		return true
	}
	return a.from > 1 && each.at(toks, a.from-2).len == 1 && !toks[a.from-2].is("/", "mot") &&
		metrics.before(toks, a.from).len == 1
}

// check finds what makes the sum impossible.
func (a *amount) check(toks []token) {
	if a.key == "" && negative(toks, a.from) {
		a.key = moneyNegative
	}
	if a.key == "" && a.explicit && len(a.values) > 0 && a.values[0] == 0 {
		a.key = moneyZero
	}
}
