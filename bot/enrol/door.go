package enrol

import (
	"errors"
	"time"

	"danvan/bot/text"
	"danvan/store"
)

// How much is said to people without a post, and how many codes may be tried. The times
// hold before and after what was noted: a clock that was ahead then keeps nobody out
// until it is so late again.
const (
	strangerEvery = time.Minute
	triesWindow   = time.Hour
	maxTries      = 5

	// All strangers together: who is invited does not wait behind answers to a crowd.
	crowdWindow = 10 * time.Minute
	maxAnswers  = 100
)

// stranger gives somebody without a post one helpful answer and then silence
// at a sane rate.
func (t turn) stranger() error {
	if code, ok := t.asksAgain(); ok {
		return t.askAgain(code)
	}
	s, err := t.remembered()
	if err != nil {
		return err
	}
	return t.sayRarely(s, "stranger.refused")
}

// sayRarely answers somebody, unless they were answered a moment ago.
func (t turn) sayRarely(s store.Stranger, key string) error {
	if !s.Answered.IsZero() && t.Event.At.Sub(s.Answered).Abs() < strangerEvery {
		return nil
	}
	s.Answered = t.Event.At
	if err := t.Tx.PutStranger(t.Event.From, s); err != nil {
		return err
	}
	return t.refuse(key)
}

// refuse tells somebody that they cannot come in, unless so many strangers were
// told something lately that it takes a crowd, or somebody who pretends to be one.
func (t turn) refuse(key string) error {
	if t.Person.ID != 0 {
		return t.Tell(key, nil)
	}
	everybody := store.Address{Channel: t.Event.From.Channel}
	all, err := t.rememberedAt(everybody)
	if err != nil {
		return err
	}
	if t.Event.At.Sub(all.Since).Abs() > crowdWindow {
		all = store.Stranger{Since: t.Event.At}
	}
	if all.Tries >= maxAnswers {
		return nil
	}
	all.Tries++
	if err := t.Tx.PutStranger(everybody, all); err != nil {
		return err
	}
	return t.Tell(key, nil)
}

func (t turn) remembered() (store.Stranger, error) { return t.rememberedAt(t.Event.From) }

func (t turn) rememberedAt(from store.Address) (store.Stranger, error) {
	s, err := t.Tx.Stranger(from)
	if errors.Is(err, store.ErrNotFound) {
		return store.Stranger{}, nil
	}
	return s, err
}

// redeem answers an invitation code: it binds the post, or says politely what
// is wrong with the code. Guesses are limited: after too many, no code is
// looked at for the rest of the hour.
func (t turn) redeem(code string) error {
	s, err := t.remembered()
	if err != nil {
		return err
	}
	if s.Tries >= maxTries && t.Event.At.Sub(s.Since).Abs() <= triesWindow {
		return t.sayRarely(s, "invite.too_many")
	}

	inv, err := t.Tx.Invite(hashCode(code))
	switch {
	case errors.Is(err, store.ErrNotFound):
		return t.wrongCode(s)
	case err != nil:
		return err
	case !inv.UsedAt.IsZero() && inv.UsedBy == t.Person.ID && t.holds(inv.Post):
		return t.welcome()
	case !inv.UsedAt.IsZero():
		return t.stale(code, inv, "invite.used", text.Args{"When": inv.UsedAt})
	case !inv.Revoked.IsZero():
		return t.stale(code, inv, "invite.revoked", text.Args{"When": inv.Revoked})
	case inv.State(t.Event.At) == store.Expired:
		return t.stale(code, inv, "invite.expired", text.Args{"When": inv.Expires})
	}
	return t.enrol(inv)
}

func (t turn) holds(id store.PostID) bool {
	post, err := t.Tx.Post(id)
	return err == nil && t.Person.ID != 0 && post.Holder == t.Person.ID
}

// wrongCode counts an unknown code.
func (t turn) wrongCode(s store.Stranger) error {
	if t.Event.At.Sub(s.Since).Abs() > triesWindow {
		s.Tries, s.Since = 0, t.Event.At
	}
	if s.Tries++; s.Tries == maxTries {
		s.Answered = time.Time{} // the last one is told that it was
		return t.sayRarely(s, "invite.too_many")
	}
	if err := t.Tx.PutStranger(t.Event.From, s); err != nil {
		return err
	}
	return t.refuse("invite.unknown")
}

// welcome answers a bare /start of somebody who has a post.
func (t turn) welcome() error {
	if err := greet(t.Turn, "enrol.again", text.Args{"Post": t.Post}); err != nil {
		return err
	}
	return t.Again()
}

// help says what can be done, and then asks the open question again.
func (t turn) help() error {
	if err := t.Tell("help."+string(t.Post.Role), nil); err != nil {
		return err
	}
	return t.Again()
}
