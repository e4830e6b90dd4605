package flows

import (
	"danvan/flows/answer"
	"danvan/store"
)

// Label is a short text: literal, or a catalogue key with arguments.
type Label struct {
	Text string
	Key  string
	Args map[string]any
}

// Option is one thing that a choice step offers.
type Option struct {
	Key   string
	Label Label
	Names []string // what people type for it, in any language
	Style store.ButtonStyle
}

// Button is a button under a reply.
type Button struct {
	Data    string
	Label   Label
	Style   store.ButtonStyle
	Control bool // takes an answer that is known, and is no choice of the list
}

// Outcome is what became of the session in a turn.
type Outcome string

// The outcomes.
const (
	Open      Outcome = "open"      // it goes on
	Submitted Outcome = "submitted" // every answer is there and the person said so
	Discarded Outcome = "discarded"
	Saved     Outcome = "saved" // put aside for later
	Same      Outcome = "same"  // the person means Turn.Record
	Stale     Outcome = "stale" // an old button: nothing changed
)

// Turn is what one input led to.
type Turn struct {
	Session store.Session
	Outcome Outcome
	Record  uint64 // with Same
	// Settled is what was answered: it stands above the replies, with what stood
	// there when they take the card's place, and the card becomes it at the end.
	Settled []Settled
	// Sent is the review card that was submitted.
	Sent *Review
	// InPlace reports whether the replies take the open card's place: those to a
	// button do, for it is where somebody looks.
	InPlace bool
	Replies []Reply
	Toast   Label
	// Receipt reports whether a file was taken, which a reaction confirms.
	Receipt bool
}

// Reply is something to say: a Question, a Review, a Doubtful or a Notice.
type Reply interface{ reply() }

// Settled is an answered question.
type Settled struct {
	Form   *Form
	Step   *Step
	Answer store.Answer
}

// Question asks one step.
type Question struct {
	Form    *Form
	Step    *Step
	N, Of   int // "3/12"; N is 0 where the question has no number
	Detail  bool
	Problem *answer.Invalid
	Help    bool
	Partial string        // what was typed so far
	Kept    *store.Answer // the present answer
	Query   string        // what the list was narrowed to
	Page    int           // from 1
	Pages   int
	Choices []Button
	Nav     []Button
}

// Review is the card of all answers before they are sent.
type Review struct {
	Form    *Form
	Lines   []Line
	Problem *answer.Invalid
	Editing bool // asks which answer to change
	Page    int
	Pages   int
	Choices []Button
	Nav     []Button
}

// Line is an answer on the review card. N is its number, by which it can be
// changed.
type Line struct {
	N      int
	Step   *Step
	Answer store.Answer
	// Brought reports whether the answer stands as it was brought from another record.
	Brought bool
}

// Doubtful asks about an answer before it is kept.
type Doubtful struct {
	Form    *Form
	Step    *Step
	Doubt   store.Doubt
	Choices []Button
	Nav     []Button
}

// Notice says something by key.
type Notice struct {
	Key  string
	Args map[string]any
}

func (Question) reply() {}
func (Review) reply()   {}
func (Doubtful) reply() {}
func (Notice) reply()   {}
