package forms

import "danvan/flows"

// UpdateID names the update form.
const UpdateID = "update"

// What can have happened to a model since the last update: the answers to
// "news". Lookup's ListMoves offers those that the model's state allows.
const (
	MoveNothing  = "nothing"
	MoveResults  = "results"
	MoveStart    = "start"
	MoveComplete = "complete"
	MovePause    = "pause"
	MoveGoOn     = "go_on"
	MoveFail     = "fail"
)

// Moves lists every answer to "news".
func Moves() []string {
	return []string{MoveNothing, MoveResults, MoveStart, MoveComplete, MovePause, MoveGoOn, MoveFail}
}

// reasons are the keys of why a model is paused or cannot be done
// (domain.md §4.3).
var reasons = []string{"budget", "consent", "duplicate", "disaster", "staff", "another"}

// Update is a dated update of a model (domain.md §4.2). "Nothing new" is one
// tap and has no review card.
func Update() *flows.Form {
	told := flows.Is("news", MoveResults, MoveComplete)
	stopped := flows.Is("news", MovePause, MoveFail)
	dated := flows.Is("news", MoveResults, MoveStart, MoveComplete, MovePause, MoveGoOn, MoveFail)
	return &flows.Form{
		ID: UpdateID, Version: 1,
		Quick: []flows.Cond{flows.Is("news", MoveNothing)},
		Steps: []flows.Step{
			{Field: "model", Kind: flows.Choice, Source: ListModels, Hold: true, Sub: true},
			{Field: "news", Kind: flows.Choice, Source: ListMoves, On: "model"},
			{Field: "reason", Kind: flows.Choice, Options: reasons, When: []flows.Cond{stopped}},
			{Field: "remark", Kind: flows.LongText, Sub: true, Min: 10, Max: 1000, When: []flows.Cond{stopped}},
			{Field: "results", Kind: flows.Quantity, When: []flows.Cond{told}},
			{Field: "basis", Kind: flows.Choice, Options: []string{"added", "cumulative"}, Sub: true,
				When: []flows.Cond{told, flows.Given("results")}},
			{Field: "evidence", Kind: flows.Files, Optional: true, Max: 10, When: []flows.Cond{told}},
			{Field: "unproven", Kind: flows.LongText, Sub: true, Min: 10, Max: 1000,
				When: []flows.Cond{flows.Is("news", MoveComplete)}, If: Unproven},
			{Field: "lesson", Kind: flows.LongText, Optional: true, Max: 1000,
				When: []flows.Cond{flows.Is("news", MoveComplete)}},
			{Field: "correction", Kind: flows.Text, Min: 5, Max: 300, If: Correcting},
			{Field: "day", Kind: flows.Day, Prefill: Today, Checks: []string{CheckDay}, When: []flows.Cond{dated}},

			{Field: "money", Kind: flows.Money, Detail: true, Optional: true, When: []flows.Cond{told}},
			{Field: "difficulty", Kind: flows.LongText, Detail: true, Optional: true, Max: 1000, When: []flows.Cond{dated}},
			{Field: "feedback", Kind: flows.LongText, Detail: true, Optional: true, Max: 1000, When: []flows.Cond{dated}},
		},
	}
}
