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
// under way counts as it is. They are asked for in every turn until one is chosen,
// so that only those are read of which the list itself does not say it.
func (t turn) past(s *store.Session) ([]store.Head, error) {
	heads, err := t.Heads(store.ModelQuery{In: t.here(s), States: store.StatesThat(store.State.GoesOn)})
	if err != nil {
		return nil, err
	}
	heads = slices.DeleteFunc(heads, func(h store.Head) bool { return h.Year >= t.Today.Year })
	if !slices.ContainsFunc(heads, func(h store.Head) bool { return h.State != store.Done }) {
		return heads, nil
	}

	return bot.Ahead(t.Turn, fmt.Sprintf("past of %s", unitOf(s)), func(r store.Reader) ([]store.Head, error) {
		var out []store.Head
		for _, h := range heads {
			if h.State != store.Done {
				m, err := r.Model(h.ID)
				if err != nil {
					return nil, err
				}
				if m.To.IsZero() || !m.To.Before(t.Today) {
					continue
				}
			}
			out = append(out, h)
		}
		return out, nil
	})
}

// pastOptions lists them to choose from, by title and year.
func (t turn) pastOptions(s *store.Session, ask flows.Ask) (flows.Options, error) {
	past, err := t.past(s)
	all := make([]flows.Option, len(past))
	for i, h := range past {
		label := fmt.Sprintf("%s · %d", h.Title, h.Year)
		all[i] = flows.Option{Key: link.Ref(h.ID), Label: flows.Label{Text: label}, Names: []string{label, h.Title, h.Code}}
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
		a.Keys = slices.DeleteFunc(slices.Clone(a.Keys), func(key string) bool { return !has(list, key) })
		ok = len(a.Keys) > 0
	}
	return a, ok, nil
}
