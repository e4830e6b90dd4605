package answer

import "strings"

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
	var out []string
	end := 0
	for k := range l.figures {
		f := &l.figures[k]
		if f.counts() || f.doubt || f.kind == naming && l.isItem(f.from) {
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
