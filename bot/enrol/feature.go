// Package enrol is how people come to a post, and what the bot keeps of them:
// invitation, consent, name and number, language, the post that is acted for, and who
// holds what. An
// invitation is to a seat that nobody holds, or it was made to hand one over: then
// the seat passes to whoever brings it, and its drafts and models stay with it. Of somebody without a post nothing is kept but how often
// they knocked.
package enrol

import (
	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/store"
)

// turn is a turn about the person themselves.
type turn struct{ *bot.Turn }

// Feature lets people in and keeps their settings.
func Feature() bot.Feature {
	return bot.Feature{
		Name: "enrol",
		Commands: []bot.Command{
			{VI: "caidat", EN: "settings", Text: "command.settings", Key: "menu.settings", Do: do(turn.settings)},
			{VI: "trogiup", EN: "help", Text: "command.help", Key: "menu.help", Do: do(turn.help)},
			{VI: "dulieu", EN: "mydata", Text: "command.mydata", Do: do(turn.mine)},
			{VI: "start", EN: "start", Do: do(turn.welcome)},
			{VI: "moi", EN: "invite", Text: "command.invite", Needs: access.KeepPeople, Do: do(func(t turn) error { return t.invite("") })},
			{VI: "nguoi", EN: "people", Text: "command.people", Key: "menu.people", Needs: access.KeepPeople, Do: do(turn.people)},
			{VI: "camon", EN: "thanks", Do: func(t *bot.Turn) error { return t.Tell("idle.thanks", nil) }},
		},

		Buttons: map[link.Verb]bot.Handler{
			link.Settings: on(func(t turn, _ string) error { return t.showSettings(true) }),
			link.Language: on(turn.setLanguage),
			link.Post:     on(turn.switchPost),
			link.Consent:  on(turn.consent),
			link.Mine:     on(turn.pressedMine),
			link.Ask:      on(turn.ask),
			link.Invite:   on(turn.invite),
			link.People:   on(turn.pressedPeople),

			link.Portfolio: on(turn.pressedPortfolio),
			link.Roster:    on(turn.pressedList),
		},
		Cards:    map[store.MakeKind]bot.Card{store.Roster: peopleCard},
		Links:    map[link.Verb]bot.Handler{link.Refused: on(turn.refused)},
		Forms:    []bot.Form{newProfile(), newInviting(), newWhom(), newParts()},
		Stranger: do(turn.stranger),
		Code:     on(turn.redeem),
	}
}

func do(f func(turn) error) func(*bot.Turn) error {
	return func(t *bot.Turn) error { return f(turn{t}) }
}

func on(f func(turn, string) error) bot.Handler {
	return func(t *bot.Turn, about string) error { return f(turn{t}, about) }
}
