package tracking_test

import (
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/store"
)

// TestOpenOfAPeriod wants among what is open of a period the registrations that
// nobody has answered, and not those of which a change is proposed.
func TestOpenOfAPeriod(t *testing.T) {
	t.Parallel()
	w := bottest.Named(t, "vi", "figures")
	w.Propose("DVK-30307-2026-0104") // accepted

	w.SetClock(w.Day(12, 17, 9, 0))
	w.Clear("minh")
	w.Say("minh", "/chot")
	if read := w.Read("minh"); !strings.Contains(read, "• 3 đăng ký") {
		t.Errorf("minh reads\n%s", read)
	}
}

// TestClosedByOthers wants of the periods that others close the oldest named, in
// whichever campaign it is.
func TestClosedByOthers(t *testing.T) {
	t.Parallel()
	w := bottest.Named(t, "vi", "reports")
	w.Update(func(tx store.Tx) error {
		c, err := tx.Campaign("dvk-2026-2030")
		if err != nil {
			return err
		}
		c.ID, c.Begun = "sau", nil
		if err := tx.PutCampaign(c); err != nil {
			return err
		}
		due, locked := w.Day(12, 2, 17, 0), w.Day(12, 29, 17, 0)
		return tx.PutPeriod(store.Period{
			ID: "sau/half/2026-12-01", Campaign: c.ID, Kind: store.HalfYear, From: store.Date{Year: 2026, Month: 6, Day: 2},
			To: store.Date{Year: 2026, Month: 12, Day: 1}, Due: due, OnTime: due, Locked: locked, WrittenAt: w.Now,
		})
	})

	w.SetClock(w.Day(12, 15, 9, 0))
	w.Clear("minh")
	w.Say("minh", "/chot")
	if read := w.Read("minh"); !strings.Contains(read, "29/12/2026") {
		t.Errorf("minh reads\n%s", read)
	}
}
