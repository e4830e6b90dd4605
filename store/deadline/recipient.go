package deadline

import (
	"slices"
	"time"

	"danvan/store"
)

// recipient is who is written to for a post.
type recipient struct {
	person      store.PersonID // 0: nobody
	post        store.PostID
	since       time.Time // what struck before does not concern the person
	unreachable bool
}

// officer returns who is reminded of an obligation.
func (p *planner) officer(o *Obligation) recipient {
	return p.recipient(p.Posts[store.MakePostID(o.Unit, store.Officer)])
}

// recipient returns who is written to for a post: the deputy while there is
// one, else the holder; of the two whoever can be reached.
func (p *planner) recipient(post store.Post) recipient {
	var out recipient
	if p.deputised(post) {
		out = recipient{person: post.Deputy, post: post.ID, unreachable: p.person(post.Deputy).Unreachable}
	}
	if post.Holder != 0 && (out.person == 0 || out.unreachable) {
		holder := recipient{post.Holder, post.ID, post.Since, p.person(post.Holder).Unreachable}
		if out.person == 0 || !holder.unreachable {
			out = holder
		}
	}
	return out
}

// deputised says whether a deputy stands in now; without an end, for good.
func (p *planner) deputised(post store.Post) bool {
	return post.Deputy != 0 && (post.DeputyUntil.IsZero() || p.Now.Before(post.DeputyUntil))
}

// nearest returns who is written to in a role for a unit: of the unit's own
// post and of those above it the first that somebody has who can be reached
// and, of supervisors, who watches the unit.
func (p *planner) nearest(unit store.UnitCode, role store.Role) recipient {
	for above := range p.Tree.Up(unit) {
		post := p.Posts[store.MakePostID(above, role)]
		to := p.recipient(post)
		if to.person != 0 && !to.unreachable && p.watches(post, unit) {
			return to
		}
	}
	return recipient{}
}

// watches says whether a post's portfolio holds a unit.
func (p *planner) watches(post store.Post, unit store.UnitCode) bool {
	return len(post.Portfolio.Units) == 0 ||
		slices.ContainsFunc(post.Portfolio.Units, func(u store.UnitCode) bool { return p.Tree.Under(unit, u) })
}

// person returns what is known of somebody.
func (p *planner) person(id store.PersonID) Person {
	known, ok := p.People[id]
	if !ok && p.Unknown != nil && id != 0 {
		p.Unknown(id)
	}
	return known
}
