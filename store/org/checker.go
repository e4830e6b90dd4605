package org

import "danvan/store"

// Checker returns the post that checks a model: the one that returned it, as
// long as somebody holds it, or the coordinator's nearest to the unit, upwards.
// Who hears of nothing, because no message arrives, is passed over while there
// is anybody else. False means that nobody checks here, and that a registration
// is accepted at once.
func (o *Org) Checker(m store.Model, hears func(store.PersonID) (bool, error)) (store.Post, bool, error) {
	var silent store.Post
	try := func(p store.Post) (bool, error) {
		if p.Holder == 0 || p.Role != store.Coordinator || !o.Covers(p, m) {
			return false, nil
		}
		if silent.ID == "" {
			silent = p
		}
		return hears(p.Holder)
	}

	if p, ok := o.Seat(m.Checker); ok {
		if found, err := try(p); found || err != nil {
			return p, found, err
		}
	}
	for p := range o.upwards(m.Unit, store.Coordinator) {
		if found, err := try(p); found || err != nil {
			return p, found, err
		}
	}
	return silent, silent.ID != "", nil
}
