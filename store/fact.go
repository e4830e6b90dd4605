package store

import "time"

// Fact is a model as the figures see it: what it counts as now, and every
// review and update of it, so that it can be counted as of any instant.
//
// At an instant a model is in the state of the last step until then, before
// the first step in State. That holds as long as a state changes with a step.
type Fact struct {
	ID          ModelID
	Unit        UnitCode
	Entries     Entries
	Kind        RegistrantKind
	Registrants []Registrant
	Tags        []string
	Registered  time.Time
	To          Date // the last day that it was registered for
	Vague       bool
	// State is what the first step found; the present state while there is no
	// step.
	State State
	Steps []FactStep // in the order of their times, then of their ids
}

// FactStep is one thing that happened to a model: a review or an update.
type FactStep struct {
	At    time.Time
	State State // after it

	// The rest is the update's; a review has none of it.

	Day Date // that it speaks of
	// Row is the update's id, Corrects the update that it puts right.
	Row, Corrects ProgressID
	Nothing       bool
	Reason        string // why paused or failed: a key
	Evidence      int    // how many files
	Basis         Basis
	Results       []Quantity
	Money         []Money
	Lesson        bool // whether a lesson was written
}

// Fact returns the model as the figures see it before its first step.
func (m Model) Fact() Fact {
	return Fact{
		ID: m.ID, Unit: m.Unit, Entries: m.Entries, Kind: m.Kind, Registrants: m.Registrants, Tags: m.Tags,
		Registered: m.RegisteredAt, To: m.To, Vague: len(m.Vague) > 0, State: m.State,
	}
}

// Step returns the update as the figures see it.
func (p Progress) Step() FactStep {
	return FactStep{
		At: p.At, State: p.State, Day: p.Day, Row: p.ID, Corrects: p.Corrects, Nothing: p.Nothing, Reason: p.Reason,
		Evidence: len(p.Evidence), Basis: p.Basis, Results: p.Results, Money: p.Money, Lesson: p.Lesson != "",
	}
}

// Step returns the review as the figures see it.
func (r Review) Step() FactStep { return FactStep{At: r.At, State: r.State} }
