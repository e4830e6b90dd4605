package bolt_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"danvan/store"
	"danvan/store/bolt"
)

// TestFull fills a file to its quota: the error is clean, what was there is
// there, and after deleting there is room again.
func TestFull(t *testing.T) {
	t.Parallel()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "danvan.db"), bolt.Options{MaxSize: 20 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, s)
	put := func(id store.SessionID) error { return putLarge(t, s, id) }
	kept := store.SessionID(0)
	for ; err == nil && kept < 200; kept++ {
		err = put(kept + 1)
	}
	kept-- // the last one failed
	if !errors.Is(err, store.ErrFull) || kept < 5 {
		t.Fatalf("after %d records: %v, want %v", kept, err, store.ErrFull)
	}
	if n := countSessions(t, s); n != int(kept) {
		t.Errorf("%d records are kept, want %d", n, kept)
	}
	for id := range kept / 2 {
		err := s.Update(t.Context(), func(tx store.Tx) error { return tx.DeleteSession(id + 1) })
		if err != nil {
			t.Fatalf("delete from a full store: %v", err)
		}
	}
	for id := range kept / 4 {
		if err := put(id + 1); err != nil {
			t.Fatalf("put after deleting: %v", err)
		}
	}
	if n, want := countSessions(t, s), int(kept-kept/2+kept/4); n != want {
		t.Errorf("%d records are kept, want %d", n, want)
	}
}

// putLarge puts a record of 200 KB, which countSessions counts.
func putLarge(t *testing.T, s *bolt.Store, id store.SessionID) error {
	t.Helper()
	return s.Update(t.Context(), func(tx store.Tx) error {
		return tx.PutSession(store.Session{ID: id, Post: "1:officer", Partial: strings.Repeat("x", 200<<10)})
	})
}

func countSessions(t *testing.T, s *bolt.Store) (n int) {
	t.Helper()
	err := s.View(t.Context(), func(r store.Reader) error {
		all, err := r.SessionsOf("1:officer")
		for _, v := range all {
			if len(v.Partial) != 200<<10 {
				t.Errorf("session %d lost its text", v.ID)
			}
		}
		n = len(all)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
