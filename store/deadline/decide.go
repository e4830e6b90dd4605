package deadline

import (
	"cmp"
	"slices"
	"time"

	"danvan/store"
)

// decide makes one Send of what struck for a person: what is no longer of use
// is skipped, what may not go out yet is left for a later tick, and of what is
// left only the last rung of each unit's ladder goes out. It returns false when
// there is nothing to write.
func (p *planner) decide(person store.PersonID, struck []candidate) (Send, bool) {
	s := Send{Person: person, At: p.Now}
	var ready []candidate
	for _, c := range struck {
		switch {
		case c.skip != "":
			s.record(c, c.skip, p.Now)
		case !p.Now.Before(c.until):
			s.record(c, p.missed(person, c), p.Now)
		case !p.Now.Before(c.goes) && !p.putOff(person, c):
			ready = append(ready, c)
		}
	}

	if len(ready) > 0 && p.Calendar.open(p.Now, p.Quiet) && !p.busy(person) {
		p.collapse(&s, ready)
	}
	slices.SortFunc(s.Items, compareItems)
	slices.SortFunc(s.Lines, func(a, b store.Sent) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Period, b.Period), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Step, b.Step))
	})
	return s, len(s.Lines) > 0
}

// missed says why what is no longer of use was not sent.
func (p *planner) missed(person store.PersonID, c candidate) string {
	if d, ok := p.deferred[deferralKey{person, c.period}]; ok && c.rule == Remind && !c.at.Before(d.At) && c.at.Before(d.until) {
		return SkipDeferred
	}
	if !c.goes.Before(c.until) {
		return SkipQuiet
	}
	return SkipLate
}

// busy reports whether a person is in the middle of a form.
func (p *planner) busy(person store.PersonID) bool { return p.person(person).InForm(p.Now) }

// collapse makes the message of what may go out: for each unit and period the
// rung that struck last. Rungs that no unit needs any more are skipped.
func (p *planner) collapse(s *Send, ready []candidate) {
	type duty struct {
		rule   string
		unit   store.UnitCode
		period store.PeriodID
		post   store.PostID
		due    time.Time // of models that end: each last day is a ladder of its own
	}
	last := make(map[duty]candidate, len(ready))
	for _, c := range ready {
		d := duty{c.rule, c.unit, c.period, c.post, c.due}
		if best, ok := last[d]; !ok || !c.at.Before(best.at) {
			last[d] = c
		}
	}

	used := make(map[slot]bool)
	for _, c := range last {
		used[c.slot] = true
		s.Items = append(s.Items, p.item(c))
	}
	for _, c := range ready {
		skip := ""
		if !used[c.slot] {
			skip = SkipCollapsed
		}
		s.record(c, skip, p.Now)
	}
}
