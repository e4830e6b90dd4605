package schedule

import (
	"context"
	"errors"
	"fmt"
	"time"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// turnPeriods writes the periods that begin, with who owes them, and closes those
// that are locked, each in a transaction of its own.
func (s *Schedule) turnPeriods(ctx context.Context, now time.Time) error {
	set, err := reporting.Now(ctx, s.Store, s.Bot.Book(), now)
	if err != nil {
		return err
	}
	for _, c := range set.Campaigns {
		for _, p := range deadline.Turned(c, set.Calendar, now) {
			var owing []store.UnitCode
			if p.ListedAt.Equal(now) {
				owing = set.Owing(p)
			}
			err := s.Store.Update(ctx, func(tx store.Tx) error { return turnPeriod(tx, p, owing, now) })
			if err != nil {
				return fmt.Errorf("write period %s: %w", p.ID, err)
			}
		}
	}
	return nil
}

// turnPeriod writes a period, unless somebody closed it meanwhile.
func turnPeriod(tx store.Tx, p store.Period, owing []store.UnitCode, now time.Time) error {
	was, err := tx.Period(p.ID)
	switch {
	case errors.Is(err, store.ErrNotFound):
		if p.ClosedAt, err = frozenAt(tx, p); err != nil {
			return err
		}
	case err != nil:
		return err
	case !was.ClosedAt.IsZero():
		p.ClosedAt, p.ClosedBy, p.ClosedPost, p.Medians = was.ClosedAt, was.ClosedBy, was.ClosedPost, was.Medians
	}

	if p.ListedAt.Equal(now) {
		if err := tx.PutObliged(p.ID, owing); err != nil {
			return err
		}
	}
	return tx.PutPeriod(p)
}

// frozenAt is when a period is closed that is written only now: where its
// figures were frozen before periods were written, it was then.
func frozenAt(r store.Reader, p store.Period) (time.Time, error) {
	lines, err := r.LedgerOf(0, p.ID)
	for _, l := range lines {
		if l.Rule == deadline.Freeze {
			return l.Due, err
		}
	}
	return p.ClosedAt, err
}
