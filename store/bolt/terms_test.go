package bolt_test

import (
	_ "embed"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/store"
)

// version11 is the file of version 1, as the program of schema 11 made it, with a
// model that ends on the last of the year and one that is done.
//
//go:embed testdata/v11.txt
var version11 string

// TestVersion12 opens a file of version 11: the last day of its unfinished models
// is found, until they are finished.
func TestVersion12(t *testing.T) {
	t.Parallel()
	s := openText(t, version11)

	last := store.Date{Year: 2026, Month: time.December, Day: 31}
	for _, want := range [][]store.Term{{{To: last, Unit: "30709"}}, {}} {
		err := s.Update(t.Context(), func(tx store.Tx) error {
			got, err := tx.Terms(last.AddDays(-400), last.AddDays(400))
			if d := cmp.Diff(want, got); d != "" || err != nil {
				t.Errorf("terms (-want +got), %v:\n%s", err, d)
			}
			m, err := tx.Model(101)
			if err != nil {
				return err
			}
			m.State = store.Done
			_, err = tx.PutModel(m)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
