// Package features lists what danvan consists of, and where people see it. A new
// feature is one line here.
package features

import (
	"danvan/bot"
	"danvan/bot/campaigns"
	"danvan/bot/digest"
	"danvan/bot/drafts"
	"danvan/bot/enrol"
	"danvan/bot/files"
	"danvan/bot/models"
	"danvan/bot/progress"
	"danvan/bot/register"
	"danvan/bot/reports"
	"danvan/bot/review"
	"danvan/bot/tracking"
	"danvan/bot/units"
	"danvan/store"
)

// All lists the features.
func All() []bot.Feature {
	return []bot.Feature{
		enrol.Feature(), register.Feature(), progress.Feature(), models.Feature(), drafts.Feature(), review.Feature(),
		reports.Feature(), tracking.Feature(), digest.Feature(), campaigns.Feature(), files.Feature(), units.Feature(),
	}
}

// Layout is the order in which people see the commands, and each role's menu:
// at most two rows of at most three, for the keyboard takes its room from the
// chat. What is done rarely is found in the list of commands.
func Layout() bot.Layout {
	return bot.Layout{
		Commands: []string{
			"register", "update", "models", "review", "report", "progress", "close", "schedule", "summary", "drafts",
			"template", "export", "campaign", "holidays", "invite", "people", "settings", "help", "cancel", "mydata",
		},
		Menus: map[store.Role][][]string{
			store.Officer:     {{"register", "update"}, {"report", "models", "summary"}},
			store.Coordinator: {{"review", "progress"}, {"summary", "models", "update"}},
			store.Supervisor:  {{"summary", "progress"}, {"models", "settings"}},
			store.Admin:       {{"summary", "progress"}, {"people", "campaign", "models"}},
		},
	}
}
