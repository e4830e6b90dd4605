package outbox

import (
	"context"
	"time"

	"danvan/store"
)

// Channel takes messages to people.
type Channel interface {
	// Deliver does what d says and returns the channel's id of the message
	// that now stands in the chat, "" if there is none. Its error is a
	// *Failure, or ctx's; any other is taken for one that may pass.
	//
	// It is asked for nothing that is beyond its Limits.
	Deliver(ctx context.Context, d Delivery) (remote string, err error)
	// Limits returns what the channel can show and take, always the same.
	Limits() store.Limits
}

// Maker makes what messages refer to (store.Make). It is asked outside any
// transaction, for one thing at a time; the same reference gives the same
// bytes. An error is taken for one that may pass.
type Maker interface {
	// Card returns the message with its text and its buttons.
	Card(ctx context.Context, m store.Message) (store.Message, error)
	// File returns a file and what it is called.
	File(ctx context.Context, m store.Message) (name string, content []byte, err error)
}

// Delivery is a message on its way.
type Delivery struct {
	store.Message
	// On is the channel's id of the message that is acted on: what Target
	// came to. It is set for Edit and React.
	On string
	// Content is the file that was made for a message of kind File, Name what
	// it is called.
	Content []byte
	Name    string
	// Unformatted says that the channel refused Text with its formatting: the
	// words are to be sent without it.
	Unformatted bool
}

// Failure is what went wrong with a delivery, as far as the channel can tell.
// The zero Failure is a refusal that will not change.
type Failure struct {
	Retry  bool          // the same may succeed later
	After  time.Duration // not before that; 0: the sender decides
	Whole  bool          // with Retry: it concerns the channel, not this chat
	Gone   bool          // the person blocked us or left for good
	Moved  string        // the chat has this id now
	Target bool          // the message that is acted on is gone or stays as it is
	Format bool          // the formatting was refused, not the words
	Err    error         // what happened; holds no token and no part of the message
}

// Error returns what happened.
func (f *Failure) Error() string { return f.Err.Error() }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.Err }
