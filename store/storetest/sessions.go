package storetest

import (
	"testing"
	"time"

	"danvan/store"
)

func sessionCases() []testCase {
	return []testCase{
		{"of a post, the last touched first", sessionsOf},
		{"follow their post", sessionMoves},
		{"are deleted", sessionIsDeleted},
		{"their revision is the engine's", sessionRevision},
	}
}

func putSession(t *testing.T, s store.Store, v store.Session) {
	t.Helper()
	update(t, s, func(tx store.Tx) error { return tx.PutSession(v) })
}

func sessionIDs(t *testing.T, s store.Store, post store.PostID) []store.SessionID {
	t.Helper()
	all := read(t, s, func(r store.Reader) ([]store.Session, error) { return r.SessionsOf(post) })
	return ids(all, func(v store.Session) store.SessionID { return v.ID })
}

func sessionsOf(t *testing.T, s store.Store) {
	for id, minute := range map[store.SessionID]time.Duration{1: 5, 2: 9, 300: 7} {
		putSession(t, s, store.Session{ID: id, Post: "30709:officer", Touched: when.Add(minute * time.Minute)})
	}
	putSession(t, s, store.Session{ID: 4, Post: "30709:offic", Touched: when})
	same(t, "sessions", sessionIDs(t, s, "30709:officer"), []store.SessionID{2, 300, 1})
	putSession(t, s, store.Session{ID: 1, Post: "30709:officer", Touched: when.Add(time.Hour)})
	same(t, "sessions after a touch", sessionIDs(t, s, "30709:officer"), []store.SessionID{1, 2, 300})
	same(t, "sessions of a post that begins alike", sessionIDs(t, s, "30709:offic"), []store.SessionID{4})
}

func sessionMoves(t *testing.T, s store.Store) {
	putSession(t, s, store.Session{ID: 1, Post: "30709:officer"})
	putSession(t, s, store.Session{ID: 1, Post: "40:officer"})
	same(t, "sessions of the old post", sessionIDs(t, s, "30709:officer"), nil)
	same(t, "sessions of the new post", sessionIDs(t, s, "40:officer"), []store.SessionID{1})
	putSession(t, s, store.Session{ID: 1})
	same(t, "sessions of no post", sessionIDs(t, s, ""), []store.SessionID{1})
}

func sessionIsDeleted(t *testing.T, s store.Store) {
	putSession(t, s, store.Session{ID: 1, Post: "30709:officer"})
	putSession(t, s, store.Session{ID: 2, Post: "30709:officer"})
	for range 2 { // the second time there is none
		update(t, s, func(tx store.Tx) error { return tx.DeleteSession(1) })
		missing(t, s, func(r store.Reader) (store.Session, error) { return r.Session(1) })
		same(t, "sessions", sessionIDs(t, s, "30709:officer"), []store.SessionID{2})
	}
}

func sessionRevision(t *testing.T, s store.Store) {
	for _, revision := range []uint64{7, 7, 3, 8} {
		putSession(t, s, store.Session{ID: 1, Revision: revision})
		got := read(t, s, func(r store.Reader) (store.Session, error) { return r.Session(1) })
		if got.Revision != revision {
			t.Errorf("put revision %d, got %d", revision, got.Revision)
		}
	}
}
