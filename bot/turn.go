package bot

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
	"danvan/store/reporting"
)

// Turn is the work on one event: the transaction, who sent it, and what the
// answer will be. It speaks the person's language, and lives as long as its
// transaction.
type Turn struct {
	*Bot
	text.Voice
	Tx     store.Tx
	Event  Event
	Person store.Person // ID 0: a stranger
	Post   store.Post   // the post acted for; ID "": none
	Today  store.Date
	Org    *org.Org // as the transaction sees it, today
	Dirty  bool     // Person is to be written

	ack   Ack
	found map[string]any // ahead of the turn; nil: the turn looks itself
}

// turn is the work on an event, once it is known who sent it.
func (b *Bot) turn(tx store.Tx, ev Event, o *org.Org) (*Turn, error) {
	t := b.turnIn(tx, ev.At, o)
	ev.Name, ev.Input = answer.Clean(ev.Name), ev.Input.Clean()
	t.Event, t.Voice.Limits = ev, b.Limits(ev.From.Channel)
	person, err := tx.PersonAt(ev.From)
	if errors.Is(err, store.ErrNotFound) {
		return t, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find the person: %w", err)
	}

	t.Speak(person)
	if t.Person.Active == "" {
		return t, nil
	}
	if post, _ := t.Org.Seat(t.Person.Active); post.Holder == t.Person.ID { // and not handed over meanwhile
		t.Post = post
	}
	return t, nil
}

// clockTurn is a turn that nobody's event began.
func (b *Bot) clockTurn(tx store.Tx, now time.Time) (*Turn, error) {
	o, err := b.book.Org(tx)
	if err != nil {
		return nil, err
	}
	return b.turnIn(tx, now, o), nil
}

func (b *Bot) turnIn(tx store.Tx, now time.Time, o *org.Org) *Turn {
	today := store.DateOf(now.In(b.Zone))
	t := &Turn{Bot: b, Tx: tx, Event: Event{At: now}, Today: today, Org: o.On(today), Voice: b.Voice(b.Language)}
	t.Units, t.Answers = t.Org.Unit, t.answerText
	return t
}

// Voice is a language in which no units and no answers are named.
func (b *Bot) Voice(lang string) text.Voice {
	return text.Voice{Words: b.Words, Lang: lang, Zone: b.Zone}
}

// Speak makes a person the one whom the turn answers, in their language.
func (t *Turn) Speak(p store.Person) {
	t.Person, t.Voice.Limits = p, t.Bot.Limits(p.Address.Channel)
	if p.Language != "" {
		t.Lang = p.Language
	}
}

// For is a turn of the same transaction that speaks to somebody else.
func (t *Turn) For(p store.Person) *Turn {
	o := t.turnIn(t.Tx, t.Event.At, t.Org)
	o.found, o.Event.From = t.found, p.Address
	o.Speak(p)
	return o
}

// For is a turn that nobody's event began, and that speaks to a person.
func (b *Bot) For(tx store.Tx, now time.Time, p store.Person) (*Turn, error) {
	t, err := b.clockTurn(tx, now)
	if err != nil {
		return nil, err
	}
	return t.For(p), nil
}

// Calendar is the calendar of working days as the transaction sees it.
func (t *Turn) Calendar() (*deadline.Calendar, error) { return t.book.Calendar(t.Tx) }

// Setting is what figures and obligations stand in, as the transaction sees it.
func (t *Turn) Setting() (*reporting.Setting, error) { return reporting.Read(t.Tx, t.book, t.Event.At) }

// Day is the day of an instant in the house's time zone.
func (t *Turn) Day(at time.Time) store.Date { return store.DateOf(at.In(t.Zone)) }

// run decides who sent the event and what it is, and answers it.
func (t *Turn) run() error {
	if err := t.answer(); err != nil {
		return err
	}
	if !t.Dirty {
		return nil
	}
	return t.Tx.PutPerson(t.Person)
}

func (t *Turn) answer() error {
	switch {
	case t.Person.ID != 0:
	case t.Event.Kind != Said:
		return nil
	default:
		if code, ok := t.invitation(); ok {
			return t.door.Code(t, code)
		}
		return t.door.Stranger(t)
	}

	switch t.Event.Kind {
	case Left:
		t.Person.Unreachable, t.Dirty = t.Event.At, true
		return nil
	case Returned:
		t.reached()
		return nil
	}
	t.reached()
	if code, ok := t.invitation(); ok {
		return t.door.Code(t, code)
	}
	if t.Post.ID == "" {
		return t.withoutPost()
	}
	return t.said()
}

// invitation returns the code of an invitation that came.
func (t *Turn) invitation() (string, bool) {
	if in := t.Event.Input; in.Kind == flows.TextInput && !in.Edited {
		return link.Invitation(in.Text)
	}
	return "", false
}

// reached marks a person who writes again as reachable, and as seen today.
func (t *Turn) reached() {
	if !t.Person.Unreachable.IsZero() || t.Person.Seen != t.Today {
		t.Person.Unreachable, t.Person.Seen, t.Dirty = time.Time{}, t.Today, true
	}
}

// said answers what a person with a post did: a button, a command, or
// something for the open form.
func (t *Turn) said() error {
	in := t.Event.Input
	if in.Kind == flows.PressInput {
		return t.pressed(in.Press)
	}
	if in.Kind == flows.TextInput && !in.Edited {
		if c, ok := t.command(link.Wish(in.Text, t.Person.Open == 0)); ok {
			return t.allowed(c)(t)
		}
		if strings.HasPrefix(in.Text, "/") {
			if err := t.Tell("command.unknown", nil); err != nil {
				return err
			}
			return t.Again()
		}
	}

	if t.Person.Open != 0 {
		return t.resume(in)
	}
	if data, ok := t.numbered(in); ok {
		t.Event.Input = flows.Input{Kind: flows.PressInput, Press: data, Message: in.Message}
		return t.pressed(data)
	}
	return t.idle(in)
}

// numbered returns the button that a number stands for, where the channel has no
// buttons.
func (t *Turn) numbered(in flows.Input) (string, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(in.Text))
	if err != nil || t.Voice.Limits.Buttons || in.Edited || n < 1 || n > len(t.Person.Offered) {
		return "", false
	}
	return t.Person.Offered[n-1], true
}

// idle answers what comes while no form is open.
func (t *Turn) idle(in flows.Input) error {
	switch {
	case in.Edited:
		return nil
	case (in.Kind == flows.TextInput || in.Kind == flows.FileInput) && t.desk.Idle != nil:
		return t.desk.Idle(t, in)
	}
	return t.Tell("idle.nothing_open", nil)
}

// withoutPost answers somebody whose posts have all been handed over.
func (t *Turn) withoutPost() error {
	posts, err := t.Org.HeldBy(t.Tx, t.Person.ID)
	if err != nil {
		return err
	}
	if len(posts) > 0 {
		return errors.Join(t.ActFor(posts[0]), t.said())
	}
	if t.Event.Input.Kind == flows.PressInput {
		return t.Toast("press.not_yours", nil)
	}
	return t.Tell("post.none_left", nil)
}

// ActFor makes a post the one that the person acts for. An open draft stays with
// its own.
func (t *Turn) ActFor(post store.Post) error {
	_, err := t.PutAside()
	t.Post, t.Dirty, t.Person.Active, t.Person.Open, t.Person.View = post, true, post.ID, 0, store.View{}
	return err
}
