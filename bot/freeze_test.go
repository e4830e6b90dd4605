package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/store"
	"danvan/store/figures"
)

// frozen returns what was frozen of the half-year for the province.
func (w *world) frozen() (s store.Snapshot) {
	w.t.Helper()
	w.view(func(r store.Reader) (err error) {
		s, err = r.Snapshot(period, "91")
		return err
	})
	return s
}

// acceptAll accepts what waits, now.
func (w *world) acceptAll() {
	w.t.Helper()
	must(w.t, w.store.Update(context.Background(), func(tx store.Tx) error {
		heads, err := tx.Heads(store.ModelQuery{States: []store.State{store.Waiting}})
		for _, h := range heads {
			m, modelErr := tx.Model(h.ID)
			m.State = store.Accepted
			_, putErr := tx.PutModel(m)
			err = errors.Join(err, modelErr, putErr, tx.AddReview(store.Review{
				ID: store.ReviewID(h.ID), Model: h.ID, Was: store.Waiting, State: store.Accepted, At: w.now,
			}))
		}
		return err
	}))
}

// TestFreeze freezes a period once, as of its cut-off: sooner or later comes to
// the same, and what changes afterwards changes nothing that was frozen.
func TestFreeze(t *testing.T) {
	t.Parallel()
	sooner, later := newFiguresWorld(t, "vi", false), newFiguresWorld(t, "vi", false)
	sooner.strike(sooner.day(12, 15, 0, 0))
	at := sooner.frozen()
	if !at.At.Equal(sooner.day(12, 15, 0, 0)) {
		t.Errorf("the figures are as of %s", at.At)
	}
	later.now = later.day(12, 20, 9, 0)
	later.acceptAll() // after the cut-off
	later.strike(later.now)
	if diff := cmp.Diff(at, later.frozen()); diff != "" {
		t.Errorf("frozen five days later (-sooner +later):\n%s", diff)
	}
	sooner.now = sooner.day(12, 16, 9, 0)
	sooner.acceptAll()
	lines := sooner.nudged()
	sooner.strike(sooner.day(12, 16, 9, 1))
	sooner.strike(sooner.day(12, 16, 9, 2))
	if diff := cmp.Diff(at, sooner.frozen()); diff != "" {
		t.Errorf("what was frozen changed (-before +after):\n%s", diff)
	}
	if more := sooner.nudged(); more != lines+1 { // the digest of the cut-off
		t.Errorf("%d lines after %d: frozen again", more, lines)
	}
	f, err := figures.Thaw(at)
	must(t, err)
	if n := f.Count(figures.New); n != 7 {
		t.Errorf("%d new models were frozen, want 7", n)
	}
}

// TestFreezeDies lets the store fail in the middle of freezing: the next tick
// makes up for it, and nothing is done twice.
func TestFreezeDies(t *testing.T) {
	t.Parallel()
	w := newFiguresWorld(t, "vi", false)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	w.now = w.day(12, 15, 0, 1)
	if err := w.bot.FreezePeriods(ctx, w.now); err == nil {
		t.Error("no error from a store that is not answering")
	}
	must(t, w.Restart())
	must(t, w.bot.FreezePeriods(context.Background(), w.now))
	once := w.nudged()
	must(t, w.bot.FreezePeriods(context.Background(), w.now))
	if again := w.nudged(); once == 0 || again != once {
		t.Errorf("%d lines, then %d", once, again)
	}
	var steps []string
	w.view(func(r store.Reader) error {
		lines, err := r.Ledger(period)
		for _, l := range lines {
			steps = append(steps, l.Rule+" "+l.Step)
		}
		return err
	})
	if got := strings.Join(steps, ", "); !strings.Contains(got, "freeze unit/91") || !strings.Contains(got, "freeze all") {
		t.Errorf("the ledger says %s", got)
	}
}
