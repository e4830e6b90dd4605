package store

import "time"

// ReviewID identifies a review.
type ReviewID uint64

// Verdict is what a coordinator decided about a registration, or about the
// completion of a model.
type Verdict string

// The verdicts.
const (
	AcceptVerdict   Verdict = "accept"
	ReturnVerdict   Verdict = "return"  // to be completed: Reason, and Fields where they can be named
	RejectVerdict   Verdict = "reject"  // for good
	MergeVerdict    Verdict = "merge"   // into Into: counts once, both histories stay
	UnmergeVerdict  Verdict = "unmerge" // the opposite
	ConfirmVerdict  Verdict = "confirm" // a completion
	ResubmitVerdict Verdict = "resubmit"
	AgreeVerdict    Verdict = "agree"   // to a change that its officer proposed
	DeclineVerdict  Verdict = "decline" // such a change
)

// Review is one step of the check of a model. Reviews are only ever added.
type Review struct {
	ID      ReviewID  `json:"id"`
	Model   ModelID   `json:"model"`
	Verdict Verdict   `json:"verdict"`
	Reason  string    `json:"reason,omitempty"`
	Fields  []string  `json:"fields,omitempty"` // of the registration form
	Into    ModelID   `json:"into,omitempty"`
	Was     State     `json:"was"` // the state before, to go back to
	State   State     `json:"state"`
	By      PersonID  `json:"by"` // 0: nobody checks here
	Post    PostID    `json:"post,omitempty"`
	At      time.Time `json:"at"`
}
