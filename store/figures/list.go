package figures

import (
	"cmp"
	"slices"
	"strings"

	"danvan/store"
)

// Listed is what a list tells of a model beside what was counted of it. Whoever
// fills it leaves empty what the reader may not see.
type Listed struct {
	store.Model
	Evidence int // files, by the instant
}

// Lists name the models that were counted, in the order of the lines, so that
// every number can be counted again by hand: what was registered of each, and
// what came of it. They are two, as all of it on one page could not be read.
func (f *Figures) Lists(v Voice, listed []Listed) []Table {
	registered := v.table("list",
		v.column("number", 4), v.column("code", 11), v.column("name", 20), v.column("registrant", 14), v.column("kind", 7),
		v.column("unit", 12), v.column("field", 10), v.column("title", 10), v.column("origin", 8), v.spare("place", 13),
		v.spare("problem", 17), v.spare("target", 18), v.spare("content", 24), v.spare("time", 10), v.spare("contact", 12))
	outcomes := v.table("outcomes",
		v.column("number", 4), v.column("code", 11), v.column("name", 32), v.column("registrant", 22), v.column("unit", 15),
		v.column("state", 14), v.spare("results", 36), v.spare("worth", 14), v.spare("evidence", 9))

	byID := make(map[store.ModelID]*Listed, len(listed))
	contacts := false
	for i, l := range listed {
		byID[l.ID] = &listed[i]
		contacts = contacts || l.Contact != "" || l.Phone != ""
	}

	rows := slices.Clone(f.rows)
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.line, b.line) })
	say := newSayings(v)
	for i := range rows {
		r := &rows[i]
		if m := byID[r.id]; m != nil {
			registered.Rows = append(registered.Rows, Row{Cells: f.registration(v, say, i+1, r, m)})
			outcomes.Rows = append(outcomes.Rows, Row{Cells: f.outcome(v, say, i+1, r, m)})
		}
	}

	if contacts {
		registered.Notes = append(registered.Notes, v.Text("figures.list.personal", nil))
	}
	tables := []Table{registered, outcomes}
	for i := range tables {
		tables[i].List = true
		tables[i].trim()
	}
	return tables
}

// registration are the cells of what was registered.
func (f *Figures) registration(v Voice, say sayings, n int, r *row, m *Listed) []Cell {
	return []Cell{
		place(n), typed(m.Code), typed(m.Title), typed(m.Registrant()), text(say.kinds[r.kind]),
		typed(f.Lines[r.line].Name), typed(v.short(f.Fields[r.field])), typed(v.short(f.Titles[r.title])),
		text(say.first(r.in, New, Maintained, Upgraded)), typed(m.Place), typed(m.Problem), typed(m.Target), typed(m.Content),
		text(v.span(m.From, m.To)), typed(strings.Trim(m.Contact+"\n"+m.Phone, "\n")),
	}
}

// outcome are the cells of what came of it.
func (f *Figures) outcome(v Voice, say sayings, n int, r *row, m *Listed) []Cell {
	worth, evidence := Cell{}, Cell{}
	if n, ok := f.brought(r, 0, int32(len(moneyParts))); ok {
		worth = Cell{Form: Number, N: n}
	}
	if m.Evidence > 0 {
		evidence = rank(m.Evidence)
	}
	return []Cell{
		place(n), typed(m.Code), typed(m.Title), typed(m.Registrant()), typed(f.Lines[r.line].Name),
		text(say.first(r.in, NotStarted, Doing, Paused, Done, Failed, Overdue, Waiting, Returned, Rejected, Merged, Earlier, Lapsed)),
		typed(f.results(v, r)), worth, evidence,
	}
}

// results says what a model has brought so far, the money left out: "Đất hiến:
// 1.850 m²; Ngày công: 620".
func (f *Figures) results(v Voice, r *row) string {
	var parts []string
	for _, a := range f.amounts[r.first:r.end] {
		if m := f.metrics[a.metric]; a.soFar != 0 && !m.Money() {
			parts = append(parts, v.Metric(m)+": "+v.Amount(a.soFar, m))
		}
	}
	return strings.Join(parts, "; ")
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
