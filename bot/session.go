package bot

import (
	"errors"
	"fmt"

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
