package bolt

import (
	"fmt"

	"danvan/store"
)

func (r *reader) Board(id store.BoardID) (store.Board, error) {
	b := r.get(boards, num(id))
	if b == nil {
		return store.Board{}, fmt.Errorf("board %d: %w", id, store.ErrNotFound)
	}
	return decode[store.Board](unstamped(b))
}

func (r *reader) LiveBoards() ([]store.Board, error) {
	all := []store.Board{}
	for k := range r.scan(liveBoards, nil) {
		b, err := r.Board(store.BoardID(tail(k)))
		if err != nil {
			return nil, fmt.Errorf("follow index %s: %w", liveBoards, err)
		}
		all = append(all, b)
	}
	return all, nil
}

func (t *tx) PutBoard(b store.Board) error {
	b.AsOf, b.Since, b.Live, b.Edited, b.At = utc(b.AsOf), utc(b.Since), utc(b.Live), utc(b.Edited), utc(b.At)
	k := num(b.ID)
	if listed := t.get(liveBoards, k) != nil; listed && b.Live.IsZero() {
		if err := t.delete(liveBoards, k); err != nil {
			return err
		}
	} else if !listed && !b.Live.IsZero() {
		if err := t.put(liveBoards, k, nil); err != nil {
			return err
		}
	}

	v, err := stamped(b.At, b)
	if err != nil {
		return err
	}

	return t.put(boards, k, v)
}
