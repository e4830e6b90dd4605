package store_test

import (
	"slices"
	"testing"
	"time"

	"danvan/store"
)

// before stands for the state that a model had before it was merged.
const before = store.State("")

// life is the whole lifecycle of domain.md §4.3: for each state what can be
// done, and what the model is then. What is not here is not allowed.
var life = map[store.State]map[store.Move]store.State{
	store.Waiting: {
		store.MoveResults: store.Waiting, store.MoveNothing: store.Waiting,
		store.MoveAccept: store.Accepted, store.MoveReturn: store.Returned, store.MoveReject: store.Rejected, store.MoveMerge: store.Merged,
		store.MoveAmend: store.Waiting, store.MoveWithdraw: store.Rejected,
	},
	store.Returned: {store.MoveResubmit: store.Waiting, store.MoveWithdraw: store.Rejected, store.MoveMerge: store.Merged},
	store.Accepted: {
		store.MoveResults: store.Doing, store.MoveNothing: store.Accepted, store.MoveStart: store.Doing, store.MoveFail: store.Failed,
		store.MoveMerge:   store.Merged,
		store.MovePropose: store.Accepted,
	},
	store.Doing: {
		store.MoveResults: store.Doing, store.MoveNothing: store.Doing, store.MoveComplete: store.Done, store.MovePause: store.Paused,
		store.MoveFail: store.Failed, store.MoveMerge: store.Merged,
		store.MovePropose: store.Doing,
	},
	store.Paused: {
		store.MoveGoOn: store.Doing, store.MoveResults: store.Paused, store.MoveNothing: store.Paused, store.MoveFail: store.Failed,
		store.MoveMerge:   store.Merged,
		store.MovePropose: store.Paused,
	},
	store.Done:     {store.MoveConfirm: store.Done, store.MoveUnfinished: store.Doing, store.MovePropose: store.Done},
	store.Failed:   {},
	store.Rejected: {},
	store.Merged:   {store.MoveUnmerge: before},
}

var moves = []store.Move{
	store.MoveNothing, store.MoveResults, store.MoveStart, store.MoveComplete, store.MovePause, store.MoveGoOn, store.MoveFail,
	store.MoveAccept, store.MoveReturn, store.MoveReject, store.MoveConfirm, store.MoveUnfinished, store.MoveMerge, store.MoveUnmerge,
	store.MoveResubmit, store.MoveWithdraw, store.MoveAmend, store.MovePropose, "open", "",
}

func TestEveryMoveInEveryState(t *testing.T) {
	t.Parallel()
	for _, s := range store.States {
		for _, move := range moves {
			want, allowed := life[s][move]
			if !allowed {
				want = s
			}
			if got, ok := s.After(move); got != want || ok != allowed {
				t.Errorf("%s, %s: got %q, %v; want %q, %v", s, move, got, ok, want, allowed)
			}

			// Once a completion is confirmed, only a change of it can be proposed.
			m := store.Model{State: s}
			if got := m.Allows(move); got != allowed {
				t.Errorf("%s, %s: allowed %v, want %v", s, move, got, allowed)
			}
			m.ConfirmedAt = time.Unix(1, 0)
			if got := m.Allows(move); got != (allowed && (s != store.Done || move == store.MovePropose)) {
				t.Errorf("%s, confirmed, %s: allowed %v", s, move, got)
			}
		}
	}
}

func TestNewsAreWhatAnOfficerReports(t *testing.T) {
	t.Parallel()
	reported := moves[:7]
	for _, s := range store.States {
		news := s.News()
		for _, move := range moves {
			if _, allowed := life[s][move]; slices.Contains(news, move) != (allowed && slices.Contains(reported, move)) {
				t.Errorf("%s: %s among %v", s, move, news)
			}
		}
		if s.TakesNews() != (len(news) > 0) {
			t.Errorf("%s: takes news: %v", s, s.TakesNews())
		}
	}
	if got, want := store.Paused.News()[0], store.MoveGoOn; got != want {
		t.Errorf("of a paused model %s comes first, want %s", got, want)
	}
}

func TestWhatHoldsOfEachState(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		holds func(store.State) bool
		want  []store.State
	}{
		"takes news": {store.State.TakesNews, []store.State{store.Waiting, store.Accepted, store.Doing, store.Paused}},
		"under way":  {store.State.UnderWay, []store.State{store.Accepted, store.Doing}},
		"worked":     {store.State.Worked, []store.State{store.Doing, store.Paused, store.Done, store.Failed}},
		"ended":      {store.State.Ended, []store.State{store.Done, store.Failed}},
		"counts":     {store.State.Counts, []store.State{store.Accepted, store.Doing, store.Paused, store.Done, store.Failed}},
		"stands": {store.State.Stands,
			[]store.State{store.Waiting, store.Returned, store.Accepted, store.Doing, store.Paused, store.Done}},
		"takes in": {store.State.TakesIn, []store.State{store.Waiting, store.Accepted, store.Doing, store.Paused, store.Done}},
		"goes on":  {store.State.GoesOn, []store.State{store.Accepted, store.Doing, store.Paused, store.Done}},
	} {
		if got := store.StatesThat(c.holds); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestProposal wants a change to be decided on while it waits, and only then.
func TestProposal(t *testing.T) {
	t.Parallel()
	open := store.Proposal{Answers: []store.Answer{{Field: "target", Text: "40 cây thuốc"}}}
	for _, s := range store.States {
		for _, p := range []store.Proposal{{}, open} {
			m := store.Model{State: s, Proposal: p, ConfirmedAt: time.Unix(1, 0)}
			want := len(p.Answers) > 0 && (s == store.Accepted || s == store.Doing || s == store.Paused || s == store.Done)
			if m.Allows(store.MoveAgree) != want || m.Allows(store.MoveDecline) != want || m.Unchecked() != (want || s == store.Waiting) {
				t.Errorf("%s, %d answers proposed: agree %v, decline %v, unchecked %v", s, len(p.Answers),
					m.Allows(store.MoveAgree), m.Allows(store.MoveDecline), m.Unchecked())
			}
		}
	}
}
