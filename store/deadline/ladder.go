package deadline

import (
	"slices"
	"strconv"
	"time"

	"danvan/store"
)

// escalateHour is when a supervisor is told of missing units.
const escalateHour = 8

// rung is one step of a ladder as it stands for a due time.
type rung struct {
	slot
	at    time.Time // when it strikes
	goes  time.Time // from then on it may go out
	until time.Time // from then on it is of no use
	done  *record
}

// ladderKey is what decides when the rungs strike: an extension has its own.
type ladderKey struct {
	period store.PeriodID
	due    int64
}

// ladder returns an obligation's rungs in the order in which they strike.
func (p *planner) ladder(o *Obligation) []rung {
	key := ladderKey{o.Period.ID, o.Due.Unix()}
	if p.lastKey == key {
		return p.last
	}
	rungs, ok := p.ladders[key]
	if !ok {
		rungs = p.build(o)
		p.ladders[key] = rungs
	}
	p.lastKey, p.last = key, rungs
	return rungs
}

// build makes the rungs of the campaign's ladder and of its escalation.
func (p *planner) build(o *Obligation) []rung {
	c := p.campaigns[o.Period.Campaign]
	var out []rung
	for i, r := range c.Ladder {
		step := stepName(r.Days)
		if slices.ContainsFunc(c.Ladder[:i], func(other store.Rung) bool { return other.Days == r.Days }) {
			step += "@" + strconv.Itoa(r.Hour) // a second one on the same day
		}
		out = p.appendRung(out, o, Remind, step, p.Calendar.At(p.rungDay(o.Due, r.Days), r.Hour))
	}
	if c.Escalate > 0 {
		at := p.Calendar.At(p.rungDay(o.Due, c.Escalate), escalateHour)
		out = p.appendRung(out, o, Escalate, stepName(c.Escalate), at)
	}
	slices.SortStableFunc(out, func(a, b rung) int { return a.at.Compare(b.at) })
	return out
}

// rungDay returns the day so many working days from a due time. The morning of
// a due day that is off is that of the working day before it: later would be
// too late.
func (p *planner) rungDay(due time.Time, days int) store.Date {
	day := p.Calendar.Day(due)
	if days <= 0 {
		day = p.Calendar.OnOrBefore(day)
	}
	return p.Calendar.AddWorking(day, days)
}

// appendRung adds a rung that strikes at an instant, unless it strikes when
// nothing can be done any more.
func (p *planner) appendRung(rungs []rung, o *Obligation, rule, step string, at time.Time) []rung {
	until := p.Calendar.WorkingAfter(at, p.Bound)
	if rule == Remind {
		limit := o.Due
		if !at.Before(o.Due) {
			limit = o.Locked
		}
		if !at.Before(limit) {
			return rungs
		}
		if limit.Before(until) {
			until = limit
		}
	}
	if o.Extension != nil {
		step += "/" + p.Calendar.Day(o.Due).String()
	}
	return append(rungs, p.rung(slot{rule, o.Period.ID, step}, at, until))
}

func (p *planner) rung(s slot, at, until time.Time) rung {
	goes := p.Calendar.Opens(p.Calendar.onWorkingDay(at), p.Quiet)
	return rung{slot: s, at: at, goes: goes, until: until, done: p.done.at(s)}
}

// stepName writes a number of working days as the ledger does.
func stepName(days int) string {
	switch {
	case days == 0:
		return "due"
	case days > 0:
		return "+" + strconv.Itoa(days)
	}
	return strconv.Itoa(days)
}
