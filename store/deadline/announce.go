package deadline

import (
	"cmp"
	"slices"

	"danvan/store"
)

// FirstTold is the step of the line by which somebody was told of an edition of a
// campaign; whether they have read it stands there.
const FirstTold = "first"

// Concerned lists the seats that a campaign concerns, one of each person: those of
// its unit and below it, an officer's before another one's. Whoever announced it
// knows of it, and an administrator looks after the house.
func Concerned(o Org, c store.Campaign, by store.PostID) []store.Post {
	var out []store.Post
	for p := range o.Seats() {
		if p.Holder != 0 && p.Role != store.Admin && o.Under(p.Unit, c.Unit) {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b store.Post) int {
		rank := slices.Index(store.Roles, a.Role) - slices.Index(store.Roles, b.Role)
		return cmp.Or(cmp.Compare(a.Holder, b.Holder), rank, cmp.Compare(a.ID, b.ID))
	})
	out = slices.CompactFunc(out, func(a, b store.Post) bool { return a.Holder == b.Holder })

	author, _ := o.Seat(by)
	return slices.DeleteFunc(out, func(p store.Post) bool { return p.Holder == author.Holder })
}

// Announcing is what is to be written about an announced campaign.
type Announcing struct {
	Sends []Send
	Waits bool // for somebody who is in the middle of a form
}

// PlanAnnouncement returns who is to be told now of a campaign's announced edition:
// everybody whom it concerns and who was not, whenever they took their seat, and once
// more who has not read it, where that was wished. Input.Ledger has the edition's lines.
func PlanAnnouncement(in Input, c store.Campaign) Announcing {
	p := newPlanner(in)
	first, again := map[store.PersonID]store.Sent{}, map[store.PersonID]bool{}
	urged := "again/" + p.Calendar.Day(c.Announced.Urged).String()
	for _, l := range in.Ledger {
		switch l.Step {
		case FirstTold:
			first[l.Person] = l
		case urged:
			again[l.Person] = true
		}
	}

	var out Announcing
	for _, post := range Concerned(p.Org, c, c.Announced.By) {
		step := FirstTold
		if l, told := first[post.Holder]; told {
			if step = urged; !l.Read.IsZero() || !l.At.Before(c.Announced.Urged) || again[post.Holder] {
				continue
			}
		}
		who := p.person(post.Holder)
		if who.InForm(p.Now) && !who.Unreachable {
			out.Waits = true
			continue
		}
		out.Sends = append(out.Sends, p.announce(post, c.Edition(), step, who))
	}
	return out
}

// announce is what one person is told of an edition of a campaign.
func (p *planner) announce(post store.Post, edition store.PeriodID, step string, who Person) Send {
	s := Send{Person: post.Holder, At: p.Now, Lines: []store.Sent{{
		Rule: Announce, Period: edition, Person: post.Holder, Step: step, At: p.Now, Due: p.Now, Units: []store.UnitCode{post.Unit},
	}}}
	if who.Unreachable {
		s.Lines[0].Skipped = SkipUnreachable
		return s
	}
	s.Items = []Item{{Rule: Announce, Step: step, Post: post.ID, Unit: post.Unit, Period: edition, Due: p.Now}}
	return s
}
