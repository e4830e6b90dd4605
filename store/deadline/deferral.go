package deadline

import (
	"time"

	"danvan/store"
)

// deferralKey says whose wish it is, about which period.
type deferralKey struct {
	person store.PersonID
	period store.PeriodID
}

// deferral is a wish to be reminded later, which is a rung of its own.
type deferral struct {
	store.Deferral
	until time.Time // on a working day
	step  string
}

// addDeferral keeps a wish; of several the last holds.
func (p *planner) addDeferral(d store.Deferral) {
	p.deferred[deferralKey{d.Person, d.Period}] = deferral{
		Deferral: d,
		until:    p.Calendar.onWorkingDay(d.Until),
		step:     "later/" + d.Until.In(p.Calendar.zone).Format("2006-01-02T15:04"),
	}
}

// putOff reports whether a person does not want a reminder yet.
func (p *planner) putOff(person store.PersonID, c candidate) bool {
	d, ok := p.deferred[deferralKey{person, c.period}]
	return ok && c.rule == Remind && p.Now.Before(d.until)
}

// remindLater reminds officers at the times that they asked for.
func (p *planner) remindLater(o *Obligation, since time.Time) {
	for _, post := range p.Org.Officers(o.Unit) {
		if p.wishes(post.Holder, o) || p.wishes(post.Deputy, o) {
			p.remindAsWished(o, since, p.recipient(post))
		}
	}
}

func (p *planner) remindAsWished(o *Obligation, since time.Time, officer recipient) {
	d, ok := p.deferred[deferralKey{officer.person, o.Period.ID}]
	if !ok || officer.unreachable || d.until.After(p.Now) || d.until.Before(since) {
		return
	}
	rungs := p.appendRung(nil, o, Remind, d.step, d.until)
	if len(rungs) > 0 {
		p.addOnce(officer.person, candidate{rung: &rungs[0], unit: o.Unit, post: officer.post, owed: o})
	}
}

// wishes reports whether a person asked to be reminded later of an obligation.
func (p *planner) wishes(person store.PersonID, o *Obligation) bool {
	_, ok := p.deferred[deferralKey{person, o.Period.ID}]
	return ok
}
