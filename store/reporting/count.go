package reporting

import (
	"context"
	"sync"

	"danvan/store"
	"danvan/store/figures"
)

// page is how many facts are read in one transaction: few enough that it takes
// a few milliseconds.
const page = 1000

// count reads the facts once and feeds every computation with them: one page
// is read while another is counted.
func (f *Found) count(ctx context.Context, s store.Store, ask Ask, runs []run) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // the reader ends with us
	for i := range runs {
		runs[i].c = figures.Begin(runs[i].query, f.Units)
	}
	q := models(f.Of, f.Within, f.Subtree)
	q.Fields = ask.Portfolio.Fields
	if f.Root.Code == "" && !f.Watched {
		q.In = nil // there is nothing to leave out
	}

	pages := make(chan []store.Fact, 1)
	var failed error
	var reading sync.WaitGroup
	reading.Go(func() {
		defer close(pages)
		failed = eachPage(ctx, s, q, pages)
	})
	for facts := range pages {
		for i := range runs {
			runs[i].c.Add(facts)
		}
		f.wait(facts, ask)
	}

	reading.Wait()
	if failed != nil {
		return failed
	}
	for _, run := range runs {
		*run.to = run.c.Figures()
	}
	return nil
}

// eachPage sends the facts that match, page by page.
func eachPage(ctx context.Context, s store.Store, q store.ModelQuery, to chan<- []store.Fact) error {
	q.Limit = page
	for {
		var facts []store.Fact
		err := s.View(ctx, func(r store.Reader) (err error) {
			facts, err = r.Facts(q)
			return err
		})
		if err != nil {
			return err
		}
		if len(facts) == 0 {
			return nil
		}

		select {
		case to <- facts:
		case <-ctx.Done():
			return ctx.Err()
		}
		if len(facts) < page {
			return nil
		}
		q.After = facts[len(facts)-1].ID
	}
}

// wait notes the models that wait for somebody at the instant, and since when.
func (f *Found) wait(facts []store.Fact, ask Ask) {
	at := ask.AsOf
	for i := range facts {
		m := &facts[i]
		e, counts := m.Entries.Counted(f.Of.ID, f.Within)
		if m.Registered.After(at) || !counts || !(store.Entries{e}).InFields(ask.Portfolio.Fields) {
			continue
		}

		state, since := store.Waiting, m.Registered
		for _, s := range m.Steps {
			if !s.At.After(at) {
				state, since = s.State, s.At
			}
		}
		p := Pending{Model: m.ID, Unit: m.Unit, Since: since}
		switch state {
		case store.Waiting:
			f.Waiting = append(f.Waiting, p)
		case store.Returned:
			f.Returned = append(f.Returned, p)
		}
	}
}
