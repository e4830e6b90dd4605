package bot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"danvan/bot/link"
	"danvan/flows"
	"danvan/locales"
	"danvan/store"
	"danvan/store/org"
)

// Config is what a Bot is made of.
type Config struct {
	Store    store.Store
	Features []Feature
	Layout   Layout
	Words    *locales.Catalogue
	Zone     *time.Location // where a day begins and ends
	Language string         // of people who have not chosen
	Random   io.Reader      // for invitation codes
	// Limits says what a channel can show, by its name; nil: everything.
	Limits func(channel string) store.Limits
	Fetch  func(context.Context, store.Address, store.Evidence) ([]byte, error) // what somebody sent
	Wake   func()                                                               // called after a commit that queued messages
	Log    *slog.Logger
	// EditEvery is how long a digest stays as it is at least while reports arrive; 0: a minute.
	EditEvery time.Duration
	Link      func(code string) string // opens a chat with an invitation's code; "" while it is not known
}

// Bot runs turns. It is safe for concurrent use; the caller keeps the events
// of one person in order.
type Bot struct {
	Config
	engine    *flows.Engine
	book      *org.Book
	commands  []Command
	words     map[string]Command // by "/" and its words, and by the labels of its menu key
	buttons   map[link.Verb]Handler
	links     map[link.Verb]Handler
	forms     map[string]Form
	reminders map[string]Reminder
	cards     map[store.MakeKind]Card
	door      Feature // answers strangers and codes
	desk      Feature // answers words while no form is open
}

// New returns a Bot of some features; an error means that one is broken, or
// that two claim the same.
func New(c Config) (*Bot, error) {
	c.EditEvery = cmp.Or(c.EditEvery, time.Minute)
	if c.Limits == nil {
		c.Limits = func(string) store.Limits { return store.Limits{Buttons: true} }
	}
	b := &Bot{
		Config: c, book: org.NewBook(c.Zone), words: map[string]Command{},
		buttons: map[link.Verb]Handler{}, links: map[link.Verb]Handler{}, forms: map[string]Form{},
		reminders: map[string]Reminder{}, cards: map[store.MakeKind]Card{},
	}
	var questions []*flows.Form
	for _, f := range c.Features {
		if err := b.add(f); err != nil {
			return nil, fmt.Errorf("feature %s: %w", f.Name, err)
		}
		for _, form := range f.Forms {
			questions = append(questions, form.Form())
		}
	}

	var err error
	if b.engine, err = flows.New(questions...); err != nil {
		return nil, fmt.Errorf("load the forms: %w", err)
	}
	return b, b.lay()
}

// errTwice says that two features claim the same.
var errTwice = errors.New("is claimed by two features")

// claim puts what a feature brings under its name, which nobody else may have.
func claim[K comparable, V any](all map[K]V, key K, v V) error {
	if _, there := all[key]; there {
		return fmt.Errorf("%v %w", key, errTwice)
	}
	all[key] = v
	return nil
}

func claimAll[K comparable, V any](all, more map[K]V) error {
	var errs []error
	for key, v := range more {
		errs = append(errs, claim(all, key, v))
	}
	return errors.Join(errs...)
}

// claimAlone gives a place to the one feature that may have it.
func claimAlone(place *Feature, f Feature, name string) error {
	if place.Name != "" {
		return fmt.Errorf("%s %w", name, errTwice)
	}
	*place = f
	return nil
}

// add takes a feature in.
func (b *Bot) add(f Feature) error {
	errs := []error{claimAll(b.buttons, f.Buttons), claimAll(b.links, f.Links), claimAll(b.cards, f.Cards)}
	for _, form := range f.Forms {
		errs = append(errs, claim(b.forms, form.Form().ID, form))
	}
	for _, r := range f.Reminders {
		for _, rule := range r.Rules {
			errs = append(errs, claim(b.reminders, rule, r))
		}
	}

	for _, c := range f.Commands {
		b.commands = append(b.commands, c)
		errs = append(errs, claim(b.buttons, link.Verb("/"+c.EN), Handler(func(t *Turn, _ string) error { return t.allowed(c)(t) })))
		for _, word := range slices.Compact([]string{c.VI, c.EN}) {
			errs = append(errs, claim(b.words, "/"+word, c))
		}
	}
	if f.Stranger != nil {
		errs = append(errs, claimAlone(&b.door, f, "the door"))
	}
	if f.Idle != nil {
		errs = append(errs, claimAlone(&b.desk, f, "the desk"))
	}
	return errors.Join(errs...)
}

// lay orders the commands as people see them. Those that the layout does not
// name come last, in the order of the features.
func (b *Bot) lay() error {
	place := func(c Command) int {
		if i := slices.Index(b.Layout.Commands, c.EN); i >= 0 {
			return i
		}
		return len(b.Layout.Commands)
	}
	slices.SortStableFunc(b.commands, func(x, y Command) int { return place(x) - place(y) })
	for _, lang := range b.Words.Languages() {
		for _, c := range slices.Backward(b.commands) { // of two with the same label the first is meant
			if c.Key != "" {
				b.words[b.Words.Text(lang, c.Key, nil)] = c
			}
		}
	}

	for role, rows := range b.Layout.Menus {
		for _, word := range slices.Concat(rows...) {
			if !slices.ContainsFunc(b.commands, func(c Command) bool { return c.EN == word && c.Key != "" }) {
				return fmt.Errorf("the menu of role %s: no command %q", role, word)
			}
		}
	}
	return nil
}

// Book is what the bot has read of its organisation; the clock shares it.
func (b *Bot) Book() *org.Book { return b.book }

// Handle runs one event as one turn in one transaction. An event that was
// handled before has no effect. When the turn fails inside, the event is
// accepted all the same, in a transaction of its own that queues an apology:
// a poison event cannot loop. The error is then returned with the reference
// that the person sees; a caller only logs it.
func (b *Bot) Handle(ctx context.Context, ev Event) (Ack, error) {
	ack, err := b.handle(ctx, ev)
	switch {
	case err == nil:
		b.Wake()
		return ack, nil
	case errors.Is(err, store.ErrSeen):
		return Ack{}, nil
	case broken(ctx, err):
		return Ack{}, err
	}
	return Ack{}, b.apologise(ctx, ev, err)
}

// handle runs the turn, and runs it anew with what it wanted to know.
func (b *Bot) handle(ctx context.Context, ev Event) (ack Ack, err error) {
	view := func(look func(store.Reader) error) error { return b.Store.View(ctx, look) }

	for found, again := map[string]any{}, true; again; {
		err = b.Store.Update(ctx, func(tx store.Tx) error {
			o, kept, err := b.book.Kept(tx)
			if err != nil {
				return err
			}
			if !kept {
				return &ahead{"organisation", func(r store.Reader) (any, error) { return b.book.Keep(r) }}
			}
			t, err := b.turn(tx, ev, o)
			if err != nil {
				return err
			}

			t.found = found
			if err := t.run(); err != nil {
				return t.explain(err)
			}
			ack = t.ack
			return tx.Accept(ev.ID, ev.At) // last, so that a turn which ends to look ahead has written nothing
		})
		again, err = b.lookAhead(view, err, found)
	}
	return ack, err
}

// broken reports whether the store, and not the turn, is what failed: then the
// event has not been handled and must come again.
func broken(ctx context.Context, err error) bool {
	return ctx.Err() != nil || store.Unwritten(err)
}

// explain adds to a turn's error what an operator wants to know and may: what
// was asked, of which form, by which role. Nothing that was typed is in it.
func (t *Turn) explain(err error) error {
	if _, ok := errors.AsType[*ahead](err); ok {
		return err
	}
	what := string(t.Event.Input.Kind)
	if in := t.Event.Input; in.Kind == flows.PressInput {
		verb, _ := link.Parse(in.Press)
		what = "button " + string(verb)
	} else if c, ok := t.command(in.Text); ok {
		what = "command /" + c.EN
	}
	form := "none"
	if s, openErr := t.Tx.Session(t.Person.Open); openErr == nil {
		form = s.Form
	}
	return fmt.Errorf("%s by %s, open form %s: %w", what, cmp.Or(string(t.Post.Role), "a stranger"), form, err)
}

// apologise accepts an event whose turn failed and tells the person that
// nothing of theirs is lost.
func (b *Bot) apologise(ctx context.Context, ev Event, cause error) error {
	ref := reference(ev.ID)
	err := b.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.Accept(ev.ID, ev.At); err != nil {
			return err
		}
		if ev.Kind != Said {
			return nil
		}

		o, err := b.book.Org(tx)
		if err != nil {
			return err
		}
		t, err := b.turn(tx, ev, o)
		if err != nil {
			return err
		}
		return t.Tell("turn.failed", map[string]any{"Reference": ref})
	})
	if err != nil && !errors.Is(err, store.ErrSeen) {
		return fmt.Errorf("turn %s failed: %w (and the apology: %w)", ref, cause, err)
	}
	b.Wake()
	return fmt.Errorf("turn %s failed: %w", ref, cause)
}

// reference is what the person and the log call a failed turn by.
func reference(event string) string {
	sum := sha256.Sum256([]byte(event))
	return hex.EncodeToString(sum[:4])
}
