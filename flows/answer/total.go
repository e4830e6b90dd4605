package answer

import (
	"cmp"
	"slices"
)

// total finds the figures that are parts of others, so that nothing counts
// twice.
func (l *listing) total() {
	for k := range l.figures {
		f := &l.figures[k]
		if f.role != counting || f.class() == "" {
			continue
		}
		switch left := l.before(k); {
		case l.bracket(k) >= 0 || has(partly, left):
			l.within(k)
		case has(totals, left):
			l.sumsUp(k)
		}
	}
}

// slight asks about a length that is tiny beside another of the same thing: it
// may be a width that is named in a way that is not known.
func (l *listing) slight() {
	var most int64
	for k := range l.figures {
		if f := &l.figures[k]; f.role == counting && f.class() == "m" {
			most = max(most, f.value())
		}
	}
	for k := range l.figures {
		f := &l.figures[k]
		if f.role == counting && f.class() == "m" && f.value() <= 8000 && f.value() <= most/20 && f.measure.thing != "bridge" {
			f.doubt = true
		}
	}
}

// within takes the figures from the kth on, which stand in brackets or behind
// "trong đó", as parts of the total before them.
func (l *listing) within(k int) {
	t := k - 1
	for t >= 0 && !(l.figures[t].role == counting && l.figures[t].class() == l.figures[k].class() && l.bracket(t) != l.bracket(k)) &&
		!(l.figures[t].role == counting && l.bracket(k) < 0 && l.figures[t].class() == l.figures[k].class()) {
		t--
	}
	if t < 0 {
		l.remark(k)
		return
	}

	var parts []int
	end := l.groupEnd(k)
	for j := k; j < len(l.figures) && l.figures[j].from < end; j++ {
		if l.figures[j].class() == l.figures[k].class() && l.figures[j].role == counting {
			parts = append(parts, j)
		}
	}
	l.divide(t, parts, l.bracket(k) < 0 || has(partly, l.before(k)))
}

// groupEnd is where the parts end that begin with the kth figure.
func (l *listing) groupEnd(k int) int {
	closes := l.bracket(k) >= 0
	for i := l.figures[k].from; i < len(l.toks); i++ {
		if closes && l.toks[i].is(")", "]") || !closes && l.toks[i].is(";", "\n", ".") {
			return i
		}
	}
	return len(l.toks)
}

// remark takes what stands in brackets and is of another kind than what is
// before it as a remark: 35 hộ (128 khẩu), 1 tổ 9 người (5 lương, 4 giáo).
func (l *listing) remark(k int) {
	at := l.bracket(k)
	if at < 0 || k == 0 || l.figures[k-1].to > at || l.figures[k-1].role != counting || l.figures[k-1].kind != quantity {
		return
	}
	f, g := &l.figures[k], &l.figures[k-1]
	if l.toks[f.to-1].is("khau") && g.measure.unit.key == "household" {
		f.role = describes
	}

	var parts []int
	for j, end := k, l.groupEnd(k); j < len(l.figures) && l.figures[j].from < end; j++ {
		if l.figures[j].kind != quantity || l.figures[j].measure.unit.key != otherMetric {
			return
		}
		parts = append(parts, j)
	}
	if len(parts) > 1 && l.sum(parts) == g.value() {
		for _, j := range parts {
			l.figures[j].role = inTotal
		}
	}
}

// isWithin takes a figure as a part of the one of its kind that was told before
// it: đến nay 24 hộ, riêng tháng 11 được 6 hộ.
func (l *listing) isWithin(k int) bool {
	f := &l.figures[k]
	for j := k - 1; j >= max(0, k-near); j-- {
		if g := &l.figures[j]; g.role == counting && g.class() == f.class() && f.value() <= g.value() {
			f.role = inTotal
			return true
		}
	}
	return false
}

// value is a figure's likeliest value, in thousandths or in đồng.
func (f *figure) value() int64 {
	switch {
	case f.kind == money && len(f.amount.values) > 0:
		return f.amount.values[0]
	case f.kind == quantity && len(f.measure.readings) > 0:
		milli := f.measure.unit.milli
		if f.measure.unit.local != fixed {
			milli = sizes[f.measure.unit.local][0] * 1000
		}
		v, _ := f.measure.readings[0].times(milli)
		return v
	case len(f.measure.readings) > 0:
		v, _ := f.measure.readings[0].times(1000)
		return v
	}
	return 0
}

func (l *listing) sum(figures []int) (total int64) {
	for _, k := range figures {
		total += l.figures[k].value()
	}
	return total
}

// divide takes figures as the parts of a total. What they leave is told only
// where the text says that they are some of it.
func (l *listing) divide(t int, parts []int, some bool) {
	total, sum := &l.figures[t], l.sum(parts)
	if l.unlike(t, parts) && sum == total.value() {
		total.role = describes
		return
	}
	if sum > total.value() || sum < total.value() && !some && len(parts) > 1 {
		l.ask(append(parts, t)...)
	}
	for _, k := range parts {
		l.figures[k].role = inTotal
		total.measure.thing = cmp.Or(total.measure.thing, l.figures[k].measure.thing)
		total.measure.word = cmp.Or(total.measure.word, l.figures[k].measure.word)
	}
	total.parts = append(total.parts, parts...)
}

// unlike reports whether the parts are of several things: 2 km gồm 1,2 km
// đường và 0,8 km mương.
func (l *listing) unlike(t int, parts []int) bool {
	if l.figures[t].kind == money {
		return false
	}
	for _, k := range parts {
		if l.figures[k].measure.thing != l.figures[parts[0]].measure.thing {
			return true
		}
	}
	return false
}

// sumsUp holds a total against the figures of its kind before it, or behind a
// colon.
func (l *listing) sumsUp(k int) {
	var parts []int
	for j := range k {
		if l.figures[j].role == counting && l.figures[j].class() == l.figures[k].class() {
			parts = append(parts, j)
		}
	}
	if len(parts) == 0 {
		l.announced(k)
		return
	}

	switch sum := l.sum(parts); {
	case sum != l.figures[k].value():
		l.ask(append(parts, k)...)
	case l.unlike(k, parts):
		l.figures[k].role = describes
	default:
		for _, j := range parts {
			l.figures[j].role = inTotal
		}
		l.figures[k].parts = parts
		l.figures[k].measure.thing = cmp.Or(l.figures[k].measure.thing, l.figures[parts[0]].measure.thing)
		l.figures[k].measure.word = cmp.Or(l.figures[k].measure.word, l.figures[parts[0]].measure.word)
	}
}

// announced takes what follows a total behind a colon as its parts.
func (l *listing) announced(k int) {
	f := &l.figures[k]
	to := f.to
	for to < min(len(l.toks)-1, f.to+4) && l.toks[to].kind == word {
		to++
	}
	colon := to < len(l.toks) && l.toks[to].is(":")
	var parts []int
	for j := k + 1; j < len(l.figures); j++ {
		if l.figures[j].role == counting && l.figures[j].class() == f.class() {
			parts = append(parts, j)
		}
	}
	if len(parts) > 0 && (colon || l.sum(parts) == f.value()) && !has(partly, l.before(parts[0])) && l.bracket(parts[0]) < 0 {
		l.divide(k, parts, false)
	}
}

// multiply works out the shares of one whose number the text says: mỗi hộ 10
// kg gạo, 30 hộ. Where the product is told as well, they are held against each
// other.
func (l *listing) multiply() {
	for k := range l.figures {
		f := &l.figures[k]
		if f.role != perOne || f.worked || f.kind != quantity && f.kind != money {
			continue
		}
		switch c, ok := l.countOf(f.per); {
		case len(f.per) > 2 && slices.ContainsFunc(f.per[1:], func(t token) bool { return t.is("/") }):
			// 500 nghìn/tháng/cháu says nothing of the whole
		case has(average, l.before(k)):
			f.doubt = f.doubt || !l.tells(k)

		case ok:
			l.productOf(f, &l.figures[c])
		case f.kind == money && l.bracket(k) < 0 && spanWords.at(f.per, 0).len == 0:
			f.doubt = true
		case spanWords.at(f.per, 0).len > 0 && has(every, l.before(k)), f.kind == money && has(every, l.before(k)) && len(l.after(k)) > 1 &&
			l.after(k)[0].is("/"):
			// mỗi tuần 3 buổi; mỗi em 300k/tháng
		case spanWords.at(f.per, 0).len > 0 && f.kind == quantity && !l.tells(k):
			if len(l.figures) == 1 || has(every, l.after(k)) {
				f.role, f.doubt = counting, true
			}
		case !l.tells(k):
			f.doubt = true
		}
	}
}

// crossed takes 10kg gạo x 30 hộ as a share of one and the number of them.
func (l *listing) crossed() {
	for k := range len(l.figures) - 1 {
		a, b := &l.figures[k], &l.figures[k+1]
		between := l.toks[a.to:b.from]
		at := slices.IndexFunc(between, func(t token) bool { return t.is("x", "nhan") })
		if at < 0 || a.role != counting && a.role != perOne || b.role != counting || a.kind == unlabeled || b.kind == unlabeled || at > 6 {
			continue
		}
		switch {
		case a.kind == quantity && b.kind == money:
			a, b = b, a
		case b.kind == money:
			l.ask(k, k+1)
			continue

		case a.kind == money, a.kind == quantity && a.measure.unit.key == "kg", a.role == perOne:
		case b.kind == spanning && a.measure.unit.whole:
			continue // 30 buổi x 15 phút
		case a.kind == quantity && b.kind == quantity: // 25 cột đèn x 2 bóng
			l.ask(k, k+1)
			continue
		default:
			continue
		}
		a.role, a.per, a.worked = perOne, nil, true
		l.productOf(a, b)
	}
}

// countOf finds the one figure that counts what a share is the share of.
func (l *listing) countOf(per []token) (int, bool) {
	at, n := -1, 0
	for k := range l.figures {
		f := &l.figures[k]
		if f.role == counting && f.isOf(per) || f.kind == spanning && f.role == counting && len(per) > 0 && per[0].fold == f.span {
			at = k
			n++
		}
	}
	return at, n == 1
}

// isOf reports whether the figure counts what words name.
func (f *figure) isOf(per []token) bool {
	if f.kind != quantity || len(per) == 0 || !f.measure.counts() {
		return false
	}
	if x := metrics.at(per, 0); x.len > 0 && x.means.key != otherMetric && x.means.local == fixed {
		gift := func(key string) bool { return key == "gift" || key == "meal" }
		return x.means.key == f.measure.unit.key || gift(x.means.key) && gift(f.measure.unit.key)
	}
	words := scan(f.measure.word)
	if per[0].is("cong") && f.measure.unit.key == "workday" {
		return true
	}
	if f.measure.unit.key == "gift" || f.measure.unit.key == "meal" {
		return per[0].is("phan", "suat")
	}
	return len(words) > 0 && (words[0].fold == per[0].fold || per[0].is("cai", "chiec"))
}

// tells reports whether a figure of the same kind says what a share comes to.
func (l *listing) tells(k int) bool {
	for j := range l.figures {
		if j != k && l.figures[j].role == counting && l.figures[j].class() == l.figures[k].class() {
			return true
		}
	}
	return false
}

// productOf counts a share as often as there are takers, unless the text says
// what it comes to.
func (l *listing) productOf(f, c *figure) {
	n, whole := c.value(), c.value()%1000 == 0
	if !whole || n <= 0 {
		return
	}

	product := f.value() * (n / 1000)
	if f.value() > 0 && product/f.value() != n/1000 {
		f.doubt = true
		return
	}
	told := false
	for k := range l.figures {
		g := &l.figures[k]
		if g == f || g == c || g.role != counting || g.class() != f.class() || g.class() == "" {
			continue
		}
		told = true
		if g.value() != product {
			f.doubt, g.doubt, c.doubt = true, true, true
		}
	}
	if told {
		return
	}

	f.role = counting
	switch f.kind {
	case money:
		f.amount.values, f.amount.each = []int64{product}, false
	case quantity:
		v := decimal{product, 3}
		f.measure.readings, f.measure.unit.milli = []decimal{v}, 1000
	}
}
