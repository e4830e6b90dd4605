package digest

import (
	"slices"

	"danvan/bot/about"
	"danvan/store"
	"danvan/store/deadline"
)

// summary answers /tonghop: the figures of the post's scope for the period
// that is worked on now.
func (t turn) summary() error {
	b, ok, err := t.boardOf(t.Post.Unit)
	switch {
	case err != nil:
		return err
	case !ok && t.Scope().Len() > 1: // of a unit that one binds there may be
		return t.find(b)
	case !ok:
		err = t.Tell("summary.no_campaign", nil)
	default:
		err = t.show(b)
	}
	if err != nil {
		return err
	}
	return t.Again()
}

// boardOf is a board of a unit for the period that is worked on now; false
// where no campaign binds the unit.
func (t turn) boardOf(unit store.UnitCode) (store.Board, bool, error) {
	b := store.Board{Unit: unit, AsOf: t.Event.At}
	c, ok, err := t.counted(unit)
	if err != nil || !ok {
		return b, false, err
	}
	p, err := t.currentPeriod(c)
	b.Campaign, b.Period = c.ID, p.ID
	return b, true, err
}

// counted is the campaign whose figures a unit looks at now: the one that runs,
// unless the reports of one before it, of the same unit, still come in; where
// none runs any more the one that ended last.
func (t turn) counted(unit store.UnitCode) (store.Campaign, bool, error) {
	best, ok, err := about.Campaign(t.Turn, unit)
	if err != nil {
		return best, ok, err
	}
	all, err := t.Tx.Campaigns()
	if err != nil {
		return best, ok, err
	}

	runs := ok
	for _, c := range all {
		over, err := t.over(c)
		if err != nil {
			return best, ok, err
		}
		if !c.To.Before(t.Today) || runs && (over || c.Unit != best.Unit) || ok && !runs && !best.To.Before(c.To) {
			continue
		}
		if t.Org.Under(unit, c.Unit) {
			best, ok = c, true
		}
	}
	return best, ok, nil
}

// over reports whether a campaign has ended and its last reports are closed.
func (t turn) over(c store.Campaign) (bool, error) {
	cal, err := t.Calendar()
	return c.To.Before(t.Today) && len(deadline.Current(c, cal, t.Event.At)) == 0, err
}

// currentPeriod is the period of a campaign that is worked on now: of several
// the one that is due first. Of a campaign that is over it is the last one; it
// has no id where there is none.
func (t turn) currentPeriod(c store.Campaign) (store.Period, error) {
	cal, err := t.Calendar()
	if err != nil {
		return store.Period{}, err
	}
	all := deadline.Current(c, cal, t.Event.At)
	if len(all) > 0 {
		return slices.MinFunc(all, func(a, b store.Period) int { return a.Due.Compare(b.Due) }), nil
	}

	if last := deadline.Periods(c, cal, c.To, c.To); c.To.Before(t.Today) && len(last) > 0 {
		return last[len(last)-1], nil
	}
	return store.Period{}, nil
}
