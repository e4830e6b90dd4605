package storetest

import (
	"fmt"
	"testing"
	"time"

	"danvan/store"
)

func forgetCases() []testCase {
	return []testCase{
		{"drops what is old, and nothing else", forgetsOld},
		{"goes in slices", forgetsInSlices},
		{"counts a stranger's last touch", forgetsStrangers},
	}
}

func forget(t *testing.T, s store.Store, before time.Time, limit int) int {
	t.Helper()
	var n int
	update(t, s, func(tx store.Tx) (err error) {
		n, err = tx.Forget(before, limit)
		return err
	})
	return n
}

func forgetsOld(t *testing.T, s store.Store) {
	later := when.Add(time.Hour)
	update(t, s, writeEverywhere) // at when: an event, a stranger, a message key, a delivery and a board
	update(t, s, func(tx store.Tx) error { return tx.Accept("telegram/2", later) })
	recent := enqueue(t, s, store.Message{To: chatAt(3), Key: "recent", At: later})

	if n := forget(t, s, when, 100); n != 0 {
		t.Errorf("forgot %d records that were not older", n)
	}
	if n := forget(t, s, later, 100); n != 5 {
		t.Errorf("forgot %d records, want 5", n)
	}

	missing(t, s, deliveredAt(chatAt(1), "77"))
	missing(t, s, func(r store.Reader) (store.Stranger, error) { return r.Stranger(chatAt(1)) })
	update(t, s, func(tx store.Tx) error { return tx.Accept("telegram/1", later) })
	refuse(t, s, store.ErrSeen, func(tx store.Tx) error { return tx.Accept("telegram/2", later) })
	if again := enqueue(t, s, store.Message{To: chatAt(3), Key: "recent", At: later}); again != recent {
		t.Error("a recent message key was forgotten")
	}
	if n := read(t, s, store.Reader.Pending); n != 2 {
		t.Errorf("%d rows pending, want 2: forgetting a key must not drop its row", n)
	}

	enqueue(t, s, store.Message{To: chatAt(3), Key: "once", At: later})
	if n := read(t, s, store.Reader.Pending); n != 3 {
		t.Errorf("%d rows pending, want 3: the old key is free again", n)
	}

	for name, ask := range lookups() {
		switch name {
		case "stranger", "delivered", "remote", "model", "board":
			continue
		}
		if err := s.View(t.Context(), ask); err != nil {
			t.Errorf("after forgetting, the lookup of a %s returned %v", name, err)
		}
	}
}

func forgetsInSlices(t *testing.T, s store.Store) {
	update(t, s, func(tx store.Tx) error {
		for i := range 25 {
			if err := tx.Accept(fmt.Sprint("telegram/", i), when); err != nil {
				return err
			}
			if err := tx.PutStranger(chatAt(i), store.Stranger{Answered: when}); err != nil {
				return err
			}
		}
		return nil
	})

	var slices []int
	for {
		n := forget(t, s, when.Add(time.Second), 20)
		slices = append(slices, n)
		if n < 20 {
			break
		}
	}

	same(t, "slices", slices, []int{20, 20, 10})
	if n := forget(t, s, when.Add(time.Second), 0); n != 0 {
		t.Errorf("forgot %d with a limit of 0", n)
	}
	for i := range 25 {
		update(t, s, func(tx store.Tx) error { return tx.Accept(fmt.Sprint("telegram/", i), when) })
	}
}

func forgetsStrangers(t *testing.T, s store.Store) {
	day := 24 * time.Hour
	update(t, s, func(tx store.Tx) error {
		if err := tx.PutStranger(chatAt(1), store.Stranger{Answered: when.Add(-day), Tries: 3, Since: when}); err != nil {
			return err
		}
		return tx.PutStranger(chatAt(2), store.Stranger{Answered: when, Since: when.Add(-day)})
	})
	if n := forget(t, s, when, 10); n != 0 {
		t.Errorf("forgot %d strangers that were touched since", n)
	}
	update(t, s, func(tx store.Tx) error {
		return tx.PutStranger(chatAt(1), store.Stranger{Answered: when.Add(-day), Tries: 0})
	})
	if n := forget(t, s, when, 10); n != 1 {
		t.Errorf("forgot %d strangers, want 1", n)
	}
	missing(t, s, func(r store.Reader) (store.Stranger, error) { return r.Stranger(chatAt(1)) })
}
