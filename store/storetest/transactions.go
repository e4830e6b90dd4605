package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"danvan/store"
)

func transactionCases() []testCase {
	return []testCase{
		{"an error rolls everything back", errorRollsBack},
		{"a panic rolls back and is an error", panicRollsBack},
		{"an update that writes nothing", writesNothing},
		{"a failed write leaves the next one alone", failureIsAlone},
		{"a reader cannot write", readerCannotWrite},
		{"a view's error is returned as it is", viewError},
		{"a view sees one instant", viewIsOneInstant},
		{"a cancelled update has no effect", cancelledUpdate},
		{"a cancelled view does not run", cancelledView},
		{"cancelling inside has one outcome", cancelledInside},
	}
}

var errStop = errors.New("stop here")

// writeEverywhere touches every sort of record once.
func writeEverywhere(tx store.Tx) error {
	id, err := tx.NewID()
	if err != nil {
		return err
	}
	_, modelErr := tx.PutModel(store.Model{ID: store.ModelID(id), Code: "DVK-1", Unit: "30709"})
	_, reportErr := tx.PutReport(store.Report{Unit: "30709", Period: "p"})
	_, numberErr := tx.NextNumber("30709/2026")
	sentErr := deliver(tx, store.Remote{To: chatAt(1), ID: "77", At: when})
	_, queueErr := tx.Enqueue(store.Message{To: chatAt(1), Key: "once", At: when})

	return errors.Join(
		tx.PutUnit(store.Unit{Code: "30709"}),
		tx.PutPost(store.Post{ID: "30709:officer", Unit: "30709", Role: store.Officer, Holder: 1}),
		tx.PutPerson(store.Person{ID: 1, Address: chatAt(1)}),
		tx.PutStranger(chatAt(1), store.Stranger{Answered: when}),
		tx.PutInvite(store.Invite{Hash: "00ff"}),
		tx.PutCampaign(store.Campaign{ID: "khéo-2026"}),
		modelErr, reportErr, numberErr, sentErr, queueErr,

		tx.AddProgress(store.Progress{ID: 1, Model: 1, At: when}),
		tx.AddReview(store.Review{ID: 2, Model: 1, At: when}),
		tx.PutSpecialDay(store.SpecialDay{Day: store.DateOf(when)}),
		tx.AddException(store.Exception{Unit: "30709", Period: "p"}),
		tx.AddSent(store.Sent{Rule: "remind", Period: "p", Person: 1, Step: "-3", At: when}),
		tx.PutDeferral(store.Deferral{Person: 1, Period: "p"}),
		tx.PutSnapshot(store.Snapshot{Period: "p", Unit: "30709"}),
		tx.PutNotice(store.Notice{Name: "check/91:coordinator", Message: 1, At: when}),
		tx.PutBoard(store.Board{ID: 1, At: when}),
		tx.PutBatch(store.Batch{ID: 1, At: when}),
		tx.PutSession(store.Session{ID: 1, Post: "30709:officer"}),
		tx.Accept("telegram/1", when),
		tx.Await(store.Arrival{Event: "telegram/2", Body: []byte("2")}),
		tx.AddAudit(store.Audit{Subject: "model/1", At: when}),
	)
}

// wantEmpty wants that nothing of writeEverywhere is there.
func wantEmpty(t *testing.T, s store.Store) {
	t.Helper()
	for name, ask := range lookups() {
		if err := s.View(t.Context(), ask); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("after a rollback the lookup of a %s returned %v", name, err)
		}
	}
	emptyLists(t, s)
	update(t, s, func(tx store.Tx) error {
		n, err := tx.NextNumber("30709/2026")
		if n != 1 {
			t.Errorf("a rolled back number left a gap: next is %d", n)
		}
		return errors.Join(err, tx.Accept("telegram/1", when))
	})
}

func errorRollsBack(t *testing.T, s store.Store) {
	err := s.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(writeEverywhere(tx), errStop)
	})
	if !errors.Is(err, errStop) {
		t.Errorf("update returned %v, want the closure's error", err)
	}
	wantEmpty(t, s)
}

func panicRollsBack(t *testing.T, s store.Store) {
	err := s.Update(t.Context(), func(tx store.Tx) error {
		if err := writeEverywhere(tx); err != nil {
			return err
		}
		panic("the roof is on fire")
	})
	if err == nil || !strings.Contains(err.Error(), "the roof is on fire") {
		t.Errorf("update returned %v, want the panic as an error", err)
	}
	wantEmpty(t, s)
}

func writesNothing(t *testing.T, s store.Store) {
	update(t, s, func(store.Tx) error { return nil })
	refuse(t, s, errStop, func(store.Tx) error { return errStop })
	wantEmpty(t, s)
}

func failureIsAlone(t *testing.T, s store.Store) {
	refuse(t, s, errStop, func(tx store.Tx) error { return errors.Join(writeEverywhere(tx), errStop) })
	update(t, s, writeEverywhere)
	missing(t, s, func(r store.Reader) (store.Model, error) { return r.ModelByCode("DVK-2") })
	if m := read(t, s, func(r store.Reader) (store.Model, error) { return r.ModelByCode("DVK-1") }); m.Revision != 1 {
		t.Errorf("the model has revision %d, want 1", m.Revision)
	}
}

// readerCannotWrite lets a backend choose: by type, or with ErrReadOnly.
func readerCannotWrite(t *testing.T, s store.Store) {
	view(t, s, func(r store.Reader) error {
		tx, ok := r.(store.Tx)
		if !ok {
			return nil
		}
		if err := tx.PutUnit(store.Unit{Code: "30709"}); !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("a write inside View returned %v, want %v", err, store.ErrReadOnly)
		}
		return nil
	})
	missing(t, s, func(r store.Reader) (store.Unit, error) { return r.Unit("30709") })
}

func viewError(t *testing.T, s store.Store) {
	if err := s.View(t.Context(), func(store.Reader) error { return errStop }); !errors.Is(err, errStop) {
		t.Errorf("view returned %v, want the closure's error", err)
	}
	if err := s.Update(t.Context(), func(store.Tx) error { return errStop }); !errors.Is(err, errStop) {
		t.Errorf("update returned %v, want the closure's error", err)
	}
}

// viewIsOneInstant lets a write arrive while a reader looks twice. A backend
// may make the write wait for the reader.
func viewIsOneInstant(t *testing.T, s store.Store) {
	update(t, s, func(tx store.Tx) error { return tx.PutUnit(store.Unit{Code: "1", Name: "before"}) })
	written := make(chan error, 1)
	view(t, s, func(r store.Reader) error {
		go func() {
			written <- s.Update(context.Background(), func(tx store.Tx) error {
				return errors.Join(
					tx.PutUnit(store.Unit{Code: "1", Name: "after"}), tx.PutUnit(store.Unit{Code: "2"}))
			})
		}()

		select {
		case err := <-written:
			written <- err
		case <-time.After(200 * time.Millisecond):
		}

		u, err := r.Unit("1")
		if u.Name != "before" {
			t.Errorf("the reader saw %q", u.Name)
		}
		if all, _ := r.Units(""); len(all) != 1 {
			t.Errorf("the reader saw %d units, want 1", len(all))
		}
		return err
	})

	if err := <-written; err != nil {
		t.Fatalf("update: %v", err)
	}
	if u := read(t, s, func(r store.Reader) (store.Unit, error) { return r.Unit("1") }); u.Name != "after" {
		t.Errorf("a later reader saw %q", u.Name)
	}
}

func cancelledUpdate(t *testing.T, s store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Update(ctx, writeEverywhere); !errors.Is(err, context.Canceled) {
		t.Errorf("update returned %v, want %v", err, context.Canceled)
	}
	wantEmpty(t, s)
}

func cancelledView(t *testing.T, s store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	ran := false
	err := s.View(ctx, func(store.Reader) error { ran = true; return nil })
	if !errors.Is(err, context.Canceled) || ran {
		t.Errorf("view returned %v, ran: %v", err, ran)
	}
}

// cancelledInside wants that the error tells whether the write was kept.
func cancelledInside(t *testing.T, s store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	updated := s.Update(ctx, func(tx store.Tx) error {
		cancel()
		return tx.PutUnit(store.Unit{Code: "30709"})
	})
	err := s.View(t.Context(), func(r store.Reader) error { _, err := r.Unit("30709"); return err })
	if kept := err == nil; kept != (updated == nil) {
		t.Errorf("update returned %v, yet the unit is kept: %v", updated, kept)
	}
}
