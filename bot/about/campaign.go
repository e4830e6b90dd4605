package about

import (
	"danvan/bot"
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
