package features_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/locales"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

// TestMenu types every key of every role's keyboard: it does something that
// the role may do, and no other role's key is on it.
func TestMenu(t *testing.T) {
	t.Parallel()
	for role, a := range map[store.Role]bottest.Actor{
		store.Officer: {Unit: "30346", Role: store.Officer}, store.Coordinator: {Unit: "91", Role: store.Coordinator},
		store.Supervisor: {Unit: "91", Role: store.Supervisor}, store.Admin: {Role: store.Admin},
	} {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			w := bottest.New(t, "vi")
			w.Appoint(a)
			w.Say(bottest.Somebody, "/start")
			_, keyboard, ok := strings.Cut(strings.Join(w.Chat(bottest.Somebody).News(), "\n"), "keyboard: ")
			if !ok {
				t.Fatal("there is no keyboard")
			}
			rows := strings.Split(strings.TrimSpace(keyboard), " / ")
			if len(rows) > 2 {
				t.Errorf("%d rows leave a small phone no room", len(rows))
			}
			for _, row := range rows {
				for key := range strings.SplitSeq(row, " | ") {
					w.Fresh()
					w.Say(bottest.Somebody, key)
					if said := w.Read(bottest.Somebody); said == "" || strings.Contains(said, "⛔") || strings.Contains(said, "Không tìm thấy") {
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
		w := bottest.New(t, lang)
		for _, role := range []store.Role{store.Officer, store.Coordinator, store.Supervisor, store.Admin} {
			var want, got []string
			for _, c := range w.Bot.Commands(lang, role) {
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
