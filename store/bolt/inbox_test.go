package bolt_test

import (
	_ "embed"
	"testing"

	"danvan/store"
)

// version10 is the file of version 1, as the program of schema 10 made it.
//
//go:embed testdata/v10.txt
var version10 string

// TestVersion11 opens a file of version 10: nothing waits, and events can.
func TestVersion11(t *testing.T) {
	t.Parallel()
	s := openText(t, version10)

	err := s.Update(t.Context(), func(tx store.Tx) error {
		if all, err := tx.Arrivals(); len(all) != 0 || err != nil {
			t.Errorf("%d events wait, %v", len(all), err)
		}
		return tx.Await(store.Arrival{Event: "telegram/1", Body: []byte("x")})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.View(t.Context(), func(r store.Reader) error {
		all, err := r.Arrivals()
		if len(all) != 1 || all[0].Event != "telegram/1" || string(all[0].Body) != "x" {
			t.Errorf("waiting: %+v", all)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
