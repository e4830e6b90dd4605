package bolt

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"

	"go.etcd.io/bbolt"

	"danvan/store"
)

// reader is a transaction that can only ask. It is a type of its own so that
// View's argument cannot be turned into one that writes.
type reader struct {
	tx        *bbolt.Tx
	campaigns *memo[store.Campaign]
	visited   func() // nil: nobody counts
}

var _ store.Reader = (*reader)(nil)

// tx is one closure's view of a write transaction.
type tx struct {
	reader
	random io.Reader
	audit  *store.AuditEnd // its end, once this transaction has gone on from it
	wrote  bool            // whether there is something to roll back
}

var _ store.Tx = (*tx)(nil)

func (r *reader) bucket(name bucket) *bbolt.Bucket { return r.tx.Bucket([]byte(name)) }

// get returns the bytes under a key, nil if there are none. They die with the
// transaction.
func (r *reader) get(name bucket, k key) []byte {
	r.visit()
	return r.bucket(name).Get(k)
}

// visit counts a key that is looked at, for whoever wants to know.
func (r *reader) visit() {
	if r.visited != nil {
		r.visited()
	}
}

// scan walks the keys with a prefix in their order. Nothing may be written to
// the bucket meanwhile.
func (r *reader) scan(name bucket, prefix key) iter.Seq2[[]byte, []byte] {
	return r.scanFrom(name, prefix, prefix)
}

// scanFrom is scan, beginning at a key.
func (r *reader) scanFrom(name bucket, prefix, from key) iter.Seq2[[]byte, []byte] {
	return func(yield func(k, v []byte) bool) {
		c := r.bucket(name).Cursor()
		for k, v := c.Seek(from); k != nil; k, v = c.Next() {
			r.visit() // that which ends the walk, too
			if !bytes.HasPrefix(k, prefix) || !yield(k, v) {
				return
			}
		}
	}
}

// find decodes one record.
func find[T any](r *reader, name bucket, k key) (T, error) {
	b := r.get(name, k)
	if b == nil {
		var none T
		return none, store.ErrNotFound
	}
	return decode[T](b)
}

// list decodes every record with a prefix.
func list[T any](r *reader, name bucket, prefix key) ([]T, error) {
	return listWith(r, decode[T], name, prefix)
}

// listWith decodes every record with a prefix in a way of its own.
func listWith[T any](r *reader, decode func([]byte) (T, error), name bucket, prefix key) ([]T, error) {
	all := []T{}
	for _, b := range r.scan(name, prefix) {
		v, err := decode(b)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}

// listBy decodes the records of a bucket that an index names: what follows
// the prefix in a key of the index is the key of the record.
func listBy[T any](r *reader, index bucket, prefix key, name bucket) ([]T, error) {
	all := []T{}
	for k := range r.scan(index, prefix) {
		v, err := find[T](r, name, k[len(prefix):])
		if err != nil {
			return nil, fmt.Errorf("follow index %s: %w", index, err)
		}
		all = append(all, v)
	}
	return all, nil
}

// appended are the buckets whose keys grow and whose records are never written
// again: their pages are filled. bbolt leaves half of a page for what may come
// between, and for records that grow.
var appended = map[bucket]bool{events: true, remotes: true, delivered: true}

const appendFill = 0.95

func (t *tx) put(name bucket, k key, v []byte) error {
	t.wrote = true
	if v == nil {
		v = []byte{} // inside its transaction a nil value reads like a missing key
	}
	b := t.bucket(name)
	if appended[name] {
		b.FillPercent = appendFill
	}
	if err := b.Put(k, v); err != nil {
		return fmt.Errorf("put into %s: %w", name, err)
	}
	return nil
}

func (t *tx) delete(name bucket, k key) error {
	t.wrote = true
	if err := t.bucket(name).Delete(k); err != nil {
		return fmt.Errorf("delete from %s: %w", name, err)
	}
	return nil
}

// save encodes a record and puts it.
func (t *tx) save(name bucket, k key, v any) error {
	b, err := encode(v)
	if err != nil {
		return err
	}
	return t.put(name, k, b)
}

// entry is a key of an index and what it leads to.
type entry struct {
	index bucket
	key   key
	value []byte
}

// reindex turns a record's entries from what they were into what they are
// now, and writes only what differs.
func (t *tx) reindex(was, now []entry) error {
	same := func(a entry) func(entry) bool {
		return func(b entry) bool {
			return a.index == b.index && bytes.Equal(a.key, b.key) && bytes.Equal(a.value, b.value)
		}
	}

	for _, e := range was {
		if !slices.ContainsFunc(now, same(e)) {
			if err := t.delete(e.index, e.key); err != nil {
				return err
			}
		}
	}

	for _, e := range now {
		if !slices.ContainsFunc(was, same(e)) {
			if err := t.put(e.index, e.key, e.value); err != nil {
				return err
			}
		}
	}

	return nil
}
