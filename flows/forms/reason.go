package forms

import "danvan/flows"

// The forms that ask only why.
const (
	RejectID     = "reject"     // a coordinator refuses a registration for good
	UnfinishedID = "unfinished" // a coordinator does not find a completion complete
	WithdrawID   = "withdraw"   // an officer takes a returned registration back
)

// Reason asks why; the reason is needed, and is read again before it is sent.
func Reason(id string) *flows.Form {
	return &flows.Form{
		ID: id, Version: 1,
		Steps: []flows.Step{{Field: "reason", Kind: flows.LongText, Min: 10, Max: 1000}},
	}
}
