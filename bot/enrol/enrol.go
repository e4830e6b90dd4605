package enrol

import (
	"errors"
	"slices"
	"time"

	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// enrol gives the post to whoever brought the code. Nothing of theirs is kept
// yet but the address: name and phone wait for consent.
func (t turn) enrol(inv store.Invite) error {
	post, err := t.Tx.Post(inv.Post)
	if errors.Is(err, store.ErrNotFound) { // it was made when an invitation made no seat yet
		post = store.Post{ID: inv.Post}
		post.Unit, post.Role = inv.Post.Split()
	} else if err != nil {
		return err
	}

	if post.Holder != t.Person.ID && t.sits(post) {
		return t.Tell("invite.sits", text.Args{"Post": post})
	}
	// Somebody else came first with another invitation to the post: a link that
	// was lost must not take it from them.
	if post.Holder != 0 && post.Holder != t.Person.ID && inv.Made.Before(post.Since) {
		return t.Tell("invite.used", text.Args{"When": post.Since})
	}
	if err := t.becomePerson(); err != nil {
		return err
	}
	was := max(post.Holder, post.Suspended)
	taken := was != 0 && was != t.Person.ID
	if taken {
		if err := t.leave(post, "post.taken_over"); err != nil {
			return err
		}
		post.Deputy, post.DeputyUntil = 0, time.Time{} // whom the last holder chose
	}

	post.Holder, post.Suspended, post.Since = t.Person.ID, 0, t.Event.At
	if len(inv.Portfolio.Units)+len(inv.Portfolio.Fields) > 0 {
		post.Portfolio = inv.Portfolio
	}
	inv.UsedAt, inv.UsedBy = t.Event.At, t.Person.ID
	if err := t.PutPost(post); err != nil {
		return err
	}
	if err := t.Tx.PutInvite(marked(inv)); err != nil {
		return err
	}
	if err := t.Record("post/"+string(post.ID), "take", "holder", was, t.Person.ID); err != nil {
		return err
	}
	if err := t.ActFor(post); err != nil {
		return err
	}
	return t.askConsent(taken)
}

// sits reports whether the person has a seat beside this one already: the
// invitation is for somebody else, to whom it can still be passed on.
func (t turn) sits(beside store.Post) bool {
	return t.Person.ID != 0 && slices.ContainsFunc(t.Org.SeatsOf(beside.Unit, beside.Role), func(p store.Post) bool {
		return p.Holder == t.Person.ID
	})
}

func (t turn) becomePerson() error {
	t.Dirty = true
	if t.Person.ID != 0 {
		return nil
	}
	id, err := t.Tx.NewID()
	t.Person = store.Person{ID: store.PersonID(id), Address: t.Event.From, Language: t.Language}
	return err
}

// leave takes a post from who holds it, or held it until it was suspended, and tells
// them. Drafts stay with it.
func (t turn) leave(post store.Post, key string) error {
	old, err := t.Tx.Person(max(post.Holder, post.Suspended))
	if err != nil {
		return err
	}

	// Who holds another post goes on with that one.
	if old.Active == post.ID {
		theirs := t.For(old)
		theirs.Post = post
		if _, err := theirs.PutAside(); err != nil {
			return err
		}
		others, err := t.Org.HeldBy(t.Tx, old.ID)
		if err != nil {
			return err
		}
		others = slices.DeleteFunc(others, func(p store.Post) bool { return p.ID == post.ID })

		old.Active, old.Open, old.View = "", 0, store.View{}
		if len(others) > 0 {
			old.Active = others[0].ID
		}
	}
	if err := t.Tx.PutPerson(old); err != nil {
		return err
	}
	if old.Active == "" {
		if err := t.endDeputies(old.ID); err != nil {
			return err
		}
	}

	to := t.For(old)
	m := store.Message{Text: to.Text(key, text.Args{"Post": post}), Keyboard: &store.Keyboard{}}
	if next, ok := t.Org.Seat(old.Active); ok {
		m.Keyboard = t.Menu(to.Lang, next.Role)
	}
	_, err = to.Send(m)
	return err
}

// endDeputies ends what somebody does as a deputy: without a post of their own they
// could no longer answer.
func (t turn) endDeputies(who store.PersonID) error {
	for _, post := range t.Org.Deputising(who, t.Event.At) {
		post.Deputy, post.DeputyUntil = 0, time.Time{}
		if err := t.PutPost(post); err != nil {
			return err
		}
	}
	return nil
}

// askConsent greets the new holder and asks before name and phone are kept.
func (t turn) askConsent(handedOver bool) error {
	drafts, err := t.Tx.SessionsOf(t.Post.ID)
	if err != nil {
		return err
	}
	a := text.Args{"Post": t.Post, "HandedOver": handedOver, "Drafts": len(drafts)}
	if t.Person.Consent == store.Given {
		return greet(t.Turn, "enrol.welcome", a)
	}
	return t.Offer("enrol.consent", a, [][]store.Button{text.Row(
		text.Green(t.Button("enrol.agree", link.Consent.To("yes"), nil)),
		t.Button("enrol.refuse", link.Consent.To("no"), nil),
	)})
}
