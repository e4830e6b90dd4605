package org

import (
	"maps"
	"slices"
	"sync"

	"danvan/store"
)

// eras are the units through time: between two days at which any of them became
// something else, one tree is true.
type eras struct {
	known   map[store.UnitCode]store.Unit // as they are kept
	aliases map[store.UnitCode]store.UnitCode
	days    []store.Date // at which a unit became something else, or another one its heir

	mu    sync.Mutex
	trees []*tree // before the first day, then from each of them on; nil until it is asked for
}

// last is a day after everything that is known of units.
var last = store.Date{Year: 9999, Month: 12, Day: 31}

// newEras puts some units over others.
func newEras(known map[store.UnitCode]store.Unit, put []store.Unit) *eras {
	e := &eras{known: make(map[store.UnitCode]store.Unit, len(known)+len(put)), aliases: map[store.UnitCode]store.UnitCode{}}
	maps.Copy(e.known, known)
	for _, u := range put {
		if e.known[u.Code] = u; u.Withdrawn {
			delete(e.known, u.Code)
		}
	}

	for _, u := range e.known {
		for _, a := range u.Aliases {
			e.aliases[a.Code] = u.Code
		}
		for i, v := range u.Versions {
			if i > 0 {
				e.days = append(e.days, v.From)
			}
		}
		if !u.ValidTo.IsZero() && u.Heir() != "" {
			e.days = append(e.days, u.ValidTo.AddDays(1))
		}
	}
	slices.SortFunc(e.days, store.Date.Compare)
	e.days = slices.Compact(e.days)
	e.trees = make([]*tree, len(e.days)+1)
	return e
}

// on returns the tree of a day.
func (e *eras) on(day store.Date) *tree {
	i, found := slices.BinarySearchFunc(e.days, day, store.Date.Compare)
	if found {
		i++
	}
	return e.tree(i)
}

// tree returns the tree from the i-th day on.
func (e *eras) tree(i int) *tree {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.trees[i] != nil {
		return e.trees[i]
	}

	units, day := e.known, last
	if i < len(e.days) { // the last of them is what is kept
		day = e.days[i].AddDays(-1)
		units = make(map[store.UnitCode]store.Unit, len(e.known))
		for code, u := range e.known {
			units[code] = u.On(day)
		}
	}
	e.trees[i] = plant(e, units, day)
	return e.trees[i]
}
