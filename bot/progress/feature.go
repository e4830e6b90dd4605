// Package progress takes updates of models: what has happened since the last
// one, with results, money and evidence, and the correction of an earlier one.
// Updates are only ever added.
package progress

import (
	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/flows/forms"
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
			link.Update:  func(t *bot.Turn, about string) error { return turn{t}.beginFor(about) },
			link.Silent:  func(t *bot.Turn, ids string) error { return turn{t}.nothingNew(ids) },
			link.Correct: func(t *bot.Turn, ids string) error { return turn{t}.beginCorrection(ids) },
		},

		Links: map[link.Verb]bot.Handler{
			link.Proof: func(t *bot.Turn, _ string) error { return turn{t}.beginWith(t.Event.Input) },
		},
		Forms: []bot.Form{newForm()},
	}
}
