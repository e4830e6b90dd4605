package report

import (
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/figures"
	"danvan/store/org"
	"danvan/store/reporting"
)

// listLimit is up to how many models a workbook lists one by one: more would
// make a file that phones cannot open. Its tables count them all.
const listLimit = 20_000

// Files makes the files that messages refer to, out of a store.
type Files struct {
	Store   store.Store
	Book    *org.Book
	Words   figures.Words
	Number  func(lang string, thousandths int64) string
	Money   func(lang string, vnd int64) string
	Phone   func(e164 string) string // as people read it
	Metrics []string                 // the order of the units of measure
}

// File makes the file that a message refers to, and says what it is called, in
// words. The same reference gives the same bytes.
func (f *Files) File(ctx context.Context, m store.Message) (name string, content []byte, err error) {
	if m.Make.Kind == store.QR {
		content, err = QR(m.Make.Link)
		return f.Words.Text(m.Make.Language, "passes.title", nil) + ".png", content, err
	}

	against := reporting.Previous
	if m.Make.Kind == store.Workbook {
		against = reporting.Both
	}
	found, err := reporting.Load(ctx, f.Store, f.Book, reporting.Of(*m.Make, against, f.Metrics))
	if err != nil {
		return "", nil, err
	}

	v := figures.Voice{Words: f.Words, Lang: m.Make.Language, Number: f.Number, Money: f.Money}
	h := found.Heading()
	if u, ok := found.Org.Unit(m.Make.Issuer); ok {
		h.Issuer = u.Name
	}
	name = found.Now.FileName(v, h)

	switch m.Make.Kind {
	case store.Chart:
		theme := Light
		if m.Make.Dark {
			theme = Dark
		}
		content, err = Chart(found.Now, v, h, found.Against.Previous, theme)
		return name + ".png", content, err
	case store.Workbook:
		listed, err := f.listed(ctx, found.Now, m.Make.Contacts)
		if err != nil {
			return "", nil, err
		}
		content, err = Workbook(found.Now, v, h, found.Against, listed)
		return name + ".xlsx", content, err
	}
	return "", nil, fmt.Errorf("nobody makes a %q", m.Make.Kind)
}

// listPage is how many models are read in one transaction.
const listPage = 500

// listed reads the models that were counted, page by page; none when there are
// too many to list. Who is in charge of one is told to those only who may know.
func (f *Files) listed(ctx context.Context, counted *figures.Figures, contacts bool) ([]figures.Listed, error) {
	ids := counted.All()
	if len(ids) > listLimit {
		return nil, nil
	}

	out := make([]figures.Listed, 0, len(ids))
	for page := range slices.Chunk(ids, listPage) {
		err := f.Store.View(ctx, func(r store.Reader) error {
			for _, id := range page {
				l, err := f.one(r, id, counted.AsOf)
				if err != nil {
					return err
				}

				if !contacts {
					l.Contact, l.Phone = "", ""
				}
				out = append(out, l)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("list the models: %w", err)
		}
	}
	return out, nil
}

// one reads a model, and how many files of evidence it had by an instant: those
// of updates that were put right stand in what put them right, or not at all.
func (f *Files) one(r store.Reader, id store.ModelID, by time.Time) (figures.Listed, error) {
	m, err := r.Model(id)
	if err != nil {
		return figures.Listed{}, err
	}
	rows, err := r.Progress(id)
	if err != nil {
		return figures.Listed{}, err
	}

	files, corrected := map[store.ProgressID]int{}, map[store.ProgressID]bool{}
	for _, p := range rows {
		if !p.At.After(by) {
			files[p.ID], corrected[p.Corrects] = len(p.Evidence), true
		}
	}
	l := figures.Listed{Model: m}
	for row, n := range files {
		if !corrected[row] {
			l.Evidence += n
		}
	}
	l.Phone = f.Phone(m.Phone)
	return l, nil
}
