package bolt

import (
	"fmt"

	"danvan/store"
)

func (r *reader) Post(id store.PostID) (store.Post, error) {
	p, err := find[store.Post](r, posts, key(id))
	if err != nil {
		return store.Post{}, fmt.Errorf("post %q: %w", id, err)
	}
	return p, nil
}

func (r *reader) PostsOf(holder store.PersonID) ([]store.Post, error) {
	return listBy[store.Post](r, postsByOwner, num(holder), posts)
}

func (r *reader) PostsAt(unit store.UnitCode) ([]store.Post, error) {
	return listBy[store.Post](r, postsByUnit, key(nil).text(string(unit)), posts)
}

func (r *reader) PostsAs(role store.Role) ([]store.Post, error) {
	return listBy[store.Post](r, postsByRole, key(nil).text(string(role)), posts)
}

func (r *reader) PostsSince(edition uint64) ([]store.Post, error) {
	return changedSince[store.Post](r, posts, edition)
}

func (t *tx) PutPost(p store.Post) error {
	p.Since, p.DeputyUntil = utc(p.Since), utc(p.DeputyUntil)
	var was []entry
	if b := t.get(posts, key(p.ID)); b != nil {
		old, err := decode[store.Post](b)
		if err != nil {
			return err
		}
		was = postEntries(old)
	}
	if err := t.save(posts, key(p.ID), p); err != nil {
		return err
	}
	if err := t.reindex(was, postEntries(p)); err != nil {
		return err
	}
	return t.changed(posts, string(p.ID))
}

func postEntries(p store.Post) []entry {
	id := string(p.ID)
	all := []entry{
		{postsByUnit, key(nil).text(string(p.Unit)).raw(id), nil},
		{postsByRole, key(nil).text(string(p.Role)).raw(id), nil},
	}
	if p.Holder != 0 {
		all = append(all, entry{postsByOwner, num(p.Holder).raw(id), nil})
	}
	return all
}
