package figures

import (
	"slices"

	"danvan/store"
)

// OnMap returns the figures on another map: what units had that have ended by
// then stands on the lines of their heirs, which are called what they are called
// there. now says which unit stands there for one of the figures. The totals stay
// what they are, and so do the submissions: who owed a report then, owed it.
func (f *Figures) OnMap(now func(store.UnitCode) store.Unit) *Figures {
	if f == nil {
		return nil
	}
	out := *f
	out.Lines = nil
	lines := make([]int32, len(f.Lines))
	for i, l := range f.Lines {
		u := now(l.Unit)
		at := slices.IndexFunc(out.Lines, func(l Line) bool { return l.Unit == u.Code })
		if at < 0 {
			at = len(out.Lines)
			out.Lines = append(out.Lines, Line{Unit: u.Code, Name: u.Name, Kind: u.Kind})
		}
		lines[i] = int32(at)
	}

	out.rows = slices.Clone(f.rows)
	for i := range out.rows {
		out.rows[i].line = lines[out.rows[i].line]
	}
	out.count()
	return &out
}
