package figures

import "math/bits"

// Tally is a set's size, and how it is made up. Slices are in the order of
// the Figures' fields, titles and reasons, pairs in that of Kinds.
type Tally struct {
	Total   int
	Kinds   [2]int
	Fields  []int
	Titles  []int
	ByField [][2]int
	ByTitle [][2]int
	Reasons []int
	// Registrants are those of registered and new models, by kind.
	Registrants [2]int
}

// count tallies the rows. The tables' numbers come from here; Value and Why
// must agree with them.
func (f *Figures) count() {
	for s := range f.tallies {
		f.tallies[s] = Tally{
			Fields: make([]int, len(f.Fields)), Titles: make([]int, len(f.Titles)),
			ByField: make([][2]int, len(f.Fields)), ByTitle: make([][2]int, len(f.Titles)),
			Reasons: make([]int, len(f.Reasons)),
		}
	}

	for i := range f.Lines {
		l := &f.Lines[i]
		l.New.Fields, l.Registered.Fields = make([]int, len(f.Fields)), make([]int, len(f.Fields))
	}

	for i := range f.rows {
		r := &f.rows[i]
		for in := r.in; in != 0; in &= in - 1 {
			s := Set(bits.TrailingZeros32(uint32(in)))
			f.tallies[s].add(r)
			f.Lines[r.line].add(s, r)
		}
	}

	f.countRegistrants(Registered)
	f.countRegistrants(New)
	f.sumUp()
}

func (t *Tally) add(r *row) {
	t.Total++
	t.Kinds[r.kind]++
	t.Fields[r.field]++
	t.Titles[r.title]++
	t.ByField[r.field][r.kind]++
	t.ByTitle[r.title][r.kind]++
	t.Reasons[r.reason]++
}

func (l *Line) add(s Set, r *row) {
	l.Sets[s]++
	switch s {
	case New:
		l.New.add(r)
	case Registered:
		l.Registered.add(r)
	}
}

func (sp *Split) add(r *row) {
	sp.Fields[r.field]++
	sp.Kinds[r.kind]++
}

// countRegistrants counts everyone who has a model in the set once.
func (f *Figures) countRegistrants(s Set) {
	met := map[int32]bool{}
	t := &f.tallies[s]
	for _, r := range f.rows {
		if r.in.has(s) {
			for kind := range t.Registrants {
				n, _ := f.fresh(met, &r, kind)
				t.Registrants[kind] += int(n)
			}
		}
	}
}

// sumUp adds up the amounts. All the money is summed model by model and not
// from its parts, so that the two can be compared.
func (f *Figures) sumUp() {
	f.totals = make([]Amount, len(f.metrics)+1)
	doubts := make([]marks, len(f.totals))
	f.totals[0].Metric = Worth
	for i, m := range f.metrics {
		f.totals[i+1].Metric = m
	}

	from, to := f.span(Worth)
	for i := range f.rows {
		r := &f.rows[i]
		for _, a := range f.amounts[r.first:r.end] {
			f.totals[a.metric+1].add(a)
			doubts[a.metric+1] |= a.marks
			if a.metric < to {
				doubts[0] |= a.marks
				f.totals[0].SoFar += a.soFar
			}
		}

		if worth, touched := f.brought(r, from, to); touched {
			f.totals[0].InPeriod += worth
			f.totals[0].Models++
			f.Lines[r.line].Worth += worth
		}
	}

	for i := range f.totals {
		f.totals[i].Qualifier = doubts[i].qualifier()
	}
}

func (a *Amount) add(one amount) {
	a.SoFar += one.soFar
	a.InPeriod += one.inPeriod
	if one.inPeriod != 0 {
		a.Models++
	}
}
