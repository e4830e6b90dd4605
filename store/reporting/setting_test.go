package reporting_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot/campaigns"
	"danvan/bot/shipped"
	"danvan/store"
	"danvan/store/bolt"
	"danvan/store/deadline"
	"danvan/store/org"
	"danvan/store/reporting"
)

// house is a store with the units of An Giang and the shipped campaigns.
func house(t *testing.T) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "house.db"), bolt.Options{})
	must(t, err)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	units, err := shipped.Units("91")
	must(t, err)
	must(t, s.Update(t.Context(), func(tx store.Tx) error {
		must(t, tx.PutCampaign(campaigns.Template()))
		for _, u := range units {
			if err := tx.PutUnit(u); err != nil {
				return err
			}
		}
		return nil
	}))
	must(t, shipped.AddDays(t.Context(), s))
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestObligationsOfSome wants the units of a subtree to owe what they owe among
// all, those of a ward with a campaign of its own too.
func TestObligationsOfSome(t *testing.T) {
	t.Parallel()
	s, now := house(t), time.Date(2026, 12, 3, 9, 0, 0, 0, zone)
	h, err := reporting.Now(t.Context(), s, org.NewBook(zone), now)
	must(t, err)
	for _, root := range []store.UnitCode{"91", "30307", "30346"} {
		for _, p := range h.Periods(now, now) {
			var all, some []deadline.Obligation
			must(t, s.View(t.Context(), func(r store.Reader) (err error) {
				if all, err = h.Obligations(r, p, now, nil); err != nil {
					return err
				}
				some, err = h.Obligations(r, p, now, h.Org.Below(root))
				return err
			}))
			var want []store.UnitCode
			for _, o := range all {
				if h.Org.Under(o.Unit, root) {
					want = append(want, o.Unit)
				}
			}
			var got []store.UnitCode
			for _, o := range some {
				got = append(got, o.Unit)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s under %s (-want +got):\n%s", p.ID, root, diff)
			}
		}
	}
}
