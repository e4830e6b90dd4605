package bot_test

import (
	"slices"
	"strconv"
	"strings"

	"danvan/flows"
	"danvan/store"
)

// pressEverything presses every button that is left on anybody's screen: each
// fits Telegram, is known, and leads to no fault.
func (w *world) pressEverything() {
	w.t.Helper()
	type press struct {
		who, message string
		store.Button
	}
	var all []press
	for _, who := range slices.Sorted(slices.Values(w.names)) {
		for _, m := range w.Chat(who).Messages {
			for _, b := range slices.Concat(m.Buttons...) {
				all = append(all, press{who, strconv.Itoa(m.ID), b})
			}
		}
	}
	unknown := w.words.Text(w.lang, "press.unknown", nil)
	fault, _, _ := strings.Cut(w.words.Text(w.lang, "turn.failed", nil), "<code>")
	for _, b := range all {
		if b.Data == "" {
			continue // a link
		}
		before := len(w.Chat(b.who).Messages)
		toast := w.mustDo(b.who, flows.Input{Kind: flows.PressInput, Press: b.Data, Message: b.message})
		read := toast
		for _, m := range w.Chat(b.who).Messages[min(before, len(w.Chat(b.who).Messages)):] {
			read += m.Text
		}
		if len(b.Data) > 64 || toast == unknown || strings.Contains(read, fault) {
			w.t.Errorf("%s pressed [%s] %q and reads %q", b.who, b.Text, b.Data, read)
		}
	}
}
