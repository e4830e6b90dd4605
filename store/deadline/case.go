package deadline

import (
	"slices"
	"time"

	"danvan/store"
)

// Case is what became of the reminders of one obligation, as somebody above is
// told it: what the ledger says of them, and why nobody can be reminded now.
type Case struct {
	// Now is OnPaper, SkipNobody, SkipUnreachable, SkipDeferred or, of who took
	// the post after the last rung, SkipMoved; "" when there is nothing of that
	// sort to say. At goes with it: when it was said to be on paper, since when
	// nothing reaches them, until when they want to be left alone, since when
	// they hold the post.
	Now string
	At  time.Time
	// Reminded are the days on which somebody was reminded. Deputy tells that the
	// last of them was who stands in, Earlier that it was who had the post before.
	Reminded []store.Date
	Deputy   bool
	Earlier  bool
	// Why is why the last reminder of those that nobody got did not go out: one of
	// the Skip keys; "" when the ledger has none.
	Why string
}

// CaseOf says what became of the reminders of an obligation. The ledger must
// hold the lines of who is, or was, reminded of it.
func CaseOf(in Input, o *Obligation) Case {
	p, posts := newPlanner(in), in.Org.Officers(o.Unit)
	holds := func(id store.PersonID) bool {
		return slices.ContainsFunc(posts, func(p store.Post) bool { return p.Holder == id })
	}
	var c Case
	for _, l := range in.Ledger {
		about := l.Period == o.Period.ID && (l.Rule == Remind || l.Rule == Nudge) && slices.Contains(l.Units, o.Unit)
		switch day := p.Calendar.Day(l.Out()); {
		case !about || l.Skipped == SkipCollapsed || l.Out().After(in.Now):
		case l.Skipped != "":
			c.Why = l.Skipped
		default:
			deputy := slices.ContainsFunc(posts, func(p store.Post) bool { return p.Deputy == l.Person })
			c.Deputy, c.Earlier = deputy && !holds(l.Person), !deputy && !holds(l.Person)
			if !slices.Contains(c.Reminded, day) {
				c.Reminded = append(c.Reminded, day)
			}
		}
	}

	c.Now, c.At = p.hindrance(o, c.Earlier || len(c.Reminded) == 0 && c.Why == "")
	return c
}

// hindrance says why nobody is reminded of an obligation now.
func (p *planner) hindrance(o *Obligation, never bool) (why string, at time.Time) {
	to := p.officer(o)
	wish, wished := p.deferred[deferralKey{to.person, o.Period.ID}]
	switch {
	case o.onPaper():
		return OnPaper, o.Report.SubmittedAt
	case to.person == 0:
		return SkipNobody, time.Time{}
	case to.unreachable:
		return SkipUnreachable, p.person(to.person).Left
	case wished && p.Now.Before(wish.until):
		return SkipDeferred, wish.until
	case never && p.cameLate(o, to):
		return SkipMoved, to.since
	}
	return "", time.Time{}
}

// cameLate reports whether somebody took the post when a reminder had struck.
func (p *planner) cameLate(o *Obligation, to recipient) bool {
	since := o.since(p.Calendar)
	return slices.ContainsFunc(p.ladder(o), func(r rung) bool {
		return r.rule == Remind && !r.at.After(p.Now) && !r.at.Before(since) && r.at.Before(to.since)
	})
}
