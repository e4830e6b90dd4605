package forms

import "danvan/flows"

// RemarksID names the form of the remarks that go with a unit's report.
const RemarksID = "remarks"

// ListDuties is the list of the reports that the post owes now.
const ListDuties = "duties"

// Remarks asks for the difficulties and proposals of a period's report, and
// sends the report with them. All the figures are known already.
func Remarks() *flows.Form {
	return &flows.Form{
		ID: RemarksID, Version: 1,
		Steps: []flows.Step{
			{Field: "duty", Kind: flows.Choice, Source: ListDuties, Hold: true, Sub: true},
			{Field: "difficulty", Kind: flows.LongText, Optional: true, Max: 1000},
			{Field: "proposal", Kind: flows.LongText, Optional: true, Max: 1000},
		},
	}
}
