package bolt

import (
	"encoding/binary"
	"fmt"

	"danvan/store"
)

// editionsKey is where meta keeps the editions: 8 bytes each, in the order of
// editionOf. A turn reads them first, and meta it opens anyway.
const editionsKey = "editions"

// The places of the editions.
const (
	ofUnits = iota
	ofPosts
	ofDays
	allEditions
)

// editionOf is the place of a bucket's edition.
var editionOf = map[bucket]int{units: ofUnits, posts: ofPosts, specialDays: ofDays}

func (r *reader) Editions() (store.Editions, error) {
	n := r.editions()
	return store.Editions{Units: n[ofUnits], Posts: n[ofPosts], Days: n[ofDays]}, nil
}

func (r *reader) editions() (n [allEditions]uint64) {
	packed := r.get(meta, key(editionsKey)) // none before the first
	for i := range len(packed) / 8 {
		n[i] = binary.BigEndian.Uint64(packed[8*i:])
	}
	return n
}

// newEdition begins the next edition of a kind of record.
func (t *tx) newEdition(name bucket) (uint64, error) {
	n := t.editions()
	n[editionOf[name]]++
	return n[editionOf[name]], t.put(meta, key(editionsKey), packEditions(n))
}

func packEditions(n [allEditions]uint64) (b []byte) {
	for _, edition := range n {
		b = binary.BigEndian.AppendUint64(b, edition)
	}
	return b
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
