package deadline

import (
	"iter"

	"danvan/store"
)

// Tree is the organisation: every unit by its code.
type Tree map[store.UnitCode]store.Unit

// NewTree returns the tree of some units.
func NewTree(units []store.Unit) Tree {
	t := make(Tree, len(units))
	for _, u := range units {
		t[u.Code] = u
	}
	return t
}

// Up goes from a unit to its root: the unit itself first.
func (t Tree) Up(unit store.UnitCode) iter.Seq[store.UnitCode] {
	return func(yield func(store.UnitCode) bool) {
		for range len(t) + 1 { // a ring of parents would never end
			if unit == "" || !yield(unit) {
				return
			}
			unit = t[unit].Parent
		}
	}
}

// Under says whether a unit belongs to the subtree of another. "" is above
// every unit.
func (t Tree) Under(unit, above store.UnitCode) bool {
	if above == "" {
		return true
	}
	for u := range t.Up(unit) {
		if u == above {
			return true
		}
	}
	return false
}
