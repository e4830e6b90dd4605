package bot

import (
	"slices"

	"danvan/store"
	"danvan/store/gather"
)

// underWay are the states in which news of a model are expected.
var underWay = []store.State{store.Accepted, store.Doing}

// place lists a unit with everything below it: its models count under it.
func (t *turn) place(unit store.UnitCode) ([]store.UnitCode, error) {
	under, err := below(t.tx, unit)
	return append([]store.UnitCode{unit}, under...), err
}

// stale lists the models under way of which nothing was heard since a duty's
// period began, though they were there before.
func (t *turn) stale(d duty) ([]store.Head, error) {
	units, err := t.place(d.Unit)
	if err != nil {
		return nil, err
	}
	within, err := gather.Within(t.tx, d.campaign)
	if err != nil {
		return nil, err
	}
	heads, err := t.tx.Heads(gather.Narrow(store.ModelQuery{Units: units, Campaign: d.campaign.ID, States: underWay}, within))
	if err != nil {
		return nil, err
	}
	began := d.Period.From.Time(t.Zone)
	var out []store.Head
	for _, h := range heads {
		if !h.ProgressAt.Before(began) || h.Campaign != d.campaign.ID && !within[h.Campaign] {
			continue
		}
		m, err := t.tx.Model(h.ID)
		if err != nil {
			return nil, err
		}
		if m.RegisteredAt.Before(began) {
			out = append(out, h)
		}
	}
	return out, nil
}

// facts are the models that a duty's report is about.
func (t *turn) facts(d duty) ([]store.Fact, error) {
	units, err := t.place(d.Unit)
	if err != nil {
		return nil, err
	}
	within, err := gather.Within(t.tx, d.campaign)
	if err != nil {
		return nil, err
	}
	facts, err := t.tx.Facts(gather.Narrow(store.ModelQuery{Units: units, Campaign: d.campaign.ID}, within))
	if len(within) == 0 {
		return facts, err
	}
	return slices.DeleteFunc(slices.Clone(facts), func(f store.Fact) bool {
		return f.Campaign != d.campaign.ID && !within[f.Campaign]
	}), err
}

// happened says whether anything is known to have happened in a duty's period:
// then "không phát sinh" would not be so.
func (t *turn) happened(d duty) (bool, error) {
	facts, err := t.facts(d)
	if err != nil {
		return false, err
	}
	within := func(day store.Date) bool { return !day.Before(d.Period.From) && !d.Period.To.Before(day) }
	for _, f := range facts {
		if within(store.DateOf(f.Registered.In(t.Zone))) {
			return true, nil
		}
		for _, s := range f.Steps {
			if s.Row != 0 && !s.Nothing && within(s.Day) {
				return true, nil
			}
		}
	}
	return false, nil
}
