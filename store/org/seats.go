package org

import (
	"errors"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"danvan/store"
)

// seats are posts as they are looked for. They are not changed once made.
type seats struct {
	by map[store.PostID]store.Post
	at map[store.UnitCode][]store.PostID
	as map[store.Role][]store.PostID
	in map[store.PersonID][]store.PostID // in which somebody is a deputy
	// officers counts the officers' posts of a unit.
	officers map[store.UnitCode]int
}

// newSeats puts some posts over others.
func newSeats(known map[store.PostID]store.Post, put []store.Post) *seats {
	s := &seats{
		by: make(map[store.PostID]store.Post, len(known)+len(put)),
		at: map[store.UnitCode][]store.PostID{}, as: map[store.Role][]store.PostID{}, in: map[store.PersonID][]store.PostID{},
		officers: map[store.UnitCode]int{},
	}
	maps.Copy(s.by, known)
	for _, p := range put {
		s.by[p.ID] = p
	}

	for id, p := range s.by {
		s.at[p.Unit] = append(s.at[p.Unit], id)
		s.as[p.Role] = append(s.as[p.Role], id)
		if p.Role == store.Officer {
			s.officers[p.Unit]++
		}
		if p.Deputy != 0 {
			s.in[p.Deputy] = append(s.in[p.Deputy], id)
		}
	}
	return s
}

// Seat returns a post; false when nobody ever held it. The seats of a unit that
// has ended are its heir's, and who looked after it looks after that.
func (o *Org) Seat(id store.PostID) (store.Post, bool) {
	p, ok := o.kept(id)
	return o.today(p), ok
}

// kept is a post as it is in the store.
func (o *Org) kept(id store.PostID) (store.Post, bool) {
	if p, ok := o.over.by[id]; ok {
		return p, true
	}
	p, ok := o.all.by[id]
	return p, ok
}

// today is a post with the unit, and the portfolio, that the day has made of its
// own.
func (o *Org) today(p store.Post) store.Post {
	if len(o.heirs) == 0 {
		return p
	}
	p.Unit = o.Heir(p.Unit)
	if slices.ContainsFunc(p.Portfolio.Units, func(code store.UnitCode) bool { return o.Heir(code) != code }) {
		units := make([]store.UnitCode, len(p.Portfolio.Units))
		for i, code := range p.Portfolio.Units {
			units[i] = o.Heir(code)
		}
		slices.Sort(units)
		p.Portfolio.Units = slices.Compact(units)
	}
	return p
}

// Kept is a post as it is to be kept: of what the day alone has made of it,
// nothing, for the list of units that says so may be taken back.
func (o *Org) Kept(p store.Post) store.Post {
	was, ok := o.kept(p.ID)
	if !ok || len(o.heirs) == 0 {
		return p
	}
	now := o.today(was)
	if p.Unit == now.Unit {
		p.Unit = was.Unit
	}
	if slices.Equal(p.Portfolio.Units, now.Portfolio.Units) {
		p.Portfolio.Units = was.Portfolio.Units
	}
	return p
}

// Seats goes through every post, in no order.
func (o *Org) Seats() iter.Seq[store.Post] {
	return func(yield func(store.Post) bool) {
		for _, p := range o.over.by {
			if !yield(o.today(p)) {
				return
			}
		}
		for id, p := range o.all.by {
			if _, changed := o.over.by[id]; !changed && !yield(o.today(p)) {
				return
			}
		}
	}
}

// HeldBy reads the posts of a person, by id.
func (o *Org) HeldBy(r store.Reader, person store.PersonID) ([]store.Post, error) {
	list, err := r.PostsOf(person)
	for i, p := range list {
		list[i] = o.today(p)
	}
	return list, err
}

// SeatsAt lists the posts of a unit, by id: its own, and behind them those that
// came to it from units that have ended. Of one of these they are its heir's.
func (o *Org) SeatsAt(unit store.UnitCode) []store.Post {
	var out []store.Post
	for _, code := range o.Tasks(o.Heir(unit)) {
		out = append(out, o.listed(o.all.at[code], o.over.at[code])...)
	}
	return out
}

// SeatsAs lists the posts in a role, by id.
func (o *Org) SeatsAs(role store.Role) []store.Post {
	return o.listed(o.all.as[role], o.over.as[role])
}

// SeatsOf lists the posts in a role of a unit, by id.
func (o *Org) SeatsOf(unit store.UnitCode, role store.Role) []store.Post {
	return slices.DeleteFunc(o.SeatsAt(unit), func(p store.Post) bool { return p.Role != role })
}

// Deputising lists the posts in which a person stands in now, by id.
func (o *Org) Deputising(person store.PersonID, now time.Time) []store.Post {
	return slices.DeleteFunc(o.listed(o.all.in[person], o.over.in[person]), func(p store.Post) bool { return !Deputises(p, person, now) })
}

func (o *Org) listed(all, over []store.PostID) []store.Post {
	out := make([]store.Post, 0, len(all)+len(over))
	for _, id := range all {
		if _, changed := o.over.by[id]; !changed {
			out = append(out, o.today(o.all.by[id]))
		}
	}
	for _, id := range over {
		out = append(out, o.today(o.over.by[id]))
	}
	slices.SortFunc(out, func(a, b store.Post) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out
}

// Officers lists the officers' posts of a unit that somebody holds, by id; when
// nobody does, one that is empty.
func (o *Org) Officers(unit store.UnitCode) []store.Post {
	all := o.SeatsOf(unit, store.Officer)
	vacant := store.Post{ID: store.SeatID(unit, store.Officer, 1), Unit: unit, Role: store.Officer}
	if len(all) > 0 {
		vacant = all[0]
	}
	held := slices.DeleteFunc(all, func(p store.Post) bool { return p.Holder == 0 })
	if len(held) == 0 {
		return []store.Post{vacant}
	}
	return held
}

// Shared reports whether a unit may have several officers. It is cheap to ask.
func (o *Org) Shared(unit store.UnitCode) bool { return o.all.officers[unit]+o.over.officers[unit] > 1 }

// OfficersOf lists who holds the officers' posts of a unit.
func (o *Org) OfficersOf(r store.Reader, unit store.UnitCode) ([]store.Person, error) {
	var out []store.Person
	for _, post := range o.Officers(unit) {
		p, err := r.Person(post.Holder)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		if err == nil {
			out = append(out, p)
		}
	}
	return out, nil
}

// OfficerFor returns the officer's post of a unit that a person holds, or in which
// they stand in now; false when there is none.
func (o *Org) OfficerFor(unit store.UnitCode, person store.PersonID, now time.Time) (store.Post, bool) {
	var found store.Post
	for _, p := range o.Officers(unit) {
		if person != 0 && p.Holder == person {
			return p, true
		}
		if Deputises(p, person, now) {
			found = p
		}
	}
	return found, found.ID != ""
}

// Nearest returns the first post in a role that is good enough, of those of a
// unit and then of the units above it; at last of those without a unit.
func (o *Org) Nearest(unit store.UnitCode, role store.Role, ok func(store.Post) bool) (store.Post, bool) {
	for p := range o.upwards(unit, role) {
		if ok(p) {
			return p, true
		}
	}
	return store.Post{}, false
}

func (o *Org) upwards(unit store.UnitCode, role store.Role) iter.Seq[store.Post] {
	return func(yield func(store.Post) bool) {
		at := []store.UnitCode{}
		for u := range o.Up(unit) {
			at = append(at, u.Code)
		}
		for _, code := range append(at, "") {
			for _, p := range o.SeatsOf(code, role) {
				if !yield(p) {
					return
				}
			}
		}
	}
}

// Roots are the units whose subtrees a post reaches: its portfolio's, or its
// own.
func Roots(p store.Post) []store.UnitCode {
	if len(p.Portfolio.Units) > 0 {
		return p.Portfolio.Units
	}
	return []store.UnitCode{p.Unit}
}

// Scope returns the units that a post reaches.
func (o *Org) Scope(p store.Post) *store.Subtree { return o.Below(Roots(p)...) }

// Reaches reports whether a unit is in a post's scope.
func (o *Org) Reaches(p store.Post, unit store.UnitCode) bool {
	return slices.ContainsFunc(Roots(p), func(root store.UnitCode) bool { return o.Under(unit, root) })
}

// Covers reports whether a model is in a post's scope: its unit, and its field
// where the post looks after some only.
func (o *Org) Covers(p store.Post, m store.Model) bool {
	return m.Entries.InFields(p.Portfolio.Fields) && o.Reaches(p, m.Unit)
}

// Deputises reports whether a person stands in for a post's holder now.
func Deputises(p store.Post, person store.PersonID, now time.Time) bool {
	return person != 0 && p.Deputy == person && p.Holder != person && p.Deputised(now)
}

// StandsFor reports whether a person holds a post, or stands in for its holder
// now.
func StandsFor(p store.Post, person store.PersonID, now time.Time) bool {
	return person != 0 && p.Holder == person || Deputises(p, person, now)
}
