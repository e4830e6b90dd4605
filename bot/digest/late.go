package digest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"danvan/bot/text"
	"danvan/store"
	"danvan/store/figures"
)

// adjusted says in one line which headline figures are no longer what was
// frozen when the period was closed; "" where none was frozen or nothing changed.
func (s *screen) adjusted() string {
	if s.found.Adjusted == nil {
		return ""
	}
	said, _ := s.adjustments()
	if len(said) == 0 {
		return ""
	}
	return s.Text("digest.adjusted", text.Args{"When": text.Clock(s.found.FrozenAt), "Changes": text.Markup(strings.Join(said, " · "))})
}

// adjustments say how the headline's totals differ from what was frozen, and
// lists the models on account of which any figure does.
func (s *screen) adjustments() (said []string, of []figures.Part) {
	met := map[store.ModelID]bool{}
	for _, a := range figures.Adjusted(s.found.Now, s.found.Adjusted) {
		if total(a.Key) && a.From != a.To {
			from, to := s.say.Amount(a.From, a.Key.Metric), s.say.Amount(a.To, a.Key.Metric)
			said = append(said, s.Text("boardlate.change", text.Args{
				"What": s.figureName(a.Key), "From": text.Markup(from), "To": text.Markup(to),
			}))
		}
		for _, id := range a.Models {
			if !met[id] {
				met[id] = true
				of = append(of, figures.Part{Model: id})
			}
		}
	}
	if n := len(s.found.SentLate); n > 0 {
		said = append(said, s.Text("boardlate.reports", text.Args{"N": n}))
	}
	return said, of
}

// total reports whether a key is one of the headline's totals.
func total(k figures.Key) bool {
	return k == figures.Key{Set: figures.Registered} || slices.Contains(headline(), k)
}

// late lists what changed after the closing, model by model, with who did it
// and why.
func (s *screen) late(ctx context.Context, page int) (store.Message, error) {
	if s.found.Adjusted == nil {
		return store.Message{}, store.ErrNotFound
	}
	changes, parts := s.adjustments()
	at := text.PageOf(len(parts), text.ListPage, page)
	models, err := s.readModels(ctx, parts[at.From:at.To])
	if err != nil {
		return store.Message{}, err
	}
	lines := make([]text.Args, len(models))
	for i, m := range models {
		deeds, err := s.deeds(ctx, m)
		if err != nil {
			return store.Message{}, err
		}
		lines[i] = text.Args{"Title": m.Title, "Code": m.Code, "Deeds": s.Lines("boardlate.deed", deeds)}
	}

	return store.Message{Text: s.Text("boardlate.card", text.Args{
		"Name": s.root(), "Period": s.found.Period, "When": text.Clock(s.found.FrozenAt),
		"Changes": text.Markup(strings.Join(changes, "\n")), "Lines": s.Lines("boardlate.model", lines), "Page": at.At + 1, "Pages": at.Of,
	}), Buttons: append(s.pager(at, screenLate), text.Row(s.back()))}, nil
}

// deeds are what was done with a model since the closing: by whom, and why.
func (s *screen) deeds(ctx context.Context, m store.Model) ([]text.Args, error) {
	var out []text.Args
	err := s.bot.Store.View(ctx, func(r store.Reader) error {
		add := func(at time.Time, by store.PersonID, state store.State, why string) error {
			if !at.After(s.found.FrozenAt) || at.After(s.of.AsOf) {
				return nil
			}
			name, err := nameOf(r, by)
			out = append(out, text.Args{"When": text.Clock(at), "Name": name, "State": state, "Why": why})
			return err
		}
		if err := add(m.RegisteredAt, m.By, store.Waiting, ""); err != nil {
			return err
		}

		reviews, err := r.Reviews(m.ID)
		if err != nil {
			return err
		}
		for _, v := range reviews {
			if err := add(v.At, v.By, v.State, v.Reason); err != nil {
				return err
			}
		}

		updates, err := r.Progress(m.ID)
		if err != nil {
			return err
		}
		for _, p := range updates {
			if err := add(p.At, p.By, p.State, cmp.Or(p.Correction, p.Remark)); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// nameOf is a person's name, "" where it is not kept.
func nameOf(r store.Reader, id store.PersonID) (string, error) {
	if id == 0 {
		return "", nil
	}
	p, err := r.Person(id)
	return p.Name, err
}
