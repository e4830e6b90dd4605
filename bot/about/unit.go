package about

import (
	"danvan/bot"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/store"
)

// UnitOptions lists the units of the post's scope that are in force, after what
// else may be chosen.
func UnitOptions(t *bot.Turn, ask flows.Ask, first ...flows.Option) flows.Options {
	all := first
	for _, code := range t.Scope().Codes() {
		if u, _ := t.Org.Unit(code); u.InForce(t.Today) {
			all = append(all, flows.Option{Key: string(code), Label: flows.Label{Text: u.Name}, Names: []string{u.Name, string(code)}})
		}
	}
	return flows.Among(all, ask)
}

// OnlyUnit is the unit that the post works for, if it reaches no other one that
// is in force; "" else.
func OnlyUnit(t *bot.Turn) store.UnitCode {
	for _, code := range t.Scope().Codes() {
		if u, _ := t.Org.Unit(code); u.InForce(t.Today) && code != t.Post.Unit {
			return ""
		}
	}
	return t.Post.Unit
}

// UnitChoice names a unit by the key of a choice.
func UnitChoice(t *bot.Turn, key string) string {
	if u, ok := t.Org.Unit(store.UnitCode(key)); ok {
		return u.Name
	}
	return key
}

// Then is a turn's voice that calls units what they are called in a period.
func Then(t *bot.Turn, p store.Period) text.Voice {
	v := t.Voice
	v.Units = t.Org.On(p.Names(t.Today)).Unit
	return v
}
