package store

import "slices"

// Origin says whether a model is new in its campaign.
type Origin string

// The origins: xây dựng mới, duy trì, củng cố - nâng chất.
const (
	New        Origin = "new"
	Maintained Origin = "maintained"
	Upgraded   Origin = "upgraded"
)

// Entry is what a model is in a campaign that it was registered under.
type Entry struct {
	Campaign   CampaignID `json:"campaign"`
	Field      string     `json:"field"`
	TitleGroup string     `json:"title_group"`
	Origin     Origin     `json:"origin"`
}

// Entries are a model's, the one that it was registered with first, and of each
// campaign one at most. A model counts once in the figures of every campaign
// that it has an entry of, and once where several of them are counted together.
type Entries []Entry

// First is the entry that a model was registered with; the empty one while it
// has none.
func (es Entries) First() Entry {
	if len(es) == 0 {
		return Entry{}
	}
	return es[0]
}

// Of returns the entry of a campaign.
func (es Entries) Of(c CampaignID) (Entry, bool) {
	i := slices.IndexFunc(es, func(e Entry) bool { return e.Campaign == c })
	if i < 0 {
		return Entry{}, false
	}
	return es[i], true
}

// Counted returns the entry under which a model counts in a campaign: its own,
// else the first of those that are a part of it. Every model counts where no
// campaign is named, as what it was registered as.
func (es Entries) Counted(c CampaignID, within map[CampaignID]bool) (Entry, bool) {
	if c == "" {
		return es.First(), true
	}
	if e, ok := es.Of(c); ok {
		return e, true
	}
	i := slices.IndexFunc(es, func(e Entry) bool { return within[e.Campaign] })
	if i < 0 {
		return Entry{}, false
	}
	return es[i], true
}

// Within lists the entries in some fields of work; all where none is named.
func (es Entries) Within(fields []string) Entries {
	if len(fields) == 0 {
		return es
	}
	return slices.DeleteFunc(slices.Clone(es), func(e Entry) bool { return !slices.Contains(fields, e.Field) })
}

// InFields reports whether an entry is in one of some fields of work, as every
// model is where none is named.
func (es Entries) InFields(fields []string) bool {
	return len(fields) == 0 || len(es.Within(fields)) > 0
}
