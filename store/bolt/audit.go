package bolt

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"

	"go.etcd.io/bbolt"

	"danvan/store"
)

// auditKey is where meta keeps the end of the audit's chain, 8 bytes and the
// hash. Every commit writes meta anyway.
const auditKey = "audit"

// saltSize is enough that nobody can try out all salts.
const saltSize = 16

func (r *reader) AuditOf(subject string) ([]store.Audit, error) {
	all := []store.Audit{}
	for k, b := range r.scan(audit, key(nil).text(subject)) {
		a, err := r.opened(k, b)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// opened is a sealed line with its values.
func (r *reader) opened(k, b []byte) (store.Audit, error) {
	s, err := decode[store.SealedAudit](b)
	if err != nil {
		return store.Audit{}, err
	}
	v, err := r.auditValues(k)
	return s.Open(v), err
}

// auditValues are nil where they were erased, or where there were none.
func (r *reader) auditValues(k key) (*store.AuditValues, error) {
	b := r.get(auditValues, k)
	if b == nil {
		return nil, nil
	}
	v, err := decode[store.AuditValues](b)
	return &v, err
}

func (r *reader) AuditHolding(wanted func(string) bool) ([]store.Audit, error) {
	all := []store.Audit{}
	for k, b := range r.scan(auditValues, nil) {
		v, err := decode[store.AuditValues](b)
		if err != nil {
			return nil, err
		}
		if !wanted(v.Old) && !wanted(v.New) {
			continue
		}
		a, err := r.opened(k, r.get(audit, k))
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

func (r *reader) CheckAudit() error {
	var check store.AuditCheck
	for k, b := range r.scan(audit, nil) {
		s, err := decode[store.SealedAudit](b)
		if err != nil {
			return err
		}
		v, err := r.auditValues(k)
		if err != nil {
			return err
		}
		if err := check.Add(s, v); err != nil {
			return err
		}
	}
	return check.End(r.auditEnd())
}

// auditEnd is where the next line goes on from.
func (r *reader) auditEnd() store.AuditEnd {
	b := r.get(meta, key(auditKey))
	if len(b) < 8 {
		return new(store.AuditCheck).Begin()
	}
	return store.AuditEnd{Seq: binary.BigEndian.Uint64(b), Hash: append([]byte{}, b[8:]...)}
}

func packAuditEnd(end store.AuditEnd) []byte { return append(num(end.Seq), end.Hash...) }

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

	salt, err := t.salt()
	if err != nil {
		return err
	}
	if t.audit == nil {
		end := t.auditEnd()
		t.audit = &end
	}
	s, v := t.audit.Seal(a, salt)
	*t.audit = store.AuditEnd{Seq: s.Seq, Hash: s.Hash}
	if err := t.put(meta, key(auditKey), packAuditEnd(*t.audit)); err != nil {
		return err
	}
	if err := t.save(audit, k, s); err != nil || v == nil {
		return err
	}
	return t.save(auditValues, k, v)
}

func (t *tx) salt() ([]byte, error) {
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(t.random, salt); err != nil {
		return nil, fmt.Errorf("salt an audit line: %w", err)
	}
	return salt, nil
}

func (t *tx) EraseAudit(subject string, id uint64) error {
	return t.delete(auditValues, key(nil).text(subject).num(id))
}

// chainAudit makes version 7: the values of the audit lie beside its lines, and
// the chain of those to come begins with a hash of those that stand.
func chainAudit(btx *bbolt.Tx) error {
	if _, err := btx.CreateBucket([]byte("audit_values")); err != nil {
		return fmt.Errorf("create bucket audit_values: %w", err)
	}

	t := &tx{reader: reader{tx: btx}, random: rand.Reader}
	var stood store.AuditCheck
	lines := map[string]store.SealedAudit{} // put when the walk is over
	for k, b := range t.scan(audit, nil) {
		a, err := decode[store.Audit](b)
		if err != nil {
			return fmt.Errorf("audit line %d: %w", tail(k), err)
		}

		salt, err := t.salt()
		if err != nil {
			return err
		}
		s, v := stood.Stand(a, salt)
		lines[string(k)] = s
		if v != nil {
			err = t.save(auditValues, k, v)
		}
		if err != nil {
			return err
		}
	}

	for k, s := range lines {
		if err := t.save(audit, key(k), s); err != nil {
			return err
		}
	}
	return t.put(meta, key("audit"), packAuditEnd(stood.Begin()))
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
