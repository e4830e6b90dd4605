package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// moves are what an officer may say of a model in each state, and the state
// that follows (domain.md §4.3). What is registered but not yet accepted can
// be reported on; its state is the coordinator's to change.
var moves = map[store.State][]move{
	store.Waiting:  {{forms.MoveResults, store.Waiting}, {forms.MoveNothing, store.Waiting}},
	store.Accepted: {{forms.MoveResults, store.Doing}, {forms.MoveNothing, store.Accepted}, {forms.MoveStart, store.Doing}, {forms.MoveFail, store.Failed}},
	store.Doing: {{forms.MoveResults, store.Doing}, {forms.MoveNothing, store.Doing}, {forms.MoveComplete, store.Done},
		{forms.MovePause, store.Paused}, {forms.MoveFail, store.Failed}},
	store.Paused: {{forms.MoveGoOn, store.Doing}, {forms.MoveResults, store.Paused}, {forms.MoveNothing, store.Paused}, {forms.MoveFail, store.Failed}},
}

type move struct {
	key string
	to  store.State
}

// follow returns the state that a move leads to; false when the state does
// not allow it.
func follow(from store.State, key string) (store.State, bool) {
	for _, m := range moves[from] {
		if m.key == key {
			return m.to, true
		}
	}
	return from, false
}

// updatable lists the states in which an officer can report on a model.
func updatable() []store.State {
	return slices.DeleteFunc(slices.Clone(store.States), func(s store.State) bool { return len(moves[s]) == 0 })
}

// subject returns the model that an update is about; ID 0 while none is
// chosen.
func (t *turn) subject(s *store.Session) (store.Model, error) {
	id := store.ModelID(s.Subject)
	if id == 0 {
		n, err := strconv.ParseUint(flows.Key(s, "model"), 36, 64)
		if err != nil {
			return store.Model{}, nil
		}
		id = store.ModelID(n)
	}
	m, err := t.tx.Model(id)
	if errors.Is(err, store.ErrNotFound) {
		return store.Model{}, nil
	}
	return m, err
}

// bindSubject remembers, once a model is chosen, which one it is and in what
// revision, so that a colleague's change is noticed.
func (t *turn) bindSubject(s *store.Session) error {
	if s.Form != forms.UpdateID || s.Subject != 0 {
		return nil
	}
	m, err := t.subject(s)
	if err != nil || m.ID == 0 {
		return err
	}
	s.Subject, s.Base = uint64(m.ID), m.Revision
	return nil
}

// beginUpdate opens the update form for a model.
func (t *turn) beginUpdate(m store.Model) error {
	if ok, err := t.mayUpdate(m); !ok || err != nil {
		return err
	}
	return t.begin(forms.UpdateID, func(s *store.Session) { aimAt(s, m) })
}

// aimAt makes a session one about a model.
func aimAt(s *store.Session, m store.Model) {
	s.Subject, s.Base = uint64(m.ID), m.Revision
	s.Answers = append(s.Answers, store.Answer{Field: "model", Keys: []string{ref(m.ID)}, Given: true})
}

// mayReport says why not, when a model is not the post's to write about.
func (t *turn) mayReport(m store.Model) (bool, error) {
	ok, err := t.mayWith(updateModels, m)
	if err != nil {
		return false, err
	}
	switch {
	case !ok:
		return false, t.refuse(updateModels)
	case m.State == store.Merged:
		return false, t.pointOn(m)
	}
	return true, nil
}

// mayUpdate says why not, when a model cannot be reported on.
func (t *turn) mayUpdate(m store.Model) (bool, error) {
	if ok, err := t.mayReport(m); !ok || err != nil {
		return false, err
	}
	if m.State == store.Returned {
		return false, t.askToMend(m)
	}
	if len(moves[m.State]) == 0 {
		return false, t.tell("update.closed", args{"Title": m.Title, "State": m.State})
	}
	return true, nil
}

// nothingNew records, in one tap, that a model has nothing new: "model.revision".
// A second tap finds the model changed by the first, and changes nothing.
func (t *turn) nothingNew(rest string) error {
	model, revision, _ := strings.Cut(rest, ".")
	return onModel(func(t *turn, m store.Model) error {
		if parseRef(revision) != m.Revision {
			return t.toast("press.closed", nil)
		}
		if ok, err := t.mayUpdate(m); !ok || err != nil {
			return err
		}
		return t.addProgress(m, store.Progress{Nothing: true, State: m.State})
	})(t, model)
}

// submitUpdate appends the update that a session has gathered.
func (t *turn) submitUpdate(s store.Session) error {
	m, err := t.subject(&s)
	if err != nil {
		return err
	}
	may := t.mayUpdate
	if s.Corrects != 0 {
		may = t.mayReport // the updates of a closed model can still be put right
	}
	if ok, err := may(m); !ok || err != nil {
		return err
	}
	p := progressOf(&s)
	from := m.State
	if p.Corrects = store.ProgressID(s.Corrects); p.Corrects != 0 {
		if from, err = t.stateBefore(m, p.Corrects); err != nil {
			return err
		}
	}
	p.State, _ = follow(from, flows.Key(&s, "news"))
	return t.addProgress(m, p)
}

// progressOf reads an update out of a session's answers.
func progressOf(s *store.Session) store.Progress {
	get := func(field string) store.Answer {
		a, _ := flows.Find(s, field)
		return a
	}
	p := store.Progress{
		Nothing: flows.Key(s, "news") == forms.MoveNothing,
		Day:     get("day").From,
		Reason:  flows.Key(s, "reason"), Remark: get("remark").Text,
		Results: get("results").Amounts, Basis: store.Basis(flows.Key(s, "basis")),
		Money: get("money").Money, Evidence: get("evidence").Evidence,
		Difficulty: get("difficulty").Text, Lesson: get("lesson").Text, Feedback: get("feedback").Text,
		Correction: get("correction").Text,
	}
	if p.Remark == "" {
		p.Remark = get("unproven").Text
	}
	return p
}

// addProgress appends an update, moves the model on and confirms it.
func (t *turn) addProgress(m store.Model, p store.Progress) error {
	id, err := t.tx.NewID()
	if err != nil {
		return err
	}
	p.ID, p.Model, p.At, p.By, p.Post, p.Was = store.ProgressID(id), m.ID, t.ev.At, t.person.ID, t.post.ID, m.State
	if p.Day.IsZero() {
		p.Day = t.today
	}
	if err := t.tx.AddProgress(p); err != nil {
		return err
	}
	if p.State != m.State {
		if err := t.record("model/"+ref(m.ID), "state", "state", m.State, p.State); err != nil {
			return err
		}
		m.Reason, m.Remark = p.Reason, p.Remark
	}
	completed := p.State == store.Done && m.State != store.Done
	if p.State != store.Done {
		m.ConfirmedAt = time.Time{}
	}
	m.State, m.ProgressAt = p.State, t.ev.At
	if m, err = t.tx.PutModel(m); err != nil {
		return err
	}
	if completed {
		if m, err = t.awaitConfirmation(m); err != nil {
			return err
		}
	}
	key := "update.done"
	if p.Nothing {
		key = "update.done_nothing"
	}
	return t.offer(key, args{"Code": m.Code, "Title": m.Title, "Progress": p, "State": m.State, "Unconfirmed": completed && m.Unchecked()}, [][]store.Button{row(
		t.button("button.show_model", pressCard+ref(m.ID), nil),
		t.button("button.update_another", pressNew+forms.UpdateID, nil),
	)})
}

// beginCorrection opens the update form with the answers of an earlier
// update: what is sent is a new row that points to the wrong one.
func (t *turn) beginCorrection(rest string) error {
	m, p, ok, err := t.progress(rest, updateModels)
	if err != nil {
		return err
	}
	if !ok {
		return t.toast("press.not_yours", nil)
	}
	if m.State == store.Merged {
		return t.pointOn(m)
	}
	return t.begin(forms.UpdateID, func(s *store.Session) {
		aimAt(s, m)
		s.Corrects = uint64(p.ID)
		s.Answers = append(s.Answers, answersOf(p)...)
	})
}

// progress returns an update by the ids in a button, "model.row", if the post
// may do the job with its model.
func (t *turn) progress(rest string, j job) (m store.Model, p store.Progress, ok bool, err error) {
	modelID, rowID, found := cutIDs(rest)
	if !found {
		return m, p, false, nil
	}
	if m, ok, err = t.model(store.ModelID(modelID), j); !ok || err != nil {
		return m, p, false, err
	}
	rows, err := t.tx.Progress(m.ID)
	if err != nil {
		return m, p, false, err
	}
	for _, p := range rows {
		if p.ID == store.ProgressID(rowID) {
			return m, p, true, nil
		}
	}
	return m, p, false, nil
}

// answersOf is the opposite of progressOf, for a correction.
func answersOf(p store.Progress) []store.Answer {
	out := []store.Answer{{Field: "news", Keys: []string{moveOf(p)}, Given: true}, {Field: "day", From: p.Day, Given: true}}
	add := func(a store.Answer, has bool) {
		if has {
			a.Given = true
			out = append(out, a)
		}
	}
	add(store.Answer{Field: "reason", Keys: []string{p.Reason}}, p.Reason != "")
	remark := "remark"
	if p.State == store.Done { // then it says why there is no proof
		remark = "unproven"
	}
	add(store.Answer{Field: remark, Text: p.Remark}, p.Remark != "")
	add(store.Answer{Field: "results", Amounts: p.Results}, len(p.Results) > 0)
	add(store.Answer{Field: "basis", Keys: []string{string(p.Basis)}}, p.Basis != "")
	add(store.Answer{Field: "evidence", Evidence: p.Evidence, Skipped: len(p.Evidence) == 0}, true)
	add(store.Answer{Field: "money", Money: p.Money}, len(p.Money) > 0)
	add(store.Answer{Field: "lesson", Text: p.Lesson, Skipped: p.Lesson == ""}, true)
	add(store.Answer{Field: "difficulty", Text: p.Difficulty}, p.Difficulty != "")
	add(store.Answer{Field: "feedback", Text: p.Feedback}, p.Feedback != "")
	return out
}

// moveOf tells which move an update was.
func moveOf(p store.Progress) string {
	if p.Nothing || len(p.Results) > 0 && p.State != store.Done {
		return forms.MoveResults // a correction says what there was after all
	}
	for _, m := range moves[p.Was] {
		if m.to == p.State && m.to != p.Was {
			return m.key
		}
	}
	return forms.MoveResults
}

// stateBefore is the state from which a correction moves on: the one before
// the wrong update if nothing has changed the state since, the present one
// otherwise.
func (t *turn) stateBefore(m store.Model, wrong store.ProgressID) (store.State, error) {
	rows, err := t.tx.Progress(m.ID)
	if err != nil {
		return m.State, err
	}
	from := m.State
	for _, p := range rows {
		switch {
		case p.ID == wrong:
			from = p.Was
		case p.ID > wrong && p.State != p.Was:
			return m.State, nil
		}
	}
	return from, nil
}
