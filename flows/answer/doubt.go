package answer

import (
	"regexp"
	"strings"
)

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
	case f.kind == quantity && has(outcomes, right):
		return l.isWithin(k) // 12 hộ vay vốn, 5 hộ thoát nghèo
	case len(left) == 1 && left[0].is("trong") && left[0].tone == "" && len(right) > 0 && right[0].is("co"):
		return true // trong 42 hộ có 15 hộ nghèo
	case f.kind == quantity && f.measure.unit.key == "m" && len(right) > 0 && right[0].is("dat"):
		return true // metres of land are a length, or m²
	case f.kind == quantity && k > 0 && l.figures[k-1].kind == quantity && l.figures[k-1].to == f.from &&
		f.measure.counts() && l.figures[k-1].measure.counts() && l.figures[k-1].measure.unit.key != "group":
		return true // 1 hộ 1 bình

	case f.kind == quantity && misspelt(f.measure.word):
		return true
	case f.kind == quantity && l.toks[f.to-1].is("hs") && together(l.toks[:min(len(l.toks), reach)], "ho", "so") > 0:
		return true // hồ sơ or học sinh
	case k > 0 && len(left) > 0 && l.figures[k-1].kind == quantity && l.figures[k-1].measure.unit.key == "percent" &&
		l.figures[k-1].to+len(left) == f.from && f.kind == quantity && f.measure.unit.key != "percent" && !f.measure.unit.whole:
		return true // 80% of 1.500 m
	}
	if has(onlyNow, left) {
		for j := max(0, k-near); j < k; j++ {
			if l.peer(j, k) {
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

// corrected reports whether the figure is taken back: không phải 350m mà là 530m.
func (l *listing) corrected(k int) bool {
	return k+1 < len(l.figures) && leads(notThis, l.before(k)).len > 0 && leads(butThat, l.before(k+1)).len > 0
}

// slight asks about a length that is tiny beside another of the same thing: it
// may be a width that is named in a way that is not known.
func (l *listing) slight() {
	var most int64
	for k := range l.figures {
		if f := &l.figures[k]; f.role == counting && f.class() == "m" {
			most = max(most, f.value())
		}
	}
	for k := range l.figures {
		f := &l.figures[k]
		if f.role == counting && f.class() == "m" && f.value() <= 8000 && f.value() <= most/20 && f.measure.thing != "bridge" {
			f.doubt = true
		}
	}
}
