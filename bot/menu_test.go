package bot_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"danvan/flows"
	"danvan/locales"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
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

// TestHelpNamesEveryCommand reads the page of help of every role: it names the
// commands that the role has, and no other.
func TestHelpNamesEveryCommand(t *testing.T) {
	t.Parallel()
	words, err := locales.Load()
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`/([a-z]+)`)
	for _, lang := range words.Languages() {
		w := newWorld(t, lang)
		for _, role := range []store.Role{store.Officer, store.Coordinator, store.Supervisor, store.Admin} {
			var want, got []string
			for _, c := range w.bot.Commands(lang, role) {
				want = append(want, c.Name)
			}
			text := strings.ReplaceAll(words.Text(lang, "help."+string(role), nil), "</", "<")
			for _, m := range named.FindAllStringSubmatch(text, -1) {
				got = append(got, m[1])
			}
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, slices.Compact(got)); diff != "" {
				t.Errorf("%s, %s (-has +named):\n%s", lang, role, diff)
			}
		}
	}
}
