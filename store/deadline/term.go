package deadline

import (
	"strings"

	"danvan/store"
)

// The officer of models that are not finished is told so many working days
// before the last day that they were registered for, and once when it is over, which is
// worth telling until so many working days after it.
const (
	termBefore = 5
	termAfter  = 1
	termOver   = 4
)

// TermsAt returns between which last days models may end of which somebody is to
// be told from one day to another.
func TermsAt(cal *Calendar, from, until store.Date) (first, last store.Date) {
	return cal.AddWorking(from, -termOver), cal.AddWorking(until, termBefore+1).AddDays(-1)
}

// TermSteps returns the steps under which the ledger says that somebody was told
// of models with a last day.
func TermSteps(to store.Date) []string {
	return []string{termStep(to, -termBefore), termStep(to, termAfter)}
}

func termStep(to store.Date, days int) string { return to.String() + "/" + stepName(days) }

// TermOf reads the last day out of such a step.
func TermOf(step string) store.Date {
	var to store.Date
	day, _, _ := strings.Cut(step, "/")
	if to.UnmarshalText([]byte(day)) != nil {
		return store.Date{}
	}
	return to
}

// terms finds who is to be told of models that end, or have ended unfinished. It
// is told between the hours of checks; what no tick told in time is not told.
func (p *planner) terms() {
	if !CheckHours(p.Calendar, p.Now) {
		return
	}
	for _, t := range p.Terms {
		rungs := p.termRungs(t.To)
		for i := range rungs {
			r := &rungs[i]
			if !r.at.After(p.Now) && p.Now.Before(r.until) && !p.over(r, t.Unit) {
				p.term(t, r)
			}
		}
	}
}

// term finds the officers whom a step concerns.
func (p *planner) term(t store.Term, r *rung) {
	posts := p.Org.Officers(t.Unit)
	for _, post := range posts {
		to := p.recipient(post)
		if to.person == 0 || r.done.settled(t.Unit, post, len(posts)) {
			continue
		}
		c := candidate{rung: r, unit: t.Unit, post: to.post, due: p.Calendar.At(t.To, checkUntil)}
		if to.unreachable {
			c.skip = SkipUnreachable
		}
		p.addOnce(to.person, c)
	}
}

// termRungs are the two steps of a last day: the first is useful until it is over. Many
// models have one in common.
func (p *planner) termRungs(to store.Date) []rung {
	rungs, ok := p.ends[to]
	if !ok {
		end := p.Calendar.At(to, 24)
		before := p.Calendar.At(p.rungDay(p.Calendar.At(to, 0), -termBefore), checkFrom)
		after := p.Calendar.At(p.Calendar.AddWorking(to, termAfter), checkFrom)
		over := p.Calendar.At(p.Calendar.AddWorking(to, termOver), checkFrom)
		rungs = []rung{
			p.rung(slot{End, "", termStep(to, -termBefore)}, before, end),
			p.rung(slot{End, "", termStep(to, termAfter)}, after, over),
		}
		p.ends[to] = rungs
	}
	return rungs
}
