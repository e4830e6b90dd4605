// Package models shows models to those who may see them: the list and the
// search, a model's card, its updates, its evidence and its whole registration.
// What can be done with a model is behind the links on its card.
package models

import (
	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/store"
)

// turn is a turn about models.
type turn struct{ *bot.Turn }

// Feature shows models.
func Feature() bot.Feature {
	on := func(do func(turn, store.Model) error) bot.Handler {
		return bot.OnModel(func(t *bot.Turn, m store.Model) error { return do(turn{t}, m) })
	}

	return bot.Feature{
		Name: "models",
		Commands: []bot.Command{{
			VI: "mohinh", EN: "models", Text: "command.models", Key: "menu.models", Needs: access.ViewModels,
			Do: func(t *bot.Turn) error { return turn{t}.listModels() },
		}},

		Buttons: map[link.Verb]bot.Handler{
			link.Model:    on(func(t turn, m store.Model) error { return t.showModel(m, true) }),
			link.Card:     on(func(t turn, m store.Model) error { return t.showModel(m, false) }),
			link.History:  on(turn.showHistory),
			link.Evidence: on(turn.showEvidence),
			link.Whole:    on(turn.showRegistration),
			link.Row:      func(t *bot.Turn, ids string) error { return turn{t}.showProgress(ids) },
			link.List:     func(t *bot.Turn, what string) error { return turn{t}.turnList(what) },
		},

		Idle: func(t *bot.Turn, in flows.Input) error {
			switch {
			case in.Kind == flows.FileInput && in.File.IsTable():
				return t.Follow(link.Intake)
			case in.Kind == flows.FileInput:
				return t.Follow(link.Proof)
			}
			if !t.May(access.ViewModels) {
				return t.Tell("idle.nothing_open", nil)
			}
			return turn{t}.search(in.Text)
		},
	}
}
