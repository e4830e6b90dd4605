package bot

import (
	"errors"
	"fmt"
	"slices"

	"danvan/store"
)

// A turn reads little, because everybody waits for the one writer. What it has
// to look through more for (a search, a list of a province, a count of models)
// is looked up ahead of it: the turn ends before it has changed anything, what it
// asked for is read in a transaction that holds up nobody, and it runs anew with
// what was found. A decision never rests on that: what a turn changes, it reads
// again itself.

// ahead ends a turn that wants to know something first.
type ahead struct {
	key  string
	look func(store.Reader) (any, error)
}

// Error says what was wanted; nobody but Handle sees it.
func (a *ahead) Error() string { return "look ahead: " + a.key }

const mostAhead = 16 // times that a turn may be ended so; more is a mistake

// Ahead returns what look finds, by a key that says what it looks for. look sees
// the store as it was a moment ago, and uses nothing but its Reader. A turn of
// the clock, for which nobody waits, looks itself.
func Ahead[T any](t *Turn, key string, look func(store.Reader) (T, error)) (T, error) {
	if t.found == nil {
		return look(t.Tx)
	}
	if v, ok := t.found[key]; ok {
		return v.(T), nil
	}
	var none T
	return none, &ahead{key, func(r store.Reader) (any, error) { return look(r) }}
}

// lookAhead finds what a turn asked for, if that is why it ended.
func (b *Bot) lookAhead(view func(func(store.Reader) error) error, err error, found map[string]any) (again bool, failed error) {
	a, ok := errors.AsType[*ahead](err)
	if !ok || len(found) >= mostAhead {
		return false, err
	}
	err = view(func(r store.Reader) error {
		v, err := a.look(r)
		found[a.key] = v
		return err
	})
	if err != nil {
		return false, fmt.Errorf("%w: %w", a, err)
	}
	return true, nil
}

const nearby = 3 // models that a turn looks at itself; looking ahead costs more

// Heads lists the models that a query finds. Where they are few the turn reads
// them, unless it has looked ahead anyway; in a province they are many.
func (t *Turn) Heads(q store.ModelQuery) ([]store.Head, error) {
	if len(t.found) == 0 {
		near := q
		near.Nearby = nearby
		if heads, err := t.Tx.Heads(near); !errors.Is(err, store.ErrFar) {
			return heads, err
		}
	}
	heads, err := Ahead(t, fmt.Sprintf("models %+v", q), func(r store.Reader) ([]store.Head, error) { return r.Heads(q) })
	return slices.Clone(heads), err
}
