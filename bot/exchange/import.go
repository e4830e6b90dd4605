package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/store"
	"danvan/store/org"
	"danvan/store/reporting"
)

// slice is how many models are written in one transaction: few enough that nobody
// waits for long.
const slice = 200

// Import sorts a table and, unless it is a dry run, writes the models that are new. A
// table whose writing was broken off is gone on with where it was.
func Import(ctx context.Context, b *bot.Bot, o Order, now time.Time) (Sorted, error) {
	batch, err := open(ctx, b, &o, now)
	if err != nil {
		return Sorted{}, err
	}
	t, err := sortOut(ctx, b, o, batch, now)
	if err != nil || t.Unread != "" || o.Dry {
		return t.Sorted, err
	}

	w := &bringer{b: b, t: t, batch: batch, now: now, codes: map[string]store.ModelID{}}
	for _, r := range batch.Rows {
		w.done = append(w.done, r.Place)
	}
	rows := slices.DeleteFunc(t.wanted(o.Twins), func(r *row) bool { return slices.Contains(w.done, r.place()) })
	for part := range slices.Chunk(rows, slice) {
		if err := w.write(ctx, part); err != nil {
			return t.Sorted, err
		}
	}
	err = w.end(ctx, t.wanted(o.Twins))
	t.Batch, t.Added, t.Waiting = w.batch.ID, len(w.batch.Rows), len(w.waiting)
	return t.Sorted, err
}

// open finds the batch of a table, or makes one: the same content that was broken off
// goes on as the same.
func open(ctx context.Context, b *bot.Bot, o *Order, now time.Time) (out store.Batch, err error) {
	sum := sha256.Sum256(o.Content)
	hash := hex.EncodeToString(sum[:])
	err = b.Store.View(ctx, func(r store.Reader) (err error) {
		if o.Batch != 0 {
			out, err = r.Batch(o.Batch)
			return err
		}
		all, err := r.Batches()
		for _, was := range all {
			if was.Sum == hash && was.Post == o.Post && !was.Begun.IsZero() && was.Done.IsZero() && was.Undone.IsZero() {
				out, o.Batch = was, was.ID
			}
		}
		return err
	})

	if out.ID == 0 {
		out = store.Batch{At: now, Post: o.Post, Source: o.Source}
	}
	out.Sum = hash
	return out, err
}

// bringer writes the rows of a table.
type bringer struct {
	b       *bot.Bot
	t       *table
	batch   store.Batch
	now     time.Time
	done    []string                 // the places that were written before
	codes   map[string]store.ModelID // of what was written
	waiting []store.Model
}

// write writes some rows in one transaction. The closure may run more than once.
func (w *bringer) write(ctx context.Context, rows []*row) error {
	var batch store.Batch
	var waiting []store.Model

	err := w.b.Store.Update(ctx, func(tx store.Tx) error {
		o, err := w.b.Book().Org(tx)
		if err != nil {
			return err
		}
		waiting = nil
		if batch, err = w.begun(tx); err != nil {
			return err
		}

		for _, r := range rows {
			m, err := w.one(tx, o, r, batch)
			if err != nil {
				return fmt.Errorf("row %s: %w", r.place(), err)
			}
			batch.Rows = append(batch.Rows, store.BatchRow{Place: r.place(), Model: m.ID, Revision: m.Revision})
			if m.State == store.Waiting && !r.stated {
				waiting = append(waiting, m)
			}
		}
		return tx.PutBatch(batch)
	})
	if err != nil {
		return err
	}
	w.batch, w.waiting = batch, append(w.waiting, waiting...)
	return nil
}

// begun is the batch as it stands, with an id.
func (w *bringer) begun(tx store.Tx) (batch store.Batch, err error) {
	batch = w.batch
	batch.Rows = slices.Clone(batch.Rows)
	if batch.Begun.IsZero() {
		batch.Begun = w.now
	}
	if batch.ID == 0 {
		batch.ID, err = tx.NewID()
	}
	return batch, err
}

// one writes the model of a row with what happened to it.
func (w *bringer) one(tx store.Tx, o *org.Org, r *row, batch store.Batch) (store.Model, error) {
	m := r.m
	id, err := tx.NewID()
	if err != nil {
		return m, err
	}

	m.ID, m.By, m.Post, m.Entries = store.ModelID(id), batch.By, batch.Post, slices.Clone(m.Entries)
	if m.Code == "" {
		if m.Code, err = about.NewCode(tx, o, m.Unit, m.Year); err != nil {
			return m, err
		}
	}

	switch {
	case r.retold():
		err = w.retell(tx, &m, r.past[m.Code])
	case r.stated || len(r.results)+len(r.money) > 0:
		err = w.stand(tx, &m, r)
	default:
		err = w.register(tx, o, &m, r)
	}
	if err != nil {
		return m, err
	}

	if m, err = tx.PutModel(m); err != nil {
		return m, err
	}
	return m, record(tx, store.Audit{
		At: w.now, Who: batch.By, Post: batch.Post, Subject: "model/" + link.Ref(m.ID), Action: "import", Field: "state",
		New: string(m.State),
	})
}

// record writes a line of who did what.
func record(tx store.Tx, a store.Audit) (err error) {
	if a.ID, err = tx.NewID(); err != nil {
		return err
	}
	return tx.AddAudit(a)
}

// register is for a row that says nothing of how far the work is.
func (w *bringer) register(tx store.Tx, o *org.Org, m *store.Model, r *row) error {
	m.State = store.Waiting
	if r.post.ID != "" && !access.May(r.post.Role, access.CheckModels) {
		if _, checked, err := o.Checker(*m, reporting.Hears(tx)); err != nil || checked {
			return err
		}
	}
	m.State = store.Accepted
	return w.review(tx, *m, store.AcceptVerdict, store.Waiting, store.Accepted, m.RegisteredAt)
}

// stand is for a row that says how far the work is.
func (w *bringer) stand(tx store.Tx, m *store.Model, r *row) error {
	verdict, state := store.AcceptVerdict, store.Accepted
	switch m.State {
	case "", store.Waiting:
		m.State = store.Doing // it tells of results
	case store.Returned:
		verdict, state = store.ReturnVerdict, store.Returned
	case store.Rejected:
		verdict, state = store.RejectVerdict, store.Rejected
	case store.Merged:
		verdict, state = store.MergeVerdict, store.Merged
	}
	if err := w.review(tx, *m, verdict, store.Waiting, state, m.RegisteredAt); err != nil || !m.State.Worked() {
		return err
	}

	if m.Reason == "" && (m.State == store.Paused || m.State == store.Failed) {
		m.Reason = "another"
	}
	if m.State == store.Done && m.ConfirmedAt.IsZero() {
		m.ConfirmedAt = w.now
	}

	m.ProgressAt = w.now
	id, err := tx.NewID()
	if err != nil {
		return err
	}
	p := store.Progress{
		ID: store.ProgressID(id), Model: m.ID, At: w.now, Day: w.day(*m, r), By: w.batch.By, Post: w.batch.Post,
		Was: store.Accepted, State: m.State, Reason: m.Reason, Remark: m.Remark, Results: r.results, Money: r.money,
	}
	if len(p.Results)+len(p.Money) > 0 {
		p.Basis = store.Cumulative
	}
	return tx.AddProgress(p)
}

// day is of which day the row speaks: its own, else the last of the model where that
// has passed, else the last of its year, else today.
func (w *bringer) day(m store.Model, r *row) store.Date {
	last := store.Date{Year: m.Year, Month: time.December, Day: 31}
	for _, day := range []store.Date{r.updated, m.To, last} {
		if !day.IsZero() && !r.today.Before(day) {
			return day
		}
	}
	return r.today
}

// review writes a step of the model's check.
func (w *bringer) review(tx store.Tx, m store.Model, v store.Verdict, was, state store.State, at time.Time) error {
	id, err := tx.NewID()
	if err != nil {
		return err
	}
	return tx.AddReview(store.Review{
		ID: store.ReviewID(id), Model: m.ID, Verdict: v, Was: was, State: state, Reason: m.Remark,
		By: w.batch.By, Post: w.batch.Post, At: at,
	})
}

// retell writes what an export tells of a model's updates and of its check, under ids
// of this house.
func (w *bringer) retell(tx store.Tx, m *store.Model, told past) error {
	rows := map[store.ProgressID]store.ProgressID{}
	for _, p := range told.updates {
		id, err := tx.NewID()
		if err != nil {
			return err
		}

		rows[p.ID] = store.ProgressID(id)
		p.ID, p.Model, p.By, p.Post, p.Corrects = store.ProgressID(id), m.ID, w.batch.By, w.batch.Post, rows[p.Corrects]
		if err := tx.AddProgress(p); err != nil {
			return err
		}
		if p.At.After(m.ProgressAt) {
			m.ProgressAt = p.At
		}
	}

	for _, r := range told.reviews {
		id, err := tx.NewID()
		if err != nil {
			return err
		}
		r.ID, r.Model, r.By, r.Post, r.Into = store.ReviewID(id), m.ID, w.batch.By, w.batch.Post, 0
		if r.into != "" {
			if into, err := tx.ModelByCode(r.into); err == nil {
				r.Into = into.ID
			}
		}
		if err := tx.AddReview(r.Review); err != nil {
			return err
		}
	}
	return nil
}

// end joins the models that name one another, says that the table is done, and has
// those told who check what waits.
func (w *bringer) end(ctx context.Context, rows []*row) error {
	named := slices.DeleteFunc(rows, func(r *row) bool { return r.from == "" && r.into == "" || r.m.Code == "" })
	for part := range slices.Chunk(named, slice) {
		var batch store.Batch
		err := w.b.Store.Update(ctx, func(tx store.Tx) error {
			batch = w.batch
			batch.Rows = slices.Clone(batch.Rows)
			for _, r := range part {
				if err := join(tx, r, batch.Rows); err != nil {
					return err
				}
			}
			return tx.PutBatch(batch)
		})
		if err != nil {
			return err
		}
		w.batch = batch
	}

	if w.batch.ID == 0 {
		return nil // nothing was new
	}

	return w.b.Store.Update(ctx, func(tx store.Tx) error {
		w.batch.Done = w.now
		return errors.Join(w.tell(tx), tx.PutBatch(w.batch), record(tx, store.Audit{
			At: w.now, Who: w.batch.By, Post: w.batch.Post, Subject: "batch/" + link.Ref(w.batch.ID), Action: "import",
			Field: "models", New: strconv.Itoa(len(w.batch.Rows)),
		}))
	})
}

// join writes which model a row goes on from, and into which it was merged, if they are
// within the reach of whoever brings it.
func join(tx store.Tx, r *row, written []store.BatchRow) error {
	m, err := tx.ModelByCode(r.m.Code)
	if err != nil {
		return err
	}
	if from, err := tx.ModelByCode(r.from); err == nil && r.reaches(from.Unit) {
		m.Predecessor = from.ID
	}
	if into, err := tx.ModelByCode(r.into); err == nil && into.ID != m.ID && r.reaches(into.Unit) {
		m.Into = into.ID
		if err := absorb(tx, into, m.ID, written); err != nil {
			return err
		}
	}
	return put(tx, m, written)
}

// absorb notes in a model that another was merged into it.
func absorb(tx store.Tx, into store.Model, id store.ModelID, written []store.BatchRow) error {
	if slices.Contains(into.Absorbed, id) {
		return nil
	}
	into.Absorbed = append(into.Absorbed, id)
	return put(tx, into, written)
}

// put writes a model, and keeps at which revision one of the batch is.
func put(tx store.Tx, m store.Model, written []store.BatchRow) error {
	m, err := tx.PutModel(m)
	if i := slices.IndexFunc(written, func(r store.BatchRow) bool { return r.Model == m.ID }); i >= 0 {
		written[i].Revision = m.Revision
	}
	return err
}

// tell has those told who check what waits: one message each, that counts all of it.
func (w *bringer) tell(tx store.Tx) error {
	if len(w.waiting) == 0 {
		return nil
	}
	p, err := tx.Person(w.batch.By)
	if err != nil {
		return err
	}
	t, err := w.b.For(tx, w.now, p)
	if err != nil {
		return err
	}
	t.Post, _ = t.Org.Seat(w.batch.Post)

	told := map[store.PostID]bool{}
	for _, m := range w.waiting {
		checker, ok, err := about.Checker(t, m)
		if err != nil {
			return err
		}
		if !ok || told[checker.ID] {
			continue
		}

		told[checker.ID] = true
		if err := t.Follow(link.Await, link.Ref(m.ID), "quiet"); err != nil {
			return err
		}
	}
	return nil
}
