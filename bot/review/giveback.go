package review

import (
	"slices"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// giveBack is the home of the form by which a registration is returned.
type giveBack struct{ verdict }

// Options lists the questions that a coordinator can name.
func (g giveBack) Options(t *bot.Turn, s *store.Session, st *flows.Step, ask flows.Ask) (flows.Options, error) {
	if st.Source != forms.ListFaults {
		return g.verdict.Options(t, s, st, ask)
	}
	all := make([]flows.Option, len(faultFields))
	for i, field := range faultFields {
		all[i] = t.FixedOption(field, "register."+field+".label")
	}
	return flows.Among(all, ask), nil
}

// Head says, besides, how many questions are marked already.
func (g giveBack) Head(t *bot.Turn, s *store.Session, q flows.Question) (string, error) {
	head, err := g.verdict.Head(t, s, q)
	if a, ok := flows.Find(s, q.Step.Field); ok && a.Given && q.Step.Source == forms.ListFaults {
		head += "\n" + t.Text("return.marked", text.Args{"Count": len(a.Keys)})
	}
	return head, err
}

// Choice names a question of the registration.
func (g giveBack) Choice(t *bot.Turn, v text.Voice, st *flows.Step, key string) string {
	if st.Source == forms.ListFaults {
		return v.Plain("register."+key+".label", nil)
	}
	return g.verdict.Choice(t, v, st, key)
}

// Default is the sentence of a usual reason, and the questions that it points to.
func (giveBack) Default(t *bot.Turn, s *store.Session, name string) (store.Answer, bool, error) {
	why := flows.Key(s, "why")
	switch {
	case why == "":
		return store.Answer{}, false, nil
	case name == forms.QuickReason:
		return store.Answer{Text: t.Plain("quick."+why, nil)}, why != forms.ReturnAnother, nil
	}
	return foundFaults(t, s, why)
}

// faultFields are the questions of a registration that it can be returned for,
// those that are most often at fault first.
var faultFields = []string{
	"title", "target", "content", "place", "problem", "period", "contact", "field",
	"title_group", "origin", "kind", "group", "person", "output", "partners", "resources",
}

// faultOf maps what the specificity check misses to the question to be mended.
var faultOf = map[string]string{
	"vague.title": "title", "vague.target_number": "target", "vague.place": "place", "vague.who": "group",
	"vague.date": "period", "vague.output": "output", "vague.slogan": "content",
}

// usualFaults are the questions that a usual reason of a return points to.
var usualFaults = map[string][]string{
	"vague": {"title", "content"}, "figures": {"target"}, "same": {"title"}, "sorting": {"field", "title_group"},
}

// foundFaults are the questions that the specificity check found fault with,
// or else those that the reason points to.
func foundFaults(t *bot.Turn, s *store.Session, why string) (store.Answer, bool, error) {
	m, err := about.Subject(t, s)
	if err != nil {
		return store.Answer{}, false, err
	}

	var found []string
	if why == "vague" || why == "figures" || why == forms.ReturnAnother {
		for _, key := range m.Vague {
			field := faultOf[key]
			if field == "group" && m.Kind == store.Individual {
				field = "person"
			}
			found = append(found, field)
		}
	}
	for _, field := range usualFaults[why] {
		if len(m.Vague) == 0 || why == "same" || why == "sorting" || why == "figures" && !slices.Contains(found, field) {
			found = append(found, field)
		}
	}
	return store.Answer{Keys: found}, len(found) > 0, nil
}
