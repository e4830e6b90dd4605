package register

import (
	"slices"

	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// fill puts a session's answers into a model.
func fill(m *store.Model, s *store.Session) {
	get := func(field string) store.Answer {
		a, _ := flows.Find(s, field)
		return a
	}

	m.Unit = unitOf(s)
	m.Title, m.Fold = get("title").Text, answer.Fold(get("title").Text)
	m.Kind = store.RegistrantKind(flows.Key(s, "kind"))
	m.Registrants = store.ReadRegistrants(get("group").Text + get("person").Text + "\n" + get("others").Text)
	m.Entries = entries(m.Entries, flows.Key(s, "field"), flows.Key(s, "title_group"), store.Origin(flows.Key(s, "origin")))
	m.Predecessor = 0
	if m.Entries.First().Origin != store.New {
		m.Predecessor = predecessor(s)
	}

	m.Place, m.Problem, m.Content = get("place").Text, get("problem").Text, get("content").Text
	m.Target, m.Targets = get("target").Text, answer.Figures(get("target").Text)
	m.From, m.To = get("period").From, get("period").To
	m.Contact, m.Phone = get("contact").Text, get("contact").Phone
	m.Partners, m.Resources, m.Output = get("partners").Text, get("resources").Text, get("output").Text
	m.Spread, m.Level, m.Tags, m.Basis = get("spread").Text, flows.Key(s, "level"), get("tags").Keys, get("basis").Text

	m.Vague, m.Distinct = vagueness(s), nil
	for _, other := range s.Known {
		m.Distinct = append(m.Distinct, store.ModelID(other))
	}
}

// entries are those of a model with other answers: what is the same in several
// campaigns stays so.
func entries(was store.Entries, field, title string, origin store.Origin) store.Entries {
	first, out := was.First(), slices.Clone(was)
	for i, e := range out {
		if e.Field == first.Field {
			out[i].Field = field
		}
		if e.TitleGroup == first.TitleGroup {
			out[i].TitleGroup = title
		}
		out[i].Origin = origin
	}
	return out
}

// vagueness lists what the specificity check misses in a registration.
func vagueness(s *store.Session) []string {
	get := func(field string) store.Answer {
		a, _ := flows.Find(s, field)
		return a
	}
	who := get("group").Text+get("person").Text != ""
	timed := !get("period").From.IsZero()
	output := get("output").Text != ""
	return answer.Vague(get("title").Text, get("target").Text, get("content").Text, get("place").Text, who, timed, output)
}

// completing returns the draft in which the post completes a registration.
func (t turn) completing(m store.Model) (store.Session, bool, error) {
	all, err := t.Tx.SessionsOf(t.Post.ID)
	if err != nil {
		return store.Session{}, false, err
	}
	for _, s := range all {
		if s.Form == forms.RegisterID && s.Subject == uint64(m.ID) {
			return s, true, nil
		}
	}
	return store.Session{}, false, nil
}

// changes are the answers of a registration that are not what they were.
func (t turn) changes(was, m store.Model) []about.Change {
	return about.Changes(t.Turn, about.AnswersOf(was), about.AnswersOf(m))
}

// recordChanges writes a line for every answer that is not what it was. Names and
// numbers in it are erased when their person wants it.
func (t turn) recordChanges(m store.Model, action string, changes []about.Change) error {
	for _, c := range changes {
		if err := t.Record(subject(m), action, c.Field, c.Old, c.New); err != nil {
			return err
		}
	}
	return nil
}

// decide records what the person did with the check of a model.
func (t turn) decide(m store.Model, r store.Review) (store.Model, error) {
	r.By, r.Post, r.At = t.Person.ID, t.Post.ID, t.Event.At
	return store.Decide(t.Tx, m, r)
}

// subject names a model in the audit.
func subject(m store.Model) string { return "model/" + link.Ref(m.ID) }
