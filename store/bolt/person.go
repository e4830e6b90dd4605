package bolt

import (
	"fmt"

	"danvan/store"
)

func (r *reader) Person(id store.PersonID) (store.Person, error) {
	p, err := find[store.Person](r, people, num(id))
	if err != nil {
		return store.Person{}, fmt.Errorf("person %d: %w", id, err)
	}
	return p, nil
}

func (r *reader) PersonAt(at store.Address) (store.Person, error) {
	id := r.get(addresses, addressKey(at))
	if id == nil {
		return store.Person{}, fmt.Errorf("person at an address: %w", store.ErrNotFound)
	}
	return r.Person(store.PersonID(tail(id)))
}

func (t *tx) PutPerson(p store.Person) error {
	p.ConsentAt, p.Unreachable = utc(p.ConsentAt), utc(p.Unreachable)
	id := num(p.ID)
	if at := t.get(addresses, addressKey(p.Address)); at != nil && tail(at) != uint64(p.ID) {
		return fmt.Errorf("put person %d: address belongs to person %d: %w", p.ID, tail(at), store.ErrConflict)
	}

	var was []entry
	if b := t.get(people, id); b != nil {
		old, err := decode[store.Person](b)
		if err != nil {
			return err
		}
		was = personEntries(old)
	}

	if err := t.save(people, id, p); err != nil {
		return err
	}

	return t.reindex(was, personEntries(p))
}

// personEntries leaves out an empty address: somebody whose address was
// erased can only be found by id.
func personEntries(p store.Person) []entry {
	if p.Address == (store.Address{}) {
		return nil
	}
	return []entry{{addresses, addressKey(p.Address), num(p.ID)}}
}

func addressKey(a store.Address) key { return key(nil).text(a.Channel).text(a.Chat) }

func (r *reader) Stranger(at store.Address) (store.Stranger, error) {
	b := r.get(strangers, addressKey(at))
	if b == nil {
		return store.Stranger{}, fmt.Errorf("stranger: %w", store.ErrNotFound)
	}
	return decode[store.Stranger](unstamped(b))
}

func (t *tx) PutStranger(at store.Address, s store.Stranger) error {
	s.Answered, s.Since = utc(s.Answered), utc(s.Since)
	touched := s.Answered
	if s.Since.After(touched) {
		touched = s.Since
	}
	b, err := stamped(touched, s)
	if err != nil {
		return err
	}
	return t.put(strangers, addressKey(at), b)
}

func (r *reader) Invite(hash string) (store.Invite, error) {
	i, err := find[store.Invite](r, invites, key(hash))
	if err != nil {
		return store.Invite{}, fmt.Errorf("invite: %w", err)
	}
	return i, nil
}

func (r *reader) InvitesTo(post store.PostID) ([]store.Invite, error) {
	all := []store.Invite{}
	prefix := key(nil).text(string(post))
	for k := range r.scan(invitesByPost, prefix) {
		i, err := find[store.Invite](r, invites, k[len(prefix)+8:])
		if err != nil {
			return nil, fmt.Errorf("follow index %s: %w", invitesByPost, err)
		}
		all = append(all, i)
	}
	return all, nil
}

func (t *tx) PutInvite(i store.Invite) error {
	i.Made, i.Expires, i.UsedAt, i.Revoked, i.Asked = utc(i.Made), utc(i.Expires), utc(i.UsedAt), utc(i.Revoked), utc(i.Asked)
	var was []entry
	if b := t.get(invites, key(i.Hash)); b != nil {
		old, err := decode[store.Invite](b)
		if err != nil {
			return err
		}
		was = inviteEntries(old)
	}
	if err := t.save(invites, key(i.Hash), i); err != nil {
		return err
	}
	return t.reindex(was, inviteEntries(i))
}

func inviteEntries(i store.Invite) []entry {
	return []entry{{invitesByPost, key(nil).text(string(i.Post)).time(i.Made).raw(i.Hash), nil}}
}
