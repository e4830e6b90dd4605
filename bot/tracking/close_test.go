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
	w.Update(func(tx store.Tx) error {
		m, err := tx.ModelByCode("DVK-30307-2026-0104") // accepted
		if err != nil {
			return err
		}
		m.Proposal = store.Proposal{Answers: bottest.Registration("30307"), By: m.By, Post: m.Post}
		_, err = tx.PutModel(m)
		return err
	})

	w.SetClock(w.Day(12, 17, 9, 0))
	w.Clear("minh")
	w.Say("minh", "/chot")
	if read := w.Read("minh"); !strings.Contains(read, "• 3 đăng ký") {
		t.Errorf("minh reads\n%s", read)
	}
}
