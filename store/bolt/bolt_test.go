package bolt_test

import (
	"io"
	"path/filepath"
	"testing"
	"time"

	"danvan/store"
	"danvan/store/bolt"
)

func openTemp(tb testing.TB) *bolt.Store {
	tb.Helper()
	s, err := bolt.Open(filepath.Join(tb.TempDir(), "danvan.db"), bolt.Options{})
	if err != nil {
		tb.Fatalf("open: %v", err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	return s
}

func TestOneTurn(t *testing.T) {
	t.Parallel()
	s := openTemp(t)
	to := store.Address{Channel: "telegram", Chat: "7"}
	err := s.Update(t.Context(), func(tx store.Tx) error {
		if err := tx.Accept("telegram/1", when); err != nil {
			return err
		}
		if err := tx.PutSession(store.Session{ID: 1, Post: "30709:officer"}); err != nil {
			return err
		}
		_, err := tx.Enqueue(store.Message{To: to, Kind: store.Send, Text: "x", At: when})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx store.Tx) error {
		ms, err := tx.Claim(when, 1e9, 10, store.DigestLane)
		if err != nil || len(ms) != 1 {
			t.Fatalf("claim: %v, %v", ms, err)
		}
		return tx.Finish(ms[0], store.Outcome{At: when})
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.View(t.Context(), func(r store.Reader) error {
		n, err := r.Pending()
		if n != 0 {
			t.Errorf("%d rows pending after the delivery", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var when = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// mustClose closes what a test has opened.
func mustClose(t testing.TB, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}
