package bolt

import (
	"fmt"

	"danvan/store"
)

// Editions are the sequences of the records' own buckets, which nothing else
// uses. Like NewID's they lie in the root page.
func (r *reader) Editions() (store.Editions, error) {
	of := func(name bucket) uint64 { return r.bucket(name).Sequence() }
	return store.Editions{Units: of(units), Posts: of(posts), Campaigns: of(campaigns), Days: of(specialDays)}, nil
}

// newEdition begins the next edition of a kind of record.
func (t *tx) newEdition(name bucket) (uint64, error) {
	t.wrote = true
	n, err := t.bucket(name).NextSequence()
	if err != nil {
		return 0, fmt.Errorf("new edition of %s: %w", name, err)
	}
	return n, nil
}

// changed begins a new edition with a record that was put, and moves the
// record's one entry in the list of changes there.
func (t *tx) changed(name bucket, id string) error {
	edition, err := t.newEdition(name)
	if err != nil {
		return err
	}

	at := key(nil).text(string(name)).raw(id)
	if last := t.get(editions, at); last != nil {
		if err := t.delete(changes, changeOf(name, tail(last), id)); err != nil {
			return err
		}
	}
	if err := t.put(editions, at, num(edition)); err != nil {
		return err
	}
	return t.put(changes, changeOf(name, edition, id), nil)
}

func changeOf(name bucket, edition uint64, id string) key {
	return key(nil).text(string(name)).num(edition).raw(id)
}

// changedSince lists the records that were put after an edition.
func changedSince[T any](r *reader, name bucket, edition uint64) ([]T, error) {
	all := []T{}
	kind := key(nil).text(string(name))
	for k := range r.scanFrom(changes, kind, changeOf(name, edition+1, "")) {
		v, err := find[T](r, name, k[len(kind)+8:])
		if err != nil {
			return nil, fmt.Errorf("follow the changes of %s: %w", name, err)
		}
		all = append(all, v)
	}
	return all, nil
}
