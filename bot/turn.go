package bot

import (
	"errors"
	"fmt"
	"strings"

	"danvan/flows"
	"danvan/store"
)

// turn is the work on one event: the transaction, who sent it, and what the
// answer will be. It lives as long as its transaction.
type turn struct {
	*Bot
	tx     store.Tx
	ev     Event
	person store.Person // ID 0: a stranger
	post   store.Post   // the post acted for; ID "": none
	today  store.Date
	ack    Ack
	dirty  bool // person is to be written
}

func (b *Bot) turn(tx store.Tx, ev Event) (*turn, error) {
	t := &turn{Bot: b, tx: tx, ev: ev, today: store.DateOf(ev.At.In(b.Zone))}
	var err error
	t.person, err = tx.PersonAt(ev.From)
	if errors.Is(err, store.ErrNotFound) {
		return t, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find the person: %w", err)
	}
	if t.person.Active == "" {
		return t, nil
	}
	t.post, err = tx.Post(t.person.Active)
	if err != nil {
		return nil, fmt.Errorf("find the post: %w", err)
	}
	if t.post.Holder != t.person.ID { // handed over meanwhile
		t.post = store.Post{}
	}
	return t, nil
}

// run decides who sent the event and what it is, and answers it.
func (t *turn) run() error {
	if err := t.answer(); err != nil {
		return err
	}
	if !t.dirty {
		return nil
	}
	return t.tx.PutPerson(t.person)
}

func (t *turn) answer() error {
	switch {
	case t.person.ID == 0:
		return t.stranger()
	case t.ev.Kind == Left:
		t.person.Unreachable, t.dirty = t.ev.At, true
		return nil
	case t.ev.Kind == Returned:
		t.reached()
		return nil
	}
	t.reached()
	if code, ok := startCode(t.ev.Input); ok {
		return t.redeem(code)
	}
	if t.post.ID == "" {
		return t.withoutPost()
	}
	return t.said()
}

// reached marks a person who writes again as reachable.
func (t *turn) reached() {
	if !t.person.Unreachable.IsZero() {
		t.person.Unreachable, t.dirty = store.Person{}.Unreachable, true
	}
}

// said answers what a person with a post did: a button, a command, or
// something for the open form.
func (t *turn) said() error {
	in := t.ev.Input
	if in.Kind == flows.PressInput {
		return t.pressed(in.Press)
	}
	if in.Kind == flows.TextInput && !in.Edited {
		if c, ok := t.command(in.Text); ok {
			return c.run(t)
		}
		if strings.HasPrefix(in.Text, "/") {
			return t.unknownCommand()
		}
	}
	if t.person.Open != 0 {
		return t.resume(in)
	}
	return t.idle(in)
}

// idle answers what comes while no form is open: words search the models.
func (t *turn) idle(in flows.Input) error {
	switch {
	case in.Edited:
		return nil
	case in.Kind == flows.TextInput && t.may(viewModels):
		return t.search(in.Text)
	}
	return t.tell("idle.nothing_open", nil)
}

// withoutPost answers somebody whose posts have all been handed over.
func (t *turn) withoutPost() error {
	posts, err := t.tx.PostsOf(t.person.ID)
	if err != nil {
		return err
	}
	if len(posts) > 0 {
		if err := t.actFor(posts[0]); err != nil {
			return err
		}
		return t.said()
	}
	if t.ev.Input.Kind == flows.PressInput {
		return t.toast("press.not_yours", nil)
	}
	return t.tell("post.none_left", nil)
}
