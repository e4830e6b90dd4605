package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"danvan/store"
)

func closingCases() []testCase {
	return []testCase{
		{"a closed store says so", closedSaysSo},
		{"closing waits for readers", closingWaits},
		{"closing under load loses no promise", closingUnderLoad},
	}
}

func closedSaysSo(t *testing.T, s store.Store) {
	if err := s.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	err := s.View(t.Context(), func(store.Reader) error { return nil })
	if !errors.Is(err, store.ErrClosed) {
		t.Errorf("view of a closed store returned %v", err)
	}
	refuse(t, s, store.ErrClosed, func(store.Tx) error { return nil })
}

func closingWaits(t *testing.T, s store.Store) {
	update(t, s, func(tx store.Tx) error { return tx.PutUnit(store.Unit{Code: "1"}) })
	reading, closed := make(chan struct{}), make(chan error, 1)
	go func() {
		<-reading
		closed <- s.Close()
	}()

	view(t, s, func(r store.Reader) error {
		close(reading)
		select {
		case err := <-closed:
			closed <- err
			t.Error("close did not wait for a reader")
		case <-time.After(50 * time.Millisecond):
		}
		_, err := r.Unit("1")
		return err
	})

	if err := <-closed; err != nil {
		t.Errorf("close: %v", err)
	}
}

// closingUnderLoad wants every caller to get an answer.
func closingUnderLoad(t *testing.T, s store.Store) {
	started := make(chan struct{}, 50)
	closed := make(chan error, 1)
	go func() {
		<-started
		closed <- s.Close()
	}()

	errs := atOnce(50, func(i int) error {
		started <- struct{}{}
		return s.Update(context.Background(), func(tx store.Tx) error {
			return tx.PutStranger(chatAt(i), store.Stranger{Tries: 1})
		})
	})

	for i, err := range errs {
		if err != nil && !errors.Is(err, store.ErrClosed) {
			t.Errorf("writer %d got %v", i, err)
		}
	}
	if err := <-closed; err != nil {
		t.Errorf("close: %v", err)
	}
}

// reopenCase does something before a store is closed and looks after it was
// opened again.
type reopenCase struct {
	name   string
	before func(*testing.T, store.Store)
	after  func(*testing.T, store.Store)
}

func reopenCases() []reopenCase {
	return []reopenCase{
		{"keeps every record", putRecords, findRecords},
		{"keeps counting", func(t *testing.T, s store.Store) { wantNumbers(t, s, 1) },
			func(t *testing.T, s store.Store) { wantNumbers(t, s, 2) }},
		{"keeps the queue and its leases", leaseOne, leaseHolds},
	}
}

func putRecords(t *testing.T, s store.Store) { update(t, s, writeEverywhere) }

func findRecords(t *testing.T, s store.Store) {
	for name, ask := range lookups() {
		if name == "model" || name == "remote" { // ids of the store's choice
			continue
		}
		if err := s.View(t.Context(), ask); err != nil {
			t.Errorf("after reopening the lookup of a %s returned %v", name, err)
		}
	}

	refuse(t, s, store.ErrSeen, func(tx store.Tx) error { return tx.Accept("telegram/1", when) })
	same(t, "waiting", waiting(t, s), []string{"telegram/2 2"})
	if n := read(t, s, store.Reader.Pending); n != 1 {
		t.Errorf("%d rows wait, want 1", n)
	}

	view(t, s, func(r store.Reader) error {
		want, err := foldFacts(r, store.ModelQuery{})
		got, factsErr := r.Facts(store.ModelQuery{})
		same(t, "facts", got, want)
		if len(got) != 1 || len(got[0].Steps) != 2 {
			t.Errorf("the facts are %+v, want one with two steps", got)
		}
		return errors.Join(err, factsErr)
	})
}

func wantNumbers(t *testing.T, s store.Store, want int) {
	t.Helper()
	update(t, s, func(tx store.Tx) error {
		n, err := tx.NextNumber("30709/2026")
		id, idErr := tx.NewID()
		if n != want || id < uint64(want) {
			t.Errorf("number %d and id %d, want %d and at least as much", n, id, want)
		}
		return errors.Join(err, idErr)
	})
}

func leaseOne(t *testing.T, s store.Store) {
	enqueue(t, s, store.Message{To: chatAt(1), Text: "in flight", Key: "k", At: when})
	if got := texts(claim(t, s, when, 5)); len(got) != 1 {
		t.Fatalf("claimed %v", got)
	}
	enqueue(t, s, store.Message{To: chatAt(1), Text: "behind", At: when})
	enqueue(t, s, store.Message{To: chatAt(2), Text: "free", At: when})
}

func leaseHolds(t *testing.T, s store.Store) {
	same(t, "claimed under the lease", texts(claim(t, s, when, 5)), []string{"free"})
	got := claim(t, s, when.Add(leaseTime), 1)
	same(t, "claimed after the lease", texts(got), []string{"in flight"})
	if len(got) == 1 && got[0].Attempts != 2 {
		t.Errorf("the second claim is attempt %d", got[0].Attempts)
	}
}
