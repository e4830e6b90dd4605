package store

import "time"

// SessionID identifies a session.
type SessionID uint64

// Session is one unfinished walk through a form. It belongs to a post: when
// the post changes hands, so does the draft.
//
// Package flows decides what is in it; the short tags keep a draft of fifteen
// answers under 2 kB.
type Session struct {
	ID       SessionID `json:"i"`
	Post     PostID    `json:"p,omitempty"`
	Person   PersonID  `json:"w"` // who walks it now
	Form     string    `json:"m"`
	Version  int       `json:"v"` // of the form, when the session last moved
	Hash     string    `json:"h"` // of the form's content then
	Revision uint64    `json:"r"` // raised by every input that counted; fences buttons
	At       string    `json:"a"` // the field that is asked; "" is the review card
	// Returning says that the answer to At leads back to the review card.
	Returning bool     `json:"b,omitempty"`
	Answers   []Answer `json:"s,omitempty"`
	// Aside keeps answers that no longer apply; they come back when they do.
	Aside []Answer `json:"x,omitempty"`
	// Again names the fields whose answers stand but are asked once more,
	// because somebody found fault with them.
	Again []string `json:"j,omitempty"`
	// Doubt is a reading that waits for a yes.
	Doubt *Doubt `json:"d,omitempty"`
	// Partial is a text that was too short and is continued, or what a list
	// of choices was narrowed to.
	Partial string `json:"t,omitempty"`
	// Cut is a text that filled its message: the next one may go on with it.
	Cut *Cut `json:"z,omitempty"`
	// Said is the answer that was typed last: the same text once more was sent again.
	Said   Said   `json:"sd,omitzero"`
	Misses int    `json:"e,omitempty"` // answers in a row that were not understood
	Page   int    `json:"q,omitempty"` // of the choices that are shown, from 1
	Detail bool   `json:"o,omitempty"` // whether the optional questions were opened
	Album  string `json:"l,omitempty"` // the last album that was answered once for all its parts

	Subject  uint64    `json:"u,omitempty"`   // the record that an update is about
	Base     uint64    `json:"n,omitempty"`   // its revision when the session began
	Corrects uint64    `json:"k,omitempty"`   // the row that a correction points to
	Report   string    `json:"for,omitempty"` // the report from whose card an update was begun, as links name it
	Known    []uint64  `json:"y,omitempty"`   // records that the person said are others
	Card     MessageID `json:"c,omitempty"`   // the message with the open question
	// Settled names the fields whose answers the card shows above the question.
	Settled []string  `json:"cs,omitempty"`
	Created time.Time `json:"f"`
	Touched time.Time `json:"g"`
}

// Cut is the first part of a text that a channel may have cut.
type Cut struct {
	Field string    `json:"f"` // the question that it was typed at
	Text  string    `json:"t"`
	Begun string    `json:"b,omitempty"` // Session.Partial before it
	At    time.Time `json:"a"`           // when it was sent
}

// Said is a text that was typed as the answer to a question.
type Said struct {
	Field string `json:"f"`
	Hash  uint64 `json:"h"`
}

// Answer is what was kept of one answer. Only the parts that its step's kind
// uses are set.
type Answer struct {
	Field    string     `json:"f"`
	Text     string     `json:"t,omitempty"` // as typed, in NFC
	Keys     []string   `json:"k,omitempty"` // of the choices taken
	Money    []Money    `json:"m,omitempty"`
	Amounts  []Quantity `json:"q,omitempty"`
	Aside    []string   `json:"n,omitempty"` // what the text says with numbers that are not summed, as typed
	From     Date       `json:"d,omitzero"`  // a date, or the start of a span
	To       Date       `json:"e,omitzero"`
	Phone    string     `json:"p,omitempty"` // E.164
	Evidence []Evidence `json:"v,omitempty"`
	Odd      []string   `json:"o,omitempty"` // what was asked about it, and is confirmed once it is kept
	Skipped  bool       `json:"s,omitempty"`
	Given    bool       `json:"g,omitempty"` // taken from what is known, not asked
	Fixed    bool       `json:"x,omitempty"` // changed after it had stood on a review card, or was found fault with
	// Source is the channel's id of the message that held it, so that an
	// edit of that message changes this answer.
	Source string `json:"i,omitempty"`
}

// Doubt is a question about an answer before it is kept.
type Doubt struct {
	Kind     string   `json:"k"`           // which question: see package flows
	Keys     []string `json:"a,omitempty"` // what gave rise to it
	Readings []Answer `json:"r,omitempty"` // what it may mean
	Records  []uint64 `json:"x,omitempty"` // the records that it may be
}
