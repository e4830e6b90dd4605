package answer

import (
	"regexp"
	"slices"
	"strings"

	"danvan/store"
)

// before is the stretch of words that leads to a figure: from the figure or
// the mark before it.
func (l *listing) before(k int) []token {
	f := &l.figures[k]
	from := 0
	for j := k - 1; j >= max(0, k-near); j-- {
		if g := &l.figures[j]; g.kind != naming {
			from = g.to
			break
		}
	}
	for i := f.from - 1; i >= from; i-- {
		if l.parts(i) {
			from = i + 1
		}
	}
	return l.toks[from:f.from]
}

// after is the stretch of words that follows a figure.
func (l *listing) after(k int) []token {
	f := &l.figures[k]
	to := len(l.toks)
	if k+1 < len(l.figures) {
		to = l.figures[k+1].from
	}
	for i := f.to; i < to; i++ {
		if l.parts(i) {
			to = i
		}
	}
	return l.toks[f.to:to]
}

// parts reports whether the token at i parts two statements.
func (l *listing) parts(i int) bool {
	t := l.toks[i]
	switch {
	case t.kind != sign:
		return false
	case t.ends(), t.is("+", "✅"):
		return true
	case t.is("-"):
		return i == 0 || l.toks[i-1].is("\n") || t.gap && i+1 < len(l.toks) && l.toks[i+1].gap
	}
	return len(t.text) > 3 // a picture
}

// sentence is where the sentence of the token at i begins.
func (l *listing) sentence(i int) int {
	for end := max(0, i-reach); i > end && !l.toks[i-1].is(";", "\n", ".", "!", "?"); {
		i--
	}
	return i
}

// reach is how many tokens apart words can be and still speak of each other,
// and near how many figures.
const (
	reach = 160
	near  = 40
)

// around lists the figures that can have to do with the kth.
func (l *listing) around(k int) (from, to int) {
	return max(0, k-near), min(len(l.figures), k+near)
}

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

// leads finds a phrase at the end of words, behind which only signs, bases
// and qualifiers stand.
func leads[T comparable](x lexicon[T], toks []token) found[T] {
	for n := len(toks); n > 0; {
		if f := x.before(toks, n); f.len > 0 {
			return f
		}
		switch q := qualifiers.before(toks, n); {
		case q.len > 0:
			n -= q.len
		case toks[n-1].is(":", "=", "(", "la", "co", "khoang"):
			n--
		default:
			return found[T]{}
		}
	}
	return found[T]{}
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

// corrected reports whether the figure is taken back: không phải 350m mà là 530m.
func (l *listing) corrected(k int) bool {
	return k+1 < len(l.figures) && leads(notThis, l.before(k)).len > 0 && leads(butThat, l.before(k+1)).len > 0
}

// goesOn reports whether a figure belongs to the statement that what is before
// it is not done: xin 200 triệu làm tiếp 300m.
func (l *listing) goesOn(k int, left []token) bool {
	if k == 0 || l.figures[k-1].role != undone || has(done, left) {
		return false
	}
	return len(left) == l.figures[k].from-l.figures[k-1].to
}

// puzzles reports whether words make a doubt that no rule settles.
func (l *listing) puzzles(k int, left, right []token) bool {
	f := &l.figures[k]
	before := l.toks[:f.from]
	if f.kind == quantity && f.measure.unit.key == "percent" {
		return false
	}
	toneless := len(before) > 0 && before[len(before)-1].is("con") && before[len(before)-1].tone == ""
	switch {
	case k > 0 && l.corrected(k-1), f.kind == quantity && f.measure.unit.key == "household" && l.toks[f.to-1].is("ngheo"):
		return false // giảm 12 hộ nghèo
	case has(puzzling, left[max(0, len(left)-4):]), has(puzzling, right), has(puzzling, l.toks[f.from:f.to]),
		has(around, left), toneless:
		return true
	case vagueWords.before(l.toks, f.from).means:
		return true

	case has(aboveAll, left):
		return !l.isWithin(k)
	case len(left) == 1 && left[0].is("trong") && left[0].tone == "" && len(right) > 0 && right[0].is("co"):
		return true // trong 42 hộ có 15 hộ nghèo
	case f.kind == quantity && f.measure.unit.key == "m" && len(right) > 0 && right[0].is("dat"):
		return true // metres of land are a length, or m²
	case f.kind == quantity && k > 0 && l.figures[k-1].kind == quantity && l.figures[k-1].to == f.from &&
		f.measure.counts() && l.figures[k-1].measure.counts() && l.figures[k-1].measure.unit.key != "group":
		return true // 1 hộ 1 bình

	case f.kind == quantity && misspelt(f.measure.word):
		return true
	case f.kind == quantity && l.toks[f.to-1].is("hs") && l.mentions("ho", "so"):
		return true // hồ sơ or học sinh
	case k > 0 && len(left) > 0 && l.figures[k-1].kind == quantity && l.figures[k-1].measure.unit.key == "percent" &&
		l.figures[k-1].to+len(left) == f.from && f.kind == quantity && f.measure.unit.key != "percent" && !f.measure.unit.whole:
		return true // 80% of 1.500 m
	}
	if has(onlyNow, left) {
		for j := max(0, k-near); j < k; j++ {
			if l.figures[j].role == counting && l.figures[j].class() == f.class() {
				return true
			}
		}
	}
	return false
}

// misspelt reports whether the name of what is counted has keys of Telex in it
// that were not understood.
func misspelt(name string) bool {
	for _, t := range scan(name) {
		s, low := telex(t.text), strings.ToLower(t.text)
		last := low[len(low)-1:]
		keyed := strings.ContainsAny(last, "sfrxj") && low != "inox" || strings.Contains(low, "dd") || strings.Contains(low, "w")
		if t.kind == word && t.tone == "" && len(low) > 2 && keyed && !foreign.MatchString(low) && s != "" && s != low {
			return true
		}
	}
	return false
}

// foreign is how words begin that are no Vietnamese.
var foreign = regexp.MustCompile(`^(?:[bcdfgps][lr]|s[cknpqt]|[fjwz])`)

// mentions reports whether two words stand together in the text.
func (l *listing) mentions(first, second string) bool {
	for i := 1; i < min(len(l.toks), reach); i++ {
		if l.toks[i].is(second) && l.toks[i-1].is(first) {
			return true
		}
	}
	return false
}

// counts reports whether the measure is a number of things.
func (m *measure) counts() bool { return m.unit.whole || m.unit.key == otherMetric }

// onlyNow says that less was reached than what stands before.
var onlyNow = newLexicon([]entry[bool]{{"mới thu, mới được, mới đạt, mới đc, mới làm", true}})

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

// class is what figures must have in common to be parts of one total.
func (f *figure) class() string {
	switch f.kind {
	case money:
		return "vnd"
	case quantity:
		if f.measure.unit.key == otherMetric {
			return otherMetric + " " + Fold(f.measure.word)
		}
		return f.measure.unit.key
	}
	return ""
}

// inBrackets reports whether the figure stands in brackets.
func (l *listing) inBrackets(k int) bool { return l.bracket(k) >= 0 }

// bracket is where the bracket opens in which a figure stands, -1 if in none.
func (l *listing) bracket(k int) int {
	const longest = 60
	for i := l.figures[k].from - 1; i >= 0 && i > l.figures[k].from-longest; i-- {
		switch {
		case l.toks[i].is(")", "]"):
			return -1
		case l.toks[i].is("(", "["):
			return i
		}
	}
	return -1
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

// endsAt reports whether no number stands at i.
func (l *listing) endsAt(i int) bool { return i >= len(l.toks) || l.toks[i].kind != number }

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

// nameThing says what a figure measures: the thing behind it, before it, or
// the last that was named in the text.
func (l *listing) nameThing(k int, left, right []token) {
	f := &l.figures[k]
	m := &f.measure
	start, end := f.from-len(left), f.to+len(right)
	switch m.unit.key {
	case "m":
		l.called(k, long, start, end)
	case "kg":
		l.called(k, goods, start, end)

	case "m2":
		if m.unit.local == plainCong {
			l.work(f, left, right)
		}
		l.landOf(m, f, start, end)
	case otherMetric:
		l.piece(m, f, left)
	case "tree":
		if label := l.labelled(start, f.from); long.at(scan(label), 0).means.key == "bridge" && len(right) == 0 {
			m.unit, m.word, m.thing = metric{key: otherMetric, milli: 1000, whole: true}, label, "bridge" // Cầu: 2 cây
		}
	}
}

// called finds the thing of a length or a weight.
func (l *listing) called(k int, x lexicon[thing], start, end int) {
	f := &l.figures[k]
	m := &f.measure
	if n, ok := firstThing(x, l.toks, f.to, min(end, f.to+4)); ok && !n.weak {
		m.thing, m.word = n.key, n.word
		return
	}
	if n := nameLen(l.toks[f.to:end]); n > 0 && x.at(l.toks, f.to).len == 0 && dims.at(l.toks, f.to).len == 0 {
		m.word = wordsOf(l.toks[f.to : f.to+min(n, 3)])
		return
	}

	if n, ok := lastThing(x, l.toks, start, f.from); ok && !n.weak {
		m.thing, m.word = n.key, n.word
		return
	}
	if n := l.labelled(start, f.from); n != "" && m.unit.key == "kg" && f.role == counting {
		m.word = n
		return
	}
	if n, ok := lastThing(x, l.toks, max(0, f.from-reach), f.from); ok {
		m.thing, m.word = n.key, n.word
		return
	}
	if n, ok := firstThing(x, l.toks, f.to, min(len(l.toks), f.to+reach)); ok && l.shares(k, n.at) {
		m.thing, m.word = n.key, n.word
	}
}

// shares reports whether a thing that is named at a place is a figure's, too:
// none of the kind stands between, or the last of them has it right behind.
func (l *listing) shares(k, at int) bool {
	f := &l.figures[k]
	next := 0
	for i := k + 1; i < len(l.figures) && l.figures[i].from < f.to+reach; i++ {
		if g := &l.figures[i]; g.class() == f.class() {
			if next = g.to; g.from < at {
				continue
			}
			return false
		}
	}
	return next == 0 || next == at || next < at && l.toks[next].is("(")
}

// labelled is the name that stands before a number as its label: rau 50 kg.
func (l *listing) labelled(from, to int) string {
	for to > from && (l.toks[to-1].kind != word || qualifiers.before(l.toks, to).len > 0) {
		to--
	}
	n := 0
	for to-n > from && n < 2 && l.toks[to-n-1].kind == word && stopWords.at(l.toks, to-n-1).len == 0 &&
		done.at(l.toks, to-n-1).len == 0 {
		n++
	}
	return wordsOf(l.toks[to-n : to])
}

// landOf finds what an area is of. What was given is said once and holds for
// what follows, until something else is named.
func (l *listing) landOf(m *measure, f *figure, start, end int) {
	near := f.to
	for near < end && stopWords.at(l.toks, near).len == 0 && l.toks[near].fold != "va" {
		near++
	}
	if near < end && l.toks[near].is("hien") {
		near++
	}
	right, behind := firstThing(land, l.toks, f.to, near)
	left, ahead := lastThing(land, l.toks, start, f.from)
	before, given := lastThing(land, l.toks, max(0, start-reach), start)
	switch {
	case behind && !right.weak && right.key != "land_given" && right.at < f.to+4:
		m.thing, m.word = right.key, right.word

	case ahead && !left.weak && !(behind && right.key == "land_given"):
		m.thing, m.word = left.key, left.word
	case behind && !right.weak:
		m.thing, m.word = right.key, right.word
	case given && before.key == "land_given", ahead && left.weak && l.toks[f.from-1].is(":"):
		m.thing, m.word = "land_given", before.word
	case (behind || ahead) && l.givenLater(f):
		m.thing, m.word = "land_given", "đất hiến"
	case behind || ahead:
		if m.word = "đất"; l.givers() {
			m.thing, m.word = "land_given", "đất hiến"
		}
	case given && !before.weak:
		m.thing, m.word = before.key, before.word
	}
	if m.thing == "land_given" && m.word != "đất" {
		m.word = "đất hiến"
	}
}

// givenLater reports whether the sentence goes on to say that land is given.
func (l *listing) givenLater(f *figure) bool {
	for i := f.to; i < min(len(l.toks), f.to+reach) && !l.toks[i].is(";", "\n", "."); i++ {
		if l.toks[i].is("hien") {
			return true
		}
	}
	return false
}

// givers reports whether the text counts those who may have given land.
func (l *listing) givers() bool {
	return slices.ContainsFunc(l.figures, func(f figure) bool {
		return f.kind == quantity && slices.Contains([]string{"household", "person", "workday"}, f.measure.unit.key)
	})
}

// work decides whether công is a day's work or a piece of land.
func (l *listing) work(f *figure, left, right []token) {
	soil := has(land, right) || has(land, left) || len(right) > 0 && right[0].is("dat", "ruong", "lua", "vuon")
	many := len(f.measure.readings) > 0 && !f.measure.readings[0].less(20)
	told := has(workWords, left) || len(right) > 0 && has(workWords, right[:1])
	f.measure.labour = !soil && (many || told)
	if f.measure.labour {
		f.measure.unit, f.measure.confirm = counted("workday"), false
	}
}

var workWords = newLexicon([]entry[bool]{{"góp, lao động, ngày, công, ủng hộ, giúp, thợ, lđ, công lđ", true}})

// verbs are what is done to things: they are no names of them.
var verbs = newLexicon([]entry[bool]{
	{"lắp, mua, tặng, trao, thu, cấp, lắp đặt, lắp mới, trang bị, dựng, đặt, gắn, treo, làm, xây", true},
})

// generic are the words that count things of any kind, which the label names.
var generic = newLexicon([]entry[bool]{{"cái, chiếc, bộ, điểm, con, cây, đôi, cột, trụ", true}})

// piece names what is counted one by one.
func (l *listing) piece(m *measure, f *figure, left []token) {
	words := scan(m.word)
	if g := generic.at(words, 0); g.len > 0 && g.len == len(words) {
		label := l.labelled(f.from-len(left), f.from)
		if has(verbs, scan(label)) {
			label = ""
		}
		if n, ok := lastThing(pieces, l.toks, max(0, f.from-reach), f.from); ok && label == "" {
			label = n.word
			if g := l.lastCounted(l.at(f)); words[0].is("cot", "tru") && g >= 0 && l.figures[g].measure.thing == n.key {
				label = "" // 25 bóng đèn, 54 cột
			}
		}

		if label != "" {
			m.word = label
			words = scan(label)
		}
	}
	if n, ok := firstThing(pieces, words, 0, len(words)); ok {
		m.thing = n.key
	}
}

// odd finds figures that are of something else than what is reported: the
// length of a pipe that is one of many, the road along which lamps stand.
func (l *listing) odd(k int, left []token) role {
	f := &l.figures[k]
	m := f.measure
	j := l.lastCounted(k)
	given, ok := lastThing(land, l.toks, l.sentence(f.from), f.from)
	if road, named := lastThing(long, l.toks, l.sentence(f.from), f.from); m.unit.key == "m" && leads(lengths, left).len > 0 && ok &&
		given.key == "land_given" && (!named || road.weak) {
		return describes
	}
	switch {
	case m.unit.key == "m2" && j < 0 && m.word != "" && m.thing == "" && has(rooms, left) && !has(yards, left):
		return describes
	case m.unit.key == otherMetric && f.to+1 < len(l.toks) && l.toks[f.to].is(":") && l.toks[f.to+1].is("\n"):
		return describes // làm 4 hạng mục: …
	case j < 0:
		return counting
	}

	g := &l.figures[j]
	sameSentence := l.sentence(f.from) <= g.from
	many := g.kind == quantity && (g.measure.unit.key == otherMetric || g.measure.unit.key == "tree") && !linear(g.measure)
	switch {
	case m.unit.key == "m" && many && sameSentence && leads(beside, left).len > 0:
		return describes
	case m.unit.key == otherMetric && has(beside, left) && leads(beside, left).len > 0:
		return describes
	case m.unit.key == "m" && many && sameSentence && leads(lengths, left).len > 0 && m.thing != "bridge":
		return describes
	}
	return counting
}

var yards = newLexicon([]entry[bool]{{"sân, khuôn viên", true}})

var rooms = newLexicon([]entry[bool]{{"nhà, nhà văn hóa, nvh, phòng, trụ sở", true}})

// linear reports whether pieces are of something that has a length: tuyến.
func linear(m measure) bool {
	w := scan(m.word)
	return m.thing == "bridge" || len(w) > 0 && w[0].is("tuyen", "doan", "cay", "con", "nhanh") && has(long, w)
}

// at is which of the figures one is.
func (l *listing) at(f *figure) int {
	return slices.IndexFunc(l.figures, func(g figure) bool { return g.from == f.from })
}

func (l *listing) lastCounted(k int) int {
	for j := k - 1; j >= max(0, k-near); j-- {
		if l.figures[j].kind == quantity && l.figures[j].role == counting {
			return j
		}
	}
	return -1
}
