package bolt_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"danvan/store"
	"danvan/store/bolt"
)

// TestBackup backs a store up while people write, and restores it elsewhere.
func TestBackup(t *testing.T) {
	t.Parallel()
	path := writeFile(t, version10)
	dir := filepath.Dir(path)
	backup, restored := filepath.Join(dir, "backup.db"), filepath.Join(dir, "restored.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	before := dump(t, s)

	writing := make(chan error)
	go func() {
		var errs []error
		for i := range 50 {
			errs = append(errs, s.Update(t.Context(), func(tx store.Tx) error {
				return tx.PutSession(store.Session{ID: store.SessionID(1000 + i), Post: "30709:officer"})
			}))
		}
		writing <- errors.Join(errs...)
	}()
	if err := errors.Join(s.Backup(t.Context(), backup), <-writing); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), backup); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a backup was written over: %v", err)
	}
	if _, err := bolt.Check(path); !errors.Is(err, store.ErrInUse) {
		t.Errorf("a store in use was checked: %v", err)
	}
	closed(t, s, nil)

	holds, err := bolt.Restore(backup, restored)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := bolt.Check(restored); err != nil || again != holds || holds.Models == 0 || holds.Lines == 0 || holds.Version != bolt.Schema() {
		t.Errorf("it holds %+v, then %+v: %v", holds, again, err)
	}
	if _, err := bolt.Restore(backup, restored); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a store was written over: %v", err)
	}

	s, err = bolt.Open(restored, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, s, nil)
	after := dump(t, s)
	for k, v := range before {
		if k[0] != "meta" && after[k] != v { // which goes on
			t.Errorf("%s %q is %q, was %q", k[0], k[1], after[k], v)
		}
	}
}

// TestCheck wants every fault that a file may have to be named, and a backup with
// it to be refused.
func TestCheck(t *testing.T) {
	t.Parallel()
	first := func(b *bbolt.Bucket) []byte { k, _ := b.Cursor().First(); return append([]byte{}, k...) }
	change := func(name string, with func(v []byte) []byte) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte(name))
			k := first(b)
			return b.Put(k, with(append([]byte{}, b.Get(k)...)))
		}
	}
	drop := func(name string) func(*bbolt.Tx) error {
		return func(tx *bbolt.Tx) error { return tx.Bucket([]byte(name)).Delete(first(tx.Bucket([]byte(name)))) }
	}
	cut := func(v []byte) []byte { return v[:len(v)-1] }

	for name, c := range map[string]struct {
		do   func(*bbolt.Tx) error
		want error
	}{
		"a record that is cut":        {change("models", cut), store.ErrDamaged},
		"an index without an entry":   {drop("models_by_unit"), store.ErrDamaged},
		"a list without its head":     {drop("heads"), store.ErrDamaged},
		"a head of something else":    {change("heads", cut), store.ErrDamaged},
		"a model without its fact":    {drop("facts"), store.ErrDamaged},
		"a fact that is cut":          {change("facts", cut), store.ErrDamaged},
		"a fact with a step too many": {drop("progress"), store.ErrDamaged},
		"an entry of nothing": {func(tx *bbolt.Tx) error {
			return tx.Bucket([]byte("posts_by_role")).Put([]byte("\x00\x05adminnobody"), nil)
		}, store.ErrDamaged},
		"an audit line that is gone": {drop("audit"), store.ErrTampered},
		"another value in the audit": {change("audit_values", func(v []byte) []byte {
			v[len(v)-3]++
			return v
		}), store.ErrTampered},
		"nothing wrong": {func(*bbolt.Tx) error { return nil }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := writeFile(t, version10)
			s, err := bolt.Open(path, bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			err = s.Update(t.Context(), func(tx store.Tx) error {
				return tx.AddAudit(store.Audit{Subject: "model/5", At: when, Action: "state", Old: "doing", New: "done"})
			})
			if err != nil {
				t.Fatal(err)
			}
			closed(t, s, nil)
			db, err := bbolt.Open(path, 0o600, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(db.Update(c.do), db.Close()); err != nil {
				t.Fatal(err)
			}

			holds, err := bolt.Check(path)
			if !errors.Is(err, c.want) {
				t.Errorf("checked: %v, want %v", err, c.want)
			}
			if c.want == nil {
				if holds.Lines != 2 || holds.Models == 0 {
					t.Errorf("it holds %+v", holds)
				}
				return
			}
			if diff := cmp.Diff(bolt.Holdings{}, holds); diff != "" {
				t.Errorf("it holds something: %s", diff)
			}
			to := filepath.Join(filepath.Dir(path), "restored.db")
			if _, err := bolt.Restore(path, to); !errors.Is(err, c.want) {
				t.Errorf("restored: %v", err)
			}
			if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("it was restored all the same: %v", err)
			}
		})
	}
}
