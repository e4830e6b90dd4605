package answer

import (
	"slices"
	"strings"

	"danvan/store"
)

// judge gives every figure its role.
func (l *listing) judge() {
	hold := false // a heading says that what follows is not done
	for k := range l.figures {
		f := &l.figures[k]
		left, right := l.before(k), l.after(k)
		if g := l.figures[max(k-1, 0)]; k > 0 && g.kind == unlabeled && len(left) == 1 && left[0].is("-") {
			left = l.before(k - 1) // lợi nhuận 80-100 triệu
		}
		if heading, is := l.heading(k); is {
			hold = heading
		}
		if f.kind == naming {
			continue
		}

		f.role = l.role(k, left, right)
		if f.role == counting && hold {
			f.role = undone
		}
		if (f.role == counting || f.role == perOne) && f.kind == quantity {
			l.nameThing(k, left, right)
			if f.role == counting {
				f.role = l.odd(k, left)
			}
		}

		if f.kind == money {
			f.label = l.labelOf(k, left, right)
		}
		if g := l.figures[max(k-1, 0)]; f.role != counting && g.kind == unlabeled && g.to+1 == f.from && l.toks[g.to].is("-") {
			l.figures[k-1].role = f.role // 80-100 triệu/ha
		}
		if f.role == counting && f.kind != spanning {
			f.doubt = f.doubt || l.puzzles(k, left, right)
		}
	}
}

// heading finds a line that ends in a colon before a figure, and says whether
// it is one of what is not done.
func (l *listing) heading(k int) (not, is bool) {
	from, to := 0, l.figures[k].from
	if k > 0 {
		from = l.figures[k-1].to
	}
	for i := from; i < to; i++ {
		if l.toks[i].is(":") && i+1 < len(l.toks) && l.toks[i+1].is("\n") {
			is, not = true, has(undoneBefore, l.toks[l.lineStart(i):i])
		}
	}
	return not, is
}

func (l *listing) lineStart(i int) int {
	for i > 0 && !l.toks[i-1].is("\n") {
		i--
	}
	return i
}

// role decides what a figure does, by the words around it.
func (l *listing) role(k int, left, right []token) role {
	f := &l.figures[k]
	switch {
	case f.kind == quantity && f.measure.unit.key == "percent" && (l.inBrackets(k) || len(l.figures) > 1):
		return describes
	case l.dimension(k, left, right):
		return describes
	case l.change(k, left):
		return describes
	case l.corrected(k), has(extremes, left), k > 0 && has(extremes, l.before(k-1)) && has(qualifiers, left):
		return describes
	case has(past, left) || has(past, right[:min(len(right), 2)]):
		return describes

	case f.kind == money && (has(earns, left) || len(f.amount.values) > 0 && f.amount.values[0] == 0):
		return describes
	case f.kind == quantity && f.measure.unit.key == "kg" && has(earns, left):
		return describes
	case l.share(k, left, right):
		return perOne
	case l.notDone(left, right), l.goesOn(k, left), l.planned(k, left, right):
		return undone
	}
	return counting
}

// goesOn reports whether a figure belongs to the statement that what is before
// it is not done: xin 200 triệu làm tiếp 300m.
func (l *listing) goesOn(k int, left []token) bool {
	if k == 0 || l.figures[k-1].role != undone || has(done, left) {
		return false
	}
	return len(left) == l.figures[k].from-l.figures[k-1].to
}

// notDone reports whether words say that what they are about is not there.
func (l *listing) notDone(left, right []token) bool {
	b, at := undoneBefore.first(left)
	if b.len > 0 && !(l.target && hopes.at(left, at).len > 0) && !(left[at].is("chua") && isNotUnder(left, at)) {
		return true
	}
	a, at := undoneAfter.first(right)
	return a.len > 0 && !(l.target && hopes.at(right, at).len > 0)
}

// isNotUnder reports whether chưa stands before a word that only measures:
// chưa tới 100, chưa kể.
func isNotUnder(toks []token, at int) bool {
	return at+1 < len(toks) && toks[at+1].is("toi", "den", "ke", "tinh", "bao")
}

// planned reports whether a figure is what was planned, and another of the
// same kind says what became of it.
func (l *listing) planned(k int, left, right []token) bool {
	if l.target || !has(plans, left) && !has(plans, right) {
		return false
	}
	from, to := l.around(k)
	for j := from; j < to; j++ {
		if j == k || l.figures[j].class() != l.figures[k].class() {
			continue
		}
		before, after := l.before(j), l.after(j)
		if (has(done, before) || has(done, after)) && !has(plans, before) && !has(plans, after) {
			return true
		}
	}
	return false
}

// dimension reports whether the figure is one: a width, a depth, what one of
// them holds.
func (l *listing) dimension(k int, left, right []token) bool {
	f := &l.figures[k]
	if f.kind == money || f.kind == spanning {
		return false
	}
	if leads(dims, left).len > 0 || every.at(left, 0).len > 0 && len(left) > 1 && left[1].is("ben") {
		return true
	}
	if f.kind != quantity {
		return l.times(k)
	}

	if d := dims.at(right, 0); d.len > 0 && (d.exact || !right[0].is("day")) && d.len == len(right) && f.measure.unit.key == "m" &&
		l.endsAt(f.to+d.len) {
		return true
	}
	if strings.HasPrefix(Fold(f.measure.word), "cho ngoi") {
		return true
	}
	small := f.measure.unit.milli > 1 && f.measure.unit.milli < 1000
	litres := f.measure.unit.key == otherMetric && l.toks[min(f.from+1, len(l.toks)-1)].is("lit", "w", "mm", "kw", "m3")
	return small || litres && has(containers, left) || litres && k > 0 && l.figures[k-1].to+len(left) == f.from || l.times(k)
}

// times reports whether the figure is a side of 4 x 8 m. Of 1,2 km x 3 m the
// first counts.
func (l *listing) times(k int) bool {
	joined := func(k int) bool {
		if k < 0 || k+1 >= len(l.figures) {
			return false
		}
		a, b := l.figures[k], l.figures[k+1]
		between := l.toks[a.to:b.from]
		sided := func(f figure) bool {
			return f.kind == unlabeled || f.kind == quantity && f.measure.unit.key == "m"
		}
		return len(between) > 0 && len(between) < 3 && between[0].is("x", "nhan") && sided(a) && sided(b) &&
			(len(between) == 1 || dims.at(between, 1).len > 0)
	}
	if joined(k - 1) {
		return true
	}
	if !joined(k) {
		return false
	}

	a, b := l.figures[k].measure, l.figures[k+1].measure
	if len(a.readings) == 0 || len(b.readings) == 0 || l.figures[k].kind != quantity {
		return true
	}
	v, _ := a.readings[0].times(max(a.unit.milli, 1))
	w, _ := b.readings[0].times(max(b.unit.milli, 1000))
	return v < 20*w
}

// change reports whether the figure is an end of a change: từ 3m lên 5m.
func (l *listing) change(k int, left []token) bool {
	f := &l.figures[k]
	if f.kind != quantity {
		return false
	}
	first := leads(fromWords, left).len > 0 && k+1 < len(l.figures) && leads(toWords, l.before(k+1)).means
	second := leads(toWords, left).means && k > 0 && leads(fromWords, l.before(k-1)).len > 0
	at := k
	switch {
	case !first && !second:
		f.doubt = f.doubt || leads(fromWords, left).len > 0 || leads(toWords, left).means && !f.measure.counts()
		return false
	case second:
		at = k - 1
	}
	percent := l.figures[at].measure.unit.key == "percent"
	if !percent && !has(widens, l.toks[l.sentence(l.figures[at].from):l.figures[at].from]) {
		f.doubt = true
	}
	return true
}

// share reports whether the figure is the share of one, and remembers of what.
func (l *listing) share(k int, left, right []token) bool {
	f := &l.figures[k]
	if len(right) > 1 && right[0].is("/") && right[1].kind == word {
		f.per = right[1:]
		return true
	}
	for i := range left {
		if every.at(left, i).len > 0 && i+1 < len(left) {
			f.per = left[i+1:]
			return true
		}
	}
	for i := range min(len(right), 4) {
		if i+1 < len(right) && (every.at(right, i).len > 0 ||
			right[i].is("/") && (spanWords.at(right, i+1).len > 0 || right[i+1].kind == word && !right[i].gap)) {
			f.per = right[i+1:]
			return true
		}
	}
	return false
}

// labelOf finds whose money a sum is.
func (l *listing) labelOf(k int, left, right []token) *share {
	givers := k > 0 && len(left) > 0 && l.figures[k-1].to == l.figures[k].from-len(left) && l.figures[k-1].kind == quantity &&
		slices.Contains([]string{"household", "person", "member"}, l.figures[k-1].measure.unit.key)
	if givers && left[0].is("gop", "dong", "ung") { // 31 hộ dân góp 85 triệu
		return &share{part: store.People}
	}
	if s := labelIn(left, true); s != nil {
		return s
	}
	return labelIn(right, false)
}
