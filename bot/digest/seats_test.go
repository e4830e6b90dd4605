package digest_test

import (
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/store"
)

// TestTwoLeaders sends both leaders of one province their digests.
func TestTwoLeaders(t *testing.T) {
	t.Parallel()
	w := world{bottest.Named(t, "vi", "figures")}
	w.Say("an", "/start {91 supervisor more}")
	w.strike(w.Day(12, 11, 16, 0))
	to := map[string]bool{}
	for _, m := range w.waiting(store.Send) {
		to[m.To.Chat] = strings.Contains(w.card(m).Text, "An Giang")
	}
	if len(to) != 2 || !to["lan"] || !to["an"] {
		t.Errorf("digests went to %v", to)
	}
}
