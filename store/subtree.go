package store

import "fmt"

// Subtree is a set of units in the order of the list of units: those that
// somebody looks after, or that figures are of. It is made once and shared, and
// holds every unit that is meant; which ones these are package org knows.
//
// No Subtree at all, a nil one, stands for every unit.
type Subtree struct {
	codes []UnitCode
	in    map[UnitCode]struct{}
}

// NewSubtree returns the set of some units, in their order. It owns the list.
func NewSubtree(codes ...UnitCode) *Subtree {
	s := &Subtree{codes: codes, in: make(map[UnitCode]struct{}, len(codes))}
	for _, code := range codes {
		s.in[code] = struct{}{}
	}
	return s
}

// Codes lists the units. The list is shared and must not be altered.
func (s *Subtree) Codes() []UnitCode {
	if s == nil {
		return nil
	}
	return s.codes
}

// String names the units, so that what is written of a query tells it from
// another one.
func (s *Subtree) String() string {
	if s == nil {
		return "everywhere"
	}
	return fmt.Sprint(s.codes)
}

// Has reports whether a unit is one of them.
func (s *Subtree) Has(code UnitCode) bool {
	if s == nil {
		return true
	}
	_, ok := s.in[code]
	return ok
}

// Len counts the units.
func (s *Subtree) Len() int { return len(s.Codes()) }
