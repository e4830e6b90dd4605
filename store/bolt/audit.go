package bolt

import (
	"encoding/binary"
	"fmt"

	"danvan/store"
)

func (r *reader) AuditOf(subject string) ([]store.Audit, error) {
	return list[store.Audit](r, audit, key(nil).text(subject))
}

func (t *tx) AddAudit(a store.Audit) error {
	a.At = utc(a.At)
	if a.ID == 0 {
		id, err := t.NewID()
		if err != nil {
			return err
		}
		a.ID = id
	}

	k := key(nil).text(a.Subject).num(a.ID)
	if t.get(audit, k) != nil {
		return fmt.Errorf("add audit %d of %q: %w", a.ID, a.Subject, store.ErrConflict)
	}

	return t.save(audit, k, a)
}

// NewID uses the sequence that a bucket carries in its header. The header
// lies in the root page, which every commit writes anyway.
func (t *tx) NewID() (uint64, error) {
	t.wrote = true
	id, err := t.bucket(meta).NextSequence()
	if err != nil {
		return 0, fmt.Errorf("new id: %w", err)
	}
	return id, nil
}

func (t *tx) NextNumber(name string) (int, error) {
	var n uint64
	if b := t.get(counters, key(name)); b != nil {
		n = binary.BigEndian.Uint64(b)
	}
	n++
	return int(n), t.put(counters, key(name), num(n))
}
