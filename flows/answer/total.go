package answer

import "cmp"

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

// within takes the figures from the kth on, which stand in brackets or behind
// "trong đó", as parts of the total before them.
func (l *listing) within(k int) {
	t := k - 1
	for t >= 0 && !(l.peer(t, k) && (l.bracket(k) < 0 || l.bracket(t) != l.bracket(k))) {
		t--
	}
	if t < 0 {
		l.remark(k)
		return
	}

	var parts []int
	end := l.groupEnd(k)
	for j := k; j < len(l.figures) && l.figures[j].from < end; j++ {
		if l.peer(j, k) {
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
		if l.peer(j, k) && f.value() <= l.figures[j].value() {
			f.role = inTotal
			return true
		}
	}
	return false
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
		if l.peer(j, k) {
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

// announced takes what follows a total as its parts: behind a colon, where it adds up,
// and sums of which each says whose it is.
func (l *listing) announced(k int) {
	f := &l.figures[k]
	to := f.to
	for to < min(len(l.toks)-1, f.to+4) && l.toks[to].kind == word {
		to++
	}
	colon := to < len(l.toks) && l.toks[to].is(":")
	var parts []int
	shared := f.kind == money
	for j := k + 1; j < len(l.figures); j++ {
		if l.peer(j, k) {
			parts = append(parts, j)
			shared = shared && l.figures[j].label != nil && !l.figures[j].label.total
		}
	}
	if len(parts) > 0 && (colon || shared || l.sum(parts) == f.value()) && !has(partly, l.before(parts[0])) && l.bracket(parts[0]) < 0 {
		l.divide(k, parts, false)
	}
}
