package forms

import (
	"danvan/flows"
	"danvan/store"
)

// UpdateID names the update form.
const UpdateID = "update"

// reasons are the keys of the reasons why a model is paused or cannot be done
// (domain.md §4.3).
var reasons = []string{"budget", "consent", "duplicate", "disaster", "staff", "another"}

// Update is a dated update of a model (domain.md §4.2). "Nothing new" is one
// tap and has no review card. Results can be typed where it asks for news; photos
// are asked for when a model is completed, and can always be sent to the card.
func Update() *flows.Form {
	told := news(store.MoveResults, store.MoveComplete)
	stopped := news(store.MovePause, store.MoveFail)
	dated := news(store.MoveResults, store.MoveStart, store.MoveComplete, store.MovePause, store.MoveGoOn, store.MoveFail)
	odd := []string{flows.DoubtOdd}
	return &flows.Form{
		ID: UpdateID, Version: 1,
		Quick: []flows.Cond{news(store.MoveNothing)},
		Steps: []flows.Step{
			{Field: "model", Kind: flows.Choice, Source: ListModels, Hold: true, Sub: true, Prefill: OnlyModel},
			{Field: "news", Kind: flows.Choice, Source: ListMoves, On: "model", Sub: true, Lead: "results"},
			{Field: "reason", Kind: flows.Choice, Options: reasons, When: []flows.Cond{stopped}},
			{Field: "remark", Kind: flows.LongText, Sub: true, Min: 10, Max: 1000, When: []flows.Cond{stopped}},

			{Field: "results", Kind: flows.Quantity, Optional: true, None: true, Checks: odd, When: []flows.Cond{told}},
			{Field: "money", Kind: flows.Money, Optional: true, None: true, Checks: odd, When: []flows.Cond{told}, If: Unpriced},
			{Field: "basis", Kind: flows.Choice, Options: []string{"added", "cumulative"}, Sub: true,
				When: []flows.Cond{told}, If: HasFigures, Of: []string{"results", "money"}, Prefill: SaidBasis},
			{Field: "evidence", Kind: flows.Files, Sub: true, Optional: true, Max: 10,
				Detail: true, Due: []flows.Cond{news(store.MoveComplete)}, When: []flows.Cond{dated}},
			{Field: "faces", Kind: flows.Choice, Sub: true,
				Options: []string{string(store.NoFaces), string(store.FacesAgreed), string(store.FacesUnasked)},
				When:    []flows.Cond{flows.Given("evidence")}, If: Pictured, Of: []string{"evidence"}},

			{Field: "unproven", Kind: flows.LongText, Sub: true, Min: 10, Max: 1000,
				When: []flows.Cond{news(store.MoveComplete)}, If: Unproven},
			{Field: "lesson", Kind: flows.LongText, Optional: true, Max: 1000,
				When: []flows.Cond{news(store.MoveComplete)}},
			{Field: "correction", Kind: flows.Text, Min: 5, Max: 300, If: Correcting},
			{Field: "day", Kind: flows.Day, Prefill: Today, Checks: []string{CheckDay}, When: []flows.Cond{dated}},

			{Field: "difficulty", Kind: flows.LongText, Detail: true, Optional: true, Max: 1000, When: []flows.Cond{dated}},
			{Field: "feedback", Kind: flows.LongText, Detail: true, Optional: true, Max: 1000, When: []flows.Cond{dated}},
		},
	}
}

// news holds when an officer reports one of some moves. Lookup's ListMoves
// offers those that the model's state allows.
func news(moves ...store.Move) flows.Cond {
	keys := make([]string, len(moves))
	for i, move := range moves {
		keys[i] = string(move)
	}
	return flows.Is("news", keys...)
}
