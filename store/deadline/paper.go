package deadline

import (
	"slices"
	"time"

	"danvan/store"
)

// A coordinator is asked about a report on paper when it is told (package
// bot/reports), and again every other working day in the morning, until it is
// settled or nothing can be changed any more.
const confirmEvery = 2 // working days

// askAgain asks who is to say whether a report on paper has come, if today is a
// day for it.
func (p *planner) askAgain(o *Obligation) {
	day := p.Calendar.Day(p.Now)
	at := p.Calendar.At(day, checkFrom)
	if p.Now.Before(at) || !p.Now.Before(o.Locked) || !p.Calendar.Working(day) {
		return
	}
	until := p.Calendar.WorkingAfter(at, p.Bound) // the same day, where that is short
	ago := p.Calendar.WorkingBetween(p.Calendar.Day(o.Report.SubmittedAt), day)
	if !p.Now.Before(until) || ago < confirmEvery || ago%confirmEvery != 0 {
		return
	}

	r := p.rung(slot{Confirm, o.Period.ID, day.String()}, at, until)
	p.once(candidate{rung: &r, unit: o.Unit, owed: o}, func() recipient { return p.confirmer(o.Unit) })
}

// confirmer is the nearest coordinator above a unit who can be reached and does
// not report for it.
func (p *planner) confirmer(unit store.UnitCode) recipient {
	officers := p.Org.Officers(unit)
	own := func(to recipient) bool {
		return slices.ContainsFunc(officers, func(post store.Post) bool { return p.recipient(post).person == to.person })
	}
	return p.upwards(unit, store.Coordinator, func(post store.Post, to recipient) bool { return post.Unit != unit && !own(to) })
}

// markPapers marks when coordinators are asked about reports on paper.
func (p *planner) markPapers(from, until time.Time, mark func(time.Time)) {
	for i := range p.Obligations {
		if !p.Obligations[i].onPaper() {
			continue
		}
		for day := p.Calendar.Day(from); !p.Calendar.At(day, 0).After(until); day = day.AddDays(1) {
			mark(p.Calendar.At(day, checkFrom))
		}
		return // one stands for all
	}
}
