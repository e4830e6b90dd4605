package deadline

import (
	"maps"
	"slices"
	"time"

	"danvan/store"
)

// tick is how often the clock looks: a Send goes out on a whole minute.
const tick = time.Minute

// Preview returns what Plan and PlanDigests would send and skip from Now until
// an instant, in the order in which it would happen, if a tick came every
// minute and nothing but the time changed. Obligations, Periods and Endings
// must hold what comes until then. What is to be frozen is one Send for each
// period. The same input gives the same preview.
func Preview(in Input, until time.Time) []Send {
	p := newPlanner(in)
	from := in.Now
	var out []Send
	for _, now := range p.moments(from, until) {
		sends := slices.Concat(p.freezes(now), p.reminders(now), p.digests(now))
		for _, s := range sends {
			for _, line := range s.Lines {
				p.done.add(line)
			}
		}
		out = append(out, sends...)
	}
	return out
}

// moments returns the ticks from an instant until another at which planning
// may have something to do that it had not a minute before.
func (p *planner) moments(from, until time.Time) []time.Time {
	p.Now = from
	seen := map[int64]bool{}
	mark := func(t time.Time) {
		if rounded := t.Truncate(tick); rounded.Before(t) {
			t = rounded.Add(tick)
		}
		for _, t := range []time.Time{t, p.Calendar.Opens(t, p.Quiet)} {
			if !t.Before(from) && !t.After(until) {
				seen[t.Unix()] = true
			}
		}
	}

	mark(from)
	p.markRungs(mark)
	p.markDigests(from, until, mark)
	p.markPapers(from, until, mark)
	for _, e := range p.Endings {
		mark(Closing(e.Period))
	}
	for _, t := range p.Terms {
		for _, r := range p.termRungs(t.To) {
			mark(r.at)
		}
	}
	if len(p.Waiting) > 0 {
		for day := p.Calendar.Day(from); !p.Calendar.At(day, 0).After(until); day = day.AddDays(1) {
			mark(p.Calendar.At(day, checkFrom))
		}
	}

	for _, person := range p.People {
		if !person.Touched.IsZero() {
			mark(person.Touched.Add(formPause))
		}
	}
	for post := range p.Org.Seats() {
		if post.Deputised(p.Now) && !post.DeputyUntil.IsZero() {
			mark(post.DeputyUntil)
		}
	}

	var out []time.Time
	for _, unix := range slices.Sorted(maps.Keys(seen)) {
		out = append(out, time.Unix(unix, 0).In(p.Calendar.zone))
	}
	return out
}

// markRungs marks when rungs strike, may go out and end, once for every ladder.
func (p *planner) markRungs(mark func(time.Time)) {
	for i := range p.Obligations {
		o, known := &p.Obligations[i], len(p.ladders)
		rungs := slices.Clip(p.ladder(o))
		if len(p.ladders) == known {
			continue
		}
		for key, d := range p.deferred {
			if key.period == o.Period.ID {
				rungs = p.appendRung(rungs, o, Remind, d.step, d.until)
			}
		}
		for _, r := range rungs {
			mark(r.at)
			mark(r.goes)
			mark(r.until)
		}
	}
}

// markDigests marks when digests may come.
func (p *planner) markDigests(from, until time.Time, mark func(time.Time)) {
	for _, period := range p.Periods {
		at := Closing(period)
		mark(at)
		mark(p.Calendar.WorkingAfter(at, p.Bound))
	}
	timings := map[store.Timing]bool{}
	for _, post := range p.supervisors() {
		if !timings[post.Digest] {
			timings[post.Digest] = true
			for day := p.Calendar.Day(from).AddDays(-1); !p.Calendar.At(day, 0).After(until); day = day.AddDays(1) {
				at := p.Calendar.occurrence(post.Digest, p.Calendar.At(day, 24))
				mark(at)
				mark(p.Calendar.WorkingAfter(at, p.Bound))
			}
		}
	}
}
