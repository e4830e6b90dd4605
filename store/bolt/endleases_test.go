package bolt_test

import (
	"path/filepath"
	"testing"
	"time"

	"danvan/store"
	"danvan/store/bolt"
)

// TestEndLeases opens a store whose process died between claim and finish:
// what was in flight is due at once and counts as tried, and a chat that the
// channel asked to wait goes on waiting.
func TestEndLeases(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "danvan.db")
	leaveInFlight(t, path)
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 2 { // the second time there is nothing to end
		if err := s.EndLeases(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	tries := map[string]int{}
	mustUpdate(t, s, func(tx store.Tx) error {
		claimed, err := tx.Claim(when, time.Hour, 10, store.DigestLane)
		clear(tries)
		for _, m := range claimed {
			tries[m.Text] = m.Attempts
		}
		return err
	})
	if len(tries) != 2 || tries["lone"] != 2 || tries["first"] != 2 {
		t.Errorf("claimed, with their tries: %v", tries)
	}
}

// leaveInFlight makes a store with two messages in flight and a chat that has
// been asked to wait.
func leaveInFlight(t *testing.T, path string) {
	t.Helper()
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	mustUpdate(t, s, func(tx store.Tx) error {
		for chat, texts := range map[string][]string{"1": {"lone"}, "2": {"first", "behind"}, "3": {"asked to wait"}} {
			for _, text := range texts {
				if _, err := tx.Enqueue(store.Message{To: store.Address{Channel: "test", Chat: chat}, Text: text, At: when}); err != nil {
					return err
				}
			}
		}
		claimed, err := tx.Claim(when, time.Hour, 10, store.DigestLane)
		for _, m := range claimed {
			if m.To.Chat == "3" {
				return tx.Finish(m, store.Outcome{At: when, Retry: when.Add(time.Minute)})
			}
		}
		return err
	})
}

func mustUpdate(t *testing.T, s *bolt.Store, fn func(store.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}
