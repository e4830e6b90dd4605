package bot

import (
	"danvan/bot/text"
	"danvan/flows"
	"danvan/store"
)

// Form is the one home of a form: what the host answers for it, from its first
// question to what follows it. A feature embeds Basic and says what is its own.
type Form interface {
	// Form is the form's questions.
	Form() *flows.Form

	// Options, Default, Holds and Doubt are what the engine asks (flows.Lookup).
	Options(t *Turn, s *store.Session, st *flows.Step, ask flows.Ask) (flows.Options, error)
	Default(t *Turn, s *store.Session, name string) (store.Answer, bool, error)
	Holds(t *Turn, s *store.Session, name string) (bool, error)
	Doubt(t *Turn, s *store.Session, check string, a store.Answer) (*store.Doubt, error)

	// Head is the first line of a question, ReviewHead that of the review card.
	Head(t *Turn, s *store.Session, q flows.Question) (string, error)
	ReviewHead(t *Turn, s *store.Session) (string, error)
	// Advice is what the review card says below the answers; "" for nothing.
	Advice(t *Turn, s *store.Session) (string, error)
	// Ask words a doubt of the form's own; it may label the choices anew.
	Ask(t *Turn, s *store.Session, d flows.Doubtful) (string, error)
	// Choice names a choice, Typed writes an answer that was typed.
	Choice(t *Turn, v text.Voice, st *flows.Step, key string) string
	Typed(v text.Voice, x flows.Settled) string

	// Protect reports whether the review card may not be forwarded.
	Protect() bool
	// Bind notes in the session which record it is about, once that is known.
	Bind(t *Turn, s *store.Session) error
	// Name calls a draft by what it is about.
	Name(t *Turn, s *store.Session) (string, error)
	// Keeps reports whether there is anything in a draft that is worth keeping when
	// something else is begun, Saves whether it is kept because the person says so.
	Keeps(s *store.Session) bool
	Saves(s *store.Session) bool

	// Submit does what the form is for; the session is closed.
	Submit(t *Turn, s store.Session) error
	// Same leaves the form for the record that it turned out to be about.
	Same(t *Turn, s store.Session, record uint64) error
	// Left says what became of a form that was left.
	Left(t *Turn, s store.Session, key string, a text.Args) error
}

// lookup answers for the form of a session: what the engine asks (flows.Lookup), and
// what its cards ask (card.Host).
type lookup struct {
	t *Turn
	f Form
	s *store.Session
}

// Head is the first line of a question.
func (l lookup) Head(q flows.Question) (string, error) { return l.f.Head(l.t, l.s, q) }

// ReviewHead is the first line of the review card.
func (l lookup) ReviewHead() (string, error) { return l.f.ReviewHead(l.t, l.s) }

// Advice is what the review card says below the answers.
func (l lookup) Advice() (string, error) { return l.f.Advice(l.t, l.s) }

// Ask words a doubt of the form's own.
func (l lookup) Ask(d flows.Doubtful) (string, error) { return l.f.Ask(l.t, l.s, d) }

// Protect reports whether the review card may not be forwarded.
func (l lookup) Protect() bool { return l.f.Protect() }

// Today is the day of the event.
func (l lookup) Today() store.Date { return l.t.Today }

// Options lists what a step offers.
func (l lookup) Options(_ *flows.Form, st *flows.Step, s *store.Session, ask flows.Ask) (flows.Options, error) {
	return l.f.Options(l.t, s, st, ask)
}

// Says lists what people may type for a label.
func (l lookup) Says(label flows.Label) []string { return l.t.Says(label) }

// Default returns what is known already.
func (l lookup) Default(name string, s *store.Session) (store.Answer, bool, error) {
	return l.f.Default(l.t, s, name)
}

// Holds decides a named condition.
func (l lookup) Holds(name string, s *store.Session) (bool, error) { return l.f.Holds(l.t, s, name) }

// Doubt returns what speaks against an answer, or refuses it.
func (l lookup) Doubt(check string, s *store.Session, a store.Answer) (*store.Doubt, error) {
	return l.f.Doubt(l.t, s, check, a)
}
