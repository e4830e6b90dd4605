package deadline

import (
	"cmp"
	"slices"
	"time"

	"danvan/store"
)

// PlanDigests returns the digests that supervisors are to get now, each a Send
// with one Item: the one of their choice (store.Timing), on the working day
// before where it would fall on a day off, and one when Input.Periods are
// closed, of the campaigns that bind the whole of the post's unit: those of
// single units below would be a hundred in one morning. Periods that are closed
// together make one digest, of the longest. Who wants none gets neither.
//
// A digest tells everything since the one before, so of those that were missed
// only the last is sent, or recorded as skipped.
func PlanDigests(in Input) []Send { return newPlanner(in).digests(in.Now) }

func (p *planner) digests(now time.Time) []Send {
	p.Now = now
	timed := map[store.Timing]time.Time{}
	closed := p.closings()
	var out []Send
	for _, post := range p.supervisors() {
		if post.Digest.Every == store.Never {
			continue
		}
		at, ok := timed[post.Digest]
		if !ok {
			at = p.Calendar.occurrence(post.Digest, now)
			timed[post.Digest] = at
		}

		out = p.appendDigest(out, post, p.Calendar.Day(at).String(), at, "")
		for at, periods := range closed {
			out = p.appendDigest(out, post, "closed", at, p.binding(post.Unit, periods)...)
		}
	}

	slices.SortFunc(out, func(a, b Send) int {
		x, y := a.Lines[0], b.Lines[0]
		return cmp.Or(cmp.Compare(a.Person, b.Person), x.Due.Compare(y.Due), cmp.Compare(x.Period, y.Period), cmp.Compare(x.Step, y.Step))
	})
	return out
}

// supervisors are the posts whose digests are planned.
func (p *planner) supervisors() []store.Post {
	if p.Supervisors == nil {
		p.Supervisors = p.Org.SeatsAs(store.Supervisor)
	}
	return p.Supervisors
}

// closings are the periods that are closed by when they were, of those that were
// together the longest first.
func (p *planner) closings() map[time.Time][]store.Period {
	out := map[time.Time][]store.Period{}
	for _, period := range p.Periods {
		if at := Closing(period).UTC(); !at.After(p.Now) {
			out[at] = append(out[at], period)
		}
	}
	for _, together := range out {
		slices.SortStableFunc(together, func(a, b store.Period) int { return a.From.Compare(b.From) })
	}
	return out
}

// binding leaves those of some periods that bind the whole of a unit.
func (p *planner) binding(unit store.UnitCode, periods []store.Period) []store.PeriodID {
	var out []store.PeriodID
	for _, period := range periods {
		if p.Org.Under(unit, p.campaigns[period.Campaign].Unit) {
			out = append(out, period.ID)
		}
	}
	return out
}

// appendDigest adds a post's digest about some periods if it is due and not
// settled.
func (p *planner) appendDigest(sends []Send, post store.Post, step string, at time.Time, periods ...store.PeriodID) []Send {
	to := p.recipient(post)
	if to.person == 0 || at.After(p.Now) || at.Before(to.since) {
		return sends
	}

	var due []candidate
	for _, period := range periods {
		r := p.rung(slot{Digest, period, step + "/" + string(post.Unit)}, at, p.Calendar.WorkingAfter(at, p.Bound))
		if r.done.people[to.person] || r.done.units[post.Unit] {
			continue
		}
		c := candidate{rung: &r, unit: post.Unit, post: post.ID}
		if to.unreachable {
			c.skip = SkipUnreachable
		}
		due = append(due, c)
	}
	if len(due) == 0 {
		return sends
	}

	s, ok := p.decide(to.person, due[:1])
	if !ok {
		return sends
	}
	for _, c := range due[1:] { // the first says it for them
		s.record(c, cmp.Or(s.Lines[0].Skipped, SkipCollapsed), p.Now)
	}
	return append(sends, s)
}

// occurrence returns the last time, now or before, at which something with a
// timing came. A day off is moved to the working day before it.
func (c *Calendar) occurrence(t store.Timing, now time.Time) time.Time {
	hour := t.Hour
	if hour == 0 {
		hour = 16
	}
	// A long holiday may bring a day that is still to come back to one that is
	// past, so the search begins a month ahead.
	for day := c.Day(now).AddDays(31); ; day = day.AddDays(-1) {
		if !falls(t, day) {
			continue
		}
		if at := c.At(c.OnOrBefore(day), hour); !at.After(now) {
			return at
		}
	}
}

// falls reports whether a timing names a day.
func falls(t store.Timing, day store.Date) bool {
	switch t.Every {
	case store.Daily:
		return true
	case store.Monthly:
		return day == cutOff(day.Year, int(day.Month), max(t.Day, 1))
	default:
		wanted := time.Friday
		if t.Day != 0 {
			wanted = time.Weekday(t.Day % 7)
		}
		return day.Weekday() == wanted
	}
}
