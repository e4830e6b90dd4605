package answer_test

import (
	"time"

	"danvan/flows/answer"
	"danvan/store"
)

var today = store.Date{Year: 2026, Month: time.November, Day: 22} // a Sunday

// parsers calls everything that reads typed text.
var parsers = map[string]func(string){
	"Clean":      func(s string) { answer.Clean(s) },
	"Fold":       func(s string) { answer.Fold(s) },
	"Expand":     func(s string) { answer.Expand(s) },
	"Similar":    func(s string) { answer.Similar(s, s+" x") },
	"Money":      func(s string) { _, _ = answer.Money(s) },
	"MoneyParts": func(s string) { _, _ = answer.MoneyParts(s) },
	"Quantities": func(s string) { _, _ = quantities(s) },
	"Figures":    func(s string) { answer.Figures(s) },
	"Day":        func(s string) { _, _ = answer.Day(s, today) },
	"Period":     func(s string) { _, _ = answer.Period(s, today) },
	"Phone":      func(s string) { _, _ = answer.Phone(s) },
	"Contact":    func(s string) { _, _, _ = answer.Contact(s) },
	"Choose":     func(s string) { answer.Choose(s, fields) },
	"YesNo":      func(s string) { answer.YesNo(s) },
	"Documents":  func(s string) { answer.Documents(s) },
	"Vague":      func(s string) { answer.Vague(s, s, s, s, false, false, false) },
	"Secret":     func(s string) { answer.Secret(s) },
	"Paste":      func(s string) { answer.Paste(s, fields) },
	"Pieces":     func(s string) { answer.Pieces(s) },
}
