package deadline

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"danvan/store"
)

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
	Due    time.Time      // of the unit's report, check or models; when the digest was to go out
	// Days is how many working days are left until Due; negative: how many ago.
	// On a Friday it is 0 for a Saturday too.
	Days  int
	About store.PersonID // of Unreachable: who
	Paper bool           // a report on paper waits to be confirmed
}

// Matters lists what the message of a Send is about, as the message keeps it.
func (s Send) Matters() []store.Matter {
	out := make([]store.Matter, len(s.Items))
	for i, it := range s.Items {
		out[i] = store.Matter{Rule: it.Rule, Step: it.Step, Post: it.Post, Unit: it.Unit, Period: it.Period, Person: it.About}
	}
	return out
}

// record adds a unit to the line of its slot.
func (s *Send) record(c candidate, skip string, now time.Time) {
	i := slices.IndexFunc(s.Lines, func(l store.Sent) bool { return slot{l.Rule, l.Period, l.Step} == c.slot })
	if i < 0 {
		i = len(s.Lines)
		s.Lines = append(s.Lines, store.Sent{
			Rule: c.rule, Period: c.period, Person: s.Person, Step: c.step, At: now, Due: c.at, Skipped: skip,
		})
	}
	s.Lines[i].Units = append(s.Lines[i].Units, c.unit)
}

// candidate is something that struck for a person and is not settled yet.
type candidate struct {
	*rung
	unit  store.UnitCode
	post  store.PostID
	owed  *Obligation    // nil: a digest, a check, or models that end
	due   time.Time      // of the latter two
	about store.PersonID // whom nothing reaches
	skip  string         // why it is not sent, when that is known
}

func (p *planner) add(person store.PersonID, c candidate) {
	p.todo[person] = append(p.todo[person], c)
}

// addOnce adds a candidate for a person whom its step has told nothing yet. Who has
// one post of a unit and stands in for another is told once.
func (p *planner) addOnce(person store.PersonID, c candidate) {
	twice := func(x candidate) bool { return x.slot == c.slot && x.unit == c.unit }
	if !c.done.people[person] && !slices.ContainsFunc(p.todo[person], twice) {
		p.add(person, c)
	}
}

// once adds a candidate for whoever is found, unless its step is done with for the
// unit or for the person. Finding somebody is the dear part.
func (p *planner) once(c candidate, find func() recipient) {
	if c.done.units[c.unit] {
		return
	}
	to := find()
	if to.person == 0 || c.done.people[to.person] {
		return
	}
	if c.post = to.post; to.unreachable {
		c.skip = SkipUnreachable
	}
	p.add(to.person, c)
}

// item says what a candidate is about.
func (p *planner) item(c candidate) Item {
	i := Item{Rule: c.rule, Step: c.step, Post: c.post, Unit: c.unit, Period: c.period, Due: c.at, About: c.about}
	if c.owed != nil {
		i.Due, i.Paper = c.owed.Due, c.owed.onPaper()
	}
	if !c.due.IsZero() {
		i.Due = c.due
	}
	if c.owed != nil || !c.due.IsZero() {
		i.Days = p.Calendar.WorkingBetween(p.Calendar.Day(p.Now), p.Calendar.Day(i.Due))
	}
	return i
}

// compareItems puts the most urgent first.
func compareItems(a, b Item) int {
	return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Unit, b.Unit), strings.Compare(a.Rule, b.Rule), cmp.Compare(a.Period, b.Period))
}
