package digest_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"danvan/bot/bottest"
	"danvan/store"
)

// world is one in which digests are looked at before they are sent.
type world struct{ *bottest.World }

// strike lets the clock strike at a time without delivering anything.
func (w world) strike(at time.Time) {
	w.T.Helper()
	w.Now = at
	bottest.Must(w.T, w.Schedule.Tick(context.Background(), at))
}

// waiting takes what waits in the outbox, of one kind, without rendering it;
// reminders go by.
func (w world) waiting(kind store.MessageKind) (out []store.Message) {
	w.T.Helper()
	for {
		n := 0
		w.Update(func(tx store.Tx) error {
			claimed, err := tx.Claim(w.Now, time.Minute, 100, store.DigestLane)
			if err != nil {
				return err
			}
			n = len(claimed)
			for _, m := range claimed {
				if m.Kind == kind && m.Lane != store.ReminderLane {
					out = append(out, m)
				}
				if err := tx.Finish(m, store.Outcome{At: w.Now, Remote: fmt.Sprint(m.ID)}); err != nil {
					return err
				}
			}
			return nil
		})
		if n == 0 {
			return out
		}
	}
}

// card is a message as it is rendered when it is sent.
func (w world) card(m store.Message) store.Message {
	w.T.Helper()
	m, err := w.Bot.Card(context.Background(), m)
	bottest.Must(w.T, err)
	return m
}

// board is the last board that was made.
func (w world) board(m store.Message) (b store.Board) {
	w.T.Helper()
	w.View(func(r store.Reader) (err error) {
		b, err = r.Board(m.Make.Board)
		return err
	})
	return b
}

// before is the board before one.
func (w world) before(id store.BoardID) (out store.BoardID) {
	w.View(func(r store.Reader) error {
		for id--; id > 0; id-- {
			if _, err := r.Board(id); err == nil {
				out = id
				return nil
			}
		}
		return store.ErrNotFound
	})
	return out
}

// nudged counts the lines of the ledger about the period.
func (w world) nudged() (n int) {
	w.View(func(r store.Reader) error {
		lines, err := r.Ledger(bottest.Period)
		n = len(lines)
		return err
	})
	return n
}

// frozen returns what was frozen of the half-year for the province.
func (w world) frozen() (s store.Snapshot) {
	w.T.Helper()
	w.View(func(r store.Reader) (err error) {
		s, err = r.Snapshot(bottest.Period, "91")
		return err
	})
	return s
}

// acceptAll accepts what waits, now.
func (w world) acceptAll() {
	w.T.Helper()
	w.Update(func(tx store.Tx) error {
		heads, err := tx.Heads(store.ModelQuery{States: []store.State{store.Waiting}})
		for _, h := range heads {
			m, modelErr := tx.Model(h.ID)
			m.State = store.Accepted
			_, putErr := tx.PutModel(m)
			err = errors.Join(err, modelErr, putErr, tx.AddReview(store.Review{
				ID: store.ReviewID(h.ID), Model: h.ID, Was: store.Waiting, State: store.Accepted, At: w.Now,
			}))
		}
		return err
	})
}
