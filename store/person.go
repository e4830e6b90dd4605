package store

import "time"

// Address is where a person is reached: a channel and that channel's chat id.
type Address struct {
	Channel string `json:"c"` // "telegram"
	Chat    string `json:"i"`
}

// PersonID identifies a person.
type PersonID uint64

// Person is somebody with an address who holds, or held, a post.
type Person struct {
	ID       PersonID `json:"id"`
	Address  Address  `json:"address"`
	Language string   `json:"language"` // "vi" or "en"

	// Name and Phone are kept only after consent.
	Name      string    `json:"name,omitempty"`
	Phone     string    `json:"phone,omitempty"` // E.164
	Consent   Consent   `json:"consent,omitempty"`
	ConsentAt time.Time `json:"consent_at,omitzero"` // when it was given or refused

	Active PostID    `json:"active,omitempty"` // the post that the person acts for now
	Open   SessionID `json:"open,omitempty"`   // the session that is open now
	View   View      `json:"view,omitzero"`    // the list that is open now
	// Offered is what the buttons said that the person saw last, where the channel
	// shows their labels behind numbers.
	Offered []string `json:"offered,omitempty"`

	Seen Date `json:"seen,omitzero"` // the last day on which the person did something
	// Unreachable is when the channel said that the person blocked us or left.
	Unreachable time.Time `json:"unreachable,omitzero"`
}

// Consent is a person's answer to whether name and phone may be kept.
type Consent string

// The answers. Silence is not consent.
const (
	NotAsked Consent = ""
	Given    Consent = "given"
	Refused  Consent = "refused"
)

// View is the list of models that a person looks at.
type View struct {
	Query    string    `json:"q,omitempty"` // as typed
	State    State     `json:"s,omitempty"`
	Field    string    `json:"f,omitempty"`
	Year     int       `json:"y,omitempty"`
	Page     int       `json:"p,omitempty"` // from 0
	Revision uint64    `json:"r,omitempty"` // fences the list's buttons
	Card     MessageID `json:"m,omitempty"` // the message that shows the list
}

// Stranger is what is remembered of an address that gave us nothing valid, so
// that answers to strangers and guesses at invitation codes stay rare.
type Stranger struct {
	Answered time.Time `json:"answered"`        // when it was last answered
	Tries    int       `json:"tries,omitempty"` // unknown codes since Since
	Since    time.Time `json:"since,omitzero"`
}
