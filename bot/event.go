package bot

import (
	"time"

	"danvan/flows"
	"danvan/store"
)

// EventKind is what sort of thing happened on a channel.
type EventKind string

// The kinds of event.
const (
	Said     EventKind = "said"     // the person did something: see Input
	Left     EventKind = "left"     // the person blocked the bot
	Returned EventKind = "returned" // the person unblocked it
)

// Event is one thing that happened on a channel.
type Event struct {
	ID   string    // unique on its channel, the same when it is delivered again: "telegram/123"
	At   time.Time // when it was received
	Kind EventKind
	From store.Address
	// Name and Language are what the channel says of the sender; neither is
	// kept without consent.
	Name     string
	Language string
	Input    flows.Input
}

// Ack is what the person who pressed a button sees at once, beside the
// messages that the turn queued.
type Ack struct {
	Toast string // at most 200 characters; "" just stops the spinner
}
