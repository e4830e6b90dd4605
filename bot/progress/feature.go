// Package progress takes updates of models: what has happened since the last
// one, with results, money and evidence, and the correction of an earlier one.
// Updates are only ever added.
package progress

import (
	"strings"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/flows/forms"
	"danvan/store"
)

// turn is a turn about updates.
type turn struct{ *bot.Turn }

// Feature updates models.
func Feature() bot.Feature {
	begin := func(t *bot.Turn) error { return t.Begin(forms.UpdateID, nil) }
	return bot.Feature{
		Name: "progress",
		Commands: []bot.Command{{
			VI: "capnhat", EN: "update", Text: "command.update", Key: "menu.update", Needs: access.UpdateModels, Do: begin,
		}},

		Buttons: map[link.Verb]bot.Handler{
			link.News: func(t *bot.Turn, _ string) error {
				if !t.May(access.UpdateModels) {
					return t.Toast("press.unknown", nil)
				}
				return begin(t)
			},
			link.Update: func(t *bot.Turn, about string) error {
				id, news, _ := strings.Cut(about, ".")
				return bot.OnModel(func(t *bot.Turn, m store.Model) error { return turn{t}.begin(m, store.Move(news)) })(t, id)
			},

			link.Silent:  func(t *bot.Turn, ids string) error { return turn{t}.nothingNew(ids) },
			link.Correct: func(t *bot.Turn, ids string) error { return turn{t}.beginCorrection(ids) },
		},
		Forms: []bot.Form{newForm()},
	}
}
