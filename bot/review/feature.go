// Package review is the coordinator's check: what waits for it, the card by which
// it is decided, the verdicts, the merging of doubles, and who is told of what.
// What may become of a model is store's to say.
package review

import (
	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/store"
)

// turn is a turn about the check.
type turn struct{ *bot.Turn }

// Feature checks models.
func Feature() bot.Feature {
	return bot.Feature{
		Name: "review",
		Commands: []bot.Command{{
			VI: "duyet", EN: "review", Text: "command.review", Key: "menu.review", Needs: access.CheckModels,
			Do: func(t *bot.Turn) error { return turn{t}.checkQueue() },
		}},
		Buttons: map[link.Verb]bot.Handler{
			link.Check: func(t *bot.Turn, what string) error { return turn{t}.pressed(what) },
		},
		Links: map[link.Verb]bot.Handler{
			link.Await:   awaited,
			link.Confirm: bot.OnModel(func(t *bot.Turn, m store.Model) error { return turn{t}.awaitConfirmation(m) }),
		},
		Forms:     verdicts(),
		Cards:     map[store.MakeKind]bot.Card{store.Waits: waitingList},
		Reminders: []bot.Reminder{overdue()},
	}
}
