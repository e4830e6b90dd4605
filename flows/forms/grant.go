package forms

import "danvan/flows"

// GrantID names the form by which a unit gets more time for a report, or need
// not send it.
const GrantID = "grant"

// What is granted: the kinds of store.Exception.
const (
	Extension = "extension"
	Exemption = "exemption"
)

// GrantLengths are the extensions that are offered, in working days; "until"
// asks for a day.
var GrantLengths = []string{"3", "5", "10", "until"}

// CheckGrant is the check of a new due day.
const CheckGrant = "grant"

// Grant asks until when, and why, and takes effect at once: there is little to
// look over, and what was granted can be taken back. The unit and the report
// are known before it begins.
func Grant() *flows.Form {
	extension := flows.Is("kind", Extension)
	return &flows.Form{
		ID: GrantID, Version: 1, Plain: true, Leave: true,
		Steps: []flows.Step{
			{Field: "duty", Kind: flows.Choice, Source: ListDuties, Hold: true, Sub: true},
			{Field: "kind", Kind: flows.Choice, Options: []string{Extension, Exemption}, Hold: true, Sub: true},
			{Field: "length", Kind: flows.Choice, Options: GrantLengths, When: []flows.Cond{extension}},
			{Field: "day", Kind: flows.Day, Sub: true, Checks: []string{CheckGrant},
				When: []flows.Cond{extension, flows.Is("length", "until")}},
			{Field: "cause", Kind: flows.Choice, Options: []string{"disaster", "staff", "merger", "network", "another"}},
			{Field: "remark", Kind: flows.LongText, Sub: true, Min: 10, Max: 500, When: []flows.Cond{flows.Is("cause", "another")}},
		},
	}
}
