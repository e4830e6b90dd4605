package schedule

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// toldAll says when everybody was told of a campaign: its announcement, and the
// edition of the posts.
type toldAll struct {
	edition int
	urged   time.Time
	posts   uint64
}

// announceMost is how many people are told in one transaction.
const announceMost = 50

// announce tells those whom an announced campaign concerns of it, in the hours in which
// people may be disturbed. Who takes a seat later is told then. That all were told is
// remembered until somebody takes a seat, and looked up in the ledger after a start.
func (s *Schedule) announce(ctx context.Context, in deadline.Input) (queued bool, err error) {
	if in.Calendar.Opens(in.Now, in.Quiet).After(in.Now) {
		return false, nil
	}
	var e store.Editions
	err = s.Store.View(ctx, func(r store.Reader) (err error) {
		e, err = r.Editions()
		return err
	})

	for _, c := range in.Campaigns {
		all := toldAll{c.Announced.Edition, c.Announced.Urged, e.Posts}
		if err != nil || c.Announced.Edition == 0 || c.To.Before(in.Calendar.Day(in.Now)) || s.announced[c.ID] == all {
			continue
		}
		var more, waits bool
		if more, waits, err = s.tell(ctx, in, c); err != nil {
			err = fmt.Errorf("announce campaign %s: %w", c.ID, err)
			break
		}
		if queued = queued || more; !waits {
			s.announced[c.ID] = all
		}
	}
	return queued, err
}

// tell tells of one campaign, some people at a time. waits says that somebody is to
// be told later.
func (s *Schedule) tell(ctx context.Context, in deadline.Input, c store.Campaign) (queued, waits bool, err error) {
	err = s.Store.View(ctx, func(r store.Reader) (err error) {
		in.Ledger, err = r.Ledger(c.Edition())
		return err
	})
	if err != nil {
		return false, false, err
	}
	plan, err := reporting.Plan(ctx, s.Store, in, func(in deadline.Input) deadline.Announcing { return deadline.PlanAnnouncement(in, c) })
	if err != nil {
		return false, false, err
	}

	waits = plan.Waits
	for some := range slices.Chunk(plan.Sends, announceMost) {
		var sent, busy bool
		err := s.Store.Update(ctx, func(tx store.Tx) (err error) {
			sent, busy, err = s.tellSome(tx, some, in.Now)
			return err
		})
		if err != nil {
			return queued, true, err
		}
		queued, waits = queued || sent, waits || busy
	}
	return queued, waits, nil
}

// tellSome tells some people in one transaction, but those who were meanwhile.
func (s *Schedule) tellSome(tx store.Tx, some []deadline.Send, now time.Time) (queued, waits bool, err error) {
	for _, send := range some {
		l := send.Lines[0]
		if _, err := tx.Sent(l.Rule, l.Period, l.Person, l.Step); !errors.Is(err, store.ErrNotFound) {
			if err != nil {
				return false, false, err
			}
			continue
		}
		sent, err := s.writeIn(tx, now, send)
		switch {
		case errors.Is(err, errWait):
			waits = true
		case err != nil:
			return false, false, err
		}
		queued = queued || sent
	}
	return queued, waits, nil
}
