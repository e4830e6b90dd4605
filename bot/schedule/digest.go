package schedule

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/bot"
	"danvan/store"
	"danvan/store/agenda"
	"danvan/store/deadline"
)

// digests queues the digests that are due, each in a transaction of its own.
func (s *Schedule) digests(ctx context.Context, now time.Time) (queued bool, err error) {
	sends, err := s.book.Digests(ctx, s.Store, now)
	if err != nil {
		return false, fmt.Errorf("plan the digests: %w", err)
	}
	due, err := s.unsettled(ctx, sends)
	if err != nil {
		return false, fmt.Errorf("read which digests were sent: %w", err)
	}
	var errs []error
	for _, send := range due {
		if err := ctx.Err(); err != nil {
			return queued, err
		}
		sent, err := s.writeDigest(ctx, now, send)
		queued = queued || sent
		if err == nil {
			s.told[lineOf(send)] = true
		} else if !errors.Is(err, errWait) {
			errs = append(errs, fmt.Errorf("digest for person %d: %w", send.Person, err))
			if fatal(err) {
				break
			}
		}
	}
	return queued, errors.Join(errs...)
}

// line is a line of the ledger by what makes it the only one.
type line struct {
	rule, step string
	period     store.PeriodID
	person     store.PersonID
}

func lineOf(send deadline.Send) line {
	l := send.Lines[0]
	return line{l.Rule, l.Step, l.Period, l.Person}
}

// settledPage is how many lines are looked up in one transaction.
const settledPage = 500

// unsettled leaves the digests of which the ledger does not know. What it knew
// once it is not asked again.
func (s *Schedule) unsettled(ctx context.Context, sends []deadline.Send) ([]deadline.Send, error) {
	told := make(map[line]bool, len(sends))
	var due, asked []deadline.Send
	for _, send := range sends {
		if s.told[lineOf(send)] {
			told[lineOf(send)] = true
		} else {
			asked = append(asked, send)
		}
	}
	for some := range slices.Chunk(asked, settledPage) {
		err := s.Store.View(ctx, func(r store.Reader) error {
			for _, send := range some {
				known, err := settled(r, send)
				if err != nil {
					return err
				}
				if known {
					told[lineOf(send)] = true
				} else {
					due = append(due, send)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	s.told = told
	return due, nil
}

// settled says whether a digest was sent or skipped: to the person, or to
// another who held the same post then.
func settled(r store.Reader, send deadline.Send) (bool, error) {
	l := send.Lines[0]
	people := []store.PersonID{l.Person}
	for _, unit := range l.Units {
		post, err := r.Post(store.MakePostID(unit, store.Supervisor))
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return false, err
		}
		people = append(people, post.Holder, post.Deputy)
	}
	for _, p := range people {
		_, err := r.Sent(l.Rule, l.Period, p, l.Step)
		if err == nil || !errors.Is(err, store.ErrNotFound) {
			return err == nil, err
		}
	}
	return false, nil
}

// writeDigest queues a digest with its line of the ledger, and says whether it
// did; errWait: not now.
func (s *Schedule) writeDigest(ctx context.Context, now time.Time, send deadline.Send) (queued bool, err error) {
	err = s.Store.Update(ctx, func(tx store.Tx) error {
		queued = false
		if known, err := settled(tx, send); err != nil || known {
			return err
		}
		l := send.Lines[0]
		if len(send.Items) > 0 {
			p, err := tx.Person(send.Person)
			if err != nil {
				return err
			}
			known, err := agenda.Known(tx, p)
			if err != nil {
				return err
			}
			if known.Unreachable || known.InForm(now) {
				return errWait
			}
			l.Message, err = s.Bot.Digest(tx, bot.DigestDue{
				Post: send.Items[0].Post, Person: send.Person, Period: l.Period, Now: now,
				Key: fmt.Sprintf("%s|%s|%d|%s", l.Rule, l.Period, l.Person, l.Step),
			})
			if err != nil {
				return err
			}
			if queued = l.Message != 0; !queued {
				l.Skipped = deadline.OwesNothing // no campaign concerns the post
			}
		}
		return tx.AddSent(l)
	})
	return queued && err == nil, err
}
