package bolt_test

import (
	"errors"
	"testing"

	"danvan/store"
)

// TestMemo changes a campaign that has been read before: each transaction sees
// what it would see without a memory.
func TestMemo(t *testing.T) {
	t.Parallel()
	s := openTemp(t)
	named := func(n string) store.Campaign {
		return store.Campaign{ID: "2026", Document: n, Fields: []store.Option{{Key: "KT", Label: store.Label{"vi": n}}}}
	}
	see := func(r store.Reader, want string) error {
		c, err := r.Campaign("2026")
		if err != nil {
			return err
		}
		all, err := r.Campaigns()
		if err != nil {
			return err
		}
		if c.Document != want || len(all) != 1 || all[0].Fields[0].Label["vi"] != want {
			t.Errorf("the campaign is %v, the list %v; want %s", c, all, want)
		}
		return nil
	}
	put := func(tx store.Tx, n string) error { return errors.Join(tx.PutCampaign(named(n)), see(tx, n)) }
	if err := s.Update(t.Context(), func(tx store.Tx) error { return put(tx, "first") }); err != nil {
		t.Fatal(err)
	}
	err := s.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(see(tx, "first"), put(tx, "second"), put(tx, "third"), errStop)
	})
	if !errors.Is(err, errStop) {
		t.Fatal(err)
	}
	if err := s.View(t.Context(), func(r store.Reader) error { return see(r, "first") }); err != nil {
		t.Fatal(err)
	}
}
