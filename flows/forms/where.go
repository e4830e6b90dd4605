package forms

import "danvan/flows"

// WhereID names the form that asks for a unit by name.
const WhereID = "where"

// Where asks for one of the units that the post reaches.
func Where() *flows.Form {
	return &flows.Form{
		ID: WhereID, Version: 1, Plain: true, Leave: true,
		Steps: []flows.Step{{Field: "unit", Kind: flows.Choice, Source: ListUnits}},
	}
}
