package answer

import "slices"

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
		l.piece(k, left)
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

// generic are the words that count things of any kind, which the label names.
var generic = newLexicon([]entry[bool]{{"cái, chiếc, bộ, điểm, con, cây, đôi, cột, trụ", true}})

// piece names what is counted one by one.
func (l *listing) piece(k int, left []token) {
	f := &l.figures[k]
	m := &f.measure
	words := scan(m.word)
	if g := generic.at(words, 0); g.len > 0 && g.len == len(words) {
		label := l.labelled(f.from-len(left), f.from)
		if has(verbs, scan(label)) {
			label = ""
		}
		if n, ok := lastThing(pieces, l.toks, max(0, f.from-reach), f.from); ok && label == "" {
			label = n.word
			if g := l.lastCounted(k); words[0].is("cot", "tru") && g >= 0 && l.figures[g].measure.thing == n.key {
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
