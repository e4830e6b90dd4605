package bot

import (
	"context"
	"strings"
	"time"

	"danvan/store"
	"danvan/store/figures"
)

// adjusted says in one line which headline figures are no longer what was
// frozen at the cut-off; "" where none was frozen or nothing changed.
func (s *screen) adjusted() string {
	if s.found.Frozen == nil {
		return ""
	}
	var said []string
	for _, a := range figures.Adjusted(s.found.Frozen, s.found.Now) {
		if total(a.Key) && a.From != a.To {
			said = append(said, s.adjustment(a))
		}
	}
	if len(said) == 0 {
		return ""
	}
	return s.text("digest.adjusted", args{"When": weekday(s.found.Period.To), "Changes": markup(strings.Join(said, " · "))})
}

// total says whether a key is one of the headline's totals.
func total(k figures.Key) bool {
	for _, h := range headline {
		if h == k {
			return true
		}
	}
	return k == figures.Key{Set: figures.Registered}
}

func (s *screen) adjustment(a figures.Adjustment) string {
	return s.text("boardlate.change", args{
		"What": s.figureName(a.Key), "From": markup(s.say.Amount(a.From, a.Key.Metric)), "To": markup(s.say.Amount(a.To, a.Key.Metric)),
	})
}

// late lists what changed after the cut-off, model by model, with who did it
// and why.
func (s *screen) late(ctx context.Context, page int) (string, [][]store.Button, error) {
	if s.found.Frozen == nil {
		return "", nil, store.ErrNotFound
	}
	var changes []string
	var ids []figures.Part
	met := map[store.ModelID]bool{}
	for _, a := range figures.Adjusted(s.found.Frozen, s.found.Now) {
		if total(a.Key) && a.From != a.To {
			changes = append(changes, s.adjustment(a))
		}
		for _, id := range a.Models {
			if !met[id] {
				met[id] = true
				ids = append(ids, figures.Part{Model: id})
			}
		}
	}
	page, from, to, of := pages(len(ids), boardPage, page)
	models, err := s.models(ctx, ids[from:to])
	if err != nil {
		return "", nil, err
	}
	var lines []string
	for _, m := range models {
		deeds, err := s.deeds(ctx, m)
		if err != nil {
			return "", nil, err
		}
		lines = append(lines, s.text("boardlate.model", args{"Title": m.Title, "Code": m.Code, "Deeds": s.lines("boardlate.deed", deeds)}))
	}
	var buttons [][]store.Button
	if of > 1 {
		buttons = append(buttons, s.turner(page, of, screenLate))
	}
	return s.text("boardlate.card", args{
		"Name": s.root(), "Period": s.say.PeriodName(s.found.Period), "When": weekday(s.found.Period.To),
		"Changes": markup(strings.Join(changes, "\n")), "Lines": markup(strings.Join(lines, "\n")), "Page": page + 1, "Pages": of,
	}), append(buttons, s.back("board.back", screenFront)), nil
}

// deeds are what was done with a model since the cut-off: by whom, and why.
func (s *screen) deeds(ctx context.Context, m store.Model) ([]args, error) {
	var out []args
	err := s.Store.View(ctx, func(r store.Reader) error {
		add := func(at time.Time, by store.PersonID, state store.State, why string) error {
			if !at.After(s.found.FrozenAt) || at.After(s.of.AsOf) {
				return nil
			}
			name, err := nameOf(r, by)
			out = append(out, args{"When": clock(at), "Name": name, "State": state, "Why": why})
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
			why := p.Correction
			if why == "" {
				why = p.Remark
			}
			if err := add(p.At, p.By, p.State, why); err != nil {
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
