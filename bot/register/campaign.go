package register

import (
	"danvan/bot/about"
	"danvan/flows/forms"
	"danvan/store"
)

// campaignOf is the campaign that a registration is under: the one that binds
// its unit today, or the one that a returned one is in already.
func (t turn) campaignOf(s *store.Session) (store.Campaign, bool, error) {
	if s.Subject == 0 {
		return about.Campaign(t.Turn, unitOf(s))
	}
	m, err := about.Subject(t.Turn, s)
	if err != nil || m.ID == 0 {
		return store.Campaign{}, false, err
	}
	c, err := t.Tx.Campaign(m.Entries.First().Campaign)
	return c, err == nil, err
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
