package register

import (
	"slices"

	"danvan/bot/about"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// allCampaigns is the choice of every campaign that binds a unit.
const allCampaigns = "all"

// campaignsOf are the campaigns that a registration is under, the nearest first:
// those chosen of the ones that bind its unit today, or those that a model is in
// already.
func (t turn) campaignsOf(s *store.Session) ([]store.Campaign, error) {
	if s.Subject != 0 {
		m, err := about.Subject(t.Turn, s)
		if err != nil {
			return nil, err
		}
		return about.CampaignsOf(t.Turn, m)
	}

	list, err := about.Campaigns(t.Turn, unitOf(s))
	chosen := flows.Key(s, "campaign")
	if err != nil || len(list) == 0 || chosen == allCampaigns {
		return list, err
	}
	i := slices.IndexFunc(list, func(c store.Campaign) bool { return string(c.ID) == chosen })
	return list[max(i, 0):][:1], nil
}

// campaignOptions offers the campaigns that bind the unit, the nearest first, and
// all of them, where they have fields and titles in common.
func (t turn) campaignOptions(s *store.Session, ask flows.Ask) (flows.Options, error) {
	list, err := about.Campaigns(t.Turn, unitOf(s))
	if err != nil {
		return flows.Options{}, err
	}
	var all []flows.Option
	for _, c := range list {
		name := t.campaignName(t.Voice, c)
		all = append(all, flows.Option{Key: string(c.ID), Label: flows.Label{Text: name}, Names: []string{name, c.Document}})
	}
	if len(valuesOf(list, forms.ListFields)) > 0 && len(valuesOf(list, forms.ListTitles)) > 0 {
		every := t.Plain("register.campaign.all", nil)
		all = append(all, flows.Option{Key: allCampaigns, Label: flows.Label{Text: every}, Names: []string{every}})
	}
	if len(all) > 0 {
		all[0].Style = store.Success
	}
	return flows.Among(all, ask), nil
}

// campaignName tells a campaign from those of other units.
func (t turn) campaignName(v text.Voice, c store.Campaign) string {
	if c.Unit == "" {
		return c.Name.In(v.Lang)
	}
	return c.Name.In(v.Lang) + " · " + v.UnitName(c.Unit)
}

// campaignChoice names a choice among campaigns.
func (t turn) campaignChoice(v text.Voice, key string) string {
	if key == allCampaigns {
		return v.Plain("register.campaign.all", nil)
	}
	c, err := t.Tx.Campaign(store.CampaignID(key))
	if err != nil {
		return key
	}
	return t.campaignName(v, c)
}

// has reports whether a list has a value.
func has(list []store.Option, key string) bool {
	return slices.ContainsFunc(list, func(o store.Option) bool { return o.Key == key })
}

// valuesOf are the values of a list that a model of some campaigns can have: its
// field and its title are counted in each of them, a level or a tag where it is known.
func valuesOf(list []store.Campaign, source string) []store.Option {
	everywhere := source == forms.ListFields || source == forms.ListTitles
	var out []store.Option
	for _, c := range list {
		for _, o := range listOf(c, source) {
			lacks := func(other store.Campaign) bool { return !has(listOf(other, source), o.Key) }
			if !has(out, o.Key) && !(everywhere && slices.ContainsFunc(list, lacks)) {
				out = append(out, o)
			}
		}
	}
	return out
}

// listOf is one of a campaign's lists.
func listOf(c store.Campaign, source string) []store.Option {
	switch source {
	case forms.ListFields:
		return c.Fields
	case forms.ListTitles:
		return c.Titles
	case forms.ListTags:
		return c.Tags
	case forms.ListLevels:
		return c.Levels
	}
	return nil
}
