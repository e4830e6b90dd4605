package answer

import (
	"slices"
	"strings"

	"danvan/store"
)

// Count reads a text as one number of something, with or without saying of what:
// what every parser of the package reads numbers with.
func Count(text string) (Reading[store.Decimal], error) {
	var r Reading[store.Decimal]
	add := func(d decimal) {
		v, _ := d.times(1000)
		r.Values = append(r.Values, store.Decimal(v))
	}

	l := list(text, false)
	numbers, bare := 0, false
	for i := range l.figures {
		f := &l.figures[i]
		if f.role != counting || f.kind != quantity && f.kind != unlabeled {
			continue
		}
		if numbers++; numbers > 1 {
			bare = bare || f.kind == unlabeled
			r.Confirm = r.Confirm || bare
			continue
		}
		bare = f.kind == unlabeled
		r.Confirm = f.measure.confirm || f.measure.unit.key == "percent" || bare && !f.measure.readings[0].whole()
		for _, d := range append(f.measure.readings, f.measure.ends...) {
			add(d)
		}
	}
	for i := range l.toks {
		if c := countAt(l.toks, i); c.ok && numbers == 0 && l.toks[i].kind != sign && !isOrdinal(l.toks, i) {
			add(c.grouped)
			r.Confirm, bare = c.doubt || vagueWords.before(l.toks, i).len > 0, true
			break
		}
	}

	if len(r.Values) == 0 {
		return r, refuse(quantityNone, text)
	}
	_, letters := withDigits(text)
	r.Confirm = r.Confirm || len(r.Values) > 1 || l.doubt && !bare || letters
	return r, nil
}

// Lost lists the numbers of a text of results that are neither part of what is
// found, nor listed beside it, nor marked in the question, by what is shown.
func Lost(text string) []string {
	l := list(text, false)
	aside, marked := strings.Join(l.aside(), "\n"), l.marked()
	var lost []string
	for i := range l.toks {
		t := l.toks[i]
		if t.kind != number {
			continue
		}
		k := slices.IndexFunc(l.figures, func(f figure) bool { return f.from <= i && i < f.to })
		typed := l.text[t.at:t.end]
		switch {
		case k < 0:
			lost = append(lost, typed)
		case l.figures[k].counts(), l.figures[k].kind == naming && l.isItem(l.figures[k].from):
		case l.figures[k].doubt && !strings.HasPrefix(marked, "… ") && !strings.Contains(marked, typed),
			!l.figures[k].doubt && !strings.Contains(aside, strings.Join(strings.Fields(typed), " ")):
			lost = append(lost, typed)
		}
	}
	return lost
}
