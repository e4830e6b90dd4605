package bot

import (
	"errors"
	"slices"

	"danvan/bot/access"
	"danvan/store"
)

// May reports whether the post that the person acts for may do a job at all.
func (t *Turn) May(j access.Job) bool { return access.May(t.Post.Role, j) }

// Scope are the units that the post reaches.
func (t *Turn) Scope() *store.Subtree { return t.Org.Scope(t.Post) }

// Reaches reports whether a unit is in the post's scope.
func (t *Turn) Reaches(code store.UnitCode) bool { return t.Org.Reaches(t.Post, code) }

// MayWith reports whether the post may do a job with a model, or the person as
// somebody who stands in for the officer.
func (t *Turn) MayWith(j access.Job, m store.Model) bool {
	return t.deputyMay(j, m.Unit) || t.PostMay(t.Post, j, m)
}

// PostMay reports whether a post may do a job with a model.
func (t *Turn) PostMay(p store.Post, j access.Job, m store.Model) bool {
	return access.May(p.Role, j) && t.Org.Covers(p, m)
}

// deputyMay reports whether the person may do a job with what belongs to a
// unit, standing in for an officer of it or of a unit above it.
func (t *Turn) deputyMay(j access.Job, unit store.UnitCode) bool {
	if !access.May(store.Officer, j) {
		return false
	}
	for u := range t.Org.Up(unit) {
		if p, ok := t.Org.OfficerFor(u.Code, t.Person.ID, t.Event.At); ok && p.Holder != t.Person.ID {
			return true
		}
	}
	return false
}

// sees reports whether the post may read a model. Two models that were merged are read
// by whoever may read one of them, unless a portfolio parts them: their histories belong together.
func (t *Turn) sees(m store.Model) (bool, error) {
	if may := t.MayWith(access.ViewModels, m); may || !t.Post.Portfolio.Whole() {
		return may, nil
	}

	linked := m.Absorbed
	if m.Into != 0 {
		linked = append(slices.Clone(linked), m.Into)
	}
	for _, id := range linked {
		other, err := t.Tx.Model(id)
		if err != nil {
			return false, err
		}
		if t.MayWith(access.ViewModels, other) {
			return true, nil
		}
	}
	return false, nil
}

// Model returns a model that the post may do a job with. A model that does not
// exist and one that is somebody else's look alike from outside.
func (t *Turn) Model(id store.ModelID, j access.Job) (store.Model, bool, error) {
	m, err := t.Tx.Model(id)
	if errors.Is(err, store.ErrNotFound) {
		return m, false, nil
	}
	if err != nil {
		return m, false, err
	}
	if j == access.ViewModels {
		ok, err := t.sees(m)
		return m, ok, err
	}
	return m, t.MayWith(j, m), nil
}

// PutPost writes a post; the turn knows it from then on.
func (t *Turn) PutPost(p store.Post) error {
	if err := t.Tx.PutPost(t.Org.Kept(p)); err != nil {
		return err
	}
	var err error
	t.Org, err = t.book.OrgOn(t.Tx, t.Today)
	return err
}
