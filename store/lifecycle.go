package store

import (
	"slices"
	"strconv"
)

// The life of a model is domain.md §4.3: who registers, reports on and checks
// it, what becomes of it then, and what counts. Honours are records, no states.

// Move is something that is done with a model and may move it on. Its text is
// what forms, buttons and records have kept.
type Move string

// What an officer reports of a model; "news" in the form of an update.
const (
	MoveNothing  Move = "nothing"
	MoveResults  Move = "results"
	MoveStart    Move = "start"
	MoveComplete Move = "complete"
	MovePause    Move = "pause"
	MoveGoOn     Move = "go_on"
	MoveFail     Move = "fail"
)

// What a coordinator decides, and what an officer does with a registration that
// was returned: send it again, or take it back.
const (
	MoveAccept     Move = "accept"
	MoveReturn     Move = "return"
	MoveReject     Move = "reject"
	MoveConfirm    Move = "confirm"    // a completion
	MoveUnfinished Move = "unfinished" // a completion that is none yet
	MoveMerge      Move = "merge"
	MoveUnmerge    Move = "unmerge"
	MoveResubmit   Move = "resubmit"
	MoveWithdraw   Move = "withdraw"
)

// What an officer does with a registration that waits, or was accepted, and what
// a coordinator decides of the latter.
const (
	MoveAmend   Move = "amend"
	MovePropose Move = "propose"
	MoveAgree   Move = "agree"
	MoveDecline Move = "decline"
)

// step is a move and the state that it leads to.
type step struct {
	move Move
	to   State
}

// reported are the steps that an officer may report, the likely ones first.
// What is registered but not yet accepted can be reported on; its state is the
// coordinator's to change.
func (s State) reported() []step {
	switch s {
	case Waiting:
		return []step{{MoveResults, Waiting}, {MoveNothing, Waiting}}
	case Accepted:
		return []step{{MoveResults, Doing}, {MoveNothing, Accepted}, {MoveStart, Doing}, {MoveFail, Failed}}
	case Doing:
		return []step{{MoveResults, Doing}, {MoveNothing, Doing}, {MoveComplete, Done}, {MovePause, Paused}, {MoveFail, Failed}}
	case Paused:
		return []step{{MoveGoOn, Doing}, {MoveResults, Paused}, {MoveNothing, Paused}, {MoveFail, Failed}}
	}
	return nil
}

// checked are the steps of the check. A merge is possible until the model is
// done, and can be undone: the model is again what the review says it was.
func (s State) checked() []step {
	switch s {
	case Waiting:
		return []step{{MoveAccept, Accepted}, {MoveReturn, Returned}, {MoveReject, Rejected}, {MoveMerge, Merged},
			{MoveAmend, Waiting}, {MoveWithdraw, Rejected}}
	case Returned:
		return []step{{MoveResubmit, Waiting}, {MoveWithdraw, Rejected}, {MoveMerge, Merged}}
	case Accepted, Doing, Paused:
		return []step{{MoveMerge, Merged}, {MovePropose, s}, {MoveAgree, s}, {MoveDecline, s}}
	case Done:
		return []step{{MoveConfirm, Done}, {MoveUnfinished, Doing}, {MovePropose, s}, {MoveAgree, s}, {MoveDecline, s}}
	case Merged:
		return []step{{MoveUnmerge, ""}}
	}
	return nil
}

// After returns the state that a move leads to, "" for that before a merge; the
// state itself and false when it does not allow the move.
func (s State) After(move Move) (State, bool) {
	for _, st := range slices.Concat(s.reported(), s.checked()) {
		if st.move == move {
			return st.to, true
		}
	}
	return s, false
}

// Allows reports whether a move can be made with the model as it is now. A
// completion is confirmed once, and only a change that was proposed can be agreed to.
func (m Model) Allows(move Move) bool {
	_, ok := m.State.After(move)
	switch move {
	case MoveAgree, MoveDecline:
		return m.Proposed()
	case MoveConfirm, MoveUnfinished:
		return ok && m.Unconfirmed()
	}
	return ok
}

// News lists what an officer may report of a model, the likely things first;
// none when the model is closed, or waits to be completed.
func (s State) News() []Move {
	var out []Move
	for _, st := range s.reported() {
		out = append(out, st.move)
	}
	return out
}

// TakesNews reports whether an officer can report on a model.
func (s State) TakesNews() bool { return len(s.reported()) > 0 }

// UnderWay reports whether news of a model are expected: a pause has been
// explained, and before the acceptance nothing has to happen.
func (s State) UnderWay() bool { return s == Accepted || s == Doing }

// Worked reports whether the state tells how far the work is, beyond that it
// was accepted.
func (s State) Worked() bool { return s == Doing || s == Paused || s.Ended() }

// Ended reports whether the work is over, done or given up.
func (s State) Ended() bool { return s == Done || s == Failed }

// Unfinished reports whether the work of an accepted model is still to be done.
func (s State) Unfinished() bool { return s.Counts() && !s.Ended() }

// Counts reports whether totals count a model: what is not yet accepted,
// refused, or counted under another one is told beside them (domain.md §5).
func (s State) Counts() bool { return s == Accepted || s.Worked() }

// Stands reports whether a registration may repeat a model: it is wanted or was
// done. What was given up or refused may be registered anew.
func (s State) Stands() bool { return s == Waiting || s == Returned || s.Counts() && s != Failed }

// TakesIn reports whether another model can be merged into one. One that was
// returned may yet be withdrawn.
func (s State) TakesIn() bool { return s.Stands() && s != Returned }

// GoesOn reports whether a model of the next campaign can go on from one.
func (s State) GoesOn() bool { return s.Stands() && s.Counts() }

// StatesThat lists the states of which something holds, in the order of States.
func StatesThat(holds func(State) bool) []State {
	return slices.DeleteFunc(slices.Clone(States), func(s State) bool { return !holds(s) })
}

// Decide writes a step of a model's check, with a line of who decided what, and
// moves the model on. Nobody is the one who decides where nobody checks. The
// step's id, model and former state are filled in.
func Decide(tx Tx, m Model, r Review) (Model, error) {
	id, err := tx.NewID()
	if err != nil {
		return m, err
	}
	r.ID, r.Model, r.Was = ReviewID(id), m.ID, m.State
	if err := tx.AddReview(r); err != nil {
		return m, err
	}

	if id, err = tx.NewID(); err != nil {
		return m, err
	}
	if err := tx.AddAudit(Audit{
		ID: id, At: r.At, Who: r.By, Post: r.Post, Subject: "model/" + strconv.FormatUint(uint64(m.ID), 36), Action: string(r.Verdict),
		Field: "state", Old: string(m.State), New: string(r.State),
	}); err != nil {
		return m, err
	}

	m.State = r.State
	return tx.PutModel(m)
}
