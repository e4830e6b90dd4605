package store

import (
	"strconv"
	"time"
)

// CampaignID names a campaign.
type CampaignID string

// Campaign is a plan under which models are registered. Its fields, titles
// and the rest are data: nothing in code knows how many there are.
type Campaign struct {
	ID       CampaignID `json:"id"`
	Document string     `json:"document"` // as typed: "05-CT/TU"
	Issuer   string     `json:"issuer"`
	Name     Label      `json:"name"`
	Unit     UnitCode   `json:"unit,omitempty"` // the subtree that it binds; "": everyone
	From     Date       `json:"from"`
	To       Date       `json:"to"`
	Fields   []Option   `json:"fields"`
	Titles   []Option   `json:"titles"`
	Tags     []Option   `json:"tags,omitempty"`
	Levels   []Option   `json:"levels,omitempty"`

	// Rules say which reports are wanted; none means that nothing is owed.
	Rules []PeriodRule `json:"rules,omitempty"`
	// Obliged are the kinds of unit that owe them; empty: every commune, ward
	// and special zone.
	Obliged []UnitKind `json:"obliged,omitempty"`
	// Ladder says when an officer is reminded, Escalate how many working days
	// after the due day the supervisor is told, once; 0: never.
	Ladder   []Rung `json:"ladder,omitempty"`
	Escalate int    `json:"escalate,omitempty"`
	// CheckDays is how many working days a coordinator has for a check.
	CheckDays int `json:"check_days,omitempty"`

	// Known is when those whom it binds could first know of it: when it came into
	// the house, and then when it was first announced; zero: they always could.
	// What was due before is owed by nobody, unless Past says that it is.
	Known time.Time `json:"known,omitzero"`
	Past  bool      `json:"past,omitempty"`

	// Papers are the plan's own document: files of the bot that got them.
	Papers []Evidence `json:"papers,omitempty"`
	// Announced is the last edition of it that was made known to those whom it
	// concerns, Unsaid what was changed since, by its places.
	Announced Announcement `json:"announced,omitzero"`
	Unsaid    []string     `json:"unsaid,omitempty"`

	// Begun are the periods that were written, by id. PutPeriod writes them, one
	// by one: PutCampaign leaves those that there are.
	Begun []Period `json:"begun,omitempty"`
}

// Announcement is how an edition of a campaign was made known. The ledger says who
// was told of it, and who has read it.
type Announcement struct {
	Edition int       `json:"n"` // from 1; 0: none was
	At      time.Time `json:"at"`
	By      PostID    `json:"by,omitempty"`
	Changed []string  `json:"changed,omitempty"` // the places that it tells of; none: of all
	Urged   time.Time `json:"urged,omitzero"`    // when those who had not read it were last to be reminded
}

// Edition names an announced edition in the ledger, in place of a period.
func (c Campaign) Edition() PeriodID {
	return PeriodID(string(c.ID) + "/edition/" + strconv.Itoa(c.Announced.Edition))
}

// Rung is one step of the ladder of reminders: Days working days before the
// due day (negative) or after it, at Hour o'clock.
type Rung struct {
	Days int `json:"days"`
	Hour int `json:"hour"`
}

// Running reports whether the campaign takes registrations on a day.
func (c Campaign) Running(on Date) bool { return !on.Before(c.From) && !c.To.Before(on) }

// Option is one value of a campaign's list.
type Option struct {
	Key     string   `json:"key"`               // short, stable: "VHXH"
	Label   Label    `json:"label"`             // by language
	Short   Label    `json:"short,omitempty"`   // for narrow places
	Aliases []string `json:"aliases,omitempty"` // what people type for it
}

// Label is a text in each language, by language code.
type Label map[string]string

// In returns the label in a language, or in Vietnamese where that is missing.
func (l Label) In(language string) string {
	if s := l[language]; s != "" {
		return s
	}
	return l["vi"]
}
