package bot

import (
	"context"
	"time"

	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/store"
)

// Feature is one subject of the bot: everything that people can do about it.
// Features know nothing of one another; what one wants of another goes through
// a link (Turn.Follow), which the kernel brings to the feature that has its verb.
type Feature struct {
	Name     string
	Commands []Command
	Buttons  map[link.Verb]Handler // what people press
	Links    map[link.Verb]Handler // what other features follow and nobody can press
	Forms    []Form
	// Reminders are what the clock tells people under rules of the ledger.
	Reminders []Reminder
	// Cards render the messages that are made when they go out.
	Cards map[store.MakeKind]Card
	// After is what the clock has done every minute after it wrote to people: a
	// part at a time, and nothing when all is done.
	After []Job

	// Stranger answers somebody whom nobody invited, Code a code that was sent,
	// by whomever; one feature has both.
	Stranger func(*Turn) error
	Code     func(*Turn, string) error
	// Idle answers words and files that came while no form was open.
	Idle func(*Turn, flows.Input) error
}

// Handler does what a link says; about is what stands behind its verb.
type Handler func(t *Turn, about string) error

// Command is a job that a person starts by a word: a slash command in either
// language, or a key of the menu.
type Command struct {
	VI, EN string     // without the slash
	Text   string     // catalogue key of its line in the command list; "" has none
	Key    string     // catalogue key of its menu key; "" has none
	Needs  access.Job // "" for everyone
	Do     func(*Turn) error
	// Otherwise is done in place of the refusal for those who may not; nil: they
	// are refused.
	Otherwise func(*Turn) error
}

// Reminder tells people of what concerns them because of the time.
type Reminder struct {
	Rules []string // of the ledger
	// Dropped says why a matter is none any more: a key of the ledger; "" while
	// it is one.
	Dropped func(*Turn, store.Matter) (why string, err error)
	// Say adds to a message what the matters of one rule come to. Nothing is sent
	// when no text is added.
	Say func(*Turn, *store.Message, []store.Matter) error
	// Queue says what a matter comes to by a message of its own, and returns its
	// row; 0 when there is nothing to say. It takes the place of Say.
	Queue func(*Turn, Due) (store.MessageID, error)
}

// Due is a matter that the planner found due for a person.
type Due struct {
	store.Matter
	Now time.Time
	Key string // idempotency of the row in the outbox
}

// Card renders a message that is made when it goes out: outside any transaction,
// from a reference that gives the same bytes every time.
type Card func(ctx context.Context, b *Bot, m store.Message) (store.Message, error)

// Job is something that the clock has done, in transactions of its own.
type Job func(ctx context.Context, b *Bot, now time.Time) error

// Layout is where people see the commands: their order in the list, and the
// keys of each role's menu, row by row, by their English words.
type Layout struct {
	Commands []string
	Menus    map[store.Role][][]string
}
