package digest_test

import (
	"context"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/store"
	"danvan/store/figures"

	"github.com/google/go-cmp/cmp"
)

// TestFreeze freezes a period once, as of its lock: sooner or later comes to
// the same, and what changes afterwards changes nothing that was frozen.
func TestFreeze(t *testing.T) {
	t.Parallel()
	sooner, later := world{bottest.Named(t, "vi", "figures")}, world{bottest.Named(t, "vi", "figures")}
	sooner.strike(sooner.Day(12, 30, 17, 0))
	at := sooner.frozen()
	if !at.At.Equal(sooner.Day(12, 30, 17, 0)) {
		t.Errorf("the figures are as of %s", at.At)
	}
	later.Now = later.Day(1, 4, 9, 0).AddDate(1, 0, 0)
	later.acceptAll() // after the lock
	later.strike(later.Now)
	if diff := cmp.Diff(at, later.frozen()); diff != "" {
		t.Errorf("frozen five days later (-sooner +later):\n%s", diff)
	}
	sooner.Now = sooner.Day(12, 31, 9, 0)
	sooner.acceptAll()
	lines := sooner.nudged()
	sooner.strike(sooner.Day(12, 31, 9, 1))
	sooner.strike(sooner.Day(12, 31, 9, 2))
	if diff := cmp.Diff(at, sooner.frozen()); diff != "" {
		t.Errorf("what was frozen changed (-before +after):\n%s", diff)
	}
	if more := sooner.nudged(); more != lines {
		t.Errorf("%d lines after %d: frozen again", more, lines)
	}
	f, err := figures.Thaw(at)
	bottest.Must(t, err)
	if n := f.Count(figures.New); n != 7 {
		t.Errorf("%d new models were frozen, want 7", n)
	}
}

// TestFreezeDies lets the store fail in the middle of freezing: the next tick
// makes up for it, and nothing is done twice.
func TestFreezeDies(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "figures")}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	w.Now = w.Day(12, 30, 17, 1)
	if err := w.Schedule.Tick(ctx, w.Now); err == nil {
		t.Error("no error from a store that is not answering")
	}
	bottest.Must(t, w.Restart())
	bottest.Must(t, w.Schedule.Tick(context.Background(), w.Now))
	once := w.nudged()
	bottest.Must(t, w.Schedule.Tick(context.Background(), w.Now))
	if again := w.nudged(); once == 0 || again != once {
		t.Errorf("%d lines, then %d", once, again)
	}
	var steps []string
	w.View(func(r store.Reader) error {
		lines, err := r.Ledger(bottest.Period)
		for _, l := range lines {
			steps = append(steps, l.Rule+" "+l.Step)
		}
		return err
	})
	if got := strings.Join(steps, ", "); !strings.Contains(got, "freeze unit/91") || !strings.Contains(got, "freeze all") {
		t.Errorf("the ledger says %s", got)
	}
}
