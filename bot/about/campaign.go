package about

import (
	"slices"

	"danvan/bot"
	"danvan/bot/text"
	"danvan/store"
)

// Campaign returns the campaign that a unit registers under today: of those
// that bind it the one closest to it, and of these the newest.
func Campaign(t *bot.Turn, unit store.UnitCode) (store.Campaign, bool, error) {
	all, err := t.Tx.Campaigns()
	if err != nil {
		return store.Campaign{}, false, err
	}
	at := []store.UnitCode{}
	for u := range t.Org.Up(unit) {
		at = append(at, u.Code)
	}

	for _, code := range append(at, "") {
		var best store.Campaign
		found := false
		for _, c := range all {
			if c.Unit == code && c.Running(t.Today) && (!found || best.From.Before(c.From)) {
				best, found = c, true
			}
		}
		if found {
			return best, true, nil
		}
	}
	return store.Campaign{}, false, nil
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
