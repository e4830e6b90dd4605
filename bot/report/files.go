package report

import (
	"context"
	"fmt"
	"strings"
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
	Metrics []string // the order of the units of measure
}

// File makes the file that a message refers to, and says what it is called.
// The same reference gives the same bytes.
func (f *Files) File(ctx context.Context, m store.Message) (name string, content []byte, err error) {
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
	name = "dan-van-kheo-" + fileName(found, m.Make.AsOf.In(f.Book.Zone()))

	switch m.Make.Kind {
	case store.Chart:
		theme := Light
		if m.Make.Dark {
			theme = Dark
		}
		content, err = Chart(found.Now, v, h, found.Against.Previous, theme)
		return name + ".png", content, err
	case store.Workbook:
		heads, err := f.heads(ctx, found.Now)
		if err != nil {
			return "", nil, err
		}
		content, err = Workbook(found.Now, v, h, found.Against, heads)
		return name + ".xlsx", content, err
	}
	return "", nil, fmt.Errorf("nobody makes a %q", m.Make.Kind)
}

// fileName is made of codes and days alone, never of what a person typed.
func fileName(f *reporting.Found, at time.Time) string {
	parts := []string{f.Period.To.String(), at.Format("20060102-1504")}
	if code := plain(string(f.Root.Code)); code != "" {
		parts = append([]string{code}, parts...)
	}
	return strings.Join(parts, "-")
}

// plain keeps letters and digits.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' {
			return r
		}
		return -1
	}, s)
}

// headsPage is how many heads are read in one transaction.
const headsPage = 1000

// heads reads the short forms of the models that were counted, page by page;
// none when there are too many to list.
func (f *Files) heads(ctx context.Context, counted *figures.Figures) ([]store.Head, error) {
	ids := counted.All()
	if len(ids) == 0 || len(ids) > listLimit {
		return nil, nil
	}

	heads := make([]store.Head, 0, len(ids))
	for from := 0; from < len(ids); from += headsPage {
		err := f.Store.View(ctx, func(r store.Reader) error {
			for _, id := range ids[from:min(from+headsPage, len(ids))] {
				m, err := r.Model(id)
				if err != nil {
					return err
				}
				heads = append(heads, m.Head())
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("list the models: %w", err)
		}
	}
	return heads, nil
}
