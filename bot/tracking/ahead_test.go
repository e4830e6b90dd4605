package tracking_test

import (
	"fmt"
	"testing"

	"danvan/bot/bottest"
	"danvan/flows"
)

// TestTimetableTurnsInPlace goes to the second page of the plan and back.
func TestTimetableTurnsInPlace(t *testing.T) {
	t.Parallel()
	w := bottest.Named(t, "vi", "reports, two_reports")
	w.Now = w.Day(12, 4, 9, 0)
	w.Say("lan", "/lich")
	first := w.Chat("lan").Messages[0].Text
	for _, c := range []struct {
		label string
		first bool
	}{{"Sau ›", false}, {"‹ Trước", true}} {
		data, on, err := w.Chat("lan").Button(c.label, 0)
		bottest.Must(t, err)
		w.MustDo("lan", flows.Input{Kind: flows.PressInput, Press: data, Message: fmt.Sprint(on)})
		if m := w.Chat("lan").Messages; len(m) != 1 || m[0].Text == first != c.first {
			t.Errorf("after [%s] there are %d messages:\n%s", c.label, len(m), w.Read("lan"))
		}
	}
}
