package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"danvan/bot/card"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/store"
)

// LeftForGood is the key of what is said of a draft that was thrown away.
const LeftForGood = "draft.gone"

// Begin opens a form for the post. A draft that was open stays in /nhap, and
// the person is told. prepare may say what the session is about.
func (t *Turn) Begin(form string, prepare func(*store.Session)) error {
	put, err := t.PutAside()
	if err != nil {
		return err
	}
	id, err := t.Tx.NewID()
	if err != nil {
		return err
	}
	s := store.Session{
		ID: store.SessionID(id), Post: t.Post.ID, Person: t.Person.ID, Form: form,
		Created: t.Event.At, Touched: t.Event.At,
	}
	if prepare != nil {
		prepare(&s)
	}

	if put != "" {
		return t.Start(s, flows.Notice{Key: "draft.put_aside", Args: text.Args{"Draft": put}})
	}
	return t.Start(s)
}

// Start begins a session, or begins it anew, and says some notices first.
func (t *Turn) Start(s store.Session, notices ...flows.Reply) error {
	t.Person.Open, t.Dirty = s.ID, true
	step, err := t.engine.Start(s, t.lookup(&s))
	if err != nil {
		return err
	}
	step.Replies = slices.Concat(notices, step.Replies)
	return t.apply(step)
}

func (t *Turn) lookup(s *store.Session) lookup { return lookup{t, t.forms[s.Form], s} }

// PutAside closes the open session. One that holds nothing worth keeping is
// dropped; of the other the name is returned.
func (t *Turn) PutAside() (string, error) {
	s, ok, err := t.Open()
	if err != nil || !ok {
		return "", err
	}
	if !t.Keeps(&s) {
		return "", t.Close(&s, "")
	}
	return t.keep(&s)
}

// keep closes the open session for now and returns its name.
func (t *Turn) keep(s *store.Session) (string, error) {
	t.Person.Open, t.Dirty = 0, true
	err := t.Retire(s, "")
	if err = errors.Join(err, t.Tx.PutSession(*s)); err != nil {
		return "", err
	}
	return t.DraftName(s)
}

// Keeps reports whether a session holds anything worth keeping.
func (t *Turn) Keeps(s *store.Session) bool { return t.forms[s.Form].Keeps(s) }

// DraftName calls a draft by what it is about.
func (t *Turn) DraftName(s *store.Session) (string, error) { return t.forms[s.Form].Name(t, s) }

// FormName is what a form's head calls it, without the icon.
func (t *Turn) FormName(form string) string {
	_, name, _ := strings.Cut(t.Plain(form+".head", nil), " ")
	return name
}

// Questions are those of a form.
func (b *Bot) Questions(form string) *flows.Form { return b.engine.Form(form) }

// Open returns the session that is open now, if it is still the post's.
func (t *Turn) Open() (store.Session, bool, error) {
	if t.Person.Open == 0 {
		return store.Session{}, false, nil
	}
	s, err := t.Tx.Session(t.Person.Open)
	if errors.Is(err, store.ErrNotFound) || err == nil && s.Post != t.Post.ID {
		t.Person.Open, t.Dirty = 0, true
		return store.Session{}, false, nil
	}
	return s, err == nil, err
}

// Reopen goes on with a draft of the post where it was left.
func (t *Turn) Reopen(id store.SessionID) error {
	if t.Person.Open != id {
		if _, err := t.PutAside(); err != nil {
			return err
		}
	}
	t.Person.Open, t.Dirty = id, true
	return t.Again()
}

// resume gives an input to the open session.
func (t *Turn) resume(in flows.Input) error {
	s, ok, err := t.Open()
	if err != nil {
		return err
	}
	if !ok {
		if in.Kind == flows.PressInput {
			return t.Toast("press.closed", nil)
		}
		return t.idle(in)
	}
	if in.ReplyTo != "" {
		if done, err := t.repliedTo(&in, s.ID); done || err != nil {
			return err
		}
	}

	step, err := t.engine.Resume(s, in, t.lookup(&s))
	if err != nil {
		return err
	}
	return t.apply(step)
}

// repliedTo finds the question that a message replies to. A question of
// another draft is not answered from here.
func (t *Turn) repliedTo(in *flows.Input, open store.SessionID) (bool, error) {
	r, err := t.Tx.Delivered(t.Event.From, in.ReplyTo)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil || r.Track.Session == 0 {
		return false, err
	}
	if r.Track.Session != open {
		return true, t.Tell("press.other_draft", nil)
	}
	in.Field = r.Track.Field
	return false, nil
}

// Again says the open question once more, after something else came between.
func (t *Turn) Again() error {
	s, ok, err := t.Open()
	if err != nil || !ok {
		return err
	}
	step, err := t.engine.Ask(s, t.lookup(&s))
	if err != nil {
		return err
	}
	return t.apply(step)
}

// apply keeps what a step of the engine led to and queues what it says.
func (t *Turn) apply(step flows.Turn) error {
	form := t.forms[step.Session.Form]
	if err := form.Bind(t, &step.Session); err != nil {
		return err
	}
	if step.Toast.Key != "" {
		if err := t.Toast(step.Toast.Key, step.Toast.Args); err != nil {
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
		return t.stale(step.Session)
	case flows.Open:
		return t.goOn(step)
	case flows.Submitted:
		return t.submit(step)
	case flows.Same:
		return form.Same(t, step.Session, step.Record)
	case flows.Saved:
		return t.SaveForLater(step.Session)
	case flows.Discarded:
		return t.Discard(step.Session)
	}
	return fmt.Errorf("unknown outcome %q", step.Outcome)
}

// receipt puts a thumb on the file that was taken: it costs no message.
func (t *Turn) receipt() error {
	_, err := t.Send(store.Message{Kind: store.React, Text: "👍", Target: store.Target{Remote: t.Event.Input.Message}})
	return err
}

// stale shows the open question again to somebody who pressed a button of another
// message. A second tap on the open card only says that it has changed.
func (t *Turn) stale(s store.Session) error {
	r, err := t.Tx.Remote(s.Card)
	if in := t.Event.Input; errors.Is(err, store.ErrNotFound) || in.Kind != flows.PressInput || r.ID == in.Message {
		return nil
	}
	return errors.Join(err, t.Again())
}

// goOn shows what the session asks now, below what was answered: in place of the
// card that was tapped, or in a new message.
func (t *Turn) goOn(step flows.Turn) error {
	s := step.Session
	m, err := t.card(&s).Show(step.Replies)
	if err != nil {
		return err
	}
	m.Track = &store.Track{Session: s.ID, Field: s.At, Revision: s.Revision}

	if m.Text != "" {
		m.Text = strings.TrimLeft(t.settled(step)+"\n\n"+m.Text, "\n")
		if step.InPlace && m.Keyboard == nil { // which only a new message can have
			m.Kind, m.Target = store.Edit, store.Target{Message: s.Card, Remote: t.Event.Input.Message}
		} else if err := t.Retire(&s, ""); err != nil {
			return err
		}
		if s.Card, err = t.Send(m); err != nil {
			return err
		}
		if m.Keyboard != nil {
			s.Card = 0 // it has no buttons, and what has a keyboard cannot be changed
		}
	}

	s.Person, s.Touched = t.Person.ID, t.Event.At
	return t.Tx.PutSession(s)
}

// card shows a session's replies.
func (t *Turn) card(s *store.Session) card.Card {
	return card.Card{Voice: t.Voice, Host: t.lookup(s)}
}

// settled is what the open card becomes, or what stands above the next question.
func (t *Turn) settled(x flows.Turn) string { return t.card(&x.Session).Settled(x, t.Event.At) }

// answerText writes an answer as a person would, without markup.
func (t *Turn) answerText(v text.Voice, x flows.Settled) string {
	form := t.forms[x.Form.ID]
	return card.Answer(v, x,
		func(key string) string { return form.Choice(t, v, x.Step, key) },
		func() string { return form.Typed(v, x) })
}

// Retire takes the buttons off a session's card, or turns the card into text: at
// once where somebody tapped, else when the chat is quiet, for nobody waits for it.
func (t *Turn) Retire(s *store.Session, body string) error {
	m := store.Message{To: t.Event.From, Kind: store.Edit, Text: body, Target: store.Target{Message: s.Card, Only: true}, At: t.Event.At}
	if s.Card = 0; m.Target.Message == 0 {
		return nil
	}
	if t.Event.Input.Kind != flows.PressInput {
		m = m.Tidy(t.Event.At)
	}
	_, err := t.Tx.Enqueue(m)
	return err
}

// submit ends the session and does what its form is for.
func (t *Turn) submit(step flows.Turn) error {
	s := step.Session
	if err := t.Close(&s, t.settled(step)); err != nil {
		return err
	}
	return t.forms[s.Form].Submit(t, s)
}

// Close ends a session for good.
func (t *Turn) Close(s *store.Session, settled string) error {
	t.Person.Open, t.Dirty = 0, true
	if err := t.Retire(s, settled); err != nil {
		return err
	}
	return t.Tx.DeleteSession(s.ID)
}

// Leave closes a session that holds nothing worth keeping.
func (t *Turn) Leave(s store.Session) error {
	if err := t.Close(&s, ""); err != nil {
		return err
	}
	return t.forms[s.Form].Left(t, s, "cancel.done", nil)
}

// SaveForLater puts the open session aside.
func (t *Turn) SaveForLater(s store.Session) error {
	if !t.forms[s.Form].Saves(&s) {
		return t.Leave(s)
	}
	s.Touched = t.Event.At
	name, err := t.keep(&s)
	if err != nil {
		return err
	}
	return t.forms[s.Form].Left(t, s, "draft.saved", text.Args{"Draft": name})
}

// Discard throws the open session away.
func (t *Turn) Discard(s store.Session) error {
	name, err := t.DraftName(&s)
	if err != nil {
		return err
	}
	if err := t.Close(&s, ""); err != nil {
		return err
	}
	return t.forms[s.Form].Left(t, s, LeftForGood, text.Args{"Draft": name})
}
