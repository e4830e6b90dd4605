package answer

import "slices"

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
		if j != k && l.peer(j, k) {
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
