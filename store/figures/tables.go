package figures

import (
	"slices"
	"strings"
)

// Against are the figures to compare with; nil where there are none.
type Against struct{ Previous, YearBefore *Figures }

// Tables draws T1 to T6 and T11 to T13. The summary always stands; of the
// others those are left out that say nothing: where nothing was counted, where
// no report was owed or excused, where there is nothing to compare with.
func (f *Figures) Tables(v Voice, h Heading, against Against) []Table {
	out := []Table{f.t1(v)}
	add := func(says bool, t Table) {
		if t.trim(); says {
			out = append(out, t)
		}
	}

	all := f.Count(Registered)
	add(all > 0, f.t2(v))
	add(f.Count(New) > 0, f.t3(v, h, New))
	add(all > f.Count(New), f.t3(v, h, Registered)) // else it is the same table
	add(all > 0, f.t4(v))
	add(all > 0, f.t5(v))
	add(len(f.Amounts()) > 0, f.t6(v))
	add(len(f.Submissions) > 0, f.t11(v))
	add(all+f.Count(Merged) > 0, f.t12(v))
	add(against.Previous != nil || against.YearBefore != nil, f.t13(v, against))
	return out
}

// table begins a table with its texts.
func (v Voice) table(id string, head ...Column) Table {
	key := "figures." + strings.ToLower(id)
	return Table{ID: id, Sheet: v.Text(key+".sheet", nil), Title: v.Text(key+".title", nil), Head: head}
}

// t1 is the summary: the stock, how it came about, how it stands, and what is
// out of every total.
func (f *Figures) t1(v Voice) Table {
	t := v.table("T1", v.column("what", 44), v.column("models", 0), v.column("rate", 0))
	all := f.Count(Registered)
	add := func(label string, n int, k Key, total bool) {
		t.Rows = append(t.Rows, Row{Cells: []Cell{text(label), number(n, k), share(n, all)}, Total: total})
	}

	set := func(s Set) { add(v.Set(s), f.Count(s), Key{Set: s}, s == Registered) }
	for _, s := range []Set{Registered, New, Maintained, Upgraded, Done, Doing} {
		set(s)
	}

	add("   "+v.Text("figures.t1.not_started", nil), f.Count(NotStarted), Key{Set: NotStarted}, false)
	for _, s := range []Set{Paused, Failed} {
		set(s)
		for i, reason := range f.Reasons {
			if n := f.Tally(s).Reasons[i]; n > 0 {
				add("   "+v.Text("figures.t1.reason", args{"Reason": Lower(v.Reason(reason))}), n, Key{Set: s, Reason: reason}, false)
			}
		}
	}

	set(Overdue)
	var outside []Row
	for _, s := range []Set{Waiting, Returned, Rejected, Merged, Earlier, Lapsed} {
		if n := f.Count(s); n > 0 {
			outside = append(outside, Row{Cells: []Cell{text(v.Set(s)), number(n, Key{Set: s}), {}}})
		}
	}
	if len(outside) > 0 {
		t.Rows = append(t.Rows, Row{Cells: []Cell{text(v.Text("figures.t1.outside", nil)), {}, {}}, Total: true})
		t.Rows = append(t.Rows, outside...)
	}

	t.Notes = append(t.Notes, f.Reconciled(v))
	return t
}

// kindColumns are the columns of a set by kind, with their sum.
func (f *Figures) kindColumns(v Voice, s Set) []Column {
	group := v.Set(s)
	var out []Column
	for _, k := range Kinds() {
		out = append(out, Column{Text: v.Text("figures.kind."+string(k), nil), Group: group})
	}
	return append(out, Column{Text: v.Text("figures.column.sum", nil), Group: group})
}

// byKind are the cells under kindColumns.
func byKind(pair [2]int, k Key) []Cell {
	var out []Cell
	for i, kind := range Kinds() {
		key := k
		key.Kind = kind
		out = append(out, number(pair[i], key))
	}
	return append(out, number(pair[0]+pair[1], k))
}

// cross draws new and registered models by kind, for each of some options.
func (f *Figures) cross(v Voice, t Table, labels []string, pairs func(s Set, i int) ([2]int, Key)) Table {
	sets := []Set{New, Registered}
	for _, s := range sets {
		t.Head = append(t.Head, f.kindColumns(v, s)...)
	}

	for i, label := range labels {
		row := Row{Cells: []Cell{typed(label)}}
		for _, s := range sets {
			row.Cells = append(row.Cells, byKind(pairs(s, i))...)
		}
		t.Rows = append(t.Rows, row)
	}

	sum := Row{Cells: []Cell{text(v.Text("figures.total", nil))}, Total: true}
	for _, s := range sets {
		sum.Cells = append(sum.Cells, byKind(f.Tally(s).Kinds, Key{Set: s})...)
	}

	t.Rows = append(t.Rows, sum)
	t.Notes = append(t.Notes, f.Reconciled(v))
	return t
}

// t2 is type × field.
func (f *Figures) t2(v Voice) Table {
	labels := make([]string, len(f.Fields))
	for i, o := range f.Fields {
		labels[i] = v.Option(o)
	}
	return f.cross(v, v.table("T2", v.column("field", 32)), labels, func(s Set, i int) ([2]int, Key) {
		return f.Tally(s).ByField[i], Key{Set: s, Field: f.Fields[i].Key}
	})
}

// t4 is title × type.
func (f *Figures) t4(v Voice) Table {
	labels := make([]string, len(f.Titles))
	for i, o := range f.Titles {
		labels[i] = v.Option(o)
	}
	return f.cross(v, v.table("T4", v.column("title", 32)), labels, func(s Set, i int) ([2]int, Key) {
		return f.Tally(s).ByTitle[i], Key{Set: s, Title: f.Titles[i].Key}
	})
}

// t3 is unit × field and type, of one set. A province is the total; what its
// own bodies have stands on a line without a number, where they have anything.
func (f *Figures) t3(v Voice, h Heading, s Set) Table {
	t := Table{
		ID: "T3", Sheet: v.Text("figures.t3.sheet_"+s.String(), nil), Title: v.Text("figures.t3.title_"+s.String(), nil),
		Head:  []Column{v.column("number", 5), v.column("unit", 29)},
		Notes: []string{v.Text("figures.t3.note", nil), f.Reconciled(v)},
	}

	for _, o := range f.Fields {
		t.Head = append(t.Head, Column{Text: v.short(o)})
	}
	for _, c := range f.kindColumns(v, s) {
		t.Head = append(t.Head, Column{Text: c.Text})
	}

	cells := func(sp Split, k Key) []Cell {
		var out []Cell
		for i, n := range sp.Fields {
			key := k
			key.Field = f.Fields[i].Key
			out = append(out, number(n, key))
		}
		return append(out, byKind(sp.Kinds, k)...)
	}

	n := 0
	for _, l := range f.Lines {
		sp, name, at := l.New, typed(l.Name), Cell{}
		if s == Registered {
			sp = l.Registered
		}
		switch own := len(f.Lines) > 1 && l.Kind.Top(); {
		case own && l.Count(s) == 0:
			continue
		case own:
			name = typed(v.Text("figures.t3.own", args{"Unit": Lower(l.Name)}))
		default:
			n++
			at = place(n)
		}
		t.Rows = append(t.Rows, Row{Cells: append([]Cell{at, name}, cells(sp, Key{Set: s, Unit: l.Unit})...)})
	}

	tally := f.Tally(s)
	t.Rows = append(t.Rows, Row{Total: true, Cells: slices.Concat(
		[]Cell{{}, typed(v.whole(h))}, cells(Split{Fields: tally.Fields, Kinds: tally.Kinds}, Key{Set: s}))})
	return t
}

// whole names what the total of the units is of: "Toàn tỉnh An Giang".
func (v Voice) whole(h Heading) string {
	if h.Watched || !h.Unit.Kind.Place() {
		return v.Text("figures.total", nil)
	}
	return v.Text("figures.t3.whole", args{"Unit": Lower(h.Unit.Name)})
}

// t5 keeps the three measures apart: models, registrants, lượt.
func (f *Figures) t5(v Voice) Table {
	t := v.table("T5", v.column("what", 32))
	for _, k := range Kinds() {
		t.Head = append(t.Head, Column{Text: v.Text("figures.kind."+string(k), nil)})
	}

	t.Head = append(t.Head, v.column("sum", 0), v.column("measure", 16))
	row := func(label, measure string, cells []Cell) {
		t.Rows = append(t.Rows, Row{Cells: slices.Concat([]Cell{text(label)}, cells, []Cell{text(measure)})})
	}

	for _, s := range []Set{Registered, New} {
		tally := f.Tally(s)
		row(v.Text("figures.column.models", nil)+" - "+Lower(v.Set(s)), v.Text("figures.measure.model", nil),
			byKind(tally.Kinds, Key{Set: s}))
		row(v.Text("figures.column.registrants", nil)+" - "+Lower(v.Set(s)), v.Text("figures.measure.registrant", nil),
			byKind(tally.Registrants, Key{Set: s, Metric: Registrants}))
	}

	var turns []Cell
	for _, kind := range append(Kinds(), "") {
		k := Key{Metric: Turns, Kind: kind}
		turns = append(turns, measured(f.Value(k), k))
	}

	row(v.Text("figures.column.turns", nil), v.Text("metric.turn", nil), turns)
	t.Notes = append(t.Notes, v.Text("figures.t5.note", nil))
	return t
}

// t12 is the quality of what was registered, against the models that it can
// be said of.
func (f *Figures) t12(v Voice) Table {
	t := v.table("T12", v.column("what", 44), v.column("models", 0), v.column("rate", 0))
	all := f.Count(Registered)
	for _, q := range []struct {
		set Set
		of  int
	}{
		{Vague, all}, {Silent, f.Count(Doing)},
		{NoEvidence, all - f.Count(NotStarted) - f.Count(Failed)}, {NoLesson, f.Count(Done)},
	} {
		n := f.Count(q.set)
		t.Rows = append(t.Rows, Row{Cells: []Cell{text(v.Set(q.set)), number(n, Key{Set: q.set}), share(n, q.of)}})
	}

	t.Rows = append(t.Rows, Row{Cells: []Cell{text(v.Set(Merged)), number(f.Count(Merged), Key{Set: Merged}), {}}})
	return t
}
