// Package campaigns makes and changes campaigns, by chat and by file, and keeps
// the calendar of working days that their due dates are counted by. Whether a
// campaign is sound, and what a change of it would lose, package store decides;
// here nothing is written that it refuses. Campaigns are announced to those whom they
// concern; of what they ask for people are reminded elsewhere.
package campaigns

import (
	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
)

// turn is a turn about campaigns or the calendar.
type turn struct{ *bot.Turn }

// Feature shows and changes campaigns and the calendar.
func Feature() bot.Feature {
	return bot.Feature{
		Name: "campaigns",
		Commands: []bot.Command{
			{
				VI: "kehoach", EN: "campaign", Text: "plans.command", Key: "plans.menu",
				Needs: access.PlanCampaigns, Do: do(turn.list),
			},
			{
				VI: "ngaynghi", EN: "holidays", Text: "holidays.command", Key: "holidays.menu",
				Needs: access.KeepCalendar, Do: do(turn.calendar),
			},
		},

		Buttons: map[link.Verb]bot.Handler{
			link.Campaign: on(turn.pressed),
			link.Told:     on(turn.read),
			link.Holiday:  on(turn.pressedCalendar),
		},
		Links: map[link.Verb]bot.Handler{
			link.Plan: on(func(t turn, _ string) error { return t.leadToFirst() }),
		},
		Forms:     []bot.Form{newForm(), newHoliday()},
		Reminders: []bot.Reminder{announcement()},
	}
}

func do(f func(turn) error) func(*bot.Turn) error {
	return func(t *bot.Turn) error { return f(turn{t}) }
}

func on(f func(turn, string) error) bot.Handler {
	return func(t *bot.Turn, about string) error { return f(turn{t}, about) }
}
