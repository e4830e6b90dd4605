package figures

import (
	"slices"
	"time"

	"danvan/store"
)

// Outcome is what came of a unit's duty to report.
type Outcome string

// The outcomes. Missing is not zero: nobody knows what the unit has.
const (
	OnTime  Outcome = "on_time"
	Late    Outcome = "late"
	Missing Outcome = "missing"
	Exempt  Outcome = "exempt" // owes nothing for this period
)

// Outcomes lists every outcome.
var Outcomes = []Outcome{OnTime, Late, Missing, Exempt}

// Submission is a unit's duty to report for the period and what came of it.
type Submission struct {
	Unit    store.UnitCode `json:"unit"`
	Outcome Outcome        `json:"outcome"`
	Nothing bool           `json:"nothing,omitempty"` // what it submitted was "không phát sinh"
	At      time.Time      `json:"at,omitzero"`       // when it submitted it
}

// Submitted counts what came of the duty to report.
type Submitted struct {
	Owed int // exempt units owe nothing
	// By counts every outcome; Nothing those on time or late that had nothing
	// to report.
	By      map[Outcome]int
	Nothing int
}

// Submitted counts the outcomes of the submissions.
func (f *Figures) Submitted() Submitted {
	s := Submitted{By: map[Outcome]int{}}
	for _, one := range f.Submissions {
		s.By[one.Outcome]++
		if one.Outcome != Exempt {
			s.Owed++
		}
		if one.Nothing {
			s.Nothing++
		}
	}
	return s
}

// t11 says of every unit whether it reported.
func (f *Figures) t11(v Voice) Table {
	t := v.table("T11", v.column("number", 5), v.column("unit", 32))
	for _, o := range Outcomes {
		t.Head = append(t.Head, Column{Text: v.Text("figures.outcome."+string(o), nil), Spare: o == Exempt})
	}

	t.Head = append(t.Head, Column{Text: v.Text("figures.outcome.nothing", nil), Spare: true})
	for i, s := range f.Submissions {
		cells := []Cell{place(i + 1), typed(f.nameOf(s.Unit))}
		for _, o := range Outcomes {
			cells = append(cells, mark(s.Outcome == o))
		}
		t.Rows = append(t.Rows, Row{Cells: append(cells, mark(s.Nothing))})
	}

	sum := f.Submitted()
	cells := []Cell{{}, text(v.Text("figures.total", nil))}
	for _, o := range Outcomes {
		cells = append(cells, rank(sum.By[o]))
	}

	t.Rows = append(t.Rows,
		Row{Total: true, Cells: append(cells, rank(sum.Nothing))},
		Row{Total: true, Cells: []Cell{{}, text(v.Text("figures.t11.owed", nil)), rank(sum.Owed)}},
	)
	t.Notes = append(t.Notes, v.Text("figures.t11.note", nil))

	return t
}

func mark(yes bool) Cell {
	if yes {
		return rank(1)
	}
	return Cell{}
}

func (f *Figures) nameOf(unit store.UnitCode) string {
	if i := slices.IndexFunc(f.Lines, func(l Line) bool { return l.Unit == unit }); i >= 0 {
		return f.Lines[i].Name
	}
	return string(unit)
}
