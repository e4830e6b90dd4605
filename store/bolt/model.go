package bolt

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"danvan/store"
)

func (r *reader) Model(id store.ModelID) (store.Model, error) {
	m, err := find[store.Model](r, models, num(id))
	if err != nil {
		return store.Model{}, fmt.Errorf("model %d: %w", id, err)
	}
	return m, nil
}

func (r *reader) ModelByCode(code string) (store.Model, error) {
	id := r.get(modelsByCode, key(code))
	if id == nil {
		return store.Model{}, fmt.Errorf("model %q: %w", code, store.ErrNotFound)
	}
	return r.Model(store.ModelID(tail(id)))
}

func (t *tx) PutModel(m store.Model) (store.Model, error) {
	m.RegisteredAt, m.ProgressAt, m.ConfirmedAt = utc(m.RegisteredAt), utc(m.ProgressAt), utc(m.ConfirmedAt)
	id := num(m.ID)
	old, err := t.oldModel(id)
	if err != nil {
		return store.Model{}, err
	}
	if old.Revision != m.Revision {
		return store.Model{}, fmt.Errorf("put model %d: revision %d, kept is %d: %w", m.ID, m.Revision, old.Revision, store.ErrConflict)
	}
	if other := t.get(modelsByCode, key(m.Code)); other != nil && tail(other) != uint64(m.ID) {
		return store.Model{}, fmt.Errorf("put model %d: code %q belongs to model %d: %w", m.ID, m.Code, tail(other), store.ErrConflict)
	}

	m.Revision++
	if err := t.save(models, id, m); err != nil {
		return store.Model{}, err
	}

	var was []entry
	if old.Revision > 0 {
		was = modelEntries(old)
	}
	if err := t.reindex(was, modelEntries(m)); err != nil {
		return store.Model{}, err
	}
	if err := t.putFact(m); err != nil {
		return store.Model{}, err
	}

	return m, nil
}

// oldModel returns what is kept under an id, the zero Model if nothing is.
func (t *tx) oldModel(id key) (store.Model, error) {
	b := t.get(models, id)
	if b == nil {
		return store.Model{}, nil
	}
	return decode[store.Model](b)
}

func modelEntries(m store.Model) []entry {
	all := []entry{
		{heads, num(m.ID), packHead(m.Head())},
		{modelsByUnit, key(nil).text(string(m.Unit)).num(uint64(m.ID)), nil},
	}
	for _, e := range m.Entries {
		all = append(all, entry{modelOptions, optionKey(e.Campaign, store.FieldList, e.Field).num(uint64(m.ID)), nil},
			entry{modelOptions, optionKey(e.Campaign, store.TitleList, e.TitleGroup).num(uint64(m.ID)), nil})
	}
	if m.Code != "" {
		all = append(all, entry{modelsByCode, key(m.Code), num(m.ID)})
	}
	if m.Unchecked() {
		all = append(all, entry{unchecked, num(m.ID), nil})
	}
	if m.State.Unfinished() && !m.To.IsZero() {
		all = append(all, entry{terms, key(m.To.String()).text(string(m.Unit)).num(uint64(m.ID)), nil})
	}
	return all
}

func (r *reader) Terms(from, to store.Date) ([]store.Term, error) {
	out := []store.Term{}
	c := r.bucket(terms).Cursor()
	for k, _ := c.Seek(key(from.String())); k != nil; {
		r.visit()
		var t store.Term
		if err := t.To.UnmarshalText(k[:dayLen]); err != nil {
			return nil, fmt.Errorf("read term: %w", err)
		}
		if to.Before(t.To) {
			break
		}
		pair := k[:len(k)-8]
		t.Unit = store.UnitCode(pair[dayLen+2:])
		out = append(out, t)
		k, _ = c.Seek(key(slices.Clone(pair)).num(math.MaxUint64)) // past its other models
	}
	return out, nil
}

// dayLen is the length of a day in a key.
const dayLen = len("2006-01-02")

func optionKey(c store.CampaignID, list, option string) key {
	return key(nil).text(string(c)).text(list).text(option)
}

func (r *reader) Uses(c store.CampaignID, list, option string) (bool, error) {
	for range r.scan(modelOptions, optionKey(c, list, option)) {
		return true, nil
	}
	return false, nil
}

func (r *reader) Progress(model store.ModelID) ([]store.Progress, error) {
	return list[store.Progress](r, progress, num(model))
}

func (t *tx) AddProgress(p store.Progress) error {
	p.At = utc(p.At)
	k := num(p.Model).num(uint64(p.ID))
	if t.get(progress, k) != nil {
		return fmt.Errorf("add progress %d of model %d: %w", p.ID, p.Model, store.ErrConflict)
	}
	if err := t.save(progress, k, p); err != nil {
		return err
	}
	return t.addStep(p.Model, stepOfProgress(p))
}

func (r *reader) Reviews(model store.ModelID) ([]store.Review, error) {
	return list[store.Review](r, reviews, num(model))
}

func (t *tx) AddReview(v store.Review) error {
	v.At = utc(v.At)
	k := num(v.Model).num(uint64(v.ID))
	if t.get(reviews, k) != nil {
		return fmt.Errorf("add review %d of model %d: %w", v.ID, v.Model, store.ErrConflict)
	}
	if err := t.save(reviews, k, v); err != nil {
		return err
	}
	return t.addStep(v.Model, stepOfReview(v))
}

func (t *tx) DeleteModel(id store.ModelID) error {
	m, err := t.oldModel(num(id))
	if err != nil || m.Revision == 0 {
		return err
	}
	if err := t.reindex(modelEntries(m), nil); err != nil {
		return err
	}

	for _, of := range []bucket{progress, reviews} {
		var keys []key
		for k := range t.scan(of, num(id)) {
			keys = append(keys, slices.Clone(k))
		}
		for _, k := range keys {
			if err := t.delete(of, k); err != nil {
				return err
			}
		}
	}
	return errors.Join(t.delete(facts, num(id)), t.delete(models, num(id)))
}

func (r *reader) Batch(id uint64) (store.Batch, error) {
	b, err := find[store.Batch](r, batches, num(id))
	if err != nil {
		return store.Batch{}, fmt.Errorf("batch %d: %w", id, err)
	}
	return b, nil
}

func (r *reader) Batches() ([]store.Batch, error) { return list[store.Batch](r, batches, nil) }

func (t *tx) PutBatch(b store.Batch) error {
	b.At, b.Begun, b.Done, b.Undone = utc(b.At), utc(b.Begun), utc(b.Done), utc(b.Undone)
	return t.save(batches, num(b.ID), b)
}
