package schedule

import (
	"context"
	"errors"
	"fmt"

	"danvan/bot"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// slot is what a line of the ledger is found by.
type slot struct {
	rule, step string
	period     store.PeriodID
	person     store.PersonID
}

func slotOf(l store.Sent) slot { return slot{l.Rule, l.Step, l.Period, l.Person} }

// digests queues the digests that supervisors are to get now. A supervisor's
// last digest is planned again at every tick; that it went out is remembered,
// and looked up in the ledger once after a start.
func (s *Schedule) digests(ctx context.Context, in deadline.Input) (queued bool, err error) {
	sends, err := reporting.Plan(ctx, s.Store, in, deadline.PlanDigests)
	if err != nil {
		return false, fmt.Errorf("plan the digests: %w", err)
	}
	told := map[slot]bool{}
	defer func() { s.told = told }()

	var errs []error
	for _, send := range sends {
		key := slotOf(send.Lines[0])
		if s.told[key] {
			told[key] = true
			continue
		}
		if err := ctx.Err(); err != nil {
			return queued, err
		}

		sent, err := s.writeDigest(ctx, in, send)
		if err != nil {
			errs = append(errs, fmt.Errorf("digest to person %d: %w", send.Person, err))
			if store.Unwritten(err) {
				break
			}
			continue
		}
		told[key], queued = true, queued || sent
	}
	return queued, errors.Join(errs...)
}

// writeDigest queues one digest and writes the lines that stand for it, in one
// transaction.
func (s *Schedule) writeDigest(ctx context.Context, in deadline.Input, send deadline.Send) (queued bool, err error) {
	err = s.Store.Update(ctx, func(tx store.Tx) error {
		queued = false
		line := send.Lines[0] // anew, for this may run again
		for _, item := range send.Items {
			post, _ := in.Org.Seat(item.Post)
			for _, other := range []store.PersonID{post.Holder, post.Deputy} {
				switch _, err := tx.Sent(line.Rule, line.Period, other, line.Step); {
				case err == nil:
					return store.ErrConflict // who stands in, or whom they stand in for, has it
				case !errors.Is(err, store.ErrNotFound):
					return err
				}
			}

			matter := store.Matter{Rule: line.Rule, Step: line.Step, Post: item.Post, Unit: item.Unit, Period: item.Period}
			line.Message, err = s.Bot.Queue(tx, send.Person, bot.Due{Matter: matter, Now: in.Now, Key: keyOf(line)})
			if err != nil {
				return err
			}
			if queued = line.Message != 0; !queued {
				line.Skipped = deadline.OwesNothing // no campaign binds the unit
			}
		}
		return addLines(tx, append([]store.Sent{line}, send.Lines[1:]...))
	})

	if errors.Is(err, store.ErrConflict) {
		return false, nil // it was done before
	}
	return queued && err == nil, err
}
