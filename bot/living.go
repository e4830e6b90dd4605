package bot

import (
	"fmt"
	"strings"
	"time"

	"danvan/store"
	"danvan/store/deadline"
)

// DigestDue says which digest a supervisor is to get now.
type DigestDue struct {
	Post   store.PostID
	Person store.PersonID // who gets it: the holder, or the deputy
	Period store.PeriodID // of a cut-off; "" for the digest of the post's timing
	Now    time.Time
	Key    string // idempotency: the ledger's
}

// Digest queues a digest and returns its row in the outbox, for the ledger's
// line in the same transaction; 0 when no campaign is under way there. Its
// figures are those of Now, made when it goes out, and it is edited as reports
// arrive until they are no longer on time (RefreshBoards), or until the next one
// about the same period.
func (b *Bot) Digest(tx store.Tx, due DigestDue) (store.MessageID, error) {
	t, err := b.turnFor(tx, due)
	if err != nil {
		return 0, fmt.Errorf("digest for %s: %w", due.Post, err)
	}
	board, ok, err := t.digested(due)
	if err != nil || !ok {
		return 0, err
	}
	if err := t.enliven(&board); err != nil {
		return 0, err
	}
	id, err := tx.NewID()
	if err != nil {
		return 0, err
	}
	board.ID, board.Revision, board.Person, board.Post, board.At = store.BoardID(id), 1, t.person.ID, t.post.ID, due.Now
	board.Message, err = tx.Enqueue(store.Message{
		To: t.person.Address, Kind: store.Send, Lane: store.DigestLane, Key: due.Key, At: due.Now,
		Make: boardMake(board, t.post, t.lang()), Track: &store.Track{},
	})
	if err != nil {
		return 0, err
	}
	return board.Message, tx.PutBoard(board)
}

// digested is what a digest is about: the period of its cut-off, or the one that
// is worked on; false when there is none, or all its reports are closed.
func (t *turn) digested(due DigestDue) (store.Board, bool, error) {
	if due.Period != "" {
		return store.Board{Unit: t.post.Unit, Campaign: campaignOf(due.Period), Period: due.Period, AsOf: due.Now, Digest: true}, true, nil
	}
	b, ok, err := t.newBoard(t.post.Unit)
	if err != nil || !ok {
		return b, false, err
	}
	c, err := t.tx.Campaign(b.Campaign)
	if err != nil {
		return b, false, err
	}
	if over, err := t.over(c); over || err != nil {
		return b, false, err
	}
	b.Digest = true
	b.Since, err = t.lastDigest(due)
	return b, true, err
}

// turnFor is a turn that nobody's event began: the clock's, for somebody.
func (b *Bot) turnFor(tx store.Tx, due DigestDue) (*turn, error) {
	t := &turn{Bot: b, tx: tx, today: store.DateOf(due.Now.In(b.Zone)), ev: Event{At: due.Now}}
	var err error
	if t.person, err = tx.Person(due.Person); err != nil {
		return nil, err
	}
	t.ev.From = t.person.Address
	t.post, err = tx.Post(due.Post)
	return t, err
}

// lastDigest is when the person got the post's digest before this one, zero if
// never: with that its figures are compared.
func (t *turn) lastDigest(due DigestDue) (time.Time, error) {
	lines, err := t.tx.LedgerOf(due.Person, "")
	if err != nil {
		return time.Time{}, err
	}
	var last time.Time
	for _, l := range lines {
		if l.Rule == deadline.Digest && l.Skipped == "" && l.At.Before(due.Now) && strings.HasSuffix(l.Step, "/"+string(t.post.Unit)) {
			last = l.At
		}
	}
	return last, nil
}

// enliven says until when a digest is edited as reports arrive.
func (t *turn) enliven(b *store.Board) error {
	if b.Period == "" {
		return nil
	}
	c, err := t.tx.Campaign(b.Campaign)
	if err != nil {
		return err
	}
	cal, err := t.calendar()
	if err != nil {
		return err
	}
	if p, ok := deadline.ByID(c, cal, b.Period); ok && t.ev.At.Before(p.OnTime) {
		b.Live, b.Edited = p.OnTime, t.ev.At
	}
	return nil
}
