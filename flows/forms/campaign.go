package forms

import "danvan/flows"

// CampaignID names the form of a campaign.
const CampaignID = "campaign"

// NewCampaign is the choice of no campaign that exists, but of a new one.
const NewCampaign = "new"

// The lists, defaults, conditions and checks of the form of a campaign.
const (
	ListPlans     = "plans"      // the campaigns that the post may change, and a new one
	ListPlanUnits = "plan_units" // where the post may make one
	ListCopies    = "plan_copies"

	StandardUnit   = "plan_unit" // the post's own
	StandardCut    = "plan_cut"
	StandardDue    = "plan_due"
	StandardShift  = "plan_shift"
	StandardHour   = "plan_hour"
	StandardGrace  = "plan_grace"
	StandardLock   = "plan_lock"
	StandardLadder = "plan_ladder"
	StandardTell   = "plan_tell"
	StandardWho    = "plan_who"
	StandardPast   = "plan_past"
	StandardCheck  = "plan_check"

	CopiesLists = "plan_copies_lists" // fields and titles are taken from another campaign
	TypesLists  = "plan_types_lists"
	HasReports  = "plan_reports"
	HasRegular  = "plan_regular" // reports of a month, a quarter, …
	HasFree     = "plan_free"
	WasDue      = "plan_was_due" // a report was due before anybody could know of the campaign

	CheckDocument = "plan_document"
	CheckOptions  = "plan_options"
	CheckFree     = "plan_free_dates"
	CheckCutDay   = "plan_cut_day"
	CheckDue      = "plan_due_days"
	CheckHour     = "plan_hour"
	CheckDays     = "plan_days"
	CheckLadder   = "plan_ladder"
)

// FirstHalf is the answer that of the half-years only the first is reported on:
// where the year is too, the second would say nearly the same.
const FirstHalf = "first_half"

// Answers to when periods end and when a report is due.
const (
	CutEnd   = "end"
	CutDay14 = "d14"
	Another  = "another"

	DueSame = "same" // the day of the cut-off
	Due2    = "w2"   // working days later
	Due5    = "w5"
	Due10   = "d10" // days later
)

// Answers to whether what was due before the campaign was known is owed.
const (
	PastNo  = "no"
	PastYes = "yes"
)

// Campaign makes or changes a campaign (domain.md §2.3). What has a sensible
// default is answered by it and stands on the review card, to be changed there.
func Campaign() *flows.Form {
	return &flows.Form{
		ID: CampaignID, Version: 1,
		Steps: []flows.Step{
			{Field: "plan", Kind: flows.Choice, Source: ListPlans, Hold: true, Sub: true},
			{Field: "name", Kind: flows.Text, Min: 8, Max: 160},
			{Field: "document", Kind: flows.Text, Min: 5, Max: 60, Checks: []string{CheckDocument}},
			{Field: "issuer", Kind: flows.Text, Min: 3, Max: 160},
			{Field: "unit", Kind: flows.Choice, Source: ListPlanUnits, Prefill: StandardUnit},

			{Field: "span", Kind: flows.Span},
			{Field: "like", Kind: flows.Choice, Source: ListCopies, When: []flows.Cond{flows.Is("plan", NewCampaign)}},
			{Field: "fields", Kind: flows.LongText, Sub: true, Min: 2, Max: 2000, Checks: []string{CheckOptions}, If: TypesLists},
			{Field: "titles", Kind: flows.LongText, Sub: true, Min: 2, Max: 2000, Checks: []string{CheckOptions}, If: TypesLists},

			{Field: "reports", Kind: flows.Many, Optional: true,
				Options: []string{"month", "quarter", "half", FirstHalf, "nine", "year", "free"}},
			{Field: "dates", Kind: flows.LongText, Sub: true, Min: 8, Max: 2000, Checks: []string{CheckFree}, If: HasFree},

			{Field: "cut", Kind: flows.Choice, Options: []string{CutEnd, CutDay14, Another}, Prefill: StandardCut, If: HasRegular},
			{Field: "cut_day", Kind: flows.Text, Sub: true, Min: 1, Max: 20, Checks: []string{CheckCutDay},
				When: []flows.Cond{flows.Is("cut", Another)}, If: HasRegular},
			{Field: "due", Kind: flows.Choice, Options: []string{DueSame, Due2, Due5, Due10, Another},
				Prefill: StandardDue, If: HasReports},
			{Field: "due_days", Kind: flows.Text, Sub: true, Min: 1, Max: 40, Checks: []string{CheckDue},
				When: []flows.Cond{flows.Is("due", Another)}, If: HasReports},
			{Field: "shift", Kind: flows.Choice, Options: []string{"previous", "next"}, Prefill: StandardShift,
				When: []flows.Cond{flows.Is("due", DueSame, Due10, Another)}, If: HasReports},

			{Field: "hour", Kind: flows.Text, Min: 1, Max: 20, Checks: []string{CheckHour}, Prefill: StandardHour, If: HasReports},
			{Field: "grace", Kind: flows.Text, Min: 1, Max: 40, Checks: []string{CheckDays}, Prefill: StandardGrace, If: HasReports},
			{Field: "lock", Kind: flows.Text, Min: 1, Max: 40, Checks: []string{CheckDays}, Prefill: StandardLock, If: HasReports},
			{Field: "ladder", Kind: flows.Text, Min: 1, Max: 200, Checks: []string{CheckLadder}, Prefill: StandardLadder, If: HasReports},
			{Field: "tell", Kind: flows.Text, Min: 1, Max: 40, Checks: []string{CheckDays}, Prefill: StandardTell, If: HasReports},
			{Field: "who", Kind: flows.Many, Prefill: StandardWho, If: HasReports,
				Options: []string{"commune", "ward", "special_zone", "province", "city", "organisation"}},
			{Field: "past", Kind: flows.Choice, Options: []string{PastNo, PastYes}, Prefill: StandardPast, If: WasDue},
			{Field: "check", Kind: flows.Text, Min: 1, Max: 40, Checks: []string{CheckDays}, Prefill: StandardCheck},
			{Field: "papers", Kind: flows.Files, Detail: true, Optional: true, Max: 5},
		},
	}
}
