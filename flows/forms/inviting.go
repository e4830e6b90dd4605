package forms

import "danvan/flows"

// InvitingID names the form by which people are invited.
const InvitingID = "inviting"

// WholeHouse is the choice of no unit: of the administrators of everything.
const WholeHouse = "all"

// The lists and defaults of the form.
const (
	ListInvitingUnits = "inviting_units"
	ListInvitingRoles = "inviting_roles" // that the post may invite to

	InvitingUnit  = "inviting_unit" // where there is but one
	InvitingRole  = "inviting_role"
	InvitingCount = "inviting_count"
	InvitingDays  = "inviting_days"
)

// Inviting asks where people are invited to. The rest is what is usual, and stands on
// the review card to be changed there.
func Inviting() *flows.Form {
	return &flows.Form{
		ID: InvitingID, Version: 1,
		Steps: []flows.Step{
			{Field: "unit", Kind: flows.Choice, Source: ListInvitingUnits, Prefill: InvitingUnit},
			{Field: "role", Kind: flows.Choice, Source: ListInvitingRoles, On: "unit", Of: []string{"unit"}, Prefill: InvitingRole},
			{Field: "count", Kind: flows.Choice, Options: []string{"1", "2", "3", "5", "10"}, Prefill: InvitingCount},
			{Field: "days", Kind: flows.Choice, Options: []string{"1", "3", "7", "30"}, Prefill: InvitingDays},
		},
	}
}
