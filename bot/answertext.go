package bot

import (
	"strings"

	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// answerText writes an answer as a person would, without markup.
func (t *turn) answerText(v voice, x flows.Settled) string {
	a := x.Answer
	var parts []string
	switch x.Step.Kind {
	case flows.Choice, flows.Many:
		for _, key := range a.Keys {
			parts = append(parts, t.choiceText(v, x.Form, x.Step, key))
		}
	case flows.Money:
		for _, m := range a.Money {
			parts = append(parts, v.money(m))
		}
	case flows.Quantity:
		for _, q := range a.Amounts {
			parts = append(parts, v.quantity(q))
		}
	case flows.Day:
		return v.date(a.From)
	case flows.Span:
		return v.date(a.From) + " – " + v.date(a.To)
	case flows.Phone:
		return phone(a.Phone)
	case flows.Contact:
		return strings.Join(strings.Fields(a.Text+" · "+phone(a.Phone)), " ")
	case flows.Files:
		return v.words.Text(v.lang, "files", args{"Count": len(a.Evidence)})
	default:
		if x.Form.ID == forms.CampaignID {
			return v.planAnswer(x)
		}
		return strings.Join(strings.Fields(a.Text), " ")
	}
	return strings.Join(parts, ", ")
}

// choiceText names a choice by its key.
func (t *turn) choiceText(v voice, f *flows.Form, st *flows.Step, key string) string {
	switch st.Source {
	case "", forms.ListMoves:
		return v.words.Text(v.lang, f.ID+"."+st.Field+"."+key, nil)
	case forms.ListUnits:
		if u, err := t.tx.Unit(store.UnitCode(key)); err == nil {
			return u.Name
		}
	case forms.ListFaults:
		return v.words.Text(v.lang, "register."+key+".label", nil)
	case forms.ListPlans, forms.ListPlanUnits, forms.ListCopies:
		return t.choiceOfPlan(v, st.Source, key)
	case forms.ListModels, forms.ListPast, forms.ListMerge:
		if m, err := t.tx.Model(store.ModelID(parseRef(key))); err == nil {
			return m.Title
		}
	default:
		return t.campaignText(v, st.Source, key)
	}
	return key
}

// campaignText names a value of a campaign's list. The same key means the
// same in every campaign, so the first one that has it will do.
func (t *turn) campaignText(v voice, source, key string) string {
	all, err := t.tx.Campaigns()
	if err != nil {
		return key
	}
	for _, c := range all {
		for _, o := range campaignList(c, source) {
			if o.Key == key {
				return o.Label.In(v.lang)
			}
		}
	}
	return key
}

// vagueness lists what the specificity check misses in a registration. The
// output is an optional question: a target in figures tells it as well.
func vagueness(s *store.Session) []string {
	get := func(field string) store.Answer {
		a, _ := flows.Find(s, field)
		return a
	}
	return answer.Vague(
		get("title").Text, get("target").Text, get("content").Text, get("place").Text,
		get("group").Text+get("person").Text != "", !get("period").From.IsZero(), get("output").Text != "" || len(answer.Figures(get("target").Text)) > 0,
	)
}
