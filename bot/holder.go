package bot

import (
	"errors"

	"danvan/store"
)

// holderOf returns a turn that speaks to whoever holds a post: in their
// language, with what they may see. False when nobody holds it.
func (t *turn) holderOf(id store.PostID) (*turn, bool, error) {
	post, err := t.tx.Post(id)
	if errors.Is(err, store.ErrNotFound) || err == nil && post.Holder == 0 {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	person, err := t.tx.Person(post.Holder)
	if err != nil {
		return nil, false, err
	}
	to := *t
	to.person, to.post, to.ev.From, to.dirty = person, post, person.Address, false
	return &to, true, nil
}

// whoIs names to others who did something in a post: by name where it is kept.
func (t *turn) whoIs(id store.PersonID, post store.PostID) (string, error) {
	if post == "" {
		return t.plain("who.nobody", nil), nil
	}
	p, err := t.tx.Post(post)
	if errors.Is(err, store.ErrNotFound) {
		p.ID = post
		p.Unit, p.Role = post.Split()
	} else if err != nil {
		return "", err
	}
	name, err := t.postName(t.own(), p, false)
	if err != nil {
		return "", err
	}
	person, err := t.tx.Person(id)
	if errors.Is(err, store.ErrNotFound) || err == nil && person.Name == "" {
		return name, nil
	}
	return t.plain("who.named", args{"Name": person.Name, "Post": name}), err
}
