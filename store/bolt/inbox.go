package bolt

import (
	"cmp"
	"fmt"
	"slices"

	"danvan/store"
)

// Arrivals sorts what it finds: the ids of events have no order of their own.
func (r *reader) Arrivals() ([]store.Arrival, error) {
	type row struct {
		store.Arrival
		place uint64
	}
	var rows []row
	for k, v := range r.scan(inbox, nil) {
		if len(v) < 8 {
			return nil, fmt.Errorf("event %q waits: %w", k, store.ErrDamaged)
		}
		rows = append(rows, row{store.Arrival{Event: string(k), Body: slices.Clone(v[8:])}, tail(v[:8])})
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.place, b.place) })

	all := make([]store.Arrival, len(rows))
	for i, row := range rows {
		all[i] = row.Arrival
	}
	return all, nil
}

func (t *tx) Await(w store.Arrival) error {
	if t.get(events, key(w.Event)) != nil {
		return nil
	}
	place := slices.Clone(t.get(inbox, key(w.Event)))
	if place == nil {
		n, err := t.bucket(inbox).NextSequence()
		if err != nil {
			return fmt.Errorf("keep event: %w", err)
		}
		place = num(n)
	}
	return t.put(inbox, key(w.Event), slices.Concat(place[:8], w.Body))
}
