package flows

import (
	"danvan/flows/answer"
	"danvan/store"
)

// Lookup is what the engine asks its host during a turn. Each call answers
// for the session as it is then.
type Lookup interface {
	// Today is the day in the house's time zone.
	Today() store.Date
	// Options lists what a choice step offers.
	Options(*Form, *Step, *store.Session) ([]Option, error)
	// Names lists what each question goes by, for answers pasted together.
	Names(*Form) []answer.Named
	// Default returns a known answer by name; false when nothing is known.
	Default(name string, s *store.Session) (store.Answer, bool, error)
	// Holds decides a named condition.
	Holds(name string, s *store.Session) (bool, error)
	// Doubt returns what speaks against an answer, by the name of a check;
	// nil when nothing does, and an *answer.Invalid as the error when the
	// answer cannot be. The check "submit" is asked of the whole session
	// before it is submitted; what it refuses leaves the review card open.
	Doubt(check string, s *store.Session, a store.Answer) (*store.Doubt, error)
}
