package deadline

import (
	"slices"
	"time"

	"danvan/store"
)

// Ending is a period whose figures are to be frozen when it is closed, and for
// which units.
type Ending struct {
	Period store.Period
	Units  []store.UnitCode
}

const (
	freezeBack = 92 // days after a closing in which freezing is still made up for
	freezeMost = 50 // units in one tick, of one period
)

// The steps of the ledger's lines about freezing, of Person 0: one for each
// unit, and FrozenAll with the last of them.
const (
	frozenUnit = "unit/"
	FrozenAll  = "all"
)

// Ended returns a campaign's periods that are closed by an instant, and were not
// for long at another, which may be earlier.
func Ended(c store.Campaign, cal *Calendar, from, until time.Time) []store.Period {
	all := Periods(c, cal, cal.Day(from).AddDays(-freezeBack-lookBack), cal.Day(until))
	return slices.DeleteFunc(all, func(p store.Period) bool {
		at := Closing(p)
		return at.After(until) || at.Before(from.AddDate(0, 0, -freezeBack))
	})
}

// Watched returns the units for which figures of a campaign are frozen: its own,
// and every unit within or above it that has a supervisor or a coordinator.
func Watched(o Org, c store.Campaign) []store.UnitCode {
	out := []store.UnitCode{c.Unit}
	for _, role := range []store.Role{store.Supervisor, store.Coordinator} {
		for _, p := range o.SeatsAs(role) {
			if o.Under(p.Unit, c.Unit) || o.Under(c.Unit, p.Unit) {
				out = append(out, p.Unit)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// PlanFreezes returns what is to be frozen now, a part of it: each Send is one
// unit of a period, goes to nobody, and its lines are to be written with the
// snapshot. The figures are those of the lines' Due, however late it is.
func PlanFreezes(in Input) []Send {
	p := newPlanner(in)
	var out []Send
	for _, e := range in.Endings {
		units := p.unfrozen(e)
		for i, unit := range units[:min(len(units), freezeMost)] {
			s := Send{At: p.Now, Lines: []store.Sent{p.frozen(e, frozenUnit+string(unit), unit)}}
			if i == len(units)-1 {
				s.Lines = append(s.Lines, p.frozen(e, FrozenAll))
			}
			out = append(out, s)
		}
	}
	return out
}

// freezes previews freezing: a line for each period.
func (p *planner) freezes(now time.Time) []Send {
	p.Now = now
	var out []Send
	for _, e := range p.Endings {
		if units := p.unfrozen(e); len(units) > 0 {
			out = append(out, Send{At: now, Lines: []store.Sent{p.frozen(e, FrozenAll, units...)}})
		}
	}
	return out
}

// unfrozen lists the units for which a period that is closed is still to be
// frozen.
func (p *planner) unfrozen(e Ending) []store.UnitCode {
	if p.Now.Before(Closing(e.Period)) || p.isFrozen(e, FrozenAll) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(e.Units), func(u store.UnitCode) bool { return p.isFrozen(e, frozenUnit+string(u)) })
}

func (p *planner) isFrozen(e Ending, step string) bool {
	return p.done.at(slot{Freeze, e.Period.ID, step}).people[0]
}

func (p *planner) frozen(e Ending, step string, units ...store.UnitCode) store.Sent {
	return store.Sent{Rule: Freeze, Period: e.Period.ID, Step: step, At: p.Now, Due: Closing(e.Period), Units: units}
}
