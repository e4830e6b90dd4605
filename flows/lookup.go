package flows

import (
	"slices"

	"danvan/flows/answer"
	"danvan/store"
)

// Lookup is what the engine asks its host during a turn. Each call answers
// for the session as it is then.
type Lookup interface {
	// Today is the day in the house's time zone.
	Today() store.Date
	// Options returns those of a choice step's options that are asked for, and
	// how many there are in all. The engine asks for a page, for what was typed
	// or for a few keys, and never for a whole list.
	Options(*Form, *Step, *store.Session, Ask) (Options, error)
	// Says lists what people may type for a label: what it says in each
	// language, and what else it goes by.
	Says(Label) []string
	// Default returns a known answer by name; false when nothing is known.
	Default(name string, s *store.Session) (store.Answer, bool, error)
	// Holds decides a named condition.
	Holds(name string, s *store.Session) (bool, error)
	// Doubt returns what speaks against an answer, by the name of a check;
	// nil when nothing does, and an *answer.Invalid as the error, wrapped or
	// not, when the answer cannot be. The check "submit" is asked of the whole
	// session before it is submitted; what it refuses leaves the review card
	// open.
	Doubt(check string, s *store.Session, a store.Answer) (*store.Doubt, error)
}

// Ask says which of a step's options are wanted. Its parts narrow one another.
type Ask struct {
	Text string   // what was typed, as it came; "" for all
	Keys []string // only these, as far as they are still offered; nil for all

	From  int // how many to pass over
	Limit int // at most so many; 0 for all
}

// Options is a page of what a choice step offers.
type Options struct {
	List  []Option
	Total int // of all that match, on every page
}

// Among answers an Ask out of a list in memory. A text finds what
// answer.Choose finds, the best first; without one the list keeps its order.
func Among(all []Option, ask Ask) Options {
	if ask.Text != "" {
		all = pick(all, ask.Text)
	}
	if ask.Keys != nil {
		all = slices.DeleteFunc(slices.Clone(all), func(o Option) bool { return !slices.Contains(ask.Keys, o.Key) })
	}

	from := min(max(ask.From, 0), len(all))
	to := len(all)
	if ask.Limit > 0 {
		to = min(from+ask.Limit, to)
	}
	return Options{List: all[from:to], Total: len(all)}
}

// pick narrows options to those that a text may mean.
func pick(options []Option, text string) []Option {
	names := make([]answer.Named, len(options))
	for i, o := range options {
		names[i] = answer.Named{Key: o.Key, Names: o.Names}
	}

	var out []Option
	for _, i := range answer.Choose(text, names) {
		out = append(out, options[i])
	}
	return out
}
