package store

import "time"

// Sent is a line of the ledger: what was sent, or decidedly not sent, to a
// person by a rule, for a period, at a step. There is one line for each of
// these four, ever: that is what makes a reminder go out exactly once.
type Sent struct {
	Rule   string   `json:"rule"`   // "remind", "escalate", "digest" …: the rules of store/deadline
	Period PeriodID `json:"period"` // "" of a digest that comes by the week
	Person PersonID `json:"person"` // 0: nobody held the post that it was for
	Step   string   `json:"step"`   // "-7", "due", "+1"; a digest's date and unit

	At      time.Time `json:"at"`
	Due     time.Time `json:"due"`               // when it was to go out
	Message MessageID `json:"message,omitempty"` // the row of the outbox; 0: nothing was sent
	// Skipped says why nothing was sent: a key.
	Skipped string     `json:"skipped,omitempty"`
	Units   []UnitCode `json:"units,omitempty"` // what it was about
	By      PostID     `json:"by,omitempty"`    // who wished it: of a nudge
	Read    time.Time  `json:"read,omitzero"`   // when the person said that they had read it: of an announcement
}

// Out is when what the line stands for goes, or went, out: a wish of the night
// waits for the morning.
func (s Sent) Out() time.Time {
	if s.Due.After(s.At) {
		return s.Due
	}
	return s.At
}

// Deferral is a person's wish about the reminders of a period: not before
// Until.
type Deferral struct {
	Person PersonID  `json:"person"`
	Period PeriodID  `json:"period"`
	Until  time.Time `json:"until"`
	At     time.Time `json:"at"`
}

// Snapshot is the figures of a campaign, frozen at a period's cut-off for a
// unit's subtree. Figures is the canonical form that package store/figures
// writes; Hash is its SHA-256.
type Snapshot struct {
	Period  PeriodID  `json:"period"`
	Unit    UnitCode  `json:"unit"` // "": the whole house
	At      time.Time `json:"at"`
	Figures []byte    `json:"figures"`
	Hash    string    `json:"hash"`
}
