package agenda

import (
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/deadline"
)

// input is what an Input holds before anything that changes all day is read.
func (h *House) input(now time.Time) deadline.Input {
	return deadline.Input{
		Now: now, Calendar: h.Calendar, Quiet: Quiet(), Bound: Bound, Campaigns: h.Campaigns, Tree: h.Tree, Posts: h.Posts,
		People: map[store.PersonID]deadline.Person{},
	}
}

// day is what changes of a period all day.
type day struct {
	reports    []store.Report
	exceptions []store.Exception
	deferrals  []store.Deferral
	ledger     []store.Sent
}

// Load reads what a tick of the clock plans with. A period that is asleep costs
// the look at its exceptions and wishes; one that fell asleep while nobody
// looked is read once more, so that what was missed is recorded. settled is to
// be called when what the plan led to was written down.
func (b *Book) Load(ctx context.Context, s store.Store, now time.Time) (in deadline.Input, settled func(), err error) {
	h, err := b.Refresh(ctx, s)
	if err != nil {
		return in, nil, err
	}
	in = h.input(now)
	over := map[store.PeriodID]time.Time{}
	for _, p := range h.Periods(now, now) {
		in.Periods = append(in.Periods, p.Period)
		var d day
		err := s.View(ctx, func(r store.Reader) error {
			d = day{}
			if err := d.readWishes(r, p.ID); err != nil {
				return err
			}
			from, until := deadline.Awake(in, p.Period, d.exceptions, d.deferrals)
			if !now.Before(until) {
				over[p.ID] = until
			}
			if now.Before(from) || b.settled(p.ID, over[p.ID]) {
				return nil
			}
			if err := d.readReports(r, p.ID); err != nil {
				return err
			}
			d.ledger, err = r.Ledger(p.ID)
			return err
		})
		if err != nil {
			return in, nil, fmt.Errorf("read period %s: %w", p.ID, err)
		}
		if d.reports != nil {
			h.add(&in, p, d, h.Units)
		}
	}
	return in, func() { b.settle(over) }, nil
}

// settled says whether a period that was awake until an instant was looked at
// since.
func (b *Book) settled(p store.PeriodID, until time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return !until.IsZero() && b.done[p].Equal(until)
}

// settle notes until when the periods were awake that are over.
func (b *Book) settle(over map[store.PeriodID]time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done = over
}

// Ahead reads, in one transaction, what Preview of some units needs from now
// until an instant. Nobody is known in it: People is what the caller adds.
func (h *House) Ahead(r store.Reader, now, until time.Time, units []store.Unit) (deadline.Input, error) {
	in := h.input(now)
	for _, p := range h.Periods(now, until) {
		var d day
		if err := d.readWishes(r, p.ID); err != nil {
			return in, err
		}
		in.Periods = append(in.Periods, p.Period)
		if from, to := deadline.Awake(in, p.Period, d.exceptions, d.deferrals); until.Before(from) || !now.Before(to) {
			continue
		}
		if err := d.readReports(r, p.ID); err != nil {
			return in, err
		}
		var err error
		if d.ledger, err = r.Ledger(p.ID); err != nil {
			return in, err
		}
		h.add(&in, p, d, units)
	}
	return in, nil
}

// AddDigests adds to an Input what some people were told by digests.
func AddDigests(r store.Reader, in *deadline.Input, people ...store.PersonID) error {
	for _, id := range people {
		lines, err := r.LedgerOf(id, "")
		if err != nil {
			return err
		}
		in.Ledger = append(in.Ledger, lines...)
	}
	return nil
}

// Supervisors lists who watches units, or stands in for somebody who does.
func (h *House) Supervisors() []store.PersonID {
	seen := map[store.PersonID]bool{0: true}
	var out []store.PersonID
	for _, p := range h.Posts {
		for _, id := range []store.PersonID{p.Holder, p.Deputy} {
			if p.Role == store.Supervisor && !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}

// Obligations reads who of some units owes the report of a period.
func (h *House) Obligations(r store.Reader, p Period, now time.Time, units []store.Unit) ([]deadline.Obligation, error) {
	reports, err := r.Reports(p.ID)
	if err != nil {
		return nil, err
	}
	exceptions, err := r.Exceptions(p.ID)
	if err != nil {
		return nil, err
	}
	return deadline.Obligations(p.Period, p.Of, h.withAbove(units), reports, exceptions, h.Calendar, now), nil
}

// withAbove adds to some units those above them, by which a campaign's subtree
// is told. These come without a kind, so that they owe nothing themselves.
func (h *House) withAbove(units []store.Unit) []store.Unit {
	if len(units) == len(h.Units) {
		return units
	}
	there := make(map[store.UnitCode]bool, len(units))
	for _, u := range units {
		there[u.Code] = true
	}
	out := slices.Clone(units)
	for _, u := range units {
		for above := range h.Tree.Up(u.Code) {
			if !there[above] {
				there[above] = true
				out = append(out, store.Unit{Code: above, Parent: h.Tree[above].Parent})
			}
		}
	}
	return out
}

// add puts a period that is awake into an Input.
func (h *House) add(in *deadline.Input, p Period, d day, units []store.Unit) {
	in.Obligations = append(in.Obligations, deadline.Obligations(p.Period, p.Of, h.withAbove(units), d.reports, d.exceptions, h.Calendar, in.Now)...)
	in.Ledger = append(in.Ledger, d.ledger...)
	in.Deferrals = append(in.Deferrals, d.deferrals...)
}

func (d *day) readWishes(r store.Reader, p store.PeriodID) (err error) {
	if d.exceptions, err = r.Exceptions(p); err != nil {
		return err
	}
	d.deferrals, err = r.Deferrals(p)
	return err
}

func (d *day) readReports(r store.Reader, p store.PeriodID) (err error) {
	d.reports, err = r.Reports(p)
	if d.reports == nil {
		d.reports = []store.Report{}
	}
	return err
}
