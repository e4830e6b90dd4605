package forms

import "danvan/flows"

// MergeID names the form by which a coordinator merges a model into another.
const MergeID = "merge"

// Merge asks which model goes on; its review card shows both.
func Merge() *flows.Form {
	return &flows.Form{
		ID: MergeID, Version: 1,
		Steps: []flows.Step{{Field: "into", Kind: flows.Choice, Source: ListMerge}},
	}
}
