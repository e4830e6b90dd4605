package register

import (
	"errors"
	"fmt"
	"slices"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// past lists the models of a registration's unit that it may go on from, the
// newest first: of earlier years, and done or past their last day. What is still
// under way counts as it is.
func (t turn) past(s *store.Session) ([]store.Model, error) {
	heads, err := t.Heads(store.ModelQuery{In: store.NewSubtree(unitOf(s)), States: store.StatesThat(store.State.GoesOn)})
	if err != nil {
		return nil, err
	}
	heads = slices.DeleteFunc(heads, func(h store.Head) bool { return h.Year >= t.Today.Year })
	if len(heads) == 0 {
		return nil, nil
	}

	return bot.Ahead(t.Turn, fmt.Sprintf("past of %s", unitOf(s)), func(r store.Reader) ([]store.Model, error) {
		var out []store.Model
		for _, h := range heads {
			m, err := r.Model(h.ID)
			if err != nil {
				return nil, err
			}
			if m.State == store.Done || !m.To.IsZero() && m.To.Before(t.Today) {
				out = append(out, m)
			}
		}
		return out, nil
	})
}

// pastOptions lists them to choose from, by title and year.
func (t turn) pastOptions(s *store.Session, ask flows.Ask) (flows.Options, error) {
	past, err := t.past(s)
	all := make([]flows.Option, len(past))
	for i, m := range past {
		label := fmt.Sprintf("%s · %d", m.Title, m.Year)
		all[i] = flows.Option{Key: link.Ref(m.ID), Label: flows.Label{Text: label}, Names: []string{label, m.Title, m.Code}}
	}
	return flows.Among(all, ask), err
}

// brought is the answer to a field of the model that a registration goes on from,
// as far as its campaign still has it.
func (t turn) brought(s *store.Session, field string) (store.Answer, bool, error) {
	if !goesOn(s) {
		return store.Answer{}, false, nil
	}
	m, err := t.Tx.Model(predecessor(s))
	if errors.Is(err, store.ErrNotFound) {
		return store.Answer{}, false, nil
	}
	if err != nil {
		return store.Answer{}, false, err
	}
	a, ok := flows.Find(&store.Session{Answers: about.AnswersOf(m)}, field)
	if !ok || a.Skipped {
		return store.Answer{}, false, nil
	}

	if source := t.Questions(forms.RegisterID).Step(field).Source; source != "" {
		campaigns, err := t.campaignsOf(s)
		if err != nil {
			return store.Answer{}, false, err
		}
		list := valuesOf(campaigns, source)
		a.Keys = slices.DeleteFunc(slices.Clone(a.Keys), func(key string) bool {
			return !slices.ContainsFunc(list, func(o store.Option) bool { return o.Key == key })
		})
		ok = len(a.Keys) > 0
	}
	return a, ok, nil
}
