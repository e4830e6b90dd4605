package about

import (
	"slices"
	"unicode/utf8"

	"danvan/bot"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// AnswersOf are the answers of the registration form that a model was made of.
// What a model lacks is asked.
func AnswersOf(m store.Model) []store.Answer {
	var out []store.Answer
	add := func(a store.Answer, has bool) {
		if has {
			a.Given = true
			out = append(out, a)
		}
	}
	body := func(field, s string) { add(store.Answer{Field: field, Text: s}, s != "") }
	key := func(field, k string) { add(store.Answer{Field: field, Keys: []string{k}}, k != "") }

	key("unit", string(m.Unit))
	body("title", m.Title)
	key("kind", string(m.Kind))
	first, others := together(m.Registrants)
	if m.Kind == store.Individual {
		body("person", first)
	} else {
		body("group", first)
	}
	body("others", others)

	entry := m.Entries.First()
	key("field", entry.Field)
	key("title_group", entry.TitleGroup)
	key("origin", string(entry.Origin))
	add(store.Answer{Field: "predecessor", Keys: []string{link.Ref(m.Predecessor)}}, m.Predecessor != 0)
	add(store.Answer{Field: "predecessor", Skipped: true}, m.Predecessor == 0)

	body("place", m.Place)
	body("problem", m.Problem)
	body("target", m.Target)
	body("content", m.Content)
	add(store.Answer{Field: "period", From: m.From, To: m.To}, !m.From.IsZero())
	add(store.Answer{Field: "contact", Text: m.Contact, Phone: m.Phone}, m.Contact != "" && m.Phone != "")

	body("partners", m.Partners)
	body("resources", m.Resources)
	body("output", m.Output)
	body("spread", m.Spread)
	key("level", m.Level)
	add(store.Answer{Field: "tags", Keys: m.Tags}, len(m.Tags) > 0)
	body("basis", m.Basis)
	return out
}

// together divides those who registered a model into whom the form asks for first and
// the others: they stand in the first answer while they fit there and are of one kind.
func together(list []store.Registrant) (first, others string) {
	whole := store.WriteRegistrants(list)
	mixed := slices.ContainsFunc(list, func(r store.Registrant) bool { return r.Kind != "" })
	if len(list) < 2 || !mixed && utf8.RuneCountInString(whole) <= mostFirst {
		return whole, ""
	}
	return store.WriteRegistrants(list[:1]), store.WriteRegistrants(list[1:])
}

// mostFirst is how long the first answer may be.
const mostFirst = 120

// Change is an answer of a registration that is not what it was, in words.
type Change struct{ Field, Old, New string }

// Changes compares the answers of a registration with what they were.
func Changes(t *bot.Turn, before, after []store.Answer) []Change {
	form := t.Questions(forms.RegisterID)
	say := func(answers []store.Answer, st *flows.Step) string {
		a, _ := flows.Find(&store.Session{Answers: answers}, st.Field)
		if a.Skipped {
			return ""
		}
		return t.Answers(t.Voice, flows.Settled{Form: form, Step: st, Answer: a})
	}

	var out []Change
	for i := range form.Steps {
		st := &form.Steps[i]
		if old, now := say(before, st), say(after, st); old != now {
			out = append(out, Change{st.Field, old, now})
		}
	}
	return out
}

// Proposed compares the change of a registration that is proposed with what it is.
func Proposed(t *bot.Turn, m store.Model) []Change {
	return Changes(t, AnswersOf(m), m.Proposal.Answers)
}

// changeRunes is how much of an answer a list of changes shows.
const changeRunes = 200

// ChangeLines lists changes, what it was and what it is.
func ChangeLines(t *bot.Turn, changes []Change) text.Markup {
	lines := make([]text.Args, len(changes))
	for i, c := range changes {
		lines[i] = text.Args{
			"Label": t.Plain("register."+c.Field+".label", nil),
			"Old":   text.Shorten(c.Old, changeRunes), "New": text.Shorten(c.New, changeRunes),
		}
	}
	return t.Lines("amend.line", lines)
}

// ChangedFields are the questions whose answers changed.
func ChangedFields(changes []Change) []string {
	out := make([]string, len(changes))
	for i, c := range changes {
		out[i] = c.Field
	}
	return out
}
