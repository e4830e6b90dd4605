package bolt

import "danvan/store"

func (r *reader) SpecialDays() ([]store.SpecialDay, error) {
	return list[store.SpecialDay](r, specialDays, nil)
}

func (t *tx) PutSpecialDay(d store.SpecialDay) error {
	return t.save(specialDays, key(d.Day.String()), d)
}

func (t *tx) DeleteSpecialDay(d store.Date) error { return t.delete(specialDays, key(d.String())) }
