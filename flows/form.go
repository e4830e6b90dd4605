package flows

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"danvan/store"
)

// Kind is the sort of answer that a step takes.
type Kind string

// The kinds of step.
const (
	Text     Kind = "text"     // one line
	LongText Kind = "long"     // prose; what is too short is continued, not retyped
	Choice   Kind = "choice"   // one of a list
	Many     Kind = "many"     // any of a list
	Money    Kind = "money"    // sums by whose money it is
	Quantity Kind = "quantity" // figures with their units of measure
	Day      Kind = "day"      // a date
	Span     Kind = "span"     // from a date to a date
	Phone    Kind = "phone"    // the person's own number, typed or shared
	Contact  Kind = "contact"  // somebody's name and number
	Place    Kind = "place"    // words, or a shared location
	Files    Kind = "files"    // photos and documents
)

// Form is a list of questions. It is data: what a step does is told by its
// kind and rules, and by names that the host's Lookup resolves.
type Form struct {
	ID      string
	Version int // raised by hand when the meaning of an answer changes
	Steps   []Step
	// Quick ends the form without the review card once all of it holds.
	Quick []Cond
	// Change is a Lookup.Holds under which what is there is changed: the button that
	// submits is named by "<form>.change" then. It alters no question.
	Change string `json:"-"`
	// Plain forms have no review card: the last answer submits.
	Plain bool
	// Leave lets a plain form be left by a button; nothing of it is kept.
	Leave bool
}

// Step is one question, known by its Field and never by its position.
//
// Its texts stand in the catalogue under "<form>.<field>.": ask, why, example,
// label, help.
type Step struct {
	Field    string
	Kind     Kind
	Optional bool `json:",omitempty"` // may be skipped
	Detail   bool `json:",omitempty"` // asked only behind "more details"
	// Due makes no detail of it where all of these hold.
	Due []Cond `json:",omitempty"`
	Sub bool   `json:",omitempty"` // belongs to the question before it and is not counted

	When []Cond `json:",omitempty"` // applies when all of them hold
	If   string `json:",omitempty"` // and when Lookup.Holds says so

	Min, Max int `json:",omitempty"` // characters of a text, or files
	// Enough is how many characters of a long text tell something; what is shorter
	// is asked about.
	Enough int `json:",omitempty"`

	Options []string `json:",omitempty"` // fixed choices by key
	Source  string   `json:",omitempty"` // or the name of a list that Lookup knows
	On      string   `json:",omitempty"` // the field that Source's list depends on, and on what that does
	// Lead is a later field: what is typed and is no choice may be its answer, and
	// then takes the first choice, on the first page, under which that is asked.
	Lead string `json:",omitempty"`

	// Of names the fields whose answers this one speaks of: when one of them is
	// changed it is filled in anew, or asked again.
	Of []string `json:",omitempty"`
	// None says that to skip the question is to answer that there is none.
	None bool `json:",omitempty"`

	Prefill string   `json:",omitempty"` // a Lookup.Default that answers without asking
	From    string   `json:",omitempty"` // or the field whose choice it is brought from: the Default "<from>.<field>"
	Suggest string   `json:",omitempty"` // a Lookup.Default that is offered as a button
	Checks  []string `json:",omitempty"` // Lookup.Doubt names, in order
	Hold    bool     `json:",omitempty"` // the answer is fixed once given: the review card does not change it
}

// isFree reports whether a step takes any words.
func isFree(st *Step) bool { return st.Kind == Text || st.Kind == LongText || st.Kind == Place }

// Cond is a condition on an earlier answer.
type Cond struct {
	Field string
	In    []string `json:",omitempty"` // its choice is one of these
	Given bool     `json:",omitempty"` // it was answered and not skipped
}

// Is returns the condition that a field's choice is one of keys.
func Is(field string, keys ...string) Cond { return Cond{Field: field, In: keys} }

// Given returns the condition that a field was answered.
func Given(field string) Cond { return Cond{Field: field, Given: true} }

// hold reports whether all of some conditions hold.
func hold(all []Cond, s *store.Session) bool {
	return !slices.ContainsFunc(all, func(c Cond) bool { return !c.holds(s) })
}

func (c Cond) holds(s *store.Session) bool {
	a, ok := Find(s, c.Field)
	if !ok || a.Skipped {
		return false
	}
	return c.Given || len(a.Keys) == 1 && slices.Contains(c.In, a.Keys[0])
}

// Step returns the step of a field, or nil.
func (f *Form) Step(field string) *Step {
	for i := range f.Steps {
		if f.Steps[i].Field == field {
			return &f.Steps[i]
		}
	}
	return nil
}

// Hash identifies the form's content: it changes with any question, rule or
// order.
func (f *Form) Hash() string {
	b, err := json.Marshal(f)
	if err != nil {
		panic("flows: a form is plain data: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}

// Find returns a session's answer to a field.
func Find(s *store.Session, field string) (store.Answer, bool) {
	for i := range s.Answers {
		if s.Answers[i].Field == field {
			return s.Answers[i], true
		}
	}
	return store.Answer{}, false
}

// Key returns the one choice of a field, or "".
func Key(s *store.Session, field string) string {
	if a, ok := Find(s, field); ok && len(a.Keys) > 0 {
		return a.Keys[0]
	}
	return ""
}
