package forms

import "danvan/flows"

// The forms that ask only why.
const (
	RejectID     = "reject"     // a coordinator refuses a registration for good
	UnfinishedID = "unfinished" // a coordinator finds that a completed model is not complete
	WithdrawID   = "withdraw"   // an officer takes a registration back
	DeclineID    = "decline"    // a coordinator refuses a change of a registration
)

// Reason asks why. It has a review card, so that the reason is read once more
// before it is sent.
func Reason(id string) *flows.Form {
	return &flows.Form{
		ID: id, Version: 1,
		Steps: []flows.Step{{Field: "reason", Kind: flows.LongText, Min: 10, Max: 1000}},
	}
}
