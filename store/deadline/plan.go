package deadline

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"danvan/store"
)

// formPause is how long after the last touch a person counts as being in the
// middle of a form.
const formPause = 15 * time.Minute

// Input is everything that planning looks at.
type Input struct {
	Now      time.Time
	Calendar *Calendar
	Quiet    Quiet
	// Bound is how long after its time something is still worth sending. Days
	// off do not count.
	Bound time.Duration

	Campaigns []store.Campaign
	Periods   []store.Period // whose cut-off supervisors are told of: the live ones
	// Obligations are those of the live periods, best one period after another.
	Obligations []Obligation
	Tree        Tree
	Posts       map[store.PostID]store.Post
	// People are those of whom there is something to say; who is missing can be
	// reached and fills in no form.
	People map[store.PersonID]Person
	// Unknown, unless it is nil, is told of everybody who was looked for in
	// People in vain: few of the many, so that a caller may read only them and
	// plan again.
	Unknown func(store.PersonID)
	// Ledger holds the lines of the live periods. Lines of timed digests, which
	// have no period, may be left out: AddSent refuses a second one.
	Ledger    []store.Sent
	Deferrals []store.Deferral
}

// Person is what planning needs to know of somebody.
type Person struct {
	Unreachable bool      // the channel said so
	Touched     time.Time // when a form that is open was last touched; zero: none is
}

// InForm says whether the person is in the middle of a form.
func (p Person) InForm(now time.Time) bool {
	return !p.Touched.IsZero() && now.Before(p.Touched.Add(formPause))
}

// Send is what one person is written in one tick: one message, with the lines
// of the ledger that stand for it. They are written in one transaction.
type Send struct {
	Person store.PersonID // 0: nobody is there; see SkipNobody
	At     time.Time      // when it goes out: the tick
	// Items is what the message is about, the most urgent first. Without any
	// there is no message, only lines that say why.
	Items []Item
	// Lines are what to add to the ledger; Message is to be filled in on those
	// that are not Skipped.
	Lines []store.Sent
}

// Item is one thing that a message is about.
type Item struct {
	Rule   string
	Step   string
	Post   store.PostID   // for which the person is written to, as holder or deputy
	Unit   store.UnitCode // the unit that owes; of a digest, the post's
	Period store.PeriodID // "" of a timed digest
	Due    time.Time      // of the unit's report; when the digest was to go out
	// Days is how many working days are left until Due; negative: how many ago.
	// On a Friday it is 0 for a Saturday too.
	Days  int
	About store.PersonID // of Unreachable: who
	Paper bool           // a report on paper waits to be confirmed
}

// Plan returns what is to be written to officers, coordinators and supervisors
// about the obligations now, by person. The same input gives the same plan.
func Plan(in Input) []Send { return newPlanner(in).reminders(in.Now) }

// candidate is something that struck for a person and is not settled yet.
type candidate struct {
	*rung
	unit  store.UnitCode
	post  store.PostID
	owed  *Obligation    // nil: a digest
	about store.PersonID // whom nothing reaches
	skip  string         // why it is not sent, when that is known
}

// planner holds an Input as planning looks things up in it.
type planner struct {
	Input
	campaigns map[store.CampaignID]store.Campaign
	done      *ledger
	deferred  map[deferralKey]deferral

	ladders map[ladderKey][]rung
	lastKey ladderKey
	last    []rung

	todo map[store.PersonID][]candidate
}

func newPlanner(in Input) *planner {
	p := &planner{
		Input: in, campaigns: map[store.CampaignID]store.Campaign{}, done: newLedger(in.Ledger),
		deferred: map[deferralKey]deferral{}, ladders: map[ladderKey][]rung{},
	}
	for _, c := range in.Campaigns {
		p.campaigns[c.ID] = c
	}
	for _, d := range in.Deferrals {
		p.addDeferral(d)
	}
	return p
}

// reminders plans everything but digests.
func (p *planner) reminders(now time.Time) []Send {
	p.Now, p.todo = now, map[store.PersonID][]candidate{}
	for i := range p.Obligations {
		p.obligation(&p.Obligations[i])
	}
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
	rungs := p.ladder(o)
	struck := len(rungs) > 0 && !rungs[0].at.After(p.Now)
	if !struck && len(p.deferred) == 0 || !o.open(p.Now) {
		return
	}
	since := o.since(p.Calendar)
	for i := range rungs {
		r := &rungs[i]
		switch {
		case r.at.After(p.Now):
		case r.at.Before(since) || r.done.units[o.Unit]:
		case r.rule == Escalate:
			p.addFor(o, r, store.Supervisor, 0)
		case !o.onPaper():
			p.remind(o, r, p.officer(o))
		}
	}
	if len(p.deferred) > 0 && !o.onPaper() {
		p.remindLater(o, since)
	}
}

// remind finds whom a rung concerns: the officer, or the coordinator when
// there is none or when nothing reaches him.
func (p *planner) remind(o *Obligation, r *rung, officer recipient) {
	c := candidate{rung: r, unit: o.Unit, post: officer.post, owed: o}
	switch {
	case r.at.Before(officer.since):
	case officer.person == 0:
		p.tell(o, r, Vacant, 0)
	case officer.unreachable:
		if c.skip = SkipUnreachable; !r.done.people[officer.person] {
			p.add(officer.person, c)
		}
		p.tell(o, r, Unreachable, officer.person)
	case !r.done.people[officer.person]:
		p.add(officer.person, c)
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

func (p *planner) add(person store.PersonID, c candidate) {
	p.todo[person] = append(p.todo[person], c)
}

// item says what a candidate is about.
func (p *planner) item(c candidate) Item {
	i := Item{Rule: c.rule, Step: c.step, Post: c.post, Unit: c.unit, Period: c.period, Due: c.at, About: c.about}
	if c.owed != nil {
		i.Due, i.Paper = c.owed.Due, c.owed.onPaper()
		i.Days = p.Calendar.WorkingBetween(p.Calendar.Day(p.Now), p.Calendar.Day(i.Due))
	}
	return i
}

// compareItems puts the most urgent first.
func compareItems(a, b Item) int {
	return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Unit, b.Unit), strings.Compare(a.Rule, b.Rule), cmp.Compare(a.Period, b.Period))
}

// Matters lists what the message of a Send is about, as the message keeps it.
func (s Send) Matters() []store.Matter {
	out := make([]store.Matter, len(s.Items))
	for i, it := range s.Items {
		out[i] = store.Matter{Rule: it.Rule, Step: it.Step, Post: it.Post, Unit: it.Unit, Period: it.Period, Person: it.About}
	}
	return out
}
