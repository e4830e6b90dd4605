package about

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"danvan/bot"
	"danvan/bot/text"
	"danvan/store"
)

// Campaigns lists the campaigns that a unit registers under today: those closest
// to it first, and of these the newest.
func Campaigns(t *bot.Turn, unit store.UnitCode) ([]store.Campaign, error) {
	all, err := t.Tx.Campaigns()
	if err != nil {
		return nil, err
	}
	var at []store.UnitCode // nearest first
	for u := range t.Org.Up(unit) {
		at = append(at, u.Code)
	}
	at = append(at, "")

	out := slices.DeleteFunc(all, func(c store.Campaign) bool { return !slices.Contains(at, c.Unit) || !c.Running(t.Today) })
	slices.SortStableFunc(out, func(a, b store.Campaign) int {
		return cmp.Or(cmp.Compare(slices.Index(at, a.Unit), slices.Index(at, b.Unit)), b.From.Compare(a.From))
	})
	return out, nil
}

// Campaign is the first of a unit's campaigns.
func Campaign(t *bot.Turn, unit store.UnitCode) (store.Campaign, bool, error) {
	list, err := Campaigns(t, unit)
	if err != nil || len(list) == 0 {
		return store.Campaign{}, false, err
	}
	return list[0], true, nil
}

// CampaignsOf are the campaigns of a model's entries.
func CampaignsOf(t *bot.Turn, m store.Model) ([]store.Campaign, error) {
	out := make([]store.Campaign, len(m.Entries))
	for i, e := range m.Entries {
		c, err := t.Tx.Campaign(e.Campaign)
		if err != nil {
			return nil, fmt.Errorf("campaign of model %s: %w", m.Code, err)
		}
		out[i] = c
	}
	return out, nil
}

// campaignLines names campaigns with their documents, one a line.
func campaignLines(t *bot.Turn, list []store.Campaign) string {
	lines := make([]string, len(list))
	for i, c := range list {
		lines[i] = c.Name.In(t.Lang)
		if c.Document != "" {
			lines[i] += " (" + c.Document + ")"
		}
	}
	return strings.Join(lines, "\n")
}

// Label names a value of the campaigns' lists of a sort. The same key means the
// same in every campaign, so the first one that has it will do; the key itself
// when none has.
func Label(t *bot.Turn, v text.Voice, key string, list func(store.Campaign) []store.Option) (string, error) {
	all, err := t.Tx.Campaigns()
	if err != nil {
		return key, err
	}
	i := slices.IndexFunc(all, func(c store.Campaign) bool {
		return slices.ContainsFunc(list(c), func(o store.Option) bool { return o.Key == key })
	})
	if i < 0 {
		return key, nil
	}
	return option(v, list(all[i]), key), nil
}
