package forms

import "danvan/flows"

// PartsID names the form by which somebody is given what a seat looks after.
const PartsID = "parts"

// ListSeats is the seat that the form is about.
const ListSeats = "seats"

// CheckParts is the check of units and fields that were typed.
const CheckParts = "parts"

// Parts asks for units and fields of work, as a list that is typed or pasted: a
// district of them is a line. The seat is known before it begins.
func Parts() *flows.Form {
	return &flows.Form{
		ID: PartsID, Version: 1, Plain: true, Leave: true,
		Steps: []flows.Step{
			{Field: "seat", Kind: flows.Choice, Source: ListSeats, Hold: true, Sub: true},
			{Field: "list", Kind: flows.LongText, Min: 1, Max: 2000, Checks: []string{CheckParts}},
		},
	}
}
