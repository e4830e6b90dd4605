// Package forms holds danvan's forms, one to a file, and nothing else. A form
// is data; its texts stand in the catalogue under "<form>.<field>.".
package forms

import "danvan/flows"

// All lists every form.
func All() []*flows.Form {
	return []*flows.Form{
		Register(), Update(), Profile(), Where(), Remarks(), Grant(), Campaign(), Holiday(),
		Return(), Reason(RejectID), Reason(UnfinishedID), Reason(WithdrawID), Reason(DeclineID), Merge(), Inviting(), Whom(), Parts(),
	}
}

// The names that a host's Lookup resolves.
const (
	// Lists.
	ListUnits     = "units"     // where the post may register
	ListCampaigns = "campaigns" // that bind the unit
	ListFields    = "fields"    // of the campaigns that it is registered under
	ListTitles    = "titles"
	ListTags      = "tags"
	ListLevels    = "levels"
	ListPast      = "past"   // models that one can go on from
	ListModels    = "models" // models that the post may update
	ListMoves     = "moves"  // what can have happened to the model
	ListFaults    = "faults" // the questions of a registration, by which it is returned
	ListMerge     = "merge"  // models that a model can be merged into

	// Defaults.
	OwnUnit     = "own_unit"
	LastGroup   = "last_group" // the collective that registered last in the unit
	WholePeriod = "period"     // from today to the campaign's end
	NewPeriod   = "new_period" // the same, where the registration goes on from a model
	KeptUp      = "kept_up"    // maintained, where it does
	Me          = "me"         // the person's own name and number
	Mistyped    = "mistyped"   // the usual reason for a change of what was accepted
	Today       = "today"
	OnlyModel   = "only_model"   // where there is but one that can be updated
	ChannelName = "channel_name" // the kept name, or what the channel says
	QuickReason = "quick_reason" // the sentence for a usual reason of a return
	FoundFaults = "found_faults" // the questions that the reason and the specificity check point to

	SaidBasis = "said_basis" // how figures count, where the text says so or it makes no difference

	// Checks, beside those that package flows names.
	CheckDay    = "day"    // an update's day: not before the model began, not to come
	CheckPeriod = "period" // a model's time: within its campaign

	// Conditions.
	HasPast    = "has_past"    // the unit has models of earlier years to go on from
	Several    = "several"     // several campaigns bind the unit
	HasFigures = "has_figures" // there are results or money
	Unpriced   = "unpriced"    // the results tell no money
	Pictured   = "pictured"    // there are photos or films
	Unproven   = "unproven"    // there is no result or no evidence at all yet
	Changing   = "changing"    // a registration is changed that waits or was accepted
	Proposing  = "proposing"   // a registration is changed that was accepted
	Correcting = "correcting"  // the session corrects an earlier update
)
