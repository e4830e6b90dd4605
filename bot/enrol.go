package bot

import (
	"errors"
	"strings"
	"time"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// How much is said to people without a post, and how many codes may be tried.
const (
	strangerEvery = 10 * time.Minute
	triesWindow   = time.Hour
	maxTries      = 5
)

// startCode returns the code of a deep link, "/start CODE".
func startCode(in flows.Input) (string, bool) {
	if in.Kind != flows.TextInput || in.Edited {
		return "", false
	}
	code, ok := strings.CutPrefix(in.Text, "/start ")
	code = strings.TrimSpace(code)
	return code, ok && code != ""
}

// stranger gives somebody without a post one helpful answer and then silence
// at a sane rate.
func (t *turn) stranger() error {
	if t.ev.Kind != Said {
		return nil
	}
	if code, ok := startCode(t.ev.Input); ok {
		return t.redeem(code)
	}
	s, err := t.remembered()
	if err != nil {
		return err
	}
	if !s.Answered.IsZero() && t.ev.At.Sub(s.Answered) < strangerEvery {
		return nil
	}
	s.Answered = t.ev.At
	if err := t.tx.PutStranger(t.ev.From, s); err != nil {
		return err
	}
	return t.tell("stranger.refused", nil)
}

func (t *turn) remembered() (store.Stranger, error) {
	s, err := t.tx.Stranger(t.ev.From)
	if errors.Is(err, store.ErrNotFound) {
		return store.Stranger{}, nil
	}
	return s, err
}

// redeem answers an invitation code: it binds the post, or says politely what
// is wrong with the code. Guesses are limited: after too many, no code is
// looked at for the rest of the hour.
func (t *turn) redeem(code string) error {
	s, err := t.remembered()
	if err != nil {
		return err
	}
	if s.Tries >= maxTries && t.ev.At.Sub(s.Since) <= triesWindow {
		return t.guessedTooOften(s)
	}
	inv, err := t.tx.Invite(hashCode(code))
	switch {
	case errors.Is(err, store.ErrNotFound):
		return t.wrongCode(s)
	case err != nil:
		return err
	case !inv.UsedAt.IsZero() && inv.UsedBy == t.person.ID && t.holds(inv.Post):
		return t.welcome()
	case !inv.UsedAt.IsZero():
		return t.tell("invite.used", args{"When": inv.UsedAt})
	case t.ev.At.After(inv.Expires):
		return t.tell("invite.expired", args{"When": inv.Expires})
	}
	return t.enrol(inv)
}

func (t *turn) holds(id store.PostID) bool {
	post, err := t.tx.Post(id)
	return err == nil && t.person.ID != 0 && post.Holder == t.person.ID
}

// wrongCode counts an unknown code.
func (t *turn) wrongCode(s store.Stranger) error {
	if t.ev.At.Sub(s.Since) > triesWindow {
		s.Tries, s.Since = 0, t.ev.At
	}
	if s.Tries++; s.Tries == maxTries {
		s.Answered = time.Time{}
		return t.guessedTooOften(s)
	}
	if err := t.tx.PutStranger(t.ev.From, s); err != nil {
		return err
	}
	return t.tell("invite.unknown", nil)
}

// guessedTooOften says that codes are not looked at for a while, and says it
// again only now and then.
func (t *turn) guessedTooOften(s store.Stranger) error {
	if !s.Answered.IsZero() && t.ev.At.Sub(s.Answered) < strangerEvery {
		return nil
	}
	s.Answered = t.ev.At
	if err := t.tx.PutStranger(t.ev.From, s); err != nil {
		return err
	}
	return t.tell("invite.too_many", nil)
}

// enrol gives the post to whoever brought the code. Nothing of theirs is kept
// yet but the address: name and phone wait for consent.
func (t *turn) enrol(inv store.Invite) error {
	post, err := t.tx.Post(inv.Post)
	if errors.Is(err, store.ErrNotFound) {
		post = store.Post{ID: inv.Post}
		post.Unit, post.Role = inv.Post.Split()
	} else if err != nil {
		return err
	}
	if post.Holder != 0 && post.Holder != t.person.ID && inv.Made.Before(post.Since) {
		// Somebody else came first with another invitation to the post: a link
		// that was lost must not take it from them.
		return t.tell("invite.used", args{"When": post.Since})
	}
	if err := t.becomePerson(); err != nil {
		return err
	}
	if post.Holder != 0 && post.Holder != t.person.ID {
		if err := t.handOver(post); err != nil {
			return err
		}
		post.Deputy, post.DeputyUntil = 0, time.Time{} // whom the last holder chose
	}
	was := post.Holder
	post.Holder, post.Since = t.person.ID, t.ev.At
	inv.UsedAt, inv.UsedBy = t.ev.At, t.person.ID
	if err := t.tx.PutPost(post); err != nil {
		return err
	}
	if err := t.tx.PutInvite(inv); err != nil {
		return err
	}
	if err := t.record("post/"+string(post.ID), "take", "holder", was, t.person.ID); err != nil {
		return err
	}
	if err := t.actFor(post); err != nil {
		return err
	}
	return t.askConsent(was != 0 && was != t.person.ID)
}

func (t *turn) becomePerson() error {
	t.dirty = true
	if t.person.ID != 0 {
		return nil
	}
	id, err := t.tx.NewID()
	t.person = store.Person{ID: store.PersonID(id), Address: t.ev.From, Language: t.Language}
	return err
}

// actFor makes a post the one that the person acts for.
func (t *turn) actFor(post store.Post) error {
	t.post, t.dirty = post, true
	t.person.Active, t.person.Open, t.person.View = post.ID, 0, store.View{}
	return nil
}

// handOver takes a post from its holder, who is told. Drafts stay with it.
func (t *turn) handOver(post store.Post) error {
	old, err := t.tx.Person(post.Holder)
	if err != nil {
		return err
	}
	if old.Active == post.ID {
		old.Active, old.Open, old.View = "", 0, store.View{}
		others, err := t.tx.PostsOf(old.ID)
		if err != nil {
			return err
		}
		for _, p := range others {
			if p.ID != post.ID {
				old.Active = p.ID
				break
			}
		}
	}
	if err := t.tx.PutPerson(old); err != nil {
		return err
	}
	if old.Active == "" {
		if err := t.endDeputies(old.ID, post.Unit); err != nil {
			return err
		}
	}
	v := t.voice(old.Language)
	text, err := t.textFor(v, "post.taken_over", args{"Post": post})
	if err != nil {
		return err
	}
	m := store.Message{To: old.Address, Text: text, Keyboard: &store.Keyboard{}}
	if _, role := old.Active.Split(); old.Active != "" {
		m.Keyboard = t.menu(old.Language, role)
	}
	_, err = t.queue(m)
	return err
}

// endDeputies ends what somebody does as a deputy in a unit's commune: without a
// post of their own they could no longer answer.
func (t *turn) endDeputies(who store.PersonID, unit store.UnitCode) error {
	units, err := t.commune(unit)
	if err != nil {
		return err
	}
	for _, code := range units {
		post, err := officerPost(t.tx, code)
		if err != nil {
			return err
		}
		if post.Deputy != who {
			continue
		}
		post.Deputy, post.DeputyUntil = 0, time.Time{}
		if err := t.tx.PutPost(post); err != nil {
			return err
		}
	}
	return nil
}

// askConsent greets the new holder and asks before name and phone are kept.
func (t *turn) askConsent(handedOver bool) error {
	drafts, err := t.tx.SessionsOf(t.post.ID)
	if err != nil {
		return err
	}
	a := args{"Post": t.post, "HandedOver": handedOver, "Drafts": len(drafts)}
	if t.person.Consent == store.Given {
		return t.greet("enrol.welcome", a)
	}
	return t.offer("enrol.consent", a, [][]store.Button{row(
		green(t.button("enrol.agree", pressConsent+"yes", nil)),
		t.button("enrol.refuse", pressConsent+"no", nil),
	)})
}

// consent takes the answer to whether name and phone may be kept.
func (t *turn) consent(choice string) error {
	key := "enrol.refused"
	if choice == "yes" {
		key = "enrol.agreed"
	}
	if err := t.revise(store.Message{Text: t.text(key, args{"Post": t.post})}); err != nil {
		return err
	}
	t.person.ConsentAt, t.dirty = t.ev.At, true
	if choice == "yes" {
		t.person.Consent = store.Given
		return t.begin(forms.ProfileID, nil)
	}
	t.person.Consent = store.Refused
	t.person.Name, t.person.Phone = "", ""
	return t.greet("enrol.without_phone", args{"Post": t.post})
}

// submitProfile keeps the name and the number that the person gave.
func (t *turn) submitProfile(s store.Session) error {
	if t.person.Consent != store.Given { // withdrawn while the form was open
		return t.greet("enrol.without_phone", args{"Post": t.post})
	}
	name, _ := flows.Find(&s, "name")
	phone, _ := flows.Find(&s, "phone")
	t.person.Name, t.dirty = name.Text, true
	if phone.Phone != "" {
		t.person.Phone = phone.Phone
	}
	return t.greet("enrol.done", args{"Name": t.person.Name, "Post": t.post})
}

// record writes one line of who did what.
func (t *turn) record(subject, action, field string, old, now any) error {
	id, err := t.tx.NewID()
	if err != nil {
		return err
	}
	return t.tx.AddAudit(store.Audit{
		ID: id, At: t.ev.At, Who: t.person.ID, Post: t.post.ID,
		Subject: subject, Action: action, Field: field, Old: auditText(old), New: auditText(now),
	})
}
