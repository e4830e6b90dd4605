package bot

import (
	"errors"
	"fmt"
	"slices"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// begin opens a form for the post. A draft that was open stays in /nhap, and
// the person is told. prepare may say what the session is about.
func (t *turn) begin(form string, prepare func(*store.Session)) error {
	put, err := t.putAside()
	if err != nil {
		return err
	}
	id, err := t.tx.NewID()
	if err != nil {
		return err
	}
	s := store.Session{
		ID: store.SessionID(id), Post: t.post.ID, Person: t.person.ID, Form: form,
		Created: t.ev.At, Touched: t.ev.At,
	}
	if prepare != nil {
		prepare(&s)
	}
	t.person.Open, t.dirty = s.ID, true
	step, err := t.engine.Start(s, lookup{t})
	if err != nil {
		return err
	}
	if put != "" {
		step.Replies = append([]flows.Reply{flows.Notice{Key: "draft.put_aside", Args: args{"Draft": put}}}, step.Replies...)
	}
	return t.apply(step)
}

// putAside closes the open session. One that holds nothing worth keeping is
// dropped; of the other the name is returned.
func (t *turn) putAside() (string, error) {
	s, ok, err := t.open()
	if err != nil || !ok {
		return "", err
	}
	t.person.Open, t.dirty = 0, true
	if err := t.retire(&s, ""); err != nil {
		return "", err
	}
	if !worthKeeping(&s) {
		return "", t.tx.DeleteSession(s.ID)
	}
	if err := t.tx.PutSession(s); err != nil {
		return "", err
	}
	return t.draftName(&s)
}

// worthKeeping says whether the person has put anything of their own in.
func worthKeeping(s *store.Session) bool {
	if s.Form == forms.WhereID { // a question, no work
		return false
	}
	if s.Form == forms.ProfileID || s.Form == forms.GrantID {
		return false // begun anew as quickly
	}
	if s.Partial != "" || s.Doubt != nil {
		return true
	}
	for _, a := range s.Answers {
		if !a.Given && !a.Skipped && a.Field != "model" {
			return true
		}
	}
	return false
}

// open returns the session that is open now, if it is still the post's.
func (t *turn) open() (store.Session, bool, error) {
	if t.person.Open == 0 {
		return store.Session{}, false, nil
	}
	s, err := t.tx.Session(t.person.Open)
	if errors.Is(err, store.ErrNotFound) || err == nil && s.Post != t.post.ID {
		t.person.Open, t.dirty = 0, true
		return store.Session{}, false, nil
	}
	return s, err == nil, err
}

// resume gives an input to the open session.
func (t *turn) resume(in flows.Input) error {
	s, ok, err := t.open()
	if err != nil {
		return err
	}
	if !ok {
		if in.Kind == flows.PressInput {
			return t.toast("press.closed", nil)
		}
		return t.idle(in)
	}
	if in.ReplyTo != "" {
		if done, err := t.repliedTo(&in, s.ID); done || err != nil {
			return err
		}
	}
	step, err := t.engine.Resume(s, in, lookup{t})
	if err != nil {
		return err
	}
	return t.apply(step)
}

// repliedTo finds the question that a message replies to. A question of
// another draft is not answered from here.
func (t *turn) repliedTo(in *flows.Input, open store.SessionID) (bool, error) {
	r, err := t.tx.Delivered(t.ev.From, in.ReplyTo)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil || r.Track.Session == 0 {
		return false, err
	}
	if r.Track.Session != open {
		return true, t.tell("press.other_draft", nil)
	}
	in.Field = r.Track.Field
	return false, nil
}

// again says the open question once more, after something else came between.
func (t *turn) again() error {
	s, ok, err := t.open()
	if err != nil || !ok {
		return err
	}
	step, err := t.engine.Ask(s, lookup{t})
	if err != nil {
		return err
	}
	return t.apply(step)
}

// apply keeps what a step of the engine led to and queues what it says.
func (t *turn) apply(step flows.Turn) error {
	if err := t.bindSubject(&step.Session); err != nil {
		return err
	}
	s := step.Session
	if step.Toast.Key != "" {
		if err := t.toast(step.Toast.Key, step.Toast.Args); err != nil {
			return err
		}
	}
	if step.Receipt {
		if err := t.receipt(); err != nil {
			return err
		}
	}
	switch step.Outcome {
	case flows.Stale:
		return nil
	case flows.Open:
		return t.goOn(step)
	case flows.Submitted:
		return t.submit(step)
	case flows.Same:
		return t.isSame(s, store.ModelID(step.Record))
	case flows.Saved:
		return t.saveForLater(s)
	case flows.Discarded:
		return t.discard(s)
	}
	return fmt.Errorf("unknown outcome %q", step.Outcome)
}

// receipt puts a thumb on the file that was taken: it costs no message.
func (t *turn) receipt() error {
	_, err := t.queue(store.Message{
		To: t.ev.From, Kind: store.React, Text: "👍", Target: store.Target{Remote: t.ev.Input.Message},
	})
	return err
}

// goOn shows what the session asks now: in place of the open card, or under
// it, and then the open card becomes its answer.
func (t *turn) goOn(step flows.Turn) error {
	s := step.Session
	m, err := t.card(step)
	if err != nil {
		return err
	}
	if m.Text != "" {
		m.Track = &store.Track{Session: s.ID, Field: s.At, Revision: s.Revision}
		if step.InPlace {
			m.Kind, m.Target = store.Edit, store.Target{Message: s.Card, Remote: t.ev.Input.Message}
			if _, err := t.send(m); err != nil {
				return err
			}
		} else {
			m.Settle, err = t.settle(&s, step.Settled)
			if err != nil {
				return err
			}
			if s.Card, err = t.send(m); err != nil {
				return err
			}
		}
	}
	s.Person, s.Touched = t.person.ID, t.ev.At
	return t.tx.PutSession(s)
}

// settle says what the open card becomes; nil when there is none.
func (t *turn) settle(s *store.Session, settled *flows.Settled) (*store.Settle, error) {
	if s.Card == 0 {
		return nil, nil
	}
	out := &store.Settle{Target: store.Target{Message: s.Card}}
	if settled != nil {
		text, err := t.settledText(s, *settled)
		if err != nil {
			return nil, err
		}
		out.Text = text
	}
	return out, nil
}

// retire takes the buttons off a session's card, or turns the card into text.
func (t *turn) retire(s *store.Session, text string) error {
	if s.Card == 0 {
		return nil
	}
	_, err := t.queue(store.Message{
		To: t.ev.From, Kind: store.Edit, Text: text, Target: store.Target{Message: s.Card},
	})
	s.Card = 0
	return err
}

// submit does what the form is for, and ends the session.
func (t *turn) submit(step flows.Turn) error {
	s := step.Session
	settled := ""
	if step.Settled != nil {
		text, err := t.settledText(&s, *step.Settled)
		if err != nil {
			return err
		}
		settled = text
	}
	if err := t.close(&s, settled); err != nil {
		return err
	}
	switch s.Form {
	case forms.RegisterID:
		return t.submitRegistration(s)
	case forms.UpdateID:
		return t.submitUpdate(s)
	case forms.ProfileID:
		return t.submitProfile(s)
	case forms.ReturnID, forms.RejectID, forms.UnfinishedID, forms.MergeID:
		return t.submitVerdict(s)
	case forms.WithdrawID:
		return t.submitWithdraw(s)
	case forms.RemarksID:
		return t.submitRemarks(s)
	case forms.GrantID:
		return t.submitGrant(s)
	case forms.WhereID:
		return t.submitWhere(s)
	case forms.CampaignID:
		return t.submitCampaign(s)
	case forms.HolidayID:
		return t.submitHolidays(s)
	}
	return fmt.Errorf("nobody takes the form %q", s.Form)
}

// close ends a session for good.
func (t *turn) close(s *store.Session, settled string) error {
	t.person.Open, t.dirty = 0, true
	if err := t.retire(s, settled); err != nil {
		return err
	}
	return t.tx.DeleteSession(s.ID)
}

// saveForLater puts the open session aside.
func (t *turn) saveForLater(s store.Session) error {
	if s.Form == forms.GrantID || isVerdict(s.Form) && !worthKeeping(&s) {
		if err := t.close(&s, ""); err != nil {
			return err
		}
		return t.afterVerdict(s, "cancel.done", nil)
	}
	t.person.Open, t.dirty = 0, true
	if err := t.retire(&s, ""); err != nil {
		return err
	}
	name, err := t.draftName(&s)
	if err != nil {
		return err
	}
	s.Touched = t.ev.At
	if err := t.tx.PutSession(s); err != nil {
		return err
	}
	return t.afterVerdict(s, "draft.saved", args{"Draft": name})
}

func (t *turn) discard(s store.Session) error {
	name, err := t.draftName(&s)
	if err != nil {
		return err
	}
	if err := t.close(&s, ""); err != nil {
		return err
	}
	if isVerdict(s.Form) {
		return t.afterVerdict(s, "draft.gone", args{"Draft": name})
	}
	return t.tell("draft.gone", args{"Draft": name})
}

// isSame leaves a registration for the model that it turned out to be.
func (t *turn) isSame(s store.Session, id store.ModelID) error {
	m, ok, err := t.model(id, updateModels)
	if err != nil {
		return err
	}
	if !ok {
		return t.again()
	}
	if m.State == store.Done && s.Subject == 0 {
		return t.carryOn(s, m)
	}
	if err := t.close(&s, ""); err != nil {
		return err
	}
	return t.beginUpdate(m)
}

// carryOn goes on with a registration that turned out to be of a model that
// was completed before: it is maintained, and no new one (domain.md §4.3).
func (t *turn) carryOn(s store.Session, m store.Model) error {
	s.Known = append(s.Known, uint64(m.ID))
	for _, a := range []store.Answer{
		{Field: "title", Text: m.Title}, {Field: "origin", Keys: []string{string(store.Maintained)}},
		{Field: "predecessor", Keys: []string{ref(m.ID)}},
	} {
		s.Answers = slices.DeleteFunc(s.Answers, func(b store.Answer) bool { return b.Field == a.Field })
		s.Answers = append(s.Answers, a)
	}
	s.Doubt = nil
	step, err := t.engine.Start(s, lookup{t})
	if err != nil {
		return err
	}
	step.Replies = append([]flows.Reply{flows.Notice{Key: "register.carried_on", Args: args{"Title": m.Title, "Code": m.Code}}}, step.Replies...)
	return t.apply(step)
}

// cancel asks what is to become of the open draft.
func (t *turn) cancel() error {
	s, ok, err := t.open()
	if err != nil {
		return err
	}
	if !ok {
		return t.tell("cancel.nothing", nil)
	}
	if err := t.retire(&s, ""); err != nil {
		return err
	}
	if err := t.tx.PutSession(s); err != nil {
		return err
	}
	if !worthKeeping(&s) {
		if err := t.close(&s, ""); err != nil {
			return err
		}
		return t.afterVerdict(s, "cancel.done", nil)
	}
	name, err := t.draftName(&s)
	if err != nil {
		return err
	}
	return t.offer("cancel.ask", args{"Draft": name}, [][]store.Button{
		row(green(t.button("cancel.go_on", pressDraft+ref(s.ID), nil))),
		row(t.button("cancel.keep", pressLeave+ref(s.ID), nil), red(t.button("cancel.throw", pressGone+ref(s.ID), nil))),
	})
}
