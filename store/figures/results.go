package figures

import (
	"strings"

	"danvan/store"
)

// t6 is the value and the results: money by whose it is, quantities by their
// unit of measure.
func (f *Figures) t6(v Voice) Table {
	t := v.table("T6", v.column("what", 44), v.column("in_period", 20), v.column("so_far", 20), v.column("reports", 0))
	for _, a := range f.Amounts() {
		t.Rows = append(t.Rows, Row{Total: a.Metric == Worth, Cells: []Cell{
			typed(v.measure(a)), measured(a.InPeriod, Key{Metric: a.Metric}), soFar(a), rank(a.Models),
		}})
	}
	t.Notes = append(t.Notes, v.Text("figures.t6.note", nil))
	return t
}

// measure names an amount, what it is counted in and how exact it is: "Dân góp
// (đồng, trên)", "Đất hiến (m²)".
func (v Voice) measure(a Amount) string {
	label := v.Metric(a.Metric)
	var more []string
	if a.Metric.Money() {
		more = append(more, v.Text("figures.measure.vnd", nil))
	} else if unit := v.unit(a.Metric); unit != "" {
		more = append(more, unit)
	}
	if a.Qualifier != store.Exactly {
		more = append(more, v.Text("qualifier."+string(a.Qualifier), nil))
	}
	if len(more) > 0 {
		label += " (" + strings.Join(more, ", ") + ")"
	}
	if a.Metric.Money() && a.Metric != Worth {
		return "   " + label
	}

	return label
}

// t13 compares with the period before and with the same one a year before.
func (f *Figures) t13(v Voice, against Against) Table {
	t := Table{
		ID: "T13", Sheet: v.Text("figures.t13.sheet", nil),
		Title: v.Text("figures.t13.title", args{"Previous": against.Previous != nil, "YearBefore": against.YearBefore != nil}),
		Head:  []Column{v.column("what", 32), v.column("now", 0)},
	}
	for _, key := range []string{"previous", "year_before"} {
		group := v.Text("figures.column."+key, nil)
		for _, part := range []string{"value", "by", "rate"} {
			t.Head = append(t.Head, Column{Text: v.Text("figures.column."+part, nil), Group: group, Spare: true})
		}
	}

	for _, c := range f.Changes(against.Previous, against.YearBefore) {
		name := v.figure(c.Key)
		if c.Key.Metric.Money() {
			name += " (" + v.Text("figures.measure.vnd", nil) + ")"
		} else if unit := v.unit(c.Key.Metric); unit != "" {
			name += " (" + unit + ")"
		}
		cells := []Cell{typed(name), measured(c.Now, c.Key)}
		for i := range c.Before {
			cells = append(cells, compared(c, i)...)
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}

	t.Notes = append(t.Notes, v.Text("figures.t13.note", nil))
	return t
}

// compared are the cells of a change: what there was, by how much it changed,
// and the same in per cent.
func compared(c Change, i int) []Cell {
	by, known := c.By(i)
	if !known {
		return []Cell{{Form: None}, {Form: None}, {Form: None}}
	}
	cells := []Cell{measured(c.Before[i].Value, c.Key), measured(by, c.Key), {Form: None}}
	cells[0].Key, cells[1].Key, cells[1].Signed = Key{}, Key{}, true
	if p, ok := c.Permille(i); ok {
		cells[2] = Cell{Form: Rate, N: p, Signed: true}
	}
	return cells
}

func soFar(a Amount) Cell {
	c := measured(a.SoFar, Key{Metric: a.Metric})
	c.Key = Key{}
	return c
}
