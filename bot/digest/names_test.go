package digest_test

import (
	"errors"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/store"
)

// TestNamesOfThePeriod makes a ward of a commune in September: a digest of
// August names it as it was then, one of October as it has been since, whenever
// they are looked at.
func TestNamesOfThePeriod(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "figures")}
	w.Update(func(tx store.Tx) error {
		u, err := tx.Unit("30709")
		ward := store.Version{From: store.Date{Year: 2026, Month: 9, Day: 20}, Name: "Phường Định Mỹ", Kind: store.Ward, Parent: u.Parent}
		c, campaignErr := tx.Campaign("dvk-2026-2030")
		c.Rules = []store.PeriodRule{{Kind: store.Month, DueAfter: 5, Hour: 17, Lock: 60, Shift: store.NextWorkingDay}}
		return errors.Join(err, campaignErr, tx.PutCampaign(c), tx.PutUnit(u.Becoming(ward)))
	})

	for period, want := range map[store.PeriodID]string{
		"dvk-2026-2030/month/2026-08-31": "xã Định Mỹ", "dvk-2026-2030/month/2026-10-31": "phường Định Mỹ", "": "phường Định Mỹ",
	} {
		of := &store.Make{Kind: store.Card, Unit: "91", Campaign: "dvk-2026-2030", Period: period, AsOf: w.Now, Language: "vi", Board: 1, Screen: "list:0", Post: "91:supervisor"}
		text := strings.ToLower(w.card(store.Message{To: w.Person("lan").Address, Kind: store.Send, Make: of}).Text)
		if !strings.Contains(text, strings.ToLower(want)) || strings.Count(text, "định mỹ") != strings.Count(text, strings.ToLower(want)) {
			t.Errorf("of %q, want %s in\n%s", period, want, text)
		}
	}
}
