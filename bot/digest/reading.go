package digest

import (
	"context"
	"time"

	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
	"danvan/store/reporting"
)

// read reads what the screen shows, and the post that looks at it. Only the
// front compares with something earlier.
func (s *screen) read(ctx context.Context, front bool) error {
	against := reporting.Alone
	if front && s.of.Since.IsZero() {
		against = reporting.Previous
	}
	ask := reporting.Of(s.of, against, answer.Metrics())
	if !front {
		ask.Since = time.Time{}
	}

	var err error
	if s.found, err = reporting.Load(ctx, s.bot.Store, s.bot.Book(), ask); err != nil {
		return err
	}
	s.Units = s.shown
	s.post, _ = s.found.Org.Seat(s.of.Post)
	return nil
}

// shown finds a unit that the figures are of: of no other does a board tell.
func (s *screen) shown(code store.UnitCode) (store.Unit, bool) {
	u, ok := s.found.Org.Unit(code)
	return u, ok && s.found.Subtree.Has(code)
}

// readMissing reads which units have not reported for another period, and how
// many are obliged to.
func (s *screen) readMissing(ctx context.Context, p store.Period) (backlog, error) {
	ask := reporting.Of(s.of, reporting.Alone, nil)
	ask.Period = p.ID
	var f *reporting.Frame
	err := s.bot.Store.View(ctx, func(r store.Reader) (err error) {
		f, err = s.found.Setting.Frame(r, ask)
		return err
	})
	if err != nil {
		return backlog{}, err
	}
	open, papers := deadline.Open(f.Obligations)
	return backlog{p, open, papers, deadline.Count(f.Obligations).Obliged}, nil
}

// waiting are the units of models that have waited for more than some working
// days, a unit for each model.
func (s *screen) waiting(list []reporting.Pending, days int) []store.UnitCode {
	var out []store.UnitCode
	for _, p := range list {
		if s.found.Calendar.WorkingBetween(s.found.Calendar.Day(p.Since), s.today) > days {
			out = append(out, p.Unit)
		}
	}
	return out
}

// readModels reads the models behind some parts of a figure.
func (s *screen) readModels(ctx context.Context, parts []figures.Part) ([]store.Model, error) {
	out := make([]store.Model, len(parts))
	err := s.bot.Store.View(ctx, func(r store.Reader) (err error) {
		for i, p := range parts {
			if out[i], err = r.Model(p.Model); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}
