package schedule

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/bot"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// errWait ends a transaction in which it turned out that the plan does not hold
// any more: the next tick makes another.
var errWait = errors.New("not the moment")

// writeReminder queues one Send and writes its lines of the ledger, in one
// transaction. It reports whether a message was queued.
func (s *Schedule) writeReminder(ctx context.Context, now time.Time, send deadline.Send) (queued bool, err error) {
	err = s.Store.Update(ctx, func(tx store.Tx) (err error) {
		queued, err = s.writeIn(tx, now, send)
		return err
	})

	switch {
	case errors.Is(err, errWait):
		return false, nil
	case errors.Is(err, store.ErrConflict):
		return false, nil // it was done meanwhile
	}
	return queued && err == nil, err
}

// writeIn is writeReminder inside a transaction, which is to be rolled back where it
// fails.
func (s *Schedule) writeIn(tx store.Tx, now time.Time, send deadline.Send) (queued bool, err error) {
	lines := slices.Clone(send.Lines)
	if len(send.Items) > 0 {
		r, err := s.Bot.Remind(tx, now, send.Person, send.Matters())
		if err != nil {
			return false, err
		}
		if r.Wait {
			return false, errWait
		}

		if len(r.Message.Evidence) > 0 {
			r.Message.Kind = store.Show
		}
		if send.Items[0].Rule == deadline.Announce {
			r.Message.Lane = store.DigestLane
		}
		if queued, err = enqueue(tx, lines, r); err != nil {
			return false, err
		}
	}
	return queued, addLines(tx, lines)
}

func addLines(tx store.Tx, lines []store.Sent) error {
	for _, l := range lines {
		if err := tx.AddSent(l); err != nil {
			return err
		}
	}
	return nil
}

// keyOf is the idempotency key of the message that a line stands for.
func keyOf(l store.Sent) string {
	return fmt.Sprintf("%s|%s|%d|%s", l.Rule, l.Period, l.Person, l.Step)
}

// enqueue queues a reminder and lets the lines say what became of them.
func enqueue(tx store.Tx, lines []store.Sent, r bot.Reminded) (bool, error) {
	var id store.MessageID
	for i := range lines {
		settle(&lines[i], r.Dropped)
	}

	if r.Message.Text != "" {
		for _, l := range lines {
			if l.Skipped == "" {
				r.Message.Key = keyOf(l)
				break
			}
		}
		var err error
		if id, err = tx.Enqueue(r.Message); err != nil {
			return false, err
		}
	}

	for i := range lines {
		if lines[i].Skipped == "" {
			lines[i].Message = id
		}
	}
	return id != 0, nil
}

// settle removes from a line the units that no longer need it. When none is
// left, the line keeps them and says why nothing was sent.
func settle(l *store.Sent, dropped map[store.Matter]string) {
	if l.Skipped != "" {
		return
	}
	why := map[store.UnitCode]string{}
	for m, reason := range dropped {
		if m.Rule == l.Rule && m.Period == l.Period && m.Step == l.Step {
			why[m.Unit] = reason
		}
	}
	left := slices.DeleteFunc(slices.Clone(l.Units), func(u store.UnitCode) bool { return why[u] != "" })
	if len(left) > 0 {
		l.Units = left
		return
	}
	l.Skipped, l.Message = why[l.Units[0]], 0
}

// Revise looks once more at a message that waited in the outbox, in the
// transaction that is about to let it go: it returns the message as it is to be
// sent now, or false when nothing of it is left to say. The ledger says what
// was dropped and why.
func (s *Schedule) Revise(tx store.Tx, m store.Message) (store.Message, bool, error) {
	r, err := s.Bot.Revise(tx, s.Now(), m)
	if err != nil {
		return m, false, err
	}
	if len(r.Dropped) > 0 {
		if err := amend(tx, m, r.Dropped); err != nil {
			return m, false, err
		}
	}
	if r.Message.Text == "" {
		return m, false, nil
	}
	m.Text, m.Buttons, m.About = r.Message.Text, r.Message.Buttons, r.Message.About
	return m, true, nil
}

// Refused lets the ledger say that a message did not reach its person, who
// blocked the bot: nobody is to be told that they were reminded by it.
func (s *Schedule) Refused(tx store.Tx, m store.Message) error {
	lost := map[store.Matter]string{}
	for _, x := range m.About {
		lost[x] = deadline.SkipUnreachable
	}
	return amend(tx, m, lost)
}

// Opens returns the first instant, now or later, at which people may be
// disturbed: what waited in the outbox until the quiet hours waits on.
func (s *Schedule) Opens(r store.Reader, now time.Time) (time.Time, error) {
	cal, err := s.Bot.Book().Calendar(r)
	if err != nil {
		return time.Time{}, err
	}
	return cal.Opens(now, reporting.Quiet()), nil
}

// amend writes into the lines of a message what was taken out of it.
func amend(tx store.Tx, m store.Message, dropped map[store.Matter]string) error {
	p, err := tx.PersonAt(m.To)
	if err != nil {
		return err
	}
	type slot struct {
		rule, step string
		period     store.PeriodID
	}

	seen := map[slot]bool{}
	for _, x := range m.About {
		at := slot{x.Rule, x.Step, x.Period}
		if _, gone := dropped[x]; !gone || seen[at] {
			continue
		}
		seen[at] = true

		l, err := tx.Sent(x.Rule, x.Period, p.ID, x.Step)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}

		before := len(l.Units)
		settle(&l, dropped)
		if l.Skipped == "" && len(l.Units) == before {
			continue
		}
		if err := tx.AmendSent(l); err != nil {
			return err
		}
	}
	return nil
}
