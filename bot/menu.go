package bot

import (
	"slices"

	"danvan/store"
)

// menus are the keys of each role by the commands behind them, what is used
// most on top: at most four rows of at most three, which leaves a small phone
// room for the chat.
var menus = map[store.Role][][]string{
	store.Officer:     {{"register", "update"}, {"report", "models", "summary"}, {"drafts", "settings", "help"}},
	store.Coordinator: {{"review", "progress"}, {"models", "summary", "campaign"}, {"register", "update"}, {"drafts", "settings", "help"}},
	store.Supervisor:  {{"summary", "progress"}, {"models", "settings", "help"}},
	store.Admin:       {{"models", "campaign", "holidays"}, {"drafts", "settings", "help"}},
}

// menu is the keyboard with the main jobs.
func (b *Bot) menu(lang string, role store.Role) *store.Keyboard {
	k := &store.Keyboard{Persistent: true, Hint: b.Words.Text(lang, "menu.hint", nil)}
	for _, words := range menus[role] {
		row := make([]store.Key, len(words))
		for i, word := range words {
			at := slices.IndexFunc(b.commands, func(c command) bool { return c.en == word })
			row[i].Text = b.Words.Text(lang, b.commands[at].key, nil)
		}
		k.Rows = append(k.Rows, row)
	}
	return k
}
