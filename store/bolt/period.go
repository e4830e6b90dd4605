package bolt

import (
	"cmp"
	"fmt"
	"slices"

	"danvan/store"
)

func unitInPeriod(period store.PeriodID, unit store.UnitCode) key {
	return inPeriod(period).raw(string(unit))
}

func inPeriod(period store.PeriodID) key { return key(nil).text(string(period)) }

// Period reads one of those that lie in their campaign's record, where a turn
// that reads the campaign has them without another key.
func (r *reader) Period(id store.PeriodID) (store.Period, error) {
	c, err := r.Campaign(id.Campaign())
	if err != nil {
		return store.Period{}, err
	}
	i, there := findPeriod(c.Begun, id)
	if !there {
		return store.Period{}, fmt.Errorf("period %q: %w", id, store.ErrNotFound)
	}
	return c.Begun[i], nil
}

func findPeriod(all []store.Period, id store.PeriodID) (int, bool) {
	return slices.BinarySearchFunc(all, id, func(p store.Period, id store.PeriodID) int { return cmp.Compare(p.ID, id) })
}

func (t *tx) PutPeriod(p store.Period) error {
	p.Due, p.OnTime, p.Locked = utc(p.Due), utc(p.OnTime), utc(p.Locked)
	p.WrittenAt, p.ListedAt, p.ClosedAt = utc(p.WrittenAt), utc(p.ListedAt), utc(p.ClosedAt)
	c, err := t.Campaign(p.ID.Campaign())
	if err != nil {
		return fmt.Errorf("put period: %w", err)
	}
	i, there := findPeriod(c.Begun, p.ID)
	if !there {
		c.Begun = slices.Insert(c.Begun, i, p)
	}
	c.Begun[i] = p
	return t.save(campaigns, key(c.ID), c)
}

// Obliged reads codes that are packed: three thousand of them stand in a turn's
// way.
func (r *reader) Obliged(id store.PeriodID) ([]store.UnitCode, error) {
	u := unpacker{b: r.get(obliged, key(id))}
	u.kept = string(u.b)
	var out []store.UnitCode
	for !u.broken && !u.done() {
		out = append(out, store.UnitCode(u.text()))
	}
	if u.broken {
		return nil, fmt.Errorf("read who is obliged for %q: %w", id, errBroken)
	}
	return out, nil
}

func (t *tx) PutObliged(id store.PeriodID, units []store.UnitCode) error {
	var p packed
	for _, u := range slices.Sorted(slices.Values(units)) {
		p = p.text(string(u))
	}
	return t.put(obliged, key(id), p)
}

func (r *reader) Report(unit store.UnitCode, period store.PeriodID) (store.Report, error) {
	v, err := find[store.Report](r, reports, unitInPeriod(period, unit))
	if err != nil {
		return store.Report{}, fmt.Errorf("report of unit %q for %q: %w", unit, period, err)
	}
	return v, nil
}

func (r *reader) Reports(period store.PeriodID) ([]store.Report, error) {
	return list[store.Report](r, reports, inPeriod(period))
}

func (t *tx) PutReport(v store.Report) (store.Report, error) {
	v.At, v.SubmittedAt, v.WithdrawnAt = utc(v.At), utc(v.SubmittedAt), utc(v.WithdrawnAt)
	var kept uint64
	k := unitInPeriod(v.Period, v.Unit)
	if b := t.get(reports, k); b != nil {
		old, err := decode[store.Report](b)
		if err != nil {
			return store.Report{}, err
		}
		kept = old.Revision
	}

	if kept != v.Revision {
		return store.Report{}, fmt.Errorf("put report of unit %q for %q: revision %d, kept is %d: %w",
			v.Unit, v.Period, v.Revision, kept, store.ErrConflict)
	}

	v.Revision++
	if err := t.save(reports, k, v); err != nil {
		return store.Report{}, err
	}
	if err := t.save(reportEditions, editionsOfReport(v.Unit, v.Period).num(v.Revision), v); err != nil {
		return store.Report{}, err
	}

	return v, nil
}

func editionsOfReport(unit store.UnitCode, period store.PeriodID) key {
	return inPeriod(period).text(string(unit))
}

func (r *reader) ReportEditions(unit store.UnitCode, period store.PeriodID) ([]store.Report, error) {
	return list[store.Report](r, reportEditions, editionsOfReport(unit, period))
}

func (r *reader) Exceptions(period store.PeriodID) ([]store.Exception, error) {
	return list[store.Exception](r, exceptions, inPeriod(period))
}

// AddException puts a number behind the unit's code. It begins with a zero
// byte, which no code holds, so that the codes keep their order.
func (t *tx) AddException(v store.Exception) error {
	v.Until, v.At = utc(v.Until), utc(v.At)
	id, err := t.NewID()
	if err != nil {
		return err
	}
	return t.save(exceptions, unitInPeriod(v.Period, v.Unit).num(id), v)
}

func (r *reader) Snapshot(period store.PeriodID, unit store.UnitCode) (store.Snapshot, error) {
	v, err := find[store.Snapshot](r, snapshots, unitInPeriod(period, unit))
	if err != nil {
		return store.Snapshot{}, fmt.Errorf("snapshot of unit %q for %q: %w", unit, period, err)
	}
	return v, nil
}

func (t *tx) PutSnapshot(v store.Snapshot) error {
	v.At = utc(v.At)
	k := unitInPeriod(v.Period, v.Unit)
	if t.get(snapshots, k) != nil {
		return fmt.Errorf("put snapshot of unit %q for %q: %w", v.Unit, v.Period, store.ErrConflict)
	}
	return t.save(snapshots, k, v)
}
