package bolt_test

import (
	"testing"

	"danvan/store"
)

// TestVersion14 opens a file of a version before 14: tables of models can come in.
func TestVersion14(t *testing.T) {
	t.Parallel()
	s := openText(t, version11)
	if err := s.Update(t.Context(), func(tx store.Tx) error { return tx.PutBatch(store.Batch{ID: 1, Source: "a.xlsx"}) }); err != nil {
		t.Fatal(err)
	}
	err := s.View(t.Context(), func(r store.Reader) error {
		b, err := r.Batch(1)
		if b.Source != "a.xlsx" {
			t.Errorf("got %+v", b)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
