package inbox

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"danvan/bot"
	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/store"
)

// spread takes turns, as many as may run side by side.
func (b *Inbox) spread() {
	for !b.rests && b.ctx != nil && b.ctx.Err() == nil && b.err == nil && b.busy < side && len(b.round) > 0 {
		l, stranger := b.next()
		a := l.waiting[0]
		if a == l.missed {
			l.missed = nil // what is missed from now on is told anew
		}
		b.busy++
		b.turns.Go(func() { b.turn(l, a, stranger) })
	}
}

// turn takes the turn of what is first in a line.
func (b *Inbox) turn(l *line, a *arrival, stranger bool) {
	ack, err := b.take(a)

	b.mu.Lock()
	defer b.mu.Unlock()
	b.busy--
	switch {
	case err == nil:
		a.show(ack)
		b.roomy()
	case errors.Is(err, store.ErrFull):
		b.await(err)
	case b.ctx.Err() != nil:
	default:
		b.fail(err)
	}
	b.leave(l, stranger, err == nil)
	b.spread()
}

// take takes a turn. An error says that it was not taken, because of the store.
func (b *Inbox) take(a *arrival) (ack bot.Ack, err error) {
	if a.missing() {
		err = b.tell(a)
	} else {
		ack, err = b.ask(a.Event)
	}
	if err == nil || b.ctx.Err() != nil || store.Unwritten(err) {
		return ack, err
	}

	// The handler apologised to the person; again it would go no better.
	b.Log.Error("turn failed", "event", a.Event.ID, "err", err)
	err = b.Bot.Store.Update(b.ctx, func(tx store.Tx) error { return tx.Accept(a.Event.ID, a.Event.At) })
	if b.ctx.Err() != nil || store.Unwritten(err) {
		return bot.Ack{}, err
	}
	return bot.Ack{}, nil
}

// ask calls the handler. An event on which it panics would otherwise end the
// process, come again and end it again.
func (b *Inbox) ask(ev bot.Event) (ack bot.Ack, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the handler panicked with a %T at %s", r, debug.Stack())
		}
	}()
	return b.Handler.Handle(b.ctx, ev)
}

// tell says how much of what somebody sent was not taken.
func (b *Inbox) tell(a *arrival) error {
	err := b.Bot.Store.Update(b.ctx, func(tx store.Tx) error {
		if err := tx.Accept(a.Event.ID, a.Event.At); err != nil {
			return err
		}
		p, err := tx.PersonAt(a.Event.From)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}

		t, err := b.Bot.For(tx, a.Event.At, p)
		if err != nil {
			return err
		}
		return t.Tell("inbox.missed", text.Args{"Count": a.Missed, "First": answer.Excerpt(a.Event.Input.Text)})
	})
	if errors.Is(err, store.ErrSeen) {
		return nil
	}
	b.Bot.Wake()
	return err
}

// await rests until there may be room to write again.
func (b *Inbox) await(err error) {
	if !b.full {
		b.Log.Error("there is no room to write: nothing is taken in until there is", "err", err)
	}
	b.full = true
	if b.rests {
		return
	}
	b.rests = true
	time.AfterFunc(roomWait, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.rests = false
		b.spread()
	})
}

func (b *Inbox) roomy() {
	if b.full {
		b.Log.Info("there is room to write again")
	}
	b.full = false
}

// fail is end, for whoever holds the lock.
func (b *Inbox) fail(err error) {
	select {
	case <-b.over:
	default:
		b.err = err
		close(b.over)
	}
}

// known says of whom something comes that they are known.
func (b *Inbox) known(ctx context.Context, all []*arrival) (map[store.Address]bool, error) {
	known := map[store.Address]bool{}
	err := b.Bot.Store.View(ctx, func(r store.Reader) error {
		for _, a := range all {
			if known[a.Event.From] {
				continue
			}
			is, err := b.knows(r, a.Event)
			if err != nil {
				return err
			}
			known[a.Event.From] = is
		}
		return nil
	})
	return known, err
}

func (b *Inbox) knows(r store.Reader, ev bot.Event) (bool, error) {
	_, err := r.PersonAt(ev.From)
	if errors.Is(err, store.ErrNotFound) {
		return b.Known(r, ev)
	}
	return err == nil, err
}

// keep keeps what waits in the store.
func (b *Inbox) keep(ctx context.Context, all []*arrival) error {
	var rows []store.Arrival
	b.mu.Lock()
	for _, a := range all {
		if row, wanted := a.row(); wanted {
			rows = append(rows, row)
		}
	}
	b.mu.Unlock()
	if len(rows) == 0 {
		return nil
	}

	return b.Bot.Store.Update(ctx, func(tx store.Tx) error {
		for _, row := range rows {
			if err := tx.Await(row); err != nil {
				return err
			}
		}
		return nil
	})
}
