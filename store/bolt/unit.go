package bolt

import (
	"fmt"

	"danvan/store"
)

func (r *reader) Unit(code store.UnitCode) (store.Unit, error) {
	u, err := find[store.Unit](r, units, key(code))
	if err != nil {
		return store.Unit{}, fmt.Errorf("unit %q: %w", code, err)
	}
	return u, nil
}

func (r *reader) Units(parent store.UnitCode) ([]store.Unit, error) {
	return listBy[store.Unit](r, unitChildren, key(nil).text(string(parent)), units)
}

func (r *reader) UnitsSince(edition uint64) ([]store.Unit, error) {
	return changedSince[store.Unit](r, units, edition)
}

func (r *reader) UnitImports() ([]store.UnitImport, error) {
	return list[store.UnitImport](r, unitImports, nil)
}

func (t *tx) PutUnitImport(v store.UnitImport) error {
	v.At, v.Undone = utc(v.At), utc(v.Undone)
	return t.save(unitImports, num(v.ID), v)
}

func (t *tx) PutUnit(u store.Unit) error {
	var was []entry
	if b := t.get(units, key(u.Code)); b != nil {
		old, err := decode[store.Unit](b)
		if err != nil {
			return err
		}
		was = unitEntries(old)
	}
	if err := t.save(units, key(u.Code), u); err != nil {
		return err
	}
	if err := t.reindex(was, unitEntries(u)); err != nil {
		return err
	}
	return t.changed(units, string(u.Code))
}

func unitEntries(u store.Unit) []entry {
	return []entry{{unitChildren, key(nil).text(string(u.Parent)).raw(string(u.Code)), nil}}
}
