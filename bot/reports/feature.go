// Package reports is what a unit owes and sends: the report's card with what is
// known of the period already, remarks, reports on paper, who stands in for the
// officer, and the reminders of officers. What units above see and do about it
// is package tracking's.
package reports

import (
	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/store/deadline"
)

// turn is a turn about a unit's reports.
type turn struct{ *bot.Turn }

// Feature takes reports.
func Feature() bot.Feature {
	return bot.Feature{
		Name: "reports",
		Commands: []bot.Command{{
			VI: "baocao", EN: "report", Text: "command.report", Key: "menu.report", Needs: access.SubmitReports,
			Do:        func(t *bot.Turn) error { return turn{t}.reports() },
			Otherwise: func(t *bot.Turn) error { return turn{t}.reportsOfOthers() },
		}},
		Buttons: map[link.Verb]bot.Handler{
			link.Report: func(t *bot.Turn, what string) error { return turn{t}.pressed(what) },
			link.Deputy: func(t *bot.Turn, what string) error { return turn{t}.pressedDeputy(what) },
		},
		Links: map[link.Verb]bot.Handler{
			link.Explain: func(t *bot.Turn, linked string) error { return turn{t}.explainOf(linked) },
		},
		Forms: []bot.Form{newRemarks()},

		Reminders: []bot.Reminder{
			{Rules: []string{deadline.Remind, deadline.Nudge}, Dropped: about.Dropped, Say: remindOfficer},
			{Rules: []string{deadline.Confirm}, Dropped: about.Dropped, Say: askPapers},
		},
	}
}
