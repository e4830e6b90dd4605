package schedule_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/store"
)

// watch has the supervisor get digests, on Fridays at 16:00.
func (w *world) watch() {
	w.update(func(tx store.Tx) error {
		p, err := tx.Post("10:supervisor")
		p.Digest = store.Timing{}
		return errors.Join(err, tx.PutPost(p))
	})
}

// TestDigests sends one on Friday and one after the closing, whatever dies in
// between, and freezes the period's figures before the latter.
func TestDigests(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.watch()
	w.tick("2026-12-04 15:59")
	w.told()
	w.tick("2026-12-04 16:00") // Friday
	w.told(5)
	w.restart()
	w.tick("2026-12-04 16:01")
	w.tick("2026-12-05 09:00")
	w.told()
	w.tick("2026-12-15 08:00") // Friday the 11th was slept through
	w.told(1, 2, 3)
	w.tick("2026-12-30 17:00") // the lock; so were the 18th and the 25th
	w.told(5)
	if err := w.store.View(t.Context(), func(r store.Reader) error {
		snap, err := r.Snapshot(period, "10")
		if err == nil && !snap.At.Equal(time.Date(2026, 12, 30, 17, 0, 0, 0, w.zone)) {
			t.Errorf("the figures are of %s", snap.At)
		}
		return err
	}); err != nil {
		t.Errorf("the figures are not frozen: %v", err)
	}
	var got []string
	w.update(func(tx store.Tx) error {
		for _, p := range []store.PeriodID{"", period} {
			lines, err := tx.LedgerOf(5, p)
			if err != nil {
				return err
			}
			for _, l := range lines {
				got = append(got, l.Rule+" "+l.Step+" "+l.Skipped)
			}
		}
		return nil
	})
	want := []string{"digest 2026-12-04/10 ", "digest 2026-12-11/10 late", "digest 2026-12-25/10 late", "digest closed/10 ", "escalate +2 late"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the ledger (-want +got):\n%s", diff)
	}
}
