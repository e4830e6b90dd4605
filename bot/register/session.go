package register

import (
	"danvan/bot/link"
	"danvan/flows"
	"danvan/store"
)

// unitOf is the unit of a registration.
func unitOf(s *store.Session) store.UnitCode { return store.UnitCode(flows.Key(s, "unit")) }

// here are the units whose models a registration belongs among: its own, or the
// heir of one that has ended meanwhile, and those which that took over from.
func (t turn) here(s *store.Session) *store.Subtree {
	return store.NewSubtree(t.Org.Tasks(t.Org.Heir(unitOf(s)))...)
}

// predecessor is the model that a registration goes on from; 0 for none.
func predecessor(s *store.Session) store.ModelID {
	return store.ModelID(link.ID(flows.Key(s, "predecessor")))
}

// goesOn reports whether a new registration goes on from a model.
func goesOn(s *store.Session) bool { return s.Subject == 0 && predecessor(s) != 0 }
