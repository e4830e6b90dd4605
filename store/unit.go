package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

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

// Top reports whether places of this kind are under no other place.
func (k UnitKind) Top() bool { return k == Province || k == City }

// Unit is a node of the organisation tree. Its code is for life; its name, its
// kind and its parent are those of a day. A unit as it is kept says the newest,
// and in Versions all of them; On says those of another day.
type Unit struct {
	Code      UnitCode `json:"code"`
	Name      string   `json:"name"` // in full: "Xã Định Mỹ"
	Kind      UnitKind `json:"kind"`
	Parent    UnitCode `json:"parent,omitempty"`
	ValidFrom Date     `json:"from,omitzero"`
	ValidTo   Date     `json:"to,omitzero"` // last day in force; zero: still
	// Successors follow it, where it ended by merging or splitting.
	Successors []Successor `json:"successors,omitempty"`
	// Picked is which of several successors takes over what it leaves; "": Heir
	// goes by their shares.
	Picked UnitCode `json:"picked,omitempty"`
	// Versions are what it was under its code, the oldest first; none where it
	// was never anything else.
	Versions []Version `json:"versions,omitempty"`
	// Aliases are the codes that corrected its own. Records keep the first.
	Aliases []Alias `json:"aliases,omitempty"`
	// Withdrawn: it was listed by mistake, and is none.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Version is what a unit is from a day on; the first of several is what it was
// before the second, whatever its own day.
type Version struct {
	From   Date     `json:"from,omitzero"`
	Name   string   `json:"name"`
	Kind   UnitKind `json:"kind"`
	Parent UnitCode `json:"parent,omitempty"`
}

// Alias is another code of a unit.
type Alias struct {
	Code UnitCode `json:"code"`
	From Date     `json:"from,omitzero"`
}

// Successor is a unit that follows another one, and its share of that in
// percent; 0 where nobody said.
type Successor struct {
	Code  UnitCode
	Share int
}

// MarshalText writes "30712", or with a share "30712:70".
func (s Successor) MarshalText() ([]byte, error) {
	if s.Share == 0 {
		return []byte(s.Code), nil
	}
	return fmt.Appendf(nil, "%s:%d", s.Code, s.Share), nil
}

// UnmarshalText reads what MarshalText wrote. A share is from 1 to 100.
func (s *Successor) UnmarshalText(text []byte) error {
	code, share, said := strings.Cut(string(text), ":")
	*s = Successor{Code: UnitCode(code)}
	if !said {
		return nil
	}
	n, err := strconv.Atoi(share)
	if err != nil || n < 1 || n > 100 {
		return fmt.Errorf("successor %q: a share is from 1 to 100 percent", text)
	}
	s.Share = n
	return nil
}

// Heir is the unit that takes over what this one leaves when it ends: its seats,
// drafts, models and what it owes. Of several successors it is the one that was
// picked, else the one with the largest share. "" where there is none.
func (u Unit) Heir() UnitCode {
	if len(u.Successors) == 0 {
		return ""
	}
	if u.Picked != "" {
		return u.Picked
	}
	return slices.MaxFunc(u.Successors, func(a, b Successor) int { return a.Share - b.Share }).Code
}

// Follows reports whether another unit is a successor of this one.
func (u Unit) Follows(other UnitCode) bool {
	return slices.ContainsFunc(u.Successors, func(s Successor) bool { return s.Code == other })
}

// InForce reports whether the unit exists on a day.
func (u Unit) InForce(on Date) bool {
	return !u.Withdrawn && (u.ValidFrom.IsZero() || !on.Before(u.ValidFrom)) && (u.ValidTo.IsZero() || !u.ValidTo.Before(on))
}

// On returns the unit with the name, the kind and the parent that it has on a
// day.
func (u Unit) On(day Date) Unit {
	for i, v := range u.Versions {
		if i == 0 || !day.Before(v.From) {
			u.Name, u.Kind, u.Parent = v.Name, v.Kind, v.Parent
		}
	}
	return u
}

// Becoming returns the unit that is something else from a day on. What was
// said of that day before is replaced.
func (u Unit) Becoming(v Version) Unit {
	all := slices.Clone(u.Versions)
	if len(all) == 0 {
		all = []Version{{Name: u.Name, Kind: u.Kind, Parent: u.Parent}}
	}
	all = slices.DeleteFunc(all, func(w Version) bool { return w.From == v.From })
	i := slices.IndexFunc(all, func(w Version) bool { return v.From.Before(w.From) })
	if i < 0 {
		i = len(all)
	}
	all = slices.Insert(all, i, v)
	all = slices.CompactFunc(all, func(a, b Version) bool { return a.Name == b.Name && a.Kind == b.Kind && a.Parent == b.Parent })

	newest := all[len(all)-1]
	if u.Name, u.Kind, u.Parent, u.Versions = newest.Name, newest.Kind, newest.Parent, all; len(all) == 1 {
		u.Versions = nil
	}
	return u
}

// Spelt returns the unit whose name of a day is written differently: the same
// name, and so as long as it bears it.
func (u Unit) Spelt(name string, day Date) Unit {
	was := u.On(day).Name
	if u.Name == was {
		u.Name = name
	}
	u.Versions = slices.Clone(u.Versions)
	for i := range u.Versions {
		if u.Versions[i].Name == was {
			u.Versions[i].Name = name
		}
	}
	return u
}

// Codes lists the codes by which a unit is known, its own first.
func (u Unit) Codes() []UnitCode {
	out := []UnitCode{u.Code}
	for _, a := range u.Aliases {
		out = append(out, a.Code)
	}
	return out
}

// UnitImport is what importing a list of units did, so that it can be undone.
type UnitImport struct {
	ID     uint64     `json:"id"`
	At     time.Time  `json:"at"`
	AsOf   Date       `json:"as_of"` // the day from which the list holds
	Source string     `json:"source,omitempty"`
	Added  []UnitCode `json:"added,omitempty"`
	Before []Unit     `json:"before,omitempty"` // the units that it changed, as they were
	Undone time.Time  `json:"undone,omitzero"`
}
