package bolt_test

import (
	_ "embed"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"danvan/store"
	"danvan/store/bolt"
)

// version6 is a file as the program of schema 6 made it, and a registration
// mended.
//
//go:embed testdata/v6.txt
var version6 string

// TestVersion7 opens a file of version 6: the audit says the same, its chain
// begins with what stood, and old values can be erased, too.
func TestVersion7(t *testing.T) {
	t.Parallel()
	path := writeFile(t, version6)
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	mended := store.Audit{
		ID: 14, At: time.Date(2026, time.October, 4, 2, 0, 0, 0, time.UTC), Who: 7, Post: "30709:officer", Subject: "model/6",
		Action: "mend", Field: "registrant", Old: "Trần Thị B", New: "Nguyễn Văn A",
	}
	want := func(want store.Audit) {
		t.Helper()
		err := s.View(t.Context(), func(r store.Reader) error {
			got, err := r.AuditOf("model/6")
			if d := cmp.Diff(want, got[1]); d != "" {
				t.Errorf("the second line (-want +got):\n%s", d)
			}
			return errors.Join(err, r.CheckAudit())
		})
		if err != nil {
			t.Error(err)
		}
	}
	want(mended)

	err = s.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(tx.EraseAudit("model/6", 14),
			tx.AddAudit(store.Audit{Subject: "model/5", At: when, Action: "state", Old: "doing", New: "done"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	erased := mended
	erased.Old, erased.New, erased.Erased = "", "", true
	want(erased)
	closed(t, s, nil)

	wantTampered(t, path, "what stood before the chain was changed", func(tx *bbolt.Tx) error {
		return editLine(tx, []byte("registrant"), []byte("contact"))
	})
}
