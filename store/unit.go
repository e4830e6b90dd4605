package store

import "slices"

// UnitCode is a unit's official code, with its leading zeros ("40", "30709").
type UnitCode string

// UnitKind is the sort of unit.
type UnitKind string

// The kinds of unit. Provinces, cities, communes, wards and special zones are
// places; an organisation (an agency, an association, a school, a company)
// belongs to a place and counts under it.
const (
	Province     UnitKind = "province"
	City         UnitKind = "city"
	Commune      UnitKind = "commune"
	Ward         UnitKind = "ward"
	SpecialZone  UnitKind = "special_zone"
	Organisation UnitKind = "organisation"
)

// UnitKinds lists every kind.
var UnitKinds = []UnitKind{Province, City, Commune, Ward, SpecialZone, Organisation}

// Place reports whether units of this kind are administrative places.
func (k UnitKind) Place() bool { return k != Organisation && slices.Contains(UnitKinds, k) }

// Unit is a node of the organisation tree. A unit is never renamed in place:
// it is closed with ValidTo and its successors get codes of their own.
type Unit struct {
	Code       UnitCode   `json:"code"`
	Name       string     `json:"name"` // in full: "Xã Định Mỹ"
	Kind       UnitKind   `json:"kind"`
	Parent     UnitCode   `json:"parent,omitempty"`
	ValidFrom  Date       `json:"from,omitzero"`
	ValidTo    Date       `json:"to,omitzero"` // last day in force; zero: still
	Successors []UnitCode `json:"successors,omitempty"`
}

// InForce reports whether the unit exists on a day.
func (u Unit) InForce(on Date) bool {
	return (u.ValidFrom.IsZero() || !on.Before(u.ValidFrom)) && (u.ValidTo.IsZero() || !u.ValidTo.Before(on))
}
