package answer

import (
	"cmp"
	"slices"
	"strings"

	"danvan/store"
)

// list reads all figures of a text, in linear time. A target is told in words
// that of results say that they are not there yet.
func list(text string, target bool) *listing {
	typed := plain(text)
	digits, letters := withDigits(typed)
	l := &listing{text: typed, toks: joinThousands(mended(scanPlain(digits))), doubt: letters, target: target}
	var unlike []int
	l.toks, unlike = saidTwice(l.toks)
	quoted := false
	for i := 0; i < len(l.toks); {
		if l.toks[i].is("\"", "“", "”") {
			quoted = !quoted && l.closes(i)
		}
		if f := bases.at(l.toks, i); f.len > 0 {
			l.basis = f.means
			i += f.len
			continue
		}
		n := l.figure(i, quoted)
		i += max(n, 1)
	}

	l.judge()
	if l.doubt = l.doubt || len(l.figures) > near; len(l.figures) <= near {
		l.crossed()
		l.total()
		l.multiply()
		l.slight()
	}

	l.settle()
	for i := range l.figures {
		f := &l.figures[i]
		from, to := l.bounds(f)
		f.doubt = f.doubt || letters && typed[from:to] != digits[from:to] || slices.Contains(unlike, from)
		l.doubt = l.doubt || f.doubt
	}
	return l
}

// closes reports whether a mark of quotation that opens at i is closed soon:
// the numbers of a motto count nothing.
func (l *listing) closes(i int) bool {
	const longest = 12
	for k := i + 1; k < len(l.toks) && k < i+longest; k++ {
		if l.toks[k].is("\"", "”") {
			return true
		}
	}
	return false
}

// figure reads the number at i, if one stands there, and returns its length.
func (l *listing) figure(i int, quoted bool) int {
	add := func(f figure) int {
		f.from, f.basis = i, l.basis
		l.figures = append(l.figures, f)
		return f.to - i
	}
	t := l.toks[i]
	if t.kind == number {
		if isPart(l.toks, i) {
			return add(figure{to: i + 3, kind: unlabeled, measure: measure{readings: []decimal{{mant: 1}}, confirm: true}})
		}
		if n := l.skip(i); n > 0 || quoted {
			return add(figure{to: i + max(n, 1), kind: naming})
		}
	}

	if m, ok := measureAt(l.toks, i); ok {
		return add(figure{to: m.to, kind: quantity, measure: m})
	}
	if a, ok := amountAt(l.toks, i); ok && a.explicit {
		return add(figure{to: a.to, kind: money, amount: a})
	}

	c := countAt(l.toks, i)
	span := spanWords.at(l.toks, c.next)
	switch {
	case c.ok && span.len > 0 && (t.kind == number || !c.grouped.less(10) || c.next-i > 1):
		return add(figure{to: c.next + span.len, kind: spanning, span: l.toks[c.next].fold,
			measure: measure{readings: []decimal{c.grouped}, word: wordsOf(l.toks[c.next : c.next+span.len])}})
	case c.ok && (t.kind == number || c.doubt):
		m := measure{readings: []decimal{c.grouped}, confirm: c.doubt || c.state != readable}
		return add(figure{to: c.next, kind: unlabeled, measure: m})
	}
	return 0
}

// skip measures what is no quantity: a date, a document, a time, an ordinal.
func (l *listing) skip(i int) int {
	t := l.toks
	glued := i > 0 && !t[i].gap && t[i-1].kind == word && len(t[i-1].fold) < 3 && !t[i-1].is("x") && !dims.at(t, i-1).exact
	switch n := max(dateLen(t, i), clockLen(t, i), phoneLen(t, i)); {
	case n > 0:
		return n
	case isMonth(t, i):
		return 3
	case i+1 < len(t) && t[i+1].is("ben") || l.isYear(i):
		return 1
	case glued, isOrdinal(t, i), l.follows(i):
		return l.ordinalLen(i)
	case isDocument(t, i), l.isItem(i), l.isNumbered(i):
		return 1
	case i > 0 && dayPart.before(t, i).len > 0 && strings.Count(t[i].fold, ".") == 1 && !counts(t, i+1):
		return 1 // sáng 28.11
	}
	return 0
}

// isYear reports whether a year stands at i behind a word that leads to one.
func (l *listing) isYear(i int) bool {
	t := l.toks
	return i > 0 && len(t[i].fold) == 4 && plausibleYear(t[i].fold) &&
		t[i-1].is("den", "nam", "tu", "trong", "truoc", "sau", "doan", "-", "voi") &&
		!counts(t, i+1)
}

// dayPart stands before a day that is written with a point.
var dayPart = newLexicon([]entry[bool]{{"sáng, trưa, chiều, tối, ngày, hôm", true}})

// follows reports whether a bare number goes on with what the one before it
// names: thứ 2, 4, 6.
func (l *listing) follows(i int) bool {
	if len(l.figures) == 0 || counts(l.toks, i+1) || moneyWords.at(l.toks, i+1).len > 0 ||
		nameLen(l.toks[i+1:]) > 0 && !l.toks[i+1].is("hang") {
		return false
	}
	last := l.figures[len(l.figures)-1]
	return last.kind == naming && last.to == i-1 && l.toks[i-1].is(",", "-", "va") && last.to-last.from == 1
}

// ordinalLen measures a name like N2-3.
func (l *listing) ordinalLen(i int) int {
	t := l.toks
	if i+2 < len(t) && t[i+1].is("-") && !t[i+1].gap && t[i+2].kind == number && !t[i+2].gap && !counts(t, i+3) {
		return 3
	}
	return 1
}

// isItem reports whether the number at i counts the lines of a list: 1/, 2.
func (l *listing) isItem(i int) bool {
	t := l.toks
	begins := i == 0 || t[i-1].is("\n")
	return begins && i+2 < len(t) && t[i+1].is("/", ".", ")") && !t[i+1].gap && t[i+2].kind == word && len(t[i].fold) < 3
}

// settle makes items of the figures that count, and finds what was left open.
func (l *listing) settle() {
	for i := range l.figures {
		f := &l.figures[i]
		switch {
		case f.kind == naming, f.kind == spanning:
			continue
		case f.kind == unlabeled:
			f.doubt = f.doubt || f.role == counting
			if l.bare == "" && f.role == counting {
				l.bare = l.toks[f.from].text
			}
			continue
		case f.role != counting:
			continue
		}

		it := l.item(f)
		it.basis = f.basis
		f.doubt = f.doubt || it.confirm || len(it.may) > 1
		switch {
		case len(it.may) == 0:
		case f.kind == money && l.divided(f):
			l.items = append(l.items, l.shareOut(f)...)
		default:
			l.items = append(l.items, it)
		}
	}
}

// owned reports whether a sum that is told with its parts says whose all of it is:
// dân góp 300 triệu, trong đó hiện vật 200 triệu.
func (f *figure) owned() bool {
	return len(f.parts) > 0 && f.label != nil && !f.label.total && !f.label.doubt && f.label.part != store.AllMoney
}

// divided reports whether the parts of a sum say whose they are, and it does not
// itself.
func (l *listing) divided(f *figure) bool {
	if f.owned() {
		return false
	}
	for _, k := range f.parts {
		if s := l.figures[k].label; s == nil || s.total {
			return false
		}
	}
	return len(f.parts) > 0 && len(f.amount.values) == 1
}

// shareOut makes items of the parts of a sum, and of what it exceeds them by.
func (l *listing) shareOut(f *figure) []item {
	var out []item
	for _, k := range f.parts {
		it := l.item(&l.figures[k])
		it.basis, l.figures[k].shared = f.basis, true
		out = append(out, it)
	}
	if l.sum(f.parts) > f.value() {
		return out // it is asked about
	}
	rest := store.Money{VND: f.value() - l.sum(f.parts), Qualifier: f.amount.qualifier, Total: true}
	return append(out, item{may: []either{{money: rest}}, basis: f.basis})
}

// item makes the readings of a figure that counts.
func (l *listing) item(f *figure) item {
	if f.kind == quantity {
		it := f.measure.item()
		l.key = cmp.Or(l.key, f.measure.key)
		if f.measure.key != "" {
			it.may = nil
		}
		return it
	}

	a := f.amount
	it := item{confirm: a.confirm || len(a.values) > 1}
	if a.key != "" {
		l.key = cmp.Or(l.key, a.key)
		return it
	}
	for _, v := range distinct(a.values) {
		m := store.Money{VND: v, Qualifier: a.qualifier}
		if f.label != nil && !f.label.total {
			m.Part = f.label.part
		}
		it.may = append(it.may, either{money: m})
	}
	return it
}
