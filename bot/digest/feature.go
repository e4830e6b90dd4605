// Package digest shows figures: the summary on demand, the digest that a
// supervisor gets when it is due, and the screens that are behind both. It keeps
// a digest up to date while reports arrive.
//
// A board is a message with figures. Its row in the outbox is a reference, and
// the figures are counted when it goes out, outside any transaction. Reminding
// and giving more time belong to tracking and the files to package report:
// boards have only the buttons.
package digest

import (
	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/flows/forms"
	"danvan/store"
	"danvan/store/deadline"
)

// turn is a turn about figures.
type turn struct{ *bot.Turn }

// Feature shows figures.
func Feature() bot.Feature {
	return bot.Feature{
		Name: "digest",
		Commands: []bot.Command{{
			VI: "tonghop", EN: "summary", Text: "command.summary", Key: "menu.summary", Needs: access.ViewFigures,
			Do: func(t *bot.Turn) error { return turn{t}.summary() },
		}},
		Buttons: map[link.Verb]bot.Handler{
			link.Board:  func(t *bot.Turn, about string) error { return turn{t}.pressedBoard(about) },
			link.Timing: func(t *bot.Turn, about string) error { return turn{t}.pressedTiming(about) },
		},
		Forms: []bot.Form{where{about.Basic{Of: forms.Where()}}},
		Reminders: []bot.Reminder{{
			Rules: []string{deadline.Digest},
			Queue: func(t *bot.Turn, due bot.Due) (store.MessageID, error) { return turn{t}.digest(due) },
		}},
		Cards: map[store.MakeKind]bot.Card{store.Card: card},
		After: []bot.Job{refreshBoards},
	}
}
