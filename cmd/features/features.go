// Package features lists what danvan consists of, and where people see it. A new
// feature is one line here.
package features

import (
	"danvan/bot"
	"danvan/bot/campaigns"
	"danvan/bot/digest"
	"danvan/bot/drafts"
	"danvan/bot/enrol"
	"danvan/bot/models"
	"danvan/bot/progress"
	"danvan/bot/register"
	"danvan/bot/reports"
	"danvan/bot/review"
	"danvan/bot/tracking"
	"danvan/store"
)

// All lists the features.
func All() []bot.Feature {
	return []bot.Feature{
		enrol.Feature(), register.Feature(), progress.Feature(), models.Feature(), drafts.Feature(), review.Feature(),
		reports.Feature(), tracking.Feature(), digest.Feature(), campaigns.Feature(),
	}
}

// Layout is the order in which people see the commands, and each role's menu,
// what is used most on top: at most four rows of at most three, which leaves a
// small phone room for the chat.
func Layout() bot.Layout {
	return bot.Layout{
		Commands: []string{
			"register", "update", "models", "review", "report", "progress", "schedule", "summary", "drafts",
			"campaign", "holidays", "settings", "help", "cancel", "mydata",
		},
		Menus: map[store.Role][][]string{
			store.Officer: {{"register", "update"}, {"report", "models", "summary"}, {"drafts", "settings", "help"}},
			store.Coordinator: {
				{"review", "progress"}, {"models", "summary", "campaign"}, {"register", "update"}, {"drafts", "settings", "help"},
			},
			store.Supervisor: {{"summary", "progress"}, {"models", "settings", "help"}},
			store.Admin:      {{"models", "campaign", "holidays"}, {"drafts", "settings", "help"}},
		},
	}
}
