package digest

import (
	"strings"
	"time"

	"danvan/bot"
	"danvan/store"
	"danvan/store/deadline"
)

// digest queues a digest and returns its row in the outbox; 0 when no campaign
// is under way there. Its figures are those of now, made when it goes out, and it
// is edited as reports arrive until they are no longer on time (refreshBoards),
// or until the next one about the same period.
func (t turn) digest(due bot.Due) (store.MessageID, error) {
	board, ok, err := t.digested(due)
	if err != nil || !ok {
		return 0, err
	}
	if err := t.enliven(&board); err != nil {
		return 0, err
	}
	return t.open(board, func(m store.Message) (store.MessageID, error) {
		m.To, m.Kind, m.Lane, m.Key, m.At = t.Person.Address, store.Send, store.DigestLane, due.Key, due.Now
		return t.Tx.Enqueue(m)
	})
}

// digested is what a digest is about: the period of its cut-off, or the one that
// is worked on; false when there is none, or all its reports are closed.
func (t turn) digested(due bot.Due) (store.Board, bool, error) {
	if due.Period != "" {
		return store.Board{Unit: t.Post.Unit, Campaign: due.Period.Campaign(), Period: due.Period, AsOf: due.Now, Digest: true}, true, nil
	}
	b, ok, err := t.boardOf(t.Post.Unit)
	if err != nil || !ok {
		return b, false, err
	}
	c, err := t.Tx.Campaign(b.Campaign)
	if err != nil {
		return b, false, err
	}
	if over, err := t.over(c); over || err != nil {
		return b, false, err
	}

	b.Digest = true
	b.Since, err = t.lastDigest()
	return b, true, err
}

// lastDigest is when the person got the post's digest before this one, zero if
// never: with that its figures are compared.
func (t turn) lastDigest() (time.Time, error) {
	lines, err := t.Tx.LedgerOf(t.Person.ID, "")
	if err != nil {
		return time.Time{}, err
	}
	var last time.Time
	for _, l := range lines {
		if l.Rule == deadline.Digest && l.Skipped == "" && l.At.Before(t.Event.At) && strings.HasSuffix(l.Step, "/"+string(t.Post.Unit)) {
			last = l.At
		}
	}
	return last, nil
}

// enliven says until when a digest is edited as reports arrive.
func (t turn) enliven(b *store.Board) error {
	p, ok, err := t.periodOf(*b)
	if ok && t.Event.At.Before(p.OnTime) {
		b.Live, b.Edited = p.OnTime, t.Event.At
	}
	return err
}

// periodOf returns the period of a board, if it has one.
func (t turn) periodOf(b store.Board) (store.Period, bool, error) {
	if b.Period == "" {
		return store.Period{}, false, nil
	}
	c, err := t.Tx.Campaign(b.Campaign)
	if err != nil {
		return store.Period{}, false, err
	}
	cal, err := t.Calendar()
	if err != nil {
		return store.Period{}, false, err
	}
	p, ok := deadline.ByID(c, cal, b.Period)
	return p, ok, nil
}
