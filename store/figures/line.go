package figures

import "danvan/store"

// Line is what a unit, with the organisations that count under it, has.
type Line struct {
	Unit store.UnitCode
	Name string
	Kind store.UnitKind // "" in figures that were frozen before it was kept
	// Sets counts the models of every set; New and Registered split two of them.
	Sets            [setCount]int
	New, Registered Split
	Worth           int64 // đồng in the period
}

// Count returns the size of a set on the line.
func (l Line) Count(s Set) int { return l.Sets[s] }

// Split is a count by field and by kind, in the order of the Figures' fields
// and of Kinds.
type Split struct {
	Fields []int
	Kinds  [2]int
}

// Kinds are the kinds of registrant in the order in which they are shown.
func Kinds() []store.RegistrantKind {
	return []store.RegistrantKind{store.Collective, store.Individual}
}

// lineup says on which line each unit of the subtree counts.
type lineup struct {
	lines   []Line
	inForce []bool
	of      map[store.UnitCode]int32
}

// newLineup draws the lines of a subtree: its places or, where it has but one,
// each of its units.
func newLineup(q Query, units []store.Unit) lineup {
	subtree := make(map[store.UnitCode]store.Unit, len(q.Subtree))
	for _, code := range q.Subtree {
		subtree[code] = store.Unit{Name: string(code), Kind: store.Organisation}
	}

	places := 0
	for _, u := range units {
		if _, ok := subtree[u.Code]; ok {
			subtree[u.Code] = u
			if u.Kind.Place() {
				places++
			}
		}
	}

	up := lineup{of: make(map[store.UnitCode]int32, len(q.Subtree))}
	for _, code := range q.Subtree {
		u := subtree[code]
		if _, ok := subtree[u.Parent]; ok && places > 1 && !u.Kind.Place() {
			continue
		}
		up.add(q, code, u)
	}

	for _, code := range q.Subtree {
		up.place(q, code, subtree)
	}

	return up
}

func (up *lineup) add(q Query, code store.UnitCode, u store.Unit) {
	up.of[code] = int32(len(up.lines))
	up.lines = append(up.lines, Line{Unit: code, Name: u.Name, Kind: u.Kind})
	up.inForce = append(up.inForce, u.InForce(q.Period.From) || u.InForce(q.Period.To) ||
		q.Period.From.Before(u.ValidFrom) && !q.Period.To.Before(u.ValidFrom))
}

// place finds the line on which a unit counts: its own, or that of the place it
// belongs to.
func (up *lineup) place(q Query, code store.UnitCode, subtree map[store.UnitCode]store.Unit) {
	at := code
	for range len(q.Subtree) {
		if _, ok := up.of[at]; ok {
			break
		}
		next := subtree[at].Parent
		if _, ok := subtree[next]; !ok {
			break
		}
		at = next
	}

	if line, ok := up.of[at]; ok {
		up.of[code] = line
	}
}
