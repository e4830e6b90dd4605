package answer

import (
	"slices"
	"strings"
)

// marked is the text as typed, every figure that is asked about between « and
// », "" where there is none.
func (l *listing) marked() string {
	var b strings.Builder
	end := 0
	for i := range l.figures {
		from, to := l.bounds(&l.figures[i])
		if !l.figures[i].doubt || from < end {
			continue
		}
		b.WriteString(l.text[end:from] + "«" + l.text[from:to] + "»")
		end = to
	}
	if end == 0 {
		return ""
	}

	all := b.String() + l.text[end:]
	if at := strings.Index(all, "«"); at > longLead { // a long text begins near what is asked about
		_, tail, _ := strings.Cut(all[at-longLead/2:], " ")
		return "… " + tail
	}
	return all
}

// longLead is how many bytes may stand before what is asked about.
const longLead = 240

// aside lists the figures that are not counted and not asked about, each with
// the words that say why.
func (l *listing) aside() []string {
	return l.but(func(f *figure) bool { return f.counts() || f.doubt })
}

// besideSums lists what a text of sums counts as well, unless they were multiplied
// by it: 31 hộ góp 85 triệu.
func (l *listing) besideSums() []string {
	if slices.ContainsFunc(l.figures, func(f figure) bool { return f.role == perOne }) {
		return nil
	}
	return l.but(func(f *figure) bool {
		scale, _ := moneyWords.first(l.toks[f.from:f.to]) // 85tr dân góp
		return f.kind != quantity || f.measure.unit.key == otherMetric || scale.len > 0
	})
}

// but lists the figures that are not shown otherwise.
func (l *listing) but(shown func(*figure) bool) []string {
	var out []string
	end := 0
	for k := range l.figures {
		f := &l.figures[k]
		if shown(f) || f.kind == naming && l.isItem(f.from) {
			end = f.to
			continue
		}

		from := f.from
		for from > end && from > f.from-aheadMost && l.toks[from-1].kind == word {
			from--
		}
		if lead := f.from - l.ahead(f); lead >= from {
			from = lead
		}
		out = append(out, strings.Join(strings.Fields(l.text[l.toks[from].at:l.toks[f.to-1].end]), " "))
		end = f.to
	}
	return out
}

// aheadMost is how many words before a figure can say what it does.
const aheadMost = 4

// ahead counts the words before a figure that say what it does: its own where
// they are known, else the last one.
func (l *listing) ahead(f *figure) int {
	if w := shares.before(l.toks, f.from); f.kind == money && w.len > 0 {
		return w.len
	}
	for _, x := range []lexicon[bool]{dims, lengths, undoneBefore, every, ordinalWord, calendarWord, fromWords, toWords, earns} {
		for n := f.from; n > 0 && n > f.from-aheadMost && l.toks[n-1].kind == word; n-- {
			if w := x.before(l.toks, n); w.len > 0 {
				return f.from - n + w.len
			}
		}
	}
	return 1
}
