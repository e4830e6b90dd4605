package storetest

import (
	"testing"
	"time"

	"danvan/store"
)

func boardCases() []testCase {
	return []testCase{
		{"live ones are listed while they live", liveBoards},
		{"a live one is forgotten with its listing", forgetsLive},
	}
}

func putBoard(t *testing.T, s store.Store, id store.BoardID, live time.Time) {
	t.Helper()
	update(t, s, func(tx store.Tx) error { return tx.PutBoard(store.Board{ID: id, Live: live, At: when}) })
}

func wantLive(t *testing.T, s store.Store, want ...store.BoardID) {
	t.Helper()
	same(t, "live boards", ids(read(t, s, store.Reader.LiveBoards), func(b store.Board) store.BoardID { return b.ID }), want)
}

func liveBoards(t *testing.T, s store.Store) {
	for _, id := range []store.BoardID{256, 3, 20} {
		putBoard(t, s, id, when)
	}
	putBoard(t, s, 4, time.Time{})
	wantLive(t, s, 3, 20, 256)
	putBoard(t, s, 20, time.Time{})
	putBoard(t, s, 3, when.Add(time.Hour))
	wantLive(t, s, 3, 256)
	putBoard(t, s, 4, when)
	wantLive(t, s, 3, 4, 256)
}

func forgetsLive(t *testing.T, s store.Store) {
	putBoard(t, s, 1, when)
	putBoard(t, s, 2, time.Time{})
	if n := forget(t, s, when.Add(time.Second), 10); n != 2 {
		t.Errorf("forgot %d boards, want 2", n)
	}
	wantLive(t, s)
	missing(t, s, func(r store.Reader) (store.Board, error) { return r.Board(1) })
}
