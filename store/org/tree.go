package org

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"danvan/store"
)

// tree is the units as of a day. It is not changed once made, but for what it
// remembers of the sets that were asked for.
type tree struct {
	*eras
	units map[store.UnitCode]store.Unit
	list  []store.Unit
	// spans say where a unit stands in the list, and where its subtree ends.
	spans map[store.UnitCode]span
	// heirs are the units that took over from those that have ended by this day.
	// Who ended hangs below the heir, whose scope it belongs to.
	heirs map[store.UnitCode]store.UnitCode
	left  map[store.UnitCode][]store.UnitCode // by whom, the other way round

	mu   sync.Mutex
	sets map[string]*store.Subtree
}

type span struct{ from, to int }

// newTree puts some units over others, as they are by the newest of their
// versions.
func newTree(known map[store.UnitCode]store.Unit, put []store.Unit) *tree {
	e := newEras(known, put)
	return e.tree(len(e.days))
}

// plant makes a tree of units as they are on a day.
func plant(e *eras, units map[store.UnitCode]store.Unit, day store.Date) *tree {
	t := &tree{
		eras: e, units: units, spans: make(map[store.UnitCode]span, len(units)), sets: map[string]*store.Subtree{},
		heirs: map[store.UnitCode]store.UnitCode{}, left: map[store.UnitCode][]store.UnitCode{},
	}
	t.inherit(day)

	children := map[store.UnitCode][]store.UnitCode{}
	for _, code := range slices.Sorted(maps.Keys(t.units)) {
		above := t.above(t.units[code])
		children[above] = append(children[above], code)
	}
	t.grow("", children)
	return t
}

// inherit finds who took over from the units that have ended by a day, whatever
// became of the first heirs.
func (t *tree) inherit(day store.Date) {
	next := func(code store.UnitCode) store.UnitCode {
		u := t.units[code]
		if u.ValidTo.IsZero() || !u.ValidTo.Before(day) {
			return ""
		}
		heir := u.Heir()
		if first, ok := t.aliases[heir]; ok {
			heir = first
		}
		return heir
	}

	for _, code := range slices.Sorted(maps.Keys(t.units)) {
		heir := code
		for range len(t.units) { // a ring of heirs would never end
			after := next(heir)
			if _, known := t.units[after]; !known {
				break
			}
			heir = after
		}
		if heir != code {
			t.heirs[code] = heir
			t.left[heir] = append(t.left[heir], code)
		}
	}
}

// above is the unit under which another one stands: its heir once it has ended,
// else its parent.
func (t *tree) above(u store.Unit) store.UnitCode {
	if heir, ended := t.heirs[u.Code]; ended {
		return heir
	}
	return u.Parent
}

// Tasks are the units whose work a unit does: its own, and that of the units
// that it took over from.
func (t *tree) Tasks(unit store.UnitCode) []store.UnitCode {
	return append([]store.UnitCode{unit}, t.left[unit]...)
}

// Heir is the unit that does what another one did: itself, as long as it is in
// force or nobody follows it.
func (t *tree) Heir(code store.UnitCode) store.UnitCode {
	if heir, ended := t.heirs[code]; ended {
		return heir
	}
	return code
}

// grow lists what is below a unit. What hangs on nothing, or on itself, is
// never come to.
func (t *tree) grow(above store.UnitCode, children map[store.UnitCode][]store.UnitCode) {
	for _, code := range children[above] {
		from := len(t.list)
		t.list = append(t.list, t.units[code])
		t.grow(code, children)
		t.spans[code] = span{from, len(t.list)}
	}
}

// setsMost is how many sets are remembered before that begins anew: there are
// hardly more scopes than units.
const setsMost = 4096

// Below returns some units and all that are below them, in the order of the
// list; "" is above all. The same set is made once.
func (t *tree) Below(roots ...store.UnitCode) *store.Subtree {
	var key strings.Builder
	for _, root := range roots {
		key.WriteString(string(root) + "\n")
	}
	name := key.String()

	t.mu.Lock()
	defer t.mu.Unlock()
	set := t.sets[name]
	if set == nil {
		if len(t.sets) >= setsMost {
			clear(t.sets)
		}
		set = t.below(roots)
		t.sets[name] = set
	}
	return set
}

func (t *tree) below(roots []store.UnitCode) *store.Subtree {
	var spans []span
	for _, root := range roots {
		s, ok := t.spans[root]
		if root == "" {
			s, ok = span{0, len(t.list)}, true
		}
		if ok {
			spans = append(spans, s)
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })

	var codes []store.UnitCode
	next := 0
	for _, s := range spans {
		for ; next < s.to; next++ {
			if next >= s.from {
				codes = append(codes, t.list[next].Code)
			}
		}
	}
	return store.NewSubtree(codes...)
}
