package deadline

import (
	"slices"
	"time"

	"danvan/store"
)

// Turned returns what is to be written of a campaign's periods at an instant: those
// that have begun and are not written yet, those that begun ones have become.
// Their clocks follow the days off until they are due, who owes them is listed
// once more at the cut-off (ListedAt says when), and at the lock they are closed
// if nobody did before.
func Turned(c store.Campaign, cal *Calendar, now time.Time) []store.Period {
	today, from := cal.Day(now), c.From
	for _, rule := range c.Rules {
		for _, f := range rule.Free {
			if f.From.Before(from) {
				from = f.From
			}
		}
	}
	var out []store.Period
	for _, p := range c.Begun {
		if q := turned(p, cal, now); !sameTurn(p, q) {
			out = append(out, q)
		}
	}

	c.Past = true // one that nobody owes is written, too: that may change
	for _, p := range Periods(c, cal, from, today) {
		if !p.WrittenAt.IsZero() || today.Before(p.From) {
			continue
		}
		p.WrittenAt, p.ListedAt, p.Unit, p.Obliged = now, now, c.Unit, ObligedKinds(c)
		p.Rule = c.Rules[slices.IndexFunc(c.Rules, func(r store.PeriodRule) bool { return r.Kind == p.Kind })]
		out = append(out, turned(p, cal, now))
	}
	return out
}

// turned is what becomes of a written period by itself.
func turned(p store.Period, cal *Calendar, now time.Time) store.Period {
	if now.Before(p.Due) {
		p = Timed(p, cal)
	}
	if end := cal.At(p.To.AddDays(1), 0); p.ListedAt.Before(end) && !now.Before(end) {
		p.ListedAt = now
	}
	if p.ClosedAt.IsZero() && !now.Before(p.Locked) {
		p.ClosedAt = p.Locked
	}
	return p
}

func sameTurn(p, q store.Period) bool {
	return p.Due.Equal(q.Due) && p.OnTime.Equal(q.OnTime) && p.Locked.Equal(q.Locked) &&
		p.ListedAt.Equal(q.ListedAt) && p.ClosedAt.Equal(q.ClosedAt)
}

// Closing is when a period's figures were closed, or will be when nobody does
// before.
func Closing(p store.Period) time.Time {
	if p.ClosedAt.IsZero() {
		return p.Locked
	}
	return p.ClosedAt
}

// Closable reports whether a period can be closed by hand: it is over, and not
// closed yet.
func Closable(p store.Period, cal *Calendar, now time.Time) bool {
	return p.To.Before(cal.Day(now)) && now.Before(Closing(p)) && p.ClosedAt.IsZero()
}
