package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"danvan/store"
)

// claimed is a leased row with what its targets came to.
type claimed struct {
	store.Message
	on string // the channel's id of Target, "" if there is none yet
}

// claim leases rows in a transaction of its own. A store that refuses for now
// gives none; the error is one that ends Run.
func (r *route) claim(ctx context.Context, limit int, worst store.Lane) ([]claimed, error) {
	var got []claimed
	err := r.store.Update(ctx, func(tx store.Tx) error {
		var err error
		got, err = r.lease(tx, limit, worst)
		return err
	})

	switch {
	case err == nil:
		if r.sick.CompareAndSwap(true, false) {
			r.log.Info("store gives messages again")
		}
		return got, nil
	case ctx.Err() != nil:
		return nil, nil
	case broken(err):
		return nil, fmt.Errorf("claim messages: %w", err)
	}

	if r.sick.CompareAndSwap(false, true) {
		r.log.Error("store gives no messages", "err", err)
	}
	return nil, nil
}

// lease claims inside a transaction and looks up what the rows act on.
func (r *route) lease(tx store.Tx, limit int, worst store.Lane) ([]claimed, error) {
	ms, err := r.standing(tx, limit, worst)
	if err != nil {
		return nil, err
	}

	got := make([]claimed, len(ms))
	for i, m := range ms {
		got[i].Message = m
		if got[i].on, err = find(tx, m); err != nil {
			return nil, err
		}
	}
	return got, nil
}

// later says until when a message waits because nobody is to be disturbed now, or
// its chat is busy, zero if it does not. When that cannot be found out it goes.
func (r *route) later(tx store.Reader, m store.Message) time.Time {
	now, at := r.now(), time.Time{}
	switch {
	case m.Lane == store.TidyLane:
		if at = r.pace.quiet(m.To); at.After(now) {
			return at
		}
		return time.Time{}
	case m.Lane == store.ReplyLane, r.opens == nil:
		return time.Time{}
	}

	on, err := find(tx, m)
	if m.Kind != store.Send && m.Kind != store.Show && (m.Kind != store.Edit || on != "") {
		return time.Time{} // a change to what stands in the chat disturbs nobody
	}
	if err == nil {
		at, err = r.opens(tx, now)
	}
	if err != nil {
		r.log.Error("message goes out whatever the hour", "message", m.ID, "err", err)
	}
	if err != nil || !at.After(now) {
		return time.Time{}
	}
	return at
}

// mostSettled is how many messages in a row one claim may find settled.
const mostSettled = 50

// standing claims messages and leaves out those that are not to be sent now:
// others are claimed in their place, so that none of them costs a turn of the
// pace.
func (r *route) standing(tx store.Tx, limit int, worst store.Lane) ([]store.Message, error) {
	for range mostSettled {
		ms, err := tx.Claim(r.now(), lease, limit, worst, r.others...)
		if err != nil {
			return nil, fmt.Errorf("claim: %w", err)
		}
		left, err := r.weed(tx, ms)
		if err != nil || len(left) > 0 || len(ms) == 0 {
			return left, err
		}
	}
	return nil, nil
}

// weed revises messages that are about something. Those that turn out to be
// settled, or are for a channel that nobody serves, are done with, and those
// that would disturb are put off.
func (r *route) weed(tx store.Tx, ms []store.Message) (left []store.Message, err error) {
	for _, m := range ms {
		out := store.Outcome{At: r.now()}
		if m.To.Channel != r.name {
			r.log.Error("message was given up, nobody serves its channel", "message", m.ID, "channel", m.To.Channel)
		} else if out.Later = r.later(tx, m); out.Later.IsZero() {
			if revised, holds := r.revised(tx, m); holds {
				left = append(left, revised)
				continue
			}
		}
		if err := tx.Finish(m, out); err != nil {
			return nil, fmt.Errorf("finish a message that is not sent: %w", err)
		}
	}
	return left, nil
}

// revised returns a message as it is to be sent now; false: not at all. One
// that cannot be revised goes out as it is: it must not hold up the others.
func (o *Outbox) revised(tx store.Tx, m store.Message) (store.Message, bool) {
	if len(m.About) == 0 || o.revise == nil {
		return m, true
	}
	out, holds, err := o.revise(tx, m)
	if err != nil {
		o.log.Error("message was not looked at again, it goes out as it is", "message", m.ID, "err", err)
		return m, true
	}
	return out, holds
}

// find returns the channel's id of what a message acts on, "" if it was never
// delivered, or to another chat.
func find(r store.Reader, m store.Message) (string, error) {
	t := m.Target
	if t.Message == 0 {
		return t.Remote, nil
	}
	sent, err := r.Remote(t.Message)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return t.Remote, nil
	case err != nil:
		return "", fmt.Errorf("find message %d: %w", t.Message, err)
	case sent.To != m.To:
		return "", nil // the draft was handed over
	}
	return sent.ID, nil
}

// finish writes what became of a row and returns the next answer, nil when there is none
// or the sender is to stop. While the store refuses for now it goes on trying, for what
// was sent is not sent again: only a process that ends before leaves that to the next.
func (r *route) finish(ctx context.Context, c claimed, v verdict, more bool) *claimed {
	for tries := 0; ; tries++ {
		next, err := r.note(ctx, c, v, more)
		switch {
		case err == nil:
			return next
		case broken(err):
			select {
			case r.fatal <- fmt.Errorf("finish message %d: %w", c.ID, err):
			default:
			}
			return nil
		case tries == 0:
			r.log.Error("message was handled, and cannot be finished yet", "message", c.ID, "err", err)
		}

		select {
		case <-r.stop:
			return nil
		case <-time.After(r.every):
		}
	}
}

// note finishes a row and claims the next answer in the same transaction, so that a
// busy sender commits once a message.
func (r *route) note(ctx context.Context, c claimed, v verdict, more bool) (next *claimed, err error) {
	err = r.store.Update(ctx, func(tx store.Tx) error {
		next = nil
		if err := r.write(tx, c.Message, v); err != nil {
			return err
		}
		if !more || !r.gate.open(r.now()) || r.gate.down() {
			return nil
		}

		got, err := r.lease(tx, 1, store.ReplyLane)
		if len(got) == 1 {
			next = &got[0]
		}
		return err
	})
	return next, err
}

// write ends a row, and a person who is concerned learns of it, unless the lease
// ran out and somebody else took the row: then it is theirs to end.
func (r *route) write(tx store.Tx, m store.Message, v verdict) error {
	err := tx.Finish(m, v.Outcome)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("finish: %w", err)
	}
	if err := v.follow(tx, m); err != nil {
		return err
	}
	if v.gone && r.refused != nil && len(m.About) > 0 {
		return r.refused(tx, m)
	}
	return nil
}

// pending says whether anything waits at all; when in doubt, yes.
func (o *Outbox) pending(ctx context.Context) bool {
	n := 1
	err := o.store.View(ctx, func(r store.Reader) error {
		var err error
		n, err = r.Pending()
		return err
	})
	return err != nil || n > 0
}

// broken says whether the store cannot be used any more.
func broken(err error) bool {
	return errors.Is(err, store.ErrUnknownOutcome) || errors.Is(err, store.ErrClosed)
}
