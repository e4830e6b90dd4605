package exchange

import (
	"context"
	"errors"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/store"
)

// compare finds the rows of models that are likely there already: by their code, else
// by the rule by which a registration asks whether it is the same. What the batch has
// brought itself is none of it.
func (t *table) compare(ctx context.Context, b *bot.Bot, batch store.Batch) error {
	ours := map[store.ModelID]bool{}
	for _, r := range batch.Rows {
		ours[r.Model] = true
	}
	byUnit := map[store.UnitCode][]*row{}
	for _, r := range t.rows {
		byUnit[r.m.Unit] = append(byUnit[r.m.Unit], r)
	}

	c := comparison{t, ours, map[string]bool{}}
	for unit, rows := range byUnit {
		err := b.Store.View(ctx, func(tx store.Reader) error { return c.unit(tx, unit, rows) })
		if err != nil {
			return err
		}
	}
	t.count()
	return nil
}

// comparison compares the rows of a table with the models that there are.
type comparison struct {
	*table
	ours  map[store.ModelID]bool // what the batch has brought already
	codes map[string]bool        // of the rows before
}

// unit compares the rows of one unit.
func (c comparison) unit(tx store.Reader, unit store.UnitCode, rows []*row) error {
	all, err := tx.Heads(store.ModelQuery{In: store.NewSubtree(unit), States: store.StatesThat(store.State.Stands)})
	if err != nil {
		return err
	}
	var heads []store.Head
	for _, h := range all {
		if !c.ours[h.ID] {
			heads = append(heads, h)
		}
	}

	for _, r := range rows {
		twin, err := c.twin(tx, r, heads)
		if err != nil {
			return err
		}
		if twin.Of != "" {
			c.twins[r] = twin
			continue
		}
		c.codes[r.m.Code] = true
		heads = append(heads, store.Head{Title: r.m.Title, Code: r.Plain("exchange.row", map[string]any{"Place": r.place()})})
	}
	return nil
}

// twin is the model that a row is likely of; Of is empty where there is none.
func (c comparison) twin(tx store.Reader, r *row, heads []store.Head) (Twin, error) {
	out := Twin{Place: r.place(), Title: r.m.Title}
	if r.m.Code != "" {
		m, err := tx.ModelByCode(r.m.Code)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return out, err
		}
		if c.codes[r.m.Code] || err == nil && !c.ours[m.ID] {
			out.Of, out.Same = r.m.Code, true
			return out, nil
		}
	}

	if !r.known() {
		if found := about.Alike(r.m.Title, heads); len(found) > 0 {
			out.Of = found[0].Code
		}
	}
	return out, nil
}
