package campaigns

import (
	_ "embed" // for the template
	"encoding/json"
	"slices"
	"sync"

	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows/forms"
	"danvan/store"
)

// fromTemplate is the choice of the template's fields and titles, and the id of the
// template where one campaign is meant of several.
const fromTemplate = "template"

//go:embed template.json
var templateJSON []byte

// Template returns the campaign that danvan brings along for others to begin with:
// nothing of it runs unasked.
func Template() store.Campaign {
	var c store.Campaign
	if err := json.Unmarshal(templateJSON, &c); err != nil {
		panic("campaigns: the template: " + err.Error()) // it is part of the program
	}
	return c
}

// template is Template under the id by which it is chosen.
var template = sync.OnceValue(func() store.Campaign {
	c := Template()
	c.ID = fromTemplate
	return c
})

// leadToFirst tells somebody who may make campaigns that there is none.
func (t turn) leadToFirst() error {
	all, err := t.Tx.Campaigns()
	if err != nil || len(all) > 0 || !t.May(access.PlanCampaigns) {
		return err
	}
	return t.Offer("plans.none", nil, [][]store.Button{t.firstButtons()})
}

// firstButtons begin the first campaign.
func (t turn) firstButtons() []store.Button {
	return text.Row(
		text.Green(t.Button("plans.template", link.Campaign.To("t"), nil)), t.Button("plans.own", link.Campaign.To("n"), nil),
	)
}

// beginTemplate opens the form of a new campaign with the answers of the template, but
// those that are everybody's own: its document, its issuer, the post's unit.
func (t turn) beginTemplate() error {
	own := []string{"plan", "document", "issuer", "fields", "titles", "past"}
	if t.Post.Unit != "" {
		own = append(own, "unit")
	}
	answers := slices.DeleteFunc(answersOf(t.Voice, template()), func(a store.Answer) bool { return slices.Contains(own, a.Field) })
	answers = append(answers,
		store.Answer{Field: "plan", Keys: []string{forms.NewCampaign}, Given: true},
		store.Answer{Field: "like", Keys: []string{fromTemplate}, Given: true},
	)
	return t.Begin(forms.CampaignID, func(s *store.Session) { s.Answers = answers })
}
