package forms

import "danvan/flows"

// ReturnID names the form by which a coordinator returns a registration.
const ReturnID = "return"

// ReturnAnother is the usual reason that has no sentence of its own.
const ReturnAnother = "another"

// Usual lists the usual reasons of a return.
func Usual() []string { return []string{"vague", "figures", "same", "sorting", ReturnAnother} }

// Return asks why a registration goes back and what has to be completed
// (domain.md §4.3). A usual reason brings its own sentence, which can be changed
// on the review card; the faults that were found are already chosen.
func Return() *flows.Form {
	return &flows.Form{
		ID: ReturnID, Version: 1,
		Steps: []flows.Step{
			{Field: "why", Kind: flows.Choice, Options: Usual(), Hold: true},
			{Field: "reason", Kind: flows.LongText, Min: 10, Max: 1000, Sub: true, Prefill: QuickReason},
			{Field: "fields", Kind: flows.Many, Optional: true, Source: ListFaults, Prefill: FoundFaults},
		},
	}
}
