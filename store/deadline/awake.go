package deadline

import (
	"slices"
	"time"

	"danvan/store"
)

// Awake returns from when until when Plan may have something to do for a
// period whose exceptions and deferrals are these: a caller need not load more
// of it outside of that, but where a report on paper was told before. What was missed
// until then is recorded by one more Plan after it. It uses of the Input what does not
// belong to a period.
func Awake(in Input, p store.Period, exceptions []store.Exception, deferrals []store.Deferral) (from, until time.Time) {
	in.Ledger, in.Deferrals = nil, nil
	pl := newPlanner(in)
	o := Obligation{Period: p, Due: p.Due, OnTime: p.OnTime, Locked: p.Locked}
	due := []Obligation{o}
	for _, e := range exceptions {
		o.except(e, in.Calendar)
		due = append(due, o)
	}

	until = p.Locked
	for i := range due {
		o := &due[i]
		if o.Locked.After(until) {
			until = o.Locked
		}
		for _, r := range pl.ladder(o) {
			if from.IsZero() || r.at.Before(from) {
				from = r.at
			}
			if r.until.After(until) {
				until = r.until
			}
		}
	}
	if from.IsZero() {
		from = until // without a ladder nobody is reminded
	}

	begins := in.Calendar.At(p.From, 0)
	if slices.ContainsFunc(deferrals, func(d store.Deferral) bool { return d.Period == p.ID }) || from.Before(begins) {
		from = begins
	}
	return from, until
}
