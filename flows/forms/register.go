package forms

import "danvan/flows"

// RegisterID names the registration form.
const RegisterID = "register"

// The keys of the registrant's kind and the model's origin are those of
// store.RegistrantKind and store.Origin.
const (
	collective = "collective"
	individual = "individual"
	maintained = "maintained"
)

// Register is the registration of a model (domain.md §4.1): the twelve needed
// answers first, the rest behind "more details". What goes on from a model of an
// earlier year brings the answers of that.
func Register() *flows.Form {
	return &flows.Form{
		ID: RegisterID, Version: 1, Change: Changing,
		Steps: []flows.Step{
			{Field: "unit", Kind: flows.Choice, Source: ListUnits, Prefill: OwnUnit},
			{Field: "campaign", Kind: flows.Choice, Source: ListCampaigns, On: "unit", Sub: true, If: Several},
			{Field: "predecessor", Kind: flows.Choice, Source: ListPast, On: "unit", Sub: true, Optional: true, If: HasPast},
			{Field: "title", Kind: flows.Text, From: "predecessor", Min: 8, Max: 120, Checks: []string{flows.DoubtSame, flows.DoubtVague}},
			{Field: "kind", Kind: flows.Choice, From: "predecessor", Options: []string{collective, individual}},
			{Field: "group", Kind: flows.Text, From: "predecessor", Sub: true, Min: 2, Max: 120, Suggest: LastGroup,
				When: []flows.Cond{flows.Is("kind", collective)}},
			{Field: "person", Kind: flows.Text, From: "predecessor", Sub: true, Min: 2, Max: 120,
				When: []flows.Cond{flows.Is("kind", individual)}},

			{Field: "field", Kind: flows.Choice, From: "predecessor", Source: ListFields, On: "campaign"},
			{Field: "title_group", Kind: flows.Choice, From: "predecessor", Source: ListTitles, On: "campaign"},
			{Field: "origin", Kind: flows.Choice, Options: []string{"new", maintained, "upgraded"},
				Of: []string{"predecessor"}, Prefill: KeptUp},

			{Field: "place", Kind: flows.Place, From: "predecessor", Min: 3, Max: 300},
			{Field: "problem", Kind: flows.LongText, From: "predecessor", Min: 10, Enough: 40, Max: 6000},
			{Field: "target", Kind: flows.LongText, From: "predecessor", Min: 10, Max: 1000, Checks: []string{flows.DoubtVague}},
			{Field: "content", Kind: flows.LongText, From: "predecessor", Min: 10, Enough: 60, Max: 6000,
				Checks: []string{flows.DoubtVague}},
			{Field: "period", Kind: flows.Span, Prefill: NewPeriod, Suggest: WholePeriod, Checks: []string{CheckPeriod}},
			{Field: "contact", Kind: flows.Contact, From: "predecessor", Suggest: Me},

			{Field: "others", Kind: flows.LongText, From: "predecessor", Detail: true, Optional: true, Max: 6000},
			{Field: "partners", Kind: flows.LongText, From: "predecessor", Detail: true, Optional: true, Max: 1000},
			{Field: "resources", Kind: flows.LongText, From: "predecessor", Detail: true, Optional: true, Max: 1000},
			{Field: "output", Kind: flows.LongText, From: "predecessor", Detail: true, Optional: true, Max: 1000},
			{Field: "spread", Kind: flows.LongText, From: "predecessor", Detail: true, Optional: true, Max: 1000},
			{Field: "level", Kind: flows.Choice, From: "predecessor", Source: ListLevels, On: "campaign", Detail: true, Optional: true},
			{Field: "tags", Kind: flows.Many, From: "predecessor", Source: ListTags, On: "campaign", Detail: true, Optional: true},
			{Field: "basis", Kind: flows.Text, From: "predecessor", Detail: true, Optional: true, Max: 300},

			{Field: "reason", Kind: flows.Text, Optional: true, If: Proposing, Suggest: Mistyped, Min: 3, Max: 300},
		},
	}
}
