package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/locales"
	"danvan/store"
	"danvan/store/agenda"
)

// Config is what a Bot is made of.
type Config struct {
	Store    store.Store
	Words    *locales.Catalogue
	Zone     *time.Location // where a day begins and ends
	Language string         // of people who have not chosen
	Random   io.Reader      // for invitation codes
	Wake     func()         // called after a commit that queued messages
	Log      *slog.Logger
	// EditEvery is how long a digest stays as it is at least while reports
	// arrive; 0: a minute.
	EditEvery time.Duration
}

// Bot runs turns. It is safe for concurrent use; the caller keeps the events
// of one person in order.
type Bot struct {
	Config
	engine   *flows.Engine
	commands []command
	book     *agenda.Book
}

// New returns a Bot; an error means that a form is broken.
func New(c Config) (*Bot, error) {
	if c.EditEvery == 0 {
		c.EditEvery = time.Minute
	}
	engine, err := flows.New(forms.All()...)
	if err != nil {
		return nil, fmt.Errorf("load the forms: %w", err)
	}
	return &Bot{Config: c, engine: engine, commands: commands(), book: agenda.NewBook(c.Zone)}, nil
}

// Book is what the bot has read of its organisation; the clock shares it.
func (b *Bot) Book() *agenda.Book { return b.book }

// Handle runs one event as one turn in one transaction. An event that was
// handled before has no effect. When the turn fails inside, the event is
// accepted all the same, in a transaction of its own that queues an apology:
// a poison event cannot loop. The error is then returned with the reference
// that the person sees; a caller only logs it.
func (b *Bot) Handle(ctx context.Context, ev Event) (Ack, error) {
	var ack Ack
	err := b.Store.Update(ctx, func(tx store.Tx) error {
		ack = Ack{}
		if err := tx.Accept(ev.ID, ev.At); err != nil {
			return err
		}
		t, err := b.turn(tx, ev)
		if err != nil {
			return err
		}
		if err := t.run(); err != nil {
			return err
		}
		ack = t.ack
		return nil
	})
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

// broken says whether the store, and not the turn, is what failed: then the
// event has not been handled and must come again.
func broken(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, store.ErrClosed) ||
		errors.Is(err, store.ErrUnknownOutcome) || errors.Is(err, store.ErrFull)
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
		t, err := b.turn(tx, ev)
		if err != nil {
			return err
		}
		return t.tell("turn.failed", args{"Reference": ref})
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
