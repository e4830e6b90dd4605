// Package register takes registrations of models: the form, what speaks against
// an answer (a likely double, a vague wording), and the completing of one that
// was returned. Who checks a registration it does not know: that waits behind
// link.Await.
package register

import (
	"strings"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/flows/forms"
	"danvan/store"
)

// turn is a turn about registrations.
type turn struct{ *bot.Turn }

// Feature registers models.
func Feature() bot.Feature {
	begin := func(t *bot.Turn) error { return t.Begin(forms.RegisterID, nil) }
	return bot.Feature{
		Name: "register",
		Commands: []bot.Command{{
			VI: "dangky", EN: "register", Text: "command.register", Key: "menu.register", Needs: access.RegisterModels, Do: begin,
		}},
		Buttons: map[link.Verb]bot.Handler{
			link.Register: func(t *bot.Turn, _ string) error {
				if !t.May(access.RegisterModels) {
					return t.Toast("press.unknown", nil)
				}
				return begin(t)
			},

			link.Resubmit: bot.OnModel(func(t *bot.Turn, m store.Model) error { return turn{t}.complete(m) }),
			link.Amend: func(t *bot.Turn, about string) error {
				id, what, _ := strings.Cut(about, ".")
				return bot.OnModel(func(t *bot.Turn, m store.Model) error { return turn{t}.amendment(m, what) })(t, id)
			},
			link.Withdraw: bot.OnModel(func(t *bot.Turn, m store.Model) error { return turn{t}.beginWithdraw(m) }),
		},

		Links: map[link.Verb]bot.Handler{
			link.Adopt: func(t *bot.Turn, id string) error {
				m, err := t.Tx.Model(store.ModelID(link.ID(id)))
				if err != nil {
					return err
				}
				return turn{t}.adopt(m)
			},
		},
		Forms:     []bot.Form{newForm(), newWithdraw()},
		Reminders: []bot.Reminder{ends()},
	}
}
