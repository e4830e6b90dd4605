package exchange

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"danvan/bot"
	"danvan/bot/link"
	"danvan/store"
)

// Undone is what taking a batch back came to.
type Undone struct {
	Batch   store.Batch // without an id: there is none
	Models  int
	Changed []string // the codes of models that somebody changed since: nothing was taken back
}

// Undo takes a table of models back as a whole, the last of those of the command line
// for id 0, unless somebody has changed a model of it since. Written in slices, it goes
// on where it was broken off.
func Undo(ctx context.Context, b *bot.Bot, id uint64, by store.PersonID, now time.Time, dry bool) (Undone, error) {
	out, err := changed(ctx, b, id)
	if err != nil || out.Batch.ID == 0 || len(out.Changed) > 0 || dry {
		return out, err
	}

	batch := out.Batch
	for len(batch.Rows) > 0 {
		part := batch.Rows[:min(len(batch.Rows), slice)]
		next := batch
		next.Rows = batch.Rows[len(part):]
		if len(next.Rows) == 0 {
			next.Undone = now
		}
		if err := b.Store.Update(ctx, func(tx store.Tx) error { return takeBack(tx, part, next, by, now) }); err != nil {
			return out, err
		}
		batch = next
	}
	return out, nil
}

func takeBack(tx store.Tx, part []store.BatchRow, left store.Batch, by store.PersonID, now time.Time) error {
	for _, r := range part {
		m, err := tx.Model(r.Model)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}

		if err := errors.Join(tx.DeleteModel(r.Model), record(tx, store.Audit{
			At: now, Who: by, Post: left.Post, Subject: "model/" + link.Ref(r.Model), Action: "import_undone", Field: "state",
			Old: string(m.State),
		})); err != nil {
			return err
		}
	}
	return tx.PutBatch(left)
}

// changed finds the batch that is to be taken back, and what of it was changed.
func changed(ctx context.Context, b *bot.Bot, id uint64) (out Undone, err error) {
	err = b.Store.View(ctx, func(r store.Reader) error {
		all, err := r.Batches()
		if err != nil {
			return err
		}
		for _, batch := range all {
			if batch.Undone.IsZero() && !batch.Begun.IsZero() && (batch.ID == id || id == 0) {
				out.Batch = batch
			}
		}
		return out.look(r)
	})
	return out, err
}

// look looks for models that are not as they came in, and for later ones that go on from
// one or were merged into it.
func (u *Undone) look(r store.Reader) error {
	u.Models = len(u.Batch.Rows)
	ours, units, last := map[store.ModelID]string{}, map[store.UnitCode]bool{}, store.ModelID(0)
	for _, row := range u.Batch.Rows {
		m, err := r.Model(row.Model)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}

		ours[m.ID], units[m.Unit], last = m.Code, true, max(last, m.ID)
		if m.Revision != row.Revision {
			u.Changed = append(u.Changed, m.Code)
		}
	}
	if len(ours) == 0 {
		return nil
	}

	heads, err := r.Heads(store.ModelQuery{In: store.NewSubtree(slices.Sorted(maps.Keys(units))...), After: last})
	for _, h := range heads {
		m, err := r.Model(h.ID)
		if err != nil {
			return err
		}
		for _, id := range append(slices.Clone(m.Absorbed), m.Predecessor, m.Into) {
			if code := ours[id]; code != "" && !slices.Contains(u.Changed, code) {
				u.Changed = append(u.Changed, code)
			}
		}
	}
	return err
}
