package deadline

import (
	"maps"
	"slices"
	"time"

	"danvan/store"
)

// Input is everything that planning looks at.
type Input struct {
	Now      time.Time
	Calendar *Calendar
	Quiet    Quiet
	// Bound is how long after its time something is still worth sending. Days
	// off do not count.
	Bound time.Duration

	Campaigns []store.Campaign
	Periods   []store.Period // whose closing supervisors are told of: the live ones
	// Obligations are those of the live periods, best one period after another.
	Obligations []Obligation
	// Waiting are the registrations that wait to be checked, Endings the periods
	// whose figures are not all frozen.
	Waiting []Waiting
	Endings []Ending
	// Terms are the last days of unfinished models that are near.
	Terms []store.Term
	// Org is who holds which seat.
	Org Org
	// Supervisors are the posts whose digests are planned; nil: all there are.
	Supervisors []store.Post
	// People are those of whom there is something to say; who is missing can be
	// reached and fills in no form.
	People map[store.PersonID]Person
	// Unknown, unless it is nil, is told of everybody who was looked for in
	// People in vain: few of the many, so that a caller may read only them and
	// plan again.
	Unknown func(store.PersonID)
	// Ledger holds the lines of the live periods and of those that end. Lines of
	// timed digests, checks and models that end, which have no period, may be left
	// out: AddSent refuses a second one.
	Ledger    []store.Sent
	Deferrals []store.Deferral
}

// Plan returns what is to be written to officers, coordinators and supervisors
// about obligations, checks and models that end now, by person. The same input gives the same plan.
func Plan(in Input) []Send { return newPlanner(in).reminders(in.Now) }

// planner holds an Input as planning looks things up in it.
type planner struct {
	Input
	campaigns map[store.CampaignID]store.Campaign
	done      *ledger
	deferred  map[deferralKey]deferral

	ends    map[store.Date][]rung // of models
	ladders map[ladderKey][]rung
	lastKey ladderKey
	last    []rung

	todo map[store.PersonID][]candidate
}

func newPlanner(in Input) *planner {
	p := &planner{
		Input: in, campaigns: map[store.CampaignID]store.Campaign{}, done: newLedger(in.Ledger),
		deferred: map[deferralKey]deferral{}, ladders: map[ladderKey][]rung{}, ends: map[store.Date][]rung{},
	}
	for _, c := range in.Campaigns {
		p.campaigns[c.ID] = c
	}
	for _, d := range in.Deferrals {
		p.addDeferral(d)
	}
	return p
}

// reminders plans everything but digests and freezing.
func (p *planner) reminders(now time.Time) []Send {
	p.Now, p.todo = now, map[store.PersonID][]candidate{}
	for i := range p.Obligations {
		p.obligation(&p.Obligations[i])
	}
	p.checks()
	p.terms()

	var out []Send
	for _, person := range slices.Sorted(maps.Keys(p.todo)) {
		if s, ok := p.decide(person, p.todo[person]); ok {
			out = append(out, s)
		}
	}
	return out
}

// obligation finds what struck for one obligation and is not settled.
func (p *planner) obligation(o *Obligation) {
	if o.closed(p.Now) {
		return
	}
	if o.onPaper() && o.open(p.Now) {
		p.askAgain(o)
	}
	rungs := p.ladder(o)
	struck := len(rungs) > 0 && !rungs[0].at.After(p.Now)
	if !struck && len(p.deferred) == 0 || !o.open(p.Now) {
		return
	}

	since := o.since(p.Calendar)
	var officers []store.Post
	for i := range rungs {
		r := &rungs[i]
		switch {
		case r.at.After(p.Now) || r.at.Before(since) || p.over(r, o.Unit):
		case r.rule != Escalate && !o.onPaper():
			if officers == nil {
				officers = p.Org.Officers(o.Unit)
			}
			p.remind(o, r, officers)
		case r.rule == Escalate && !r.done.units[o.Unit]:
			p.addFor(o, r, store.Supervisor, 0)
		}
	}
	if len(p.deferred) > 0 && !o.onPaper() {
		p.remindLater(o, since)
	}
}

// remind finds whom a rung concerns: each of the unit's officers, or the coordinator
// when there is none or when nothing reaches any of them.
func (p *planner) remind(o *Obligation, r *rung, officers []store.Post) {
	var silent store.PersonID
	heard := false

	for _, post := range officers {
		to := p.recipient(post)
		c := candidate{rung: r, unit: o.Unit, post: to.post, owed: o}
		switch {
		case r.done.settled(o.Unit, post, len(officers)) || r.at.Before(to.since):
			heard = true
		case to.person == 0:
			p.tell(o, r, Vacant, 0)
			return
		case to.unreachable:
			c.skip, silent = SkipUnreachable, to.person
			p.addOnce(to.person, c)
		default:
			heard = true
			p.addOnce(to.person, c)
		}
	}

	if !heard {
		p.tell(o, r, Unreachable, silent)
	}
}

// tell tells the nearest coordinator once, at the first rung that finds nobody
// to remind.
func (p *planner) tell(o *Obligation, r *rung, rule string, about store.PersonID) {
	if !p.Now.Before(r.until) || p.done.told[slot{rule: rule, period: r.period}][o.Unit] {
		return
	}
	told := *r
	told.rule = rule
	told.done = p.done.at(told.slot)
	p.addFor(o, &told, store.Coordinator, about)
}

// addFor adds a rung for whoever is nearest above the unit in a role.
func (p *planner) addFor(o *Obligation, r *rung, role store.Role, about store.PersonID) {
	to := p.nearest(o.Unit, role)
	if r.at.Before(to.since) || r.done.people[to.person] {
		return
	}
	c := candidate{rung: r, unit: o.Unit, post: to.post, owed: o, about: about}
	if to.person == 0 {
		c.skip = SkipNobody
	}
	p.add(to.person, c)
}
