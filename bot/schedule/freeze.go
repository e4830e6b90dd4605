package schedule

import (
	"context"
	"errors"
	"fmt"

	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
	"danvan/store/reporting"
)

// freeze keeps the figures of the periods that are closed, as of then. It
// ends at the first unit that fails, so that no period counts as frozen without
// it; the next tick goes on there.
func (s *Schedule) freeze(ctx context.Context, in deadline.Input) error {
	for _, send := range deadline.PlanFreezes(in) {
		if err := s.writeSnapshot(ctx, send.Lines); err != nil {
			return fmt.Errorf("freeze %s, %s: %w", send.Lines[0].Period, send.Lines[0].Step, err)
		}
	}
	return nil
}

// writeSnapshot counts a unit's figures outside any transaction, and keeps them
// with the lines of the ledger that say so.
func (s *Schedule) writeSnapshot(ctx context.Context, lines []store.Sent) error {
	period, unit, at := lines[0].Period, lines[0].Units[0], lines[0].Due
	found, err := reporting.Load(ctx, s.Store, s.Bot.Book(), reporting.Ask{
		Campaign: period.Campaign(), Period: period, Unit: unit, AsOf: at, Metrics: answer.Metrics(),
	})
	if err != nil {
		return err
	}
	if found.Adjusted != nil { // Now is what is frozen already for a unit above
		found.Now = found.Adjusted
	}
	snapshot, err := found.Now.Snapshot(period, unit, at)
	if err != nil {
		return err
	}

	err = s.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.PutSnapshot(snapshot); err != nil {
			return err
		}
		if err := keepMedians(tx, period, unit, found.Now); err != nil {
			return err
		}
		return addLines(tx, lines)
	})
	if errors.Is(err, store.ErrConflict) {
		return nil // it was done meanwhile
	}
	return err
}

// keepMedians keeps with a period what the models of its campaign's own unit have,
// so that what is typed later can be held against it without reading them all. It is
// held against the last period's: those before it, which are read with every campaign,
// keep theirs no longer.
func keepMedians(tx store.Tx, period store.PeriodID, unit store.UnitCode, f *figures.Figures) error {
	p, err := tx.Period(period)
	if errors.Is(err, store.ErrNotFound) || err == nil && p.Unit != unit {
		return nil
	}
	if err != nil {
		return err
	}
	p.Medians = f.Medians()
	if err := tx.PutPeriod(p); err != nil {
		return err
	}

	c, err := tx.Campaign(p.Campaign)
	for _, q := range c.Begun {
		if q.To.Before(p.To) && q.Medians != nil {
			q.Medians = nil
			err = errors.Join(err, tx.PutPeriod(q))
		}
	}
	return err
}
