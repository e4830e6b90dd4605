package org

import (
	"iter"
	"maps"
	"slices"

	"danvan/store"
	"danvan/store/deadline"
)

// Org is the organisation as of an edition, and its units as of a day: their
// names, their kinds and who is above whom. Everything that it returns is
// shared: lists inside a Unit or a Post must not be altered.
type Org struct {
	edition store.Editions // of units and posts
	*tree
	// Seats that changed lately lie over all the others, so that one more does
	// not copy those.
	all, over *seats
}

var _ deadline.Org = (*Org)(nil)

// New returns an organisation that is in no store.
func New(units []store.Unit, posts []store.Post) *Org {
	return empty().with(store.Editions{}, units, posts)
}

// overMost is how many seats lie over the others before they are put together.
const overMost = 256

// with returns the organisation after some units and posts were put.
func (o *Org) with(e store.Editions, units []store.Unit, posts []store.Post) *Org {
	n := &Org{edition: e, tree: o.tree, all: o.all, over: o.over}
	if len(units) > 0 {
		n.tree = newTree(o.known, units)
	}
	if len(posts) == 0 {
		return n
	}

	n.over = newSeats(o.over.by, posts)
	if len(n.over.by) > overMost {
		n.all, n.over = newSeats(o.all.by, slices.Collect(maps.Values(n.over.by))), newSeats(nil, nil)
	}
	return n
}

// empty is the organisation before anything was put.
func empty() *Org {
	return &Org{tree: newTree(nil, nil), all: newSeats(nil, nil), over: newSeats(nil, nil)}
}

// On returns the organisation with its units as of a day. Without it they are
// as of the newest that is known of each.
func (o *Org) On(day store.Date) *Org {
	t := o.on(day)
	if t == o.tree {
		return o
	}
	n := *o
	n.tree = t
	return &n
}

// Unit returns a unit, by its code or by one that corrected it.
func (o *Org) Unit(code store.UnitCode) (store.Unit, bool) {
	u, ok := o.units[code]
	if !ok {
		u, ok = o.units[o.aliases[code]]
	}
	return u, ok
}

// Units lists the units, each after the one above it and before its next
// neighbour, by code.
func (o *Org) Units() []store.Unit { return o.list }

// Up goes from a unit to its root, the unit itself first; from one that has
// ended to its heir. It ends where a unit is not known.
func (o *Org) Up(code store.UnitCode) iter.Seq[store.Unit] {
	return func(yield func(store.Unit) bool) {
		for range len(o.units) { // a ring of parents would never end
			u, ok := o.units[code]
			if !ok || !yield(u) {
				return
			}
			code = o.above(u)
		}
	}
}

// Under reports whether a unit is another one or below it; "" is above all.
func (o *Org) Under(code, above store.UnitCode) bool {
	if above == "" || code == above {
		return true
	}
	for u := range o.Up(code) {
		if o.above(u) == above {
			return true
		}
	}
	return false
}

// Binds reports whether of two units one is the other, or above it.
func (o *Org) Binds(a, b store.UnitCode) bool { return o.Under(a, b) || o.Under(b, a) }

// Place returns the administrative place that a unit is or belongs to: the
// nearest, upwards.
func (o *Org) Place(code store.UnitCode) (store.Unit, bool) {
	for u := range o.Up(code) {
		if u.Kind.Place() {
			return u, true
		}
	}
	return store.Unit{}, false
}

// Commune returns the units of the commune that a unit is or belongs to: the
// place itself and its organisations, all of which may do the same things and
// stand in for each other. A unit above the communes, or of no place, is alone.
func (o *Org) Commune(code store.UnitCode) *store.Subtree {
	place, ok := o.Place(code)
	if !ok || place.Kind.Top() {
		return store.NewSubtree(code)
	}
	return o.Below(o.Heir(place.Code))
}
