package bot_test

import (
	"strings"
	"testing"

	"danvan/flows"
	"danvan/store"
)

// TestMenu types every key of every role's keyboard: it does something that
// the role may do, and no other role's key is on it.
func TestMenu(t *testing.T) {
	t.Parallel()
	for role, a := range map[store.Role]actor{
		store.Officer: {unit: "30346", role: store.Officer}, store.Coordinator: {unit: "91", role: store.Coordinator},
		store.Supervisor: {unit: "91", role: store.Supervisor}, store.Admin: {role: store.Admin},
	} {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "vi")
			w.appoint(a)
			w.mustDo(actorName, flows.Input{Kind: flows.TextInput, Text: "/start"})
			_, keyboard, ok := strings.Cut(strings.Join(w.Chat(actorName).News(), "\n"), "keyboard: ")
			if !ok {
				t.Fatal("there is no keyboard")
			}
			rows := strings.Split(strings.TrimSpace(keyboard), " / ")
			if len(rows) > 4 {
				t.Errorf("%d rows leave a small phone no room", len(rows))
			}
			for _, row := range rows {
				for key := range strings.SplitSeq(row, " | ") {
					w.fresh()
					w.mustDo(actorName, flows.Input{Kind: flows.TextInput, Text: key})
					if said := w.read(actorName); said == "" || strings.Contains(said, "⛔") || strings.Contains(said, "Không tìm thấy") {
						t.Errorf("key %q: %s", key, said)
					}
				}
			}
		})
	}
}
