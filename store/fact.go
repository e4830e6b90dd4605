package store

import "time"

// Fact is a model as the figures see it: what it counts as, and everything
// that happened to it, so that it can be counted as of any instant.
type Fact struct {
	ID         ModelID
	Unit       UnitCode
	Campaign   CampaignID
	Field      string
	TitleGroup string
	Kind       RegistrantKind
	Origin     Origin
	Tags       []string
	Registrant string
	Registered time.Time
	Vague      bool
	Steps      []FactStep // in the order in which they happened
}

// FactStep is one thing that happened to a model: a review or an update.
type FactStep struct {
	At    time.Time
	Day   Date // that it speaks of; zero for a review
	State State
	// Row is the update's id, Corrects the update that it puts right; both 0
	// for a review.
	Row, Corrects ProgressID
	Nothing       bool
	Reason        string // why paused or failed: a key
	Evidence      int    // how many files
	Basis         Basis
	Results       []Quantity
	Money         []Money
	Lesson        bool // whether a lesson was written
}
