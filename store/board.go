package store

import "time"

// BoardID identifies a board.
type BoardID uint64

// Board is a message with figures that stands in somebody's chat: what it is
// of, and what it shows now. A digest is one, and so is a summary on demand.
type Board struct {
	ID BoardID `json:"id"`
	// Revision is raised by everything that counted; it fences the buttons.
	Revision uint64   `json:"rev"`
	Person   PersonID `json:"person"`
	Post     PostID   `json:"post"`

	Unit     UnitCode   `json:"unit"` // whose subtree
	Campaign CampaignID `json:"campaign"`
	Period   PeriodID   `json:"period,omitempty"` // "": the year of AsOf
	AsOf     time.Time  `json:"as_of"`            // what came later does not count
	// Current: by the units of AsOf, whatever they were in the period.
	Current bool `json:"current,omitempty"`
	// Since is what the figures are compared with: as of when the digest
	// before was sent. Zero: the period before.
	Since  time.Time `json:"since,omitzero"`
	Digest bool      `json:"digest,omitempty"`

	Screen  string    `json:"screen,omitempty"` // what it shows: see package bot/digest; "" is its front
	Message MessageID `json:"message,omitempty"`
	// Live is until when the front is edited as reports arrive; zero: not, or
	// no longer. Seen is what it last said of them, Edited when.
	Live   time.Time `json:"live,omitzero"`
	Seen   string    `json:"seen,omitempty"`
	Edited time.Time `json:"edited,omitzero"`
	At     time.Time `json:"at"` // when it was last touched
}
