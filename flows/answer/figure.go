package answer

import "danvan/store"

// listing is what a text holds.
type listing struct {
	text    string // as typed
	toks    []token
	figures []figure // every number of the text, in order
	items   []item   // what counts
	target  bool     // the text says what is hoped for
	key     string   // why it cannot be, "" if it can
	doubt   bool
	bare    string // a number without a unit
	basis   store.Basis
}

// figure is a number as it stands in a text, and what it does there.
type figure struct {
	from, to int
	kind     figureKind
	measure  measure
	amount   amount
	role     role
	basis    store.Basis
	span     string  // the word of time or order that it counts: "thang"
	per      []token // what it is the share of
	parts    []int   // the figures that it is the total of
	label    *share
	doubt    bool // it is asked about
	worked   bool // its product is worked out
	shared   bool // it is a part that is found beside its total
}

type figureKind uint8

const (
	naming    figureKind = iota // a day, a document, a telephone, ấp 3
	quantity                    // a number of something
	money                       // a sum
	spanning                    // a time
	unlabeled                   // a number by itself
)

// role is what a number does in its text: only what counts is ever summed.
type role uint8

const (
	counting  role = iota
	describes      // a dimension, a share, what was before
	undone         // not done, lost, or only hoped for
	inTotal        // a part of a total that is told as well
	perOne         // the share of one: mỗi hộ 200 nghìn
)

// reach is how many tokens apart words can be and still speak of each other,
// and near how many figures.
const (
	reach = 160
	near  = 40
)

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

// peer reports whether the jth figure counts and may go with the kth in one total.
func (l *listing) peer(j, k int) bool {
	f := &l.figures[j]
	return f.role == counting && f.class() == l.figures[k].class()
}

// counts reports whether the figure is part of what is found.
func (f *figure) counts() bool {
	return f.shared || f.role == counting && (f.kind == quantity || f.kind == money)
}

// bounds is where a figure stands in the text.
func (l *listing) bounds(f *figure) (from, to int) { return l.toks[f.from].at, l.toks[f.to-1].end }

// ask makes a doubt of figures.
func (l *listing) ask(figures ...int) {
	for _, k := range figures {
		l.figures[k].doubt = true
	}
}

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

// around lists the figures that can have to do with the kth.
func (l *listing) around(k int) (from, to int) {
	return max(0, k-near), min(len(l.figures), k+near)
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

func (l *listing) lastCounted(k int) int {
	for j := k - 1; j >= max(0, k-near); j-- {
		if l.figures[j].kind == quantity && l.figures[j].role == counting {
			return j
		}
	}
	return -1
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

// endsAt reports whether no number stands at i.
func (l *listing) endsAt(i int) bool { return i >= len(l.toks) || l.toks[i].kind != number }
