package about

import (
	"danvan/bot"
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

// UnitChoice names a unit by the key of a choice.
func UnitChoice(t *bot.Turn, key string) string {
	if u, ok := t.Org.Unit(store.UnitCode(key)); ok {
		return u.Name
	}
	return key
}
