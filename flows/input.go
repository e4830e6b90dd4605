package flows

import (
	"time"

	"danvan/flows/answer"
	"danvan/store"
)

// InputKind is what sort of thing a person did.
type InputKind string

// The kinds of input.
const (
	TextInput    InputKind = "text"
	PressInput   InputKind = "press"   // a button under a message
	FileInput    InputKind = "file"    // a photo, document or video
	ContactInput InputKind = "contact" // a shared contact
	PlaceInput   InputKind = "place"   // a shared location
	OtherInput   InputKind = "thing"   // anything that no question takes: a sticker, a voice message, a poll
)

// Input is one thing that a person did, without the channel's details.
type Input struct {
	Kind InputKind
	// At is when it was sent.
	At time.Time
	// Text is what was typed, the caption of a file, or the name of a shared
	// place, as it came. Full reports whether it fills a message, so that the
	// channel may have cut it: the rest comes as the next one.
	Text string
	Full bool
	// Press is the data of the button.
	Press string
	// File is the photo, document or video.
	File store.Evidence
	// TooBig reports whether the file is too big to be fetched again.
	TooBig bool
	// Phone is the number of a shared contact; Own reports whether the channel
	// vouches that it is the sender's.
	Phone string
	Own   bool
	// Name is the name on a shared contact.
	Name string
	// Lat and Lon are degrees of a shared location.
	Lat, Lon float64
	// What names the thing in an OtherInput: "sticker", "voice".
	What string

	// Message is the channel's id of the message that came in, or of the one
	// that carries the pressed button.
	Message string
	// ReplyTo is the channel's id of the message that this one replies to;
	// Field is the question that stands there, once the host has looked it up.
	ReplyTo string
	Field   string
	// Edited reports whether the message came before and has been changed since.
	Edited bool
}

// Clean brings everything that a person chose into the form in which it is kept
// (answer.Clean): names, captions, what a shared place is called. What was typed
// stays as it came until a question reads it: it may be in an encoding of the years
// before Unicode, which is told by characters that are taken out.
func (in Input) Clean() Input {
	in.Name, in.File.Name, in.File.Caption = answer.Clean(in.Name), answer.Clean(in.File.Name), answer.Clean(in.File.Caption)
	if in.Kind != TextInput {
		in.Text = answer.Clean(in.Text)
	}
	return in
}
