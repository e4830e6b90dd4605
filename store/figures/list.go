package figures

import (
	"cmp"
	"slices"

	"danvan/store"
)

// List names the models that were counted, in the order of the lines, so that
// every number can be counted again by hand.
func (f *Figures) List(v Voice, heads []store.Head) Table {
	t := v.table("list", v.column("number", 0), v.column("code", 24), v.column("name", 48), v.column("unit", 28),
		v.column("field", 24), v.column("kind", 0), v.column("origin", 16), v.column("state", 22), v.column("worth", 20))
	byID := make(map[store.ModelID]store.Head, len(heads))
	for _, h := range heads {
		byID[h.ID] = h
	}

	rows := slices.Clone(f.rows)
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.line, b.line) })
	say := newSayings(v)
	for i := range rows {
		r := &rows[i]
		h, worth := byID[r.id], Cell{}
		if n, ok := f.brought(r, 0, int32(len(moneyParts))); ok {
			worth = Cell{Form: Number, N: n}
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			rank(i + 1), typed(h.Code), typed(h.Title), typed(f.Lines[r.line].Name), typed(v.short(f.Fields[r.field])),
			text(say.kinds[r.kind]), text(say.first(r.in, New, Maintained, Upgraded)),
			text(say.first(r.in,
				NotStarted, Doing, Paused, Done, Failed, Overdue, Waiting, Returned, Rejected, Merged, Earlier, Lapsed)), worth,
		}})
	}

	return t
}

// sayings are words that are said once for each model, looked up once.
type sayings struct {
	sets  [setCount]string
	kinds [2]string
}

func newSayings(v Voice) sayings {
	var say sayings
	for _, s := range Sets() {
		say.sets[s] = v.Set(s)
	}
	for i, k := range Kinds() {
		say.kinds[i] = v.Text("figures.kind."+string(k), nil)
	}
	return say
}

// first names the first of some sets that a model is in.
func (say *sayings) first(in sets, list ...Set) string {
	for _, s := range list {
		if in.has(s) {
			return say.sets[s]
		}
	}
	return ""
}
