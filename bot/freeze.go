package bot

import (
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/gather"
)

// Freezing is a line of the ledger too: it happens once.
const (
	frozen     = "freeze"
	freezeBack = 92 // days after a cut-off in which it is still made up for
	freezeMost = 50 // units in one call
)

// FreezePeriods freezes the figures of the periods that have ended, as of their
// cut-off, for the campaign's unit and for every unit with a coordinator or a
// supervisor. It does a part of it at a time, is to be called by the clock, and
// does nothing when all is done; later or sooner, the figures are the same.
func (b *Bot) FreezePeriods(ctx context.Context, now time.Time) error {
	var todo []freeze
	err := b.Store.View(ctx, func(r store.Reader) (err error) {
		todo, err = b.unfrozen(r, now)
		return err
	})
	if err != nil {
		return fmt.Errorf("find periods to freeze: %w", err)
	}
	for _, f := range todo {
		if err := b.freeze(ctx, f, now); err != nil {
			return fmt.Errorf("freeze %s for unit %q: %w", f.period.ID, f.unit, err)
		}
	}
	return nil
}

// freeze is a period to be frozen for a unit.
type freeze struct {
	period store.Period
	unit   store.UnitCode
	last   bool // of its period
}

// unfrozen lists what is still to be frozen, a part of it.
func (b *Bot) unfrozen(r store.Reader, now time.Time) ([]freeze, error) {
	cal, err := b.book.Calendar(r)
	if err != nil {
		return nil, err
	}
	campaigns, err := r.Campaigns()
	if err != nil {
		return nil, err
	}
	today := cal.Day(now)
	var out []freeze
	for _, c := range campaigns {
		for _, p := range deadline.Periods(c, cal, today.AddDays(-freezeBack), today) {
			if !p.To.Before(today) || settled(r, p.ID, "all") {
				continue
			}
			units, err := watchedUnits(r, c)
			if err != nil {
				return nil, err
			}
			units = slices.DeleteFunc(units, func(u store.UnitCode) bool { return settled(r, p.ID, "unit/"+string(u)) })
			for i, u := range units[:min(len(units), freezeMost)] {
				out = append(out, freeze{p, u, i == len(units)-1})
			}
		}
	}
	return out, nil
}

func settled(r store.Reader, period store.PeriodID, step string) bool {
	_, err := r.Sent(frozen, period, 0, step)
	return err == nil
}

// watchedUnits are the campaign's own and those of it that somebody looks
// after.
func watchedUnits(r store.Reader, c store.Campaign) ([]store.UnitCode, error) {
	out := []store.UnitCode{c.Unit}
	for _, role := range []store.Role{store.Supervisor, store.Coordinator} {
		posts, err := r.PostsAs(role)
		if err != nil {
			return nil, err
		}
		for _, p := range posts {
			ok, err := binds(r, c.Unit, p.Unit)
			if err != nil {
				return nil, err
			}
			if ok {
				out = append(out, p.Unit)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// freeze counts outside any transaction, and keeps what it counted with the
// line that says so.
func (b *Bot) freeze(ctx context.Context, f freeze, now time.Time) error {
	at := f.period.To.AddDays(1).Time(b.Zone)
	found, err := gather.Load(ctx, b.Store, gather.Ask{
		Campaign: f.period.Campaign, Period: f.period.ID, Unit: f.unit, AsOf: at, Zone: b.Zone, Metrics: answer.Metrics(),
	})
	if err != nil {
		return err
	}
	found.Now.Submissions = nil // reports come after the cut-off
	snapshot, err := found.Now.Snapshot(f.period.ID, f.unit, at)
	if err != nil {
		return err
	}
	return b.Store.Update(ctx, func(tx store.Tx) error {
		if settled(tx, f.period.ID, "unit/"+string(f.unit)) {
			return nil
		}
		if err := tx.PutSnapshot(snapshot); err != nil {
			return err
		}
		line := store.Sent{Rule: frozen, Period: f.period.ID, Step: "unit/" + string(f.unit), At: now, Due: at, Units: []store.UnitCode{f.unit}}
		if err := tx.AddSent(line); err != nil || !f.last {
			return err
		}
		line.Step, line.Units = "all", nil
		return tx.AddSent(line)
	})
}
