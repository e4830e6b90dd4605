package reporting

import (
	"context"
	"errors"
	"fmt"
	"time"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
)

// Watch reads for a clock, and remembers between two of its ticks which periods
// have fallen asleep. It is not for concurrent use.
type Watch struct {
	book *org.Book
	done map[store.PeriodID]time.Time // until when a period was awake that is settled
}

// NewWatch returns a Watch that remembers nothing.
func NewWatch(b *org.Book) *Watch { return &Watch{book: b} }

// Load reads what a tick of the clock plans with. A period that is asleep costs
// the look at its exceptions and wishes, and until it is awake at the reports that
// came early; one that fell asleep while nobody looked is read once more, so that
// what was missed is recorded. settled is to be called when what the plan led to was
// written down.
func (w *Watch) Load(ctx context.Context, s store.Store, now time.Time) (in deadline.Input, settled func(), err error) {
	set, err := Now(ctx, s, w.book, now)
	if err != nil {
		return in, nil, err
	}
	in = set.input(now)

	over := map[store.PeriodID]time.Time{}
	for _, p := range set.Periods(now, now) {
		in.Periods = append(in.Periods, p.Period)
		if err := s.View(ctx, func(r store.Reader) error { return w.read(r, set, &in, p, over) }); err != nil {
			return in, nil, fmt.Errorf("read period %s: %w", p.ID, err)
		}
	}

	err = s.View(ctx, func(r store.Reader) error {
		if err := set.addEndings(r, &in, now, nil); err != nil || !deadline.CheckHours(set.Calendar, now) {
			return err
		}
		return errors.Join(set.addChecks(r, &in, nil), set.addTerms(r, &in, now, nil))
	})
	return in, func() { w.done = over }, err
}

// read reads a period, if it is awake or fell asleep since it was last settled.
func (w *Watch) read(r store.Reader, set *Setting, in *deadline.Input, p Period, over map[store.PeriodID]time.Time) error {
	moved, err := readWishes(r, p.ID)
	if err != nil {
		return err
	}
	from, until, err := set.awake(r, *in, p, moved, set.Org.Units())
	if err != nil {
		return err
	}
	asleep := !in.Now.Before(until)
	if asleep {
		over[p.ID] = until
	}
	if done, known := w.done[p.ID]; in.Now.Before(from) || asleep && known && done.Equal(until) {
		return nil
	}
	return set.addPeriod(r, in, p, moved, set.Org.Units())
}
