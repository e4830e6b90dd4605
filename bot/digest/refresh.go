package digest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/bot"
	"danvan/store"
	"danvan/store/org"
)

// noteMost is how many boards are noted in one transaction.
const noteMost = 100

// refreshBoards edits the living digests whose reports changed, each at most
// once in EditEvery and only while its front is shown, and ends those whose time is
// over or whose place a newer one took. It is to be called by the clock; a crash
// in between edits again later.
func refreshBoards(ctx context.Context, b *bot.Bot, now time.Time) error {
	var live []store.Board
	err := b.Store.View(ctx, func(r store.Reader) (err error) {
		live, err = r.LiveBoards()
		return err
	})
	if err != nil || len(live) == 0 {
		return err
	}
	news, err := readNews(ctx, b, live, now)
	if err != nil {
		return fmt.Errorf("look for new reports: %w", err)
	}

	newest := map[place]store.BoardID{}
	for _, board := range live { // in the order of their ids
		newest[placeOf(board)] = board.ID
	}

	var quiet []store.Board
	edited := false
	for _, was := range live {
		rested := now.Sub(was.Edited).Abs() >= b.EditEvery // Abs: the clock may have been ahead
		is, edit := news[was.Period].next(was, newest[placeOf(was)] != was.ID, rested, now)
		switch {
		case edit:
			err = b.Store.Update(ctx, func(tx store.Tx) error { return refresh(tx, b, is, now) })
			if err != nil {
				return fmt.Errorf("edit digest %d: %w", is.ID, err)
			}
			edited = true
		case is != was:
			quiet = append(quiet, is)
		}
	}

	if edited {
		b.Wake()
	}
	return note(ctx, b.Store, quiet)
}

// place is where only the newest board lives.
type place struct {
	person store.PersonID
	post   store.PostID
	period store.PeriodID
}

func placeOf(b store.Board) place { return place{b.Person, b.Post, b.Period} }

// next is what a living board becomes, and whether it is edited for that: only
// one that has rested since the last time is.
func (n *news) next(was store.Board, replaced, rested bool, now time.Time) (is store.Board, edit bool) {
	is = was
	is.Seen = n.stamp(was)
	switch {
	case !now.Before(was.Live):
		is.AsOf, is.Live = now, time.Time{}
	case replaced:
		is.Live = time.Time{} // and stays as it is
		return is, false
	case was.Seen == "" && !n.last(was).After(was.AsOf):
		return is, false // it was just sent, and says it all
	case is.Seen == was.Seen || !shown(was) || !rested:
		return was, false
	default:
		is.AsOf, is.Edited = now, now
	}
	return is, true
}

// shown reports whether a board shows its front, short or in full.
func shown(b store.Board) bool { return b.Screen == screenFront || b.Screen == screenFull }

// refresh edits a board in a transaction, unless its person did something with
// it meanwhile: then the next look finds out what is to be done.
func refresh(tx store.Tx, b *bot.Bot, board store.Board, now time.Time) error {
	is, err := tx.Board(board.ID)
	if errors.Is(err, store.ErrNotFound) || err == nil && (is.Revision != board.Revision || is.Live.IsZero()) {
		return nil
	}
	if err != nil {
		return err
	}
	person, err := tx.Person(board.Person)
	if err != nil {
		return err
	}
	post, err := tx.Post(board.Post)
	if err != nil {
		return err
	}

	if shown(board) && org.StandsFor(post, person.ID, now) {
		if _, err := tx.Enqueue(store.Message{
			To: person.Address, Kind: store.Edit, Lane: store.DigestLane, At: now,
			Target: store.Target{Message: board.Message, Only: true}, Make: reference(board, post, cmp.Or(person.Language, b.Language)),
		}); err != nil {
			return err
		}
	}
	return tx.PutBoard(board)
}

// note writes down what boards say that are not edited, a few at a time.
func note(ctx context.Context, s store.Store, boards []store.Board) error {
	for some := range slices.Chunk(boards, noteMost) {
		err := s.Update(ctx, func(tx store.Tx) error {
			for _, board := range some {
				is, err := tx.Board(board.ID)
				if errors.Is(err, store.ErrNotFound) || err == nil && is.Revision != board.Revision {
					continue
				}
				if err != nil {
					return err
				}

				if err := tx.PutBoard(board); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("note what digests say: %w", err)
		}
	}
	return nil
}
