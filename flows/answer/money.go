package answer

import (
	"slices"
	"strings"

	"danvan/store"
)

// vagueWords stand where a number should.
var vagueWords = newLexicon([]entry[bool]{
	{"vài, vài ba, mấy, nhiều, một số, một ít, một vài, dăm, dăm ba, ít ít, kha khá, vô số, rất nhiều", true},
	{"hàng chục, hàng trăm, hàng nghìn, hàng ngàn, hàng triệu, hàng tỷ, bạc triệu, bạc tỷ, tiền triệu, tiền tỷ", true},
	{"đá dăm, rải dăm", false},
	{"không rõ, chưa rõ, chưa biết, không nhớ, đủ, tùy, tùy tâm", true},
})

var foreignMoney = newLexicon([]entry[bool]{{"usd, $, đô, đô la, đôla, eur, euro, €, kip, kíp, nhân dân tệ", true}})

// nothing are words for no money at all.
var nothing = newLexicon([]entry[bool]{
	{"không có, không có gì, chưa có, không tốn, không, ko, k, miễn phí, ko có, k có, kg có, hông có, hông, hổng, hổng có, " +
		"không mất, ko mất, không hết, " +
		"không sử dụng, không dùng, không phát sinh, không cần, không tốn kém, ko tốn, hổng tốn, không nhận", true},
})

// ofNothing goes on with them.
var ofNothing = newLexicon([]entry[bool]{
	{"kinh phí, kp, tiền, riêng, đồng, nào, gì, ạ, cả, hết, phát sinh, chi phí, có, tốn, khoản, thêm", true},
})

// isNothing reports whether a text says that there is no money.
func isNothing(toks []token) bool {
	f := nothing.at(toks, 0)
	for i := f.len; i < len(toks); {
		more := ofNothing.at(toks, i)
		if more.len == 0 && !toks[i].ends() {
			return false
		}
		i += max(more.len, 1)
	}
	return f.len > 0
}

// calculation parts the signs of a calculation.
var calculation = newLexicon([]entry[byte]{
	{"x, nhân, nhân với", 'x'},
	{"+, và, cộng, cộng với, cùng, cùng với", '+'},
	{"-, đến, tới", '-'},
	{"=, là, thành, bằng", '='},
})

// Money reads one sum. It asks where a number stands without its unit
// ("1.500": đồng, nghìn or triệu?), where slang, a calculation or a second
// number leaves a doubt, and refuses what is no sum of money.
func Money(text string) (Reading[store.Money], error) {
	toks, note := scanMoney(text)
	sums, plain := amounts(toks)
	if err := refuseAmounts(text, toks, sums, plain); err != nil {
		return Reading[store.Money]{}, err
	}
	if len(sums) == 0 {
		return bareMoney(text, toks, plain, note)
	}

	r := combine(toks, sums)
	r.Values = slices.DeleteFunc(r.Values, func(m store.Money) bool { return m.VND == 0 })
	if len(r.Values) == 0 {
		return r, refuse(moneyZero, text)
	}

	r.Confirm = r.Confirm || len(plain) > 0 || strings.ContainsAny(note, "0123456789") || differs(note, r.Values[0])
	for i := range r.Values {
		r.Values[i].Note = note
		if r.Values[i].VND > mostVND {
			return Reading[store.Money]{}, refuse(moneyTooBig, text)
		}
	}

	return r, nil
}

// differs reports whether a note writes another sum out in words.
func differs(note string, m store.Money) bool {
	sums, _ := amounts(scan(note))
	return len(sums) == 1 && len(sums[0].values) == 1 && sums[0].values[0] != m.VND && note != ""
}

// scanMoney takes what stands in brackets out as a note.
func scanMoney(text string) ([]token, string) {
	rest, notes := cutBrackets(Clean(text), func(string) bool { return true })
	return joinThousands(mended(scan(rest))), strings.Join(notes, "; ")
}

// cutBrackets takes the brackets out whose content is wanted.
func cutBrackets(text string, wanted func(inside string) bool) (rest string, inside []string) {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(text, "(")
		within, behind, closed := strings.Cut(after, ")")
		if !ok || !closed {
			b.WriteString(text)
			return b.String(), inside
		}
		if within = strings.TrimSpace(within); within != "" && wanted(within) {
			inside = append(inside, within)
			within = ""
		}
		b.WriteString(before + " " + within + " ")
		text = behind
	}
}

// amounts finds the sums of a text, calculations worked out, and the numbers
// that have no word of money.
func amounts(toks []token) (sums, plain []amount) {
	var all []amount
	for i := 0; i < len(toks); {
		a, ok := amountAt(toks, i)
		if !ok {
			i++
			continue
		}
		if a.explicit || !isOrdinal(toks, i) {
			all = calculate(toks, all, a)
		}
		i = a.to
	}

	for _, a := range all {
		if a.explicit {
			sums = append(sums, a)
		} else {
			plain = append(plain, a)
		}
	}

	return sums, plain
}

// calculate adds a to the sums before it, or takes it into the last one: 500k/hộ x
// 42 hộ = 21 triệu is one sum. A result that differs from the product is a
// second reading.
func calculate(toks []token, all []amount, a amount) []amount {
	if len(all) == 0 || a.key != "" {
		return append(all, a)
	}

	last := &all[len(all)-1]
	switch sign := calculation.before(toks, a.from).means; {
	case sign == 'x' && !(a.explicit && last.explicit):
		last.multiply(a)
	case sign == '=' && a.explicit && last.explicit && len(a.values) > 0:
		last.values = distinct(append(last.values, a.values[0]))
		last.confirm = last.confirm || len(last.values) > 1
	default:
		if sign == '-' && a.explicit && !last.explicit {
			last.scaleAs(a)
		}
		return append(all, a)
	}

	last.to = a.to
	return all
}

// scaleAs gives the first number of 80-100 triệu the unit of the second.
func (a *amount) scaleAs(b amount) {
	a.explicit, a.scale, a.values = true, b.scale, nil
	for _, d := range moneyReadings(a.bare, b.scale) {
		a.add(d.times(b.scale))
	}
}

// multiply takes a factor into the sum, or the sum into a factor.
func (a *amount) multiply(by amount) {
	if by.explicit {
		by.from = a.from
		*a, by = by, *a
	}

	n, fits := by.bare.grouped.times(1)
	if !fits || !by.bare.grouped.whole() || n == 0 {
		a.key = moneyUnclear
		return
	}

	product, ok := a.bare.grouped.times(n)
	a.bare = numeral{grouped: decimal{mant: product}}

	values := a.values
	a.values = nil
	for _, v := range values {
		a.add(v*min(n, mostVND), ok && n <= mostVND/max(v, 1))
	}

	a.each = false
}

// refuseAmounts names what is wrong with the sums, if anything.
func refuseAmounts(text string, toks []token, sums, plain []amount) error {
	for _, a := range slices.Concat(sums, plain) {
		if a.key != "" {
			return refuse(a.key, text)
		}
	}

	if f, _ := foreignMoney.first(toks); f.len > 0 && len(sums) == 0 {
		return refuse(moneyCurrency, text)
	}

	for _, a := range sums {
		if a.each && len(a.values) > 0 {
			return refuse(moneyEach, text, "Money", store.Money{VND: a.values[0]})
		}
	}

	if len(sums) > 0 || len(plain) > 0 {
		return nil
	}
	if f, _ := vagueWords.first(toks); f.len > 0 {
		return refuse(moneyVague, text)
	}
	if isNothing(toks) {
		return refuse(moneyZero, text)
	}

	return refuse(moneyNone, text)
}

// bareMoney asks in which unit a lone number counts.
func bareMoney(text string, toks []token, plain []amount, note string) (Reading[store.Money], error) {
	var r Reading[store.Money]
	var own []amount
	for _, a := range plain {
		if !counts(toks, a.to) || toks[a.to].is("m") {
			own = append(own, a)
		}
	}

	if len(own) != 1 {
		return r, refuse(moneyOther, text)
	}

	a := own[0]
	for _, d := range moneyReadings(a.bare, 1) {
		for _, unit := range bareUnits(d) {
			if v, ok := d.times(unit); ok && v > 0 && v <= mostVND {
				r.Values = append(r.Values, store.Money{VND: v, Qualifier: a.qualifier, Note: note})
			}
		}
	}

	if len(r.Values) == 0 {
		return r, refuse(moneyZero, text)
	}

	r.Values = distinct(r.Values)
	r.Confirm = len(r.Values) > 1 || len(plain) > 1
	return r, nil
}

// bareUnits are the units in which a number without one may count. From a
// million on it can only be đồng.
func bareUnits(d decimal) []int64 {
	switch {
	case !d.less(1_000_000):
		return []int64{1}
	case !d.less(100_000):
		return []int64{1, 1_000}
	case !d.less(1_000):
		return []int64{1, 1_000, 1_000_000}
	case !d.whole():
		return []int64{1_000_000, 1_000_000_000}
	}
	return []int64{1_000_000, 1_000, 1_000_000_000}
}

// combine makes one reading of the sums in a text: parts that are joined are
// added up, the ends of a span are offered, a total goes before its parts.
func combine(toks []token, sums []amount) Reading[store.Money] {
	if len(sums) == 1 {
		a := sums[0]
		r := Reading[store.Money]{Confirm: a.confirm || len(a.values) > 1}
		for _, v := range a.values {
			r.Values = append(r.Values, store.Money{VND: v, Qualifier: a.qualifier})
		}
		r.Values = distinct(r.Values)
		return r
	}

	var total, biggest int64
	joined := true
	r := Reading[store.Money]{Confirm: true}
	for i, a := range sums {
		v := a.values[0]
		total += v
		biggest = max(biggest, v)
		joined = joined && (i == 0 || addsUp(toks[sums[i-1].to:a.from]))
		if len(r.Values) < 4 {
			r.Values = append(r.Values, store.Money{VND: v, Qualifier: a.qualifier})
		}
	}

	switch {
	case len(sums) > 2 && total == 2*biggest:
		r.Values = []store.Money{{VND: biggest}}
	case joined:
		r.Values = []store.Money{{VND: total}}
		r.Confirm = slices.ContainsFunc(sums[1:], func(a amount) bool { return !toks[a.from-1].is("+") || a.confirm })
	}

	r.Values = distinct(r.Values)
	return r
}

// addsUp reports whether the words between two sums add them up.
func addsUp(between []token) bool {
	if f, i := calculation.first(between); i >= 0 {
		return f.means == '+'
	}
	for i := 0; i < len(between); {
		label := shares.at(between, i)
		if label.len == 0 && !between[i].ends() {
			return false
		}
		i += max(label.len, 1)
	}
	return len(between) > 0
}
