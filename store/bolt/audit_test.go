package bolt_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"danvan/store"
	"danvan/store/bolt"
)

// wantTampered changes a closed file behind the store's back, and wants the
// audit to tell.
func wantTampered(t *testing.T, path, how string, change func(*bbolt.Tx) error) {
	t.Helper()
	if err := checkAfter(t, path, change); !errors.Is(err, store.ErrTampered) {
		t.Errorf("%s: the check returned %v", how, err)
	}
}

func checkAfter(t *testing.T, path string, change func(*bbolt.Tx) error) error {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err == nil {
		err = errors.Join(db.Update(change), db.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, s)
	return s.View(t.Context(), store.Reader.CheckAudit)
}

// editLine replaces a text in whichever lines of the audit have it.
func editLine(tx *bbolt.Tx, old, fresh []byte) error { return edit(tx, "audit", old, fresh) }

func edit(tx *bbolt.Tx, bucket string, old, fresh []byte) error {
	b := tx.Bucket([]byte(bucket))
	changed := map[string][]byte{}
	err := b.ForEach(func(k, v []byte) error {
		if bytes.Contains(v, old) {
			changed[string(k)] = bytes.Replace(v, old, fresh, 1)
		}
		return nil
	})
	for k, v := range changed {
		err = errors.Join(err, b.Put([]byte(k), v))
	}
	return err
}

// TestTampering changes an audit in every way that AddAudit does not.
func TestTampering(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "danvan.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for id, subject := range []string{"model/2", "model/1", "model/2"} {
		err := s.Update(t.Context(), func(tx store.Tx) error {
			return tx.AddAudit(store.Audit{ID: uint64(id + 1), At: when, Subject: subject, Action: "state", Old: "waiting", New: "accepted"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	closed(t, s, nil)
	file := readFile(t, path)

	lineOf := func(id byte) []byte { return []byte("\x00\amodel/2\x00\x00\x00\x00\x00\x00\x00" + string(id)) }
	for how, change := range map[string]func(*bbolt.Tx) error{
		"another action": func(tx *bbolt.Tx) error { return editLine(tx, []byte(`"state"`), []byte(`"merge"`)) },
		"another time":   func(tx *bbolt.Tx) error { return editLine(tx, []byte(`"at":"2026`), []byte(`"at":"2025`)) },
		"another value": func(tx *bbolt.Tx) error {
			return edit(tx, "audit_values", []byte("accepted"), []byte("rejected"))
		},
		"the first line gone": func(tx *bbolt.Tx) error { return tx.Bucket([]byte("audit")).Delete(lineOf(1)) },
		"the last line gone":  func(tx *bbolt.Tx) error { return tx.Bucket([]byte("audit")).Delete(lineOf(3)) },
		"a line twice": func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte("audit"))
			return b.Put(lineOf(9), bytes.Clone(b.Get(lineOf(3))))
		},
	} {
		wantTampered(t, writeFile(t, file), how, change)
	}

	erase := func(tx *bbolt.Tx) error { return tx.Bucket([]byte("audit_values")).Delete(lineOf(1)) }
	if err := checkAfter(t, path, erase); err != nil {
		t.Errorf("erased values: %v", err)
	}
}
