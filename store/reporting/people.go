package reporting

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"danvan/store"
	"danvan/store/deadline"
)

// Plan runs a planning function until it knows everybody whom it asks about.
// They are read between its runs, so that it is run two or three times.
func Plan[T any](ctx context.Context, s store.Store, in deadline.Input, plan func(deadline.Input) T) (T, error) {
	for {
		asked := map[store.PersonID]bool{}
		in.Unknown = func(id store.PersonID) { asked[id] = true }
		out := plan(in)
		if len(asked) == 0 {
			return out, nil
		}
		ids := make([]store.PersonID, 0, len(asked))
		for id := range asked {
			ids = append(ids, id)
		}
		for some := range slices.Chunk(ids, peoplePage) {
			if err := s.View(ctx, func(r store.Reader) error { return Meet(r, &in, some) }); err != nil {
				return out, err
			}
		}
	}
}

// peoplePage is how many people are read in one transaction.
const peoplePage = 2000

// Meet reads what planning needs to know of some people into an Input.
func Meet(r store.Reader, in *deadline.Input, people []store.PersonID) error {
	for _, id := range people {
		p, err := r.Person(id)
		if errors.Is(err, store.ErrNotFound) {
			in.People[id] = deadline.Person{}
			continue
		}
		if err != nil {
			return fmt.Errorf("read person %d: %w", id, err)
		}
		if in.People[id], err = Known(r, p); err != nil {
			return err
		}
	}
	return nil
}

// Known returns what planning needs to know of a person.
func Known(r store.Reader, p store.Person) (deadline.Person, error) {
	known := deadline.Person{Unreachable: !p.Unreachable.IsZero(), Left: p.Unreachable}
	if p.Open == 0 {
		return known, nil
	}
	s, err := r.Session(p.Open)
	if errors.Is(err, store.ErrNotFound) {
		return known, nil
	}
	known.Touched = s.Touched
	return known, err
}

// PlanIn is Plan inside one transaction.
func PlanIn[T any](r store.Reader, in deadline.Input, plan func(deadline.Input) T) (T, error) {
	for {
		var asked []store.PersonID
		in.Unknown = func(id store.PersonID) {
			if !slices.Contains(asked, id) {
				asked = append(asked, id)
			}
		}
		out := plan(in)
		if len(asked) == 0 {
			return out, nil
		}
		if err := Meet(r, &in, asked); err != nil {
			return out, err
		}
	}
}
