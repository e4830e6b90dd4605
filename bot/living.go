package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/gather"
)

// editEvery is how long a digest stays as it is at least while reports arrive.
const editEvery = time.Minute

// DigestDue says which digest a supervisor is to get now.
type DigestDue struct {
	Post   store.PostID
	Person store.PersonID // who gets it: the holder, or the deputy
	Period store.PeriodID // of a cut-off; "" for the digest of the post's timing
	Now    time.Time
	Key    string // idempotency: the ledger's
}

// Digest queues a digest and returns its row in the outbox, for the ledger's
// line in the same transaction; 0 when no campaign binds the post's unit. Its
// figures are those of Now, made when it goes out, and it is edited as reports
// arrive until they are no longer on time. The one before it stays as it is
// then.
func (b *Bot) Digest(tx store.Tx, due DigestDue) (store.MessageID, error) {
	t, err := b.turnFor(tx, due)
	if err != nil {
		return 0, fmt.Errorf("digest for %s: %w", due.Post, err)
	}
	board, ok, err := t.newBoard(t.post.Unit)
	if err != nil || !ok {
		return 0, err
	}
	board.Digest = true
	if due.Period != "" {
		board.Campaign, board.Period = campaignOf(due.Period), due.Period
	} else if board.Since, err = t.lastDigest(due); err != nil {
		return 0, err
	}
	if err := t.supersede(); err != nil {
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

// supersede ends the life of the post's boards: a new one takes their place.
func (t *turn) supersede() error {
	live, err := t.tx.LiveBoards()
	if err != nil {
		return err
	}
	for _, b := range live {
		if b.Post == t.post.ID {
			b.Live = time.Time{}
			if err := t.tx.PutBoard(b); err != nil {
				return err
			}
		}
	}
	return nil
}

// enliven says until when a digest is edited, and what it says of the reports
// for now.
func (t *turn) enliven(b *store.Board) error {
	if b.Period == "" {
		return nil
	}
	f, err := gather.ReadFrame(t.tx, t.frameOf(*b))
	if err != nil {
		return err
	}
	if t.ev.At.Before(f.Period.OnTime) {
		b.Live, b.Seen, b.Edited = f.Period.OnTime, reportStamp(f), t.ev.At
	}
	return nil
}

func (t *turn) frameOf(b store.Board) gather.Ask {
	return gather.Of(*boardMake(b, t.post, t.lang()), gather.Alone, t.Zone, answer.Metrics())
}

// reportStamp changes with everything that happens to the reports of a frame.
func reportStamp(f *gather.Frame) string {
	h := sha256.New()
	for _, o := range f.Obligations {
		fmt.Fprintf(h, "%s %s", o.Unit, o.State)
		if o.Report != nil {
			fmt.Fprintf(h, " %d %v", o.Report.Revision, o.Report.Counts())
		}
		if o.Extension != nil {
			fmt.Fprintf(h, " %d", o.Extension.Until.Unix())
		}
		fmt.Fprintln(h)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// RefreshBoards edits the living digests whose reports changed, each at most
// once a minute and only while its front is shown, and ends those whose time is
// over. It is to be called by the clock; a crash in between edits again later.
func (b *Bot) RefreshBoards(ctx context.Context, now time.Time) error {
	var live []store.Board
	err := b.Store.View(ctx, func(r store.Reader) (err error) {
		live, err = r.LiveBoards()
		return err
	})
	if err != nil {
		return fmt.Errorf("list the living digests: %w", err)
	}
	edited := false
	for _, board := range live {
		if now.Before(board.Live) && (board.Screen != screenFront || now.Sub(board.Edited) < editEvery) {
			continue
		}
		changed := !now.Before(board.Live)
		if !changed {
			if changed, err = b.changed(ctx, board, now); err != nil {
				return err
			}
		}
		if !changed {
			continue
		}
		if err := b.Store.Update(ctx, func(tx store.Tx) error { return b.refresh(tx, board.ID, now) }); err != nil {
			return fmt.Errorf("edit digest %d: %w", board.ID, err)
		}
		edited = true
	}
	if edited {
		b.Wake()
	}
	return nil
}

// changed says whether a board would say something else of the reports now.
func (b *Bot) changed(ctx context.Context, board store.Board, now time.Time) (bool, error) {
	var f *gather.Frame
	err := b.Store.View(ctx, func(r store.Reader) error {
		post, err := r.Post(board.Post)
		if err != nil {
			return err
		}
		t := &turn{Bot: b, post: post}
		f, err = gather.ReadFrame(r, t.frameOf(board).AsAt(now))
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return false, nil // its campaign is gone; it ends with its time
	}
	return err == nil && reportStamp(f) != board.Seen, err
}

// refresh edits a board in a transaction, if it still lives: what it is now,
// nobody else has changed meanwhile.
func (b *Bot) refresh(tx store.Tx, id store.BoardID, now time.Time) error {
	board, err := tx.Board(id)
	if err != nil || board.Live.IsZero() {
		return err
	}
	t, err := b.turnFor(tx, DigestDue{Post: board.Post, Person: board.Person, Now: now})
	if err != nil {
		return err
	}
	over := !now.Before(board.Live)
	board.AsOf, board.Edited = now, now
	if f, err := gather.ReadFrame(tx, t.frameOf(board)); err == nil {
		board.Seen = reportStamp(f)
	} else if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if over {
		board.Live = time.Time{}
	}
	if board.Screen == screenFront && (t.post.Holder == board.Person || t.post.Deputy == board.Person) {
		if _, err := tx.Enqueue(store.Message{
			To: t.person.Address, Kind: store.Edit, Lane: store.DigestLane, At: now,
			Target: store.Target{Message: board.Message}, Make: boardMake(board, t.post, t.lang()),
		}); err != nil {
			return err
		}
	}
	return tx.PutBoard(board)
}
