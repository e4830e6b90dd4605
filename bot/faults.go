package bot

import (
	"slices"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

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

// faults lists the questions that a coordinator can name.
func (l lookup) faults() []flows.Option {
	out := make([]flows.Option, len(faultFields))
	for i, field := range faultFields {
		key := "register." + field + ".label"
		out[i] = flows.Option{Key: field, Label: flows.Label{Key: key}, Names: l.names(key)}
	}
	return out
}

// quickReason is the sentence of a usual reason.
func (l lookup) quickReason(s *store.Session) store.Answer {
	return store.Answer{Text: l.plain("quick."+flows.Key(s, "why"), nil)}
}

// foundFaults are the questions that the specificity check found fault with,
// or else those that the reason points to.
func (l lookup) foundFaults(s *store.Session) (store.Answer, bool, error) {
	why := flows.Key(s, "why")
	if why == "" {
		return store.Answer{}, false, nil
	}
	m, err := l.subject(s)
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
