package bolt

import (
	"fmt"

	"danvan/store"
)

func unitInPeriod(period store.PeriodID, unit store.UnitCode) key {
	return inPeriod(period).raw(string(unit))
}

func inPeriod(period store.PeriodID) key { return key(nil).text(string(period)) }

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
	v.SubmittedAt, v.WithdrawnAt = utc(v.SubmittedAt), utc(v.WithdrawnAt)
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

	return v, nil
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
