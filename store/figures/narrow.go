package figures

import (
	"slices"

	"danvan/store"
)

// Narrow returns the part of the figures that some units have, in some fields;
// no fields are all of them. The figures stay as they are.
func (f *Figures) Narrow(of func(store.UnitCode) bool, fields []string) *Figures {
	out := &Figures{
		Campaign: f.Campaign, Period: f.Period, AsOf: f.AsOf, Narrowed: f.Narrowed || len(fields) > 0,
		Titles: f.Titles, Reasons: f.Reasons, metrics: f.metrics, amounts: f.amounts,
	}
	watched := func(o store.Option) bool { return len(fields) == 0 || slices.Contains(fields, o.Key) }
	places := make([]int16, len(f.Fields))
	for i, o := range f.Fields {
		places[i] = int16(len(out.Fields))
		if watched(o) {
			out.Fields = append(out.Fields, o)
		}
	}

	lines := make([]int32, len(f.Lines))
	for i, l := range f.Lines {
		lines[i] = int32(len(out.Lines))
		if of(l.Unit) {
			out.Lines = append(out.Lines, Line{Unit: l.Unit, Name: l.Name})
		}
	}
	for _, s := range f.Submissions {
		if of(s.Unit) {
			out.Submissions = append(out.Submissions, s)
		}
	}

	people := map[int32]int32{} // they are numbered anew, in the order of their models
	for _, r := range f.rows {
		if of(f.Lines[r.line].Unit) && watched(f.Fields[r.field]) {
			first := int32(len(out.people))
			for _, who := range f.people[r.who:r.last] {
				out.people = append(out.people, renumber(people, who))
			}
			r.line, r.field, r.who, r.last = lines[r.line], places[r.field], first, int32(len(out.people))
			out.rows = append(out.rows, r)
		}
	}
	out.count()
	return out
}
