package forms

import "danvan/flows"

// WhomID names the form that asks of which unit the people are wanted.
const WhomID = "whom"

// Whom asks for one of the units that the post reaches.
func Whom() *flows.Form {
	return &flows.Form{
		ID: WhomID, Version: 1, Plain: true, Leave: true,
		Steps: []flows.Step{{Field: "unit", Kind: flows.Choice, Source: ListUnits}},
	}
}
