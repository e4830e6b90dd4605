package bolt

import "danvan/store"

func (r *reader) SpecialDays() ([]store.SpecialDay, error) {
	return list[store.SpecialDay](r, specialDays, nil)
}

func (t *tx) PutSpecialDay(d store.SpecialDay) error {
	if err := t.save(specialDays, key(d.Day.String()), d); err != nil {
		return err
	}
	_, err := t.newEdition(specialDays)
	return err
}

func (t *tx) DeleteSpecialDay(d store.Date) error {
	if err := t.delete(specialDays, key(d.String())); err != nil {
		return err
	}
	_, err := t.newEdition(specialDays)
	return err
}
