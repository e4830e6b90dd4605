package deadline

import (
	"time"

	"danvan/store"
)

// formPause is how long after the last touch a person counts as being in the
// middle of a form.
const formPause = 15 * time.Minute

// Person is what planning needs to know of somebody.
type Person struct {
	Unreachable bool      // the channel said so
	Left        time.Time // and when
	Touched     time.Time // when a form that is open was last touched; zero: none is
}

// InForm reports whether the person is in the middle of a form.
func (p Person) InForm(now time.Time) bool {
	return !p.Touched.IsZero() && now.Before(p.Touched.Add(formPause))
}

// recipient is who is written to for a post.
type recipient struct {
	person      store.PersonID // 0: nobody
	post        store.PostID
	since       time.Time // what struck before does not concern the person
	unreachable bool
}

// officer returns who is reminded of an obligation: of several the first who can be
// reached.
func (p *planner) officer(o *Obligation) recipient {
	var first recipient
	for i, post := range p.Org.Officers(o.Unit) {
		to := p.recipient(post)
		if to.person != 0 && !to.unreachable {
			return to
		}
		if i == 0 {
			first = to
		}
	}
	return first
}

// over reports whether a rung is done with for a unit, whoever its officer is.
func (p *planner) over(r *rung, unit store.UnitCode) bool {
	return r.done.units[unit] && !p.Org.Shared(unit)
}

// recipient returns who is written to for a post: the deputy while there is
// one, else the holder; of the two whoever can be reached.
func (p *planner) recipient(post store.Post) recipient {
	var out recipient
	if post.Deputised(p.Now) {
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

// nearest returns who is written to in a role for a unit, of supervisors who
// watches it.
func (p *planner) nearest(unit store.UnitCode, role store.Role) recipient {
	return p.upwards(unit, role, func(post store.Post, _ recipient) bool { return p.Org.Reaches(post, unit) })
}

// upwards returns, of a unit's own posts in a role and of those above it, the first
// that fits and that somebody has who can be reached. Who has a post without a unit
// is too far away.
func (p *planner) upwards(unit store.UnitCode, role store.Role, fits func(store.Post, recipient) bool) recipient {
	var to recipient
	_, ok := p.Org.Nearest(unit, role, func(post store.Post) bool {
		to = p.recipient(post)
		return post.Unit != "" && to.person != 0 && !to.unreachable && fits(post, to)
	})
	if !ok {
		return recipient{}
	}
	return to
}

// person returns what is known of somebody.
func (p *planner) person(id store.PersonID) Person {
	known, ok := p.People[id]
	if !ok && p.Unknown != nil && id != 0 {
		p.Unknown(id)
	}
	return known
}
