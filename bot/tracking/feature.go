// Package tracking is what coordinators and supervisors see of reports and do
// about them: who has reported, reminding by hand, more time, closing a period, what is to be sent
// to whom, and being told of what is missing.
package tracking

import (
	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/store/deadline"
)

// turn is a turn about the reports of others.
type turn struct{ *bot.Turn }

// Feature tracks reports.
func Feature() bot.Feature {
	told := func(rule string) bot.Reminder {
		return bot.Reminder{Rules: []string{rule}, Dropped: about.Dropped, Say: remindAbove}
	}

	return bot.Feature{
		Name: "tracking",
		Commands: []bot.Command{
			{VI: "tiendo", EN: "progress", Text: "command.progress", Key: "menu.progress", Needs: access.WatchReports,
				Do: func(t *bot.Turn) error { return turn{t}.whoReported() }},
			{VI: "chot", EN: "close", Text: "command.close", Needs: access.ClosePeriods,
				Do: func(t *bot.Turn) error { return turn{t}.closeNext() }},
			{VI: "lich", EN: "schedule", Text: "command.schedule", Needs: access.WatchReports,
				Do: func(t *bot.Turn) error { return turn{t}.ahead() }},
		},

		Buttons: map[link.Verb]bot.Handler{
			link.Watch: func(t *bot.Turn, what string) error { return turn{t}.pressed(what) },
			link.Grant: func(t *bot.Turn, what string) error { return turn{t}.pressedGrant(what) },
			link.Close: func(t *bot.Turn, what string) error { return turn{t}.pressedClose(what) },
			link.Ahead: func(t *bot.Turn, page string) error { return turn{t}.pressedAhead(page) },
		},
		Links: map[link.Verb]bot.Handler{
			link.Nudge: func(t *bot.Turn, what string) error { return turn{t}.nudge(what) },
		},
		Forms:     []bot.Form{newGrant()},
		Reminders: []bot.Reminder{told(deadline.Escalate), told(deadline.Vacant), told(deadline.Unreachable)},
	}
}
