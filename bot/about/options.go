package about

import (
	"fmt"

	"danvan/bot"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/store"
)

// ModelOptions lists models to choose from. Those of the same title are told
// apart by who registered them.
func ModelOptions(t *bot.Turn, q store.ModelQuery, ask flows.Ask) (flows.Options, error) {
	q.Fields = t.Post.Portfolio.Fields
	all, err := bot.Ahead(t, fmt.Sprintf("options of %+v", q), func(r store.Reader) ([]flows.Option, error) { return modelOptions(r, q) })
	return flows.Among(all, ask), err
}

func modelOptions(r store.Reader, q store.ModelQuery) ([]flows.Option, error) {
	heads, err := r.Heads(q)
	if err != nil {
		return nil, err
	}
	titles := map[string]int{}
	for _, h := range heads {
		titles[h.Fold]++
	}

	all := make([]flows.Option, len(heads))
	for i, h := range heads {
		label := h.Title
		if titles[h.Fold] > 1 {
			m, err := r.Model(h.ID)
			if err != nil {
				return nil, err
			}
			label += " · " + m.Registrant()
		}
		all[i] = flows.Option{Key: link.Ref(h.ID), Label: flows.Label{Text: label}, Names: []string{label, h.Title, h.Code}}
	}
	return all, nil
}

// ModelChoice names a model by the key of a choice.
func ModelChoice(t *bot.Turn, key string) string {
	if m, err := t.Tx.Model(store.ModelID(link.ID(key))); err == nil {
		return m.Title
	}
	return key
}
