package units

import (
	"slices"
	"strings"

	"danvan/bot/sheet"
	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/org"
)

// comparison compares a list with the units that there are, as of its day.
type comparison struct {
	Changes
	all   *org.Org         // the units as they are kept
	then  *org.Org         // as of the list's day
	last  store.UnitImport // the one before, which the list must not be older than
	dated bool             // the list says from which day it holds

	listed map[store.UnitCode]store.Unit     // by the code that stands there
	own    map[store.UnitCode]store.UnitCode // the first code of a unit that is listed under another
	taken  map[store.UnitCode]store.UnitCode // under which code a unit is listed
}

func newComparison(all *org.Org, o Order, today store.Date, last store.UnitImport) *comparison {
	c := &comparison{
		Changes: Changes{AsOf: o.AsOf, put: map[store.UnitCode]store.Unit{}}, all: all, last: last, dated: !o.AsOf.IsZero(),
		listed: map[store.UnitCode]store.Unit{}, own: map[store.UnitCode]store.UnitCode{}, taken: map[store.UnitCode]store.UnitCode{},
	}
	if !c.dated {
		c.AsOf = today
	}
	c.then = all.On(c.AsOf)
	return c
}

// compare goes through the list, provinces first: a commune's own code may hang
// on its province's.
func (c *comparison) compare(list List) {
	for _, u := range list.Units {
		c.listed[u.Code] = u
	}
	for _, top := range []bool{true, false} {
		for _, u := range list.Units {
			if u.Kind.Top() == top {
				c.recognise(u)
			}
		}
	}

	for i, u := range list.Units {
		fault := c.checkTree(u)
		if fault == nil {
			fault = c.sort(u)
		}
		if fault != nil {
			f := list.At[i]
			f.Key, f.Args = fault.Key, fault.Args
			c.Faults = append(c.Faults, f)
		}
	}
	c.countAbsent()
}

// recognise finds the unit that a code of the list is of: its own, one that
// corrected it, or one that corrects it now. Then the old code is not listed,
// and the same place bears the same name in the same province.
func (c *comparison) recognise(u store.Unit) {
	if old, ok := c.all.Unit(u.Code); ok {
		c.own[u.Code] = old.Code
		return
	}
	if !u.Kind.Place() {
		return
	}

	_, bare := split(u.Name)
	var found []store.UnitCode
	for _, code := range c.then.Below(c.first(u.Parent)).Codes() {
		old, _ := c.then.Unit(code)
		_, name := split(old.Name)
		gone := !slices.ContainsFunc(old.Codes(), func(code store.UnitCode) bool { _, ok := c.listed[code]; return ok })
		beside := old.Kind.Place() && old.Kind.Top() == u.Kind.Top() && old.Parent == c.first(u.Parent)
		if gone && beside && old.InForce(c.AsOf) && alike(name, bare) {
			found = append(found, code)
		}
	}
	if len(found) == 1 && c.taken[found[0]] == "" {
		c.own[u.Code], c.taken[found[0]] = found[0], u.Code
	}
}

// first is the first code of the unit that a list's code is of.
func (c *comparison) first(code store.UnitCode) store.UnitCode {
	if own, ok := c.own[code]; ok {
		return own
	}
	if u, ok := c.all.Unit(code); ok {
		return u.Code
	}
	return code
}

// unit returns a unit as the list says it, else as it is known.
func (c *comparison) unit(code store.UnitCode) (store.Unit, bool) {
	u, listed := c.listed[code]
	known, ok := c.then.Unit(code)
	if !listed {
		return known, ok
	}
	if u.ValidTo.IsZero() {
		u.Successors = known.Successors // left out
	}
	return u, true
}

// checkTree wants a parent and successors that exist, levels that make sense, and
// no circle.
func (c *comparison) checkTree(u store.Unit) *sheet.Fault {
	for _, s := range u.Successors {
		after, ok := c.unit(s.Code)
		switch {
		case !ok:
			return &sheet.Fault{Key: "units.successor", Args: text.Args{"Code": string(s.Code)}}
		case after.Kind.Place() != u.Kind.Place() || after.Kind.Top() != u.Kind.Top():
			return &sheet.Fault{Key: "units.successor_level", Args: text.Args{"Name": u.Name, "After": after.Name}}
		}
	}

	seen := map[store.UnitCode]bool{}
	for at := u; at.Parent != ""; {
		if seen[at.Code] {
			return &sheet.Fault{Key: "units.circle", Args: text.Args{"Code": string(u.Code)}}
		}
		seen[at.Code] = true
		up, ok := c.unit(at.Parent)
		switch {
		case !ok:
			return &sheet.Fault{Key: "units.parent", Args: text.Args{"Code": string(at.Parent)}}
		case at.Code == u.Code && u.Kind.Place() && !up.Kind.Top():
			return &sheet.Fault{Key: "units.level", Args: text.Args{"Name": u.Name, "Parent": up.Name}}
		}
		at = up
	}
	return c.succession(u)
}

// succession wants the units that follow one another to come to an end.
func (c *comparison) succession(u store.Unit) *sheet.Fault {
	seen, next := map[store.UnitCode]bool{u.Code: true}, slices.Clone(u.Successors)
	for len(next) > 0 {
		code := next[0].Code
		if next = next[1:]; code == u.Code {
			return &sheet.Fault{Key: "units.own_successor", Args: text.Args{"Code": string(u.Code)}}
		}
		if !seen[code] {
			seen[code] = true
			after, _ := c.unit(code)
			next = append(next, after.Successors...)
		}
	}
	return nil
}

// sort puts a unit where it belongs among the changes.
func (c *comparison) sort(u store.Unit) *sheet.Fault {
	as := u.Code
	u.Code, u.Parent = c.first(u.Code), c.first(u.Parent)
	for i, s := range u.Successors {
		u.Successors[i].Code = c.first(s.Code)
	}
	if other := c.taken[u.Code]; other != "" && other != as {
		return &sheet.Fault{Key: "units.other_code", Args: text.Args{"Code": string(as), "Other": string(other)}}
	}
	c.taken[u.Code] = as

	old, ok := c.all.Unit(u.Code)
	if !ok {
		return c.add(u)
	}

	now, kinds := c.change(old, u, as)
	later := func(v store.Version) bool { return c.AsOf.Before(v.From) }
	switch {
	case len(kinds) == 0:
		c.Same++
	case c.dated && c.AsOf.Before(c.last.AsOf) || slices.ContainsFunc(old.Versions, later):
		return &sheet.Fault{Key: "units.older", Args: text.Args{
			"Name": old.On(c.AsOf).Name, "AsOf": c.AsOf.DMY(), "Last": c.newest(old).DMY(),
		}}
	default:
		c.put[u.Code], c.before = now, append(c.before, old)
		for _, list := range kinds {
			*list = append(*list, Change{old.On(c.AsOf), now.On(c.AsOf)})
		}
	}
	return nil
}

// newest is the day of the newest that is known of a unit.
func (c *comparison) newest(u store.Unit) store.Date {
	day := c.last.AsOf
	for _, v := range u.Versions {
		if day.Before(v.From) {
			day = v.From
		}
	}
	return day
}

// add is for a unit that there was not. In a house that has units it begins with
// the list's day, if the list says one.
func (c *comparison) add(u store.Unit) *sheet.Fault {
	if c.dated && c.AsOf.Before(c.last.AsOf) {
		return &sheet.Fault{Key: "units.older", Args: text.Args{"Name": u.Name, "AsOf": c.AsOf.DMY(), "Last": c.last.AsOf.DMY()}}
	}
	if c.dated && u.ValidFrom.IsZero() && len(c.all.Units()) > 0 {
		u.ValidFrom = c.AsOf
	}
	c.New = append(c.New, u)
	c.put[u.Code] = u
	return nil
}

// change makes of a unit what a list says it is, and says of what kinds the
// change is.
func (c *comparison) change(old, u store.Unit, as store.UnitCode) (now store.Unit, lists []*[]Change) {
	was := old.On(c.AsOf)
	now = old
	if !slices.Contains(old.Codes(), as) {
		now.Aliases = append(slices.Clone(old.Aliases), store.Alias{Code: as, From: c.AsOf})
		lists = append(lists, &c.Recoded)
	}

	_, bare := split(u.Name)
	_, wasBare := split(was.Name)
	same := was.Kind == u.Kind && was.Parent == u.Parent
	switch {
	case same && was.Name == u.Name:
	case same && alike(bare, wasBare):
		now = now.Spelt(u.Name, c.AsOf)
		lists = append(lists, &c.Mended)
	default:
		now = now.Becoming(store.Version{From: c.AsOf, Name: u.Name, Kind: u.Kind, Parent: u.Parent})
		for _, part := range []struct {
			changed bool
			list    *[]Change
		}{{was.Kind != u.Kind, &c.Retyped}, {was.Parent != u.Parent, &c.Moved}, {!alike(bare, wasBare), &c.Renamed}} {
			if part.changed {
				lists = append(lists, part.list)
			}
		}
	}

	// What a list leaves out stays as it is.
	if !u.ValidFrom.IsZero() {
		now.ValidFrom = u.ValidFrom
	}
	if !u.ValidTo.IsZero() {
		now.ValidTo, now.Successors = u.ValidTo, u.Successors
		if !now.Follows(now.Picked) {
			now.Picked = ""
		}
	}
	if now.ValidFrom != old.ValidFrom || now.ValidTo != old.ValidTo || !slices.Equal(now.Successors, old.Successors) {
		lists = append(lists, &c.Closed)
	}
	return now, lists
}

// countAbsent counts the places in force that are not listed though others of the
// same parent are.
func (c *comparison) countAbsent() {
	parents := map[store.UnitCode]bool{}
	for _, u := range c.listed {
		if u.Kind.Place() && !u.Kind.Top() {
			parents[c.first(u.Parent)] = true
		}
	}
	for _, u := range c.then.Units() {
		if parents[u.Parent] && u.Kind.Place() && u.InForce(c.AsOf) && c.taken[u.Code] == "" {
			c.Absent++
		}
	}
}

// sounds are spellings of one sound: lists mend one into the other without a new
// name being given.
var sounds = strings.NewReplacer("ngh", "ng", "gh", "g", "gi", "d", "tr", "ch", "k", "c", "x", "s", "y", "i", " ", "")

// alike reports whether two names are one, spelt differently: "Ia Mơ" and "Iamơ",
// "Xín Chéng" and "Sín Chéng", "Thuỵ Hoà" and "Thụy Hòa".
func alike(a, b string) bool { return sounds.Replace(answer.Fold(a)) == sounds.Replace(answer.Fold(b)) }
