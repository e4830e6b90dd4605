package store

import (
	"time"
)

// MessageID identifies a row of the outbox. Ids grow.
type MessageID uint64

// Lane is a message's priority: lower goes first.
type Lane uint8

// The lanes: an answer to somebody who waits, a reminder, a digest, and what only
// tidies up a chat.
const (
	ReplyLane Lane = iota
	ReminderLane
	DigestLane
	TidyLane
)

// Quiet is how long nothing was said in a chat when it is tidied up.
const Quiet = time.Minute

// Tidy is a change to a message that nobody waits for: it goes when its chat is
// quiet, and where what it changes is gone it is dropped.
func (m Message) Tidy(now time.Time) Message {
	m.Kind, m.Lane, m.Target.Only, m.At, m.Due = Edit, TidyLane, true, now, now.Add(Quiet)
	return m
}

// MessageKind is what is to be done in the chat.
type MessageKind string

// The kinds of message.
const (
	Send     MessageKind = "send"     // a new message
	Edit     MessageKind = "edit"     // change Target in place; without Text only its buttons
	Show     MessageKind = "show"     // Evidence, as an album where it can
	React    MessageKind = "react"    // put Text, an emoji, on Target
	Busy     MessageKind = "busy"     // show that a file is being made
	Commands MessageKind = "commands" // set the chat's list of commands
	File     MessageKind = "file"     // a file that Make refers to, with Text under it
)

// Message is a row of the outbox: rendered, addressed and waiting.
type Message struct {
	ID       MessageID   `json:"id"`
	To       Address     `json:"to"`
	Lane     Lane        `json:"lane,omitempty"`
	Kind     MessageKind `json:"kind"`
	Key      string      `json:"key,omitempty"`  // idempotency: one row per key, ever
	Text     string      `json:"text,omitempty"` // HTML: everything typed by a person is escaped
	Buttons  [][]Button  `json:"buttons,omitempty"`
	Keyboard *Keyboard   `json:"keyboard,omitempty"`
	Evidence []Evidence  `json:"evidence,omitempty"`
	Commands []Command   `json:"commands,omitempty"`
	Protect  bool        `json:"protect,omitempty"` // may not be forwarded
	Target   Target      `json:"target,omitzero"`
	// Track asks to keep where the message was delivered.
	Track *Track `json:"track,omitempty"`
	// About lists what the message reminds of; while it waits that may settle
	// itself, so that it is looked at once more before it is sent.
	About []Matter `json:"about,omitempty"`
	// Make is what is made when the message goes out: the file, or of Send and
	// Edit the text and the buttons.
	Make *Make `json:"make,omitempty"`

	At       time.Time `json:"at"`           // when it was queued
	Due      time.Time `json:"due,omitzero"` // not before; zero: at once
	Attempts int       `json:"-"`            // set by Claim: 1 the first time
	Failures int       `json:"-"`            // set by Claim: the tries that failed by themselves
}

// Matter is one thing that somebody is reminded of: a line of the ledger for
// one unit.
type Matter struct {
	Rule   string   `json:"r"`
	Step   string   `json:"s"`
	Post   PostID   `json:"p"` // for which the person is written to
	Unit   UnitCode `json:"u"`
	Period PeriodID `json:"d"`
	Person PersonID `json:"w,omitempty"` // of whom it is, if not of the unit
	By     PostID   `json:"b,omitempty"` // who wished it: of a nudge
}

// MakeKind is what is made.
type MakeKind string

// What is made for a message: a card with figures, the list of what waits for a
// coordinator, or a file, of which the picture of a link is made of that alone.
const (
	Card     MakeKind = "card"
	Waits    MakeKind = "waits"
	Workbook MakeKind = "workbook"
	Chart    MakeKind = "chart"
	QR       MakeKind = "qr"
)

// What is made of a table of models: the card that says what it comes to, and files.
const (
	Table    MakeKind = "table"    // the card of Batch, by Screen
	Marked   MakeKind = "marked"   // the rows of Batch that are to be mended
	Template MakeKind = "template" // for Post to fill in
	Export   MakeKind = "export"   // what Screen says, of what Post may see
)

// What is made of a list of people: the card that says what it comes to, by Screen, and
// the invitations whose codes come from Seed.
const (
	Roster    MakeKind = "roster"
	PassSheet MakeKind = "pass_sheet"
	PassCards MakeKind = "pass_cards"
)

// Make refers to the figures that something is made of, so that a row of the
// outbox stays small and no transaction waits for figures. They are as of an
// instant: the same reference gives the same bytes. The list of what waits is
// Post's, as it is when the message goes out.
type Make struct {
	Kind      MakeKind   `json:"k"`
	Unit      UnitCode   `json:"u,omitempty"` // whose subtree, unless the portfolio has units
	Portfolio Portfolio  `json:"p,omitzero"`
	Campaign  CampaignID `json:"c"`
	Period    PeriodID   `json:"d,omitempty"` // "": the year of AsOf
	AsOf      time.Time  `json:"a"`
	Since     time.Time  `json:"s,omitzero"`  // compared with; zero: the period before
	Current   bool       `json:"m,omitempty"` // by the units of AsOf, not of the period
	Language  string     `json:"l"`
	Dark      bool       `json:"b,omitempty"` // of a chart
	// Issuer is the unit that lets a file go out. Contacts says that a workbook
	// names who is in charge of a model, which not everybody may know.
	Issuer   UnitCode `json:"f,omitempty"`
	Contacts bool     `json:"t,omitempty"`

	Link  string `json:"q,omitempty"` // in a picture
	Batch uint64 `json:"h,omitempty"`
	Seed  []byte `json:"e,omitempty"`

	// The rest is a card's.

	Board    BoardID `json:"i,omitempty"`
	Revision uint64  `json:"r,omitempty"`
	Screen   string  `json:"n,omitempty"`
	Post     PostID  `json:"o,omitempty"`
	Digest   bool    `json:"g,omitempty"`
	Live     bool    `json:"v,omitempty"` // it will be edited as reports arrive
}

// Target is the message that is acted on: one of ours by row, or any message
// of the chat by the channel's id. The row wins when both are set.
type Target struct {
	Message MessageID `json:"m,omitempty"`
	Remote  string    `json:"r,omitempty"`
	// Only says that nothing is sent in its place when it is gone.
	Only bool `json:"o,omitempty"`
}

// Button is a button under a message.
type Button struct {
	Text  string      `json:"t"`
	Data  string      `json:"d"` // at most 64 bytes, never a label
	Style ButtonStyle `json:"s,omitempty"`
}

// ButtonStyle colours a button where the client can.
type ButtonStyle string

// The styles.
const (
	Plain   ButtonStyle = ""
	Success ButtonStyle = "success"
	Danger  ButtonStyle = "danger"
)

// Keyboard is a keyboard in place of the phone's own. One without rows takes
// the present one away.
type Keyboard struct {
	Rows       [][]Key `json:"rows,omitempty"`
	Persistent bool    `json:"persistent,omitempty"`
	Once       bool    `json:"once,omitempty"` // hide it after one use
	Hint       string  `json:"hint,omitempty"` // at most 64 characters
}

// Key is a key of a Keyboard; it types its Text or asks for something.
type Key struct {
	Text    string `json:"t"`
	Request string `json:"r,omitempty"` // "", "contact" or "location"
}

// Command is an entry of a chat's command list.
type Command struct {
	Name string `json:"n"`
	Text string `json:"t"`
}

// Track says what a delivered message is about.
type Track struct {
	Session  SessionID `json:"s,omitempty"`
	Field    string    `json:"f,omitempty"`
	Revision uint64    `json:"r,omitempty"`
}

// Remote is a tracked message that was delivered.
type Remote struct {
	Message MessageID `json:"m"`
	To      Address   `json:"to"`
	ID      string    `json:"id"` // the channel's
	Track   Track     `json:"t"`
	At      time.Time `json:"at"`
}

// Notice is a message that is edited in place while it is news, so that many
// events make one message.
type Notice struct {
	Name    string    `json:"name"` // what it is about and for whom: "check/91:coordinator"
	Message MessageID `json:"m"`
	To      PersonID  `json:"to"`           // whose chat it stands in
	At      time.Time `json:"at"`           // when it changed last, or will
	Day     Date      `json:"day,omitzero"` // of a list: whose it is
	About   []Told    `json:"about,omitempty"`
}

// Told is a model that a notice speaks of, as it was then.
type Told struct {
	Model ModelID `json:"m"`
	State State   `json:"s"`
}

// The longest waits of the outbox. What waits for longer was put off by a clock that was
// ahead, and waits no more.
const (
	MostRetry = time.Hour           // of a chat (Outcome.Retry)
	MostLater = 31 * 24 * time.Hour // of a row (Message.Due, Outcome.Later)
)

// Outcome says how a delivery went. Without Retry and Later the row is done
// with, delivered or given up.
type Outcome struct {
	At     time.Time
	Remote string    // the channel's id of the delivered message, "" if none
	Retry  time.Time // not zero: the chat waits until then, MostRetry at most, and tries again
	// Failed says, with Retry, that the try counts as a failure, and that the wait
	// is our own choice: a reply that is queued for the chat meanwhile ends it.
	Failed bool
	Later  time.Time // not zero: the row alone waits until then, MostLater at most, its chat goes on
}
