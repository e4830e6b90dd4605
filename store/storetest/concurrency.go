package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"danvan/store"
)

func concurrencyCases() []testCase {
	return []testCase{
		{"every number is given once", numbersOnce},
		{"one of two writers on a revision wins", oneRevisionWins},
		{"one of many accepts an event", oneAccepts},
		{"one of many sends a reminder", oneReminds},
		{"one of two reports on a revision wins", oneReports},
		{"one of many claims a row", oneClaims},
		{"failures do not spread", failuresDoNotSpread},
		{"readers and writers together", readersAndWriters},
	}
}

// atOnce runs fn in n goroutines and returns their errors.
func atOnce(n int, fn func(i int) error) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { errs[i] = fn(i) })
	}
	all.Wait()
	return errs
}

func numbersOnce(t *testing.T, s store.Store) {
	const people = 40
	numbers, fresh := make([]int, people), make([]uint64, people)
	errs := atOnce(people, func(i int) error {
		return s.Update(t.Context(), func(tx store.Tx) (err error) {
			if numbers[i], err = tx.NextNumber("30709/2026"); err != nil {
				return err
			}
			fresh[i], err = tx.NewID()
			return err
		})
	})

	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	slices.Sort(numbers)
	for i, n := range numbers {
		if n != i+1 {
			t.Fatalf("the numbers are not 1 to %d: %v", people, numbers)
		}
	}

	slices.Sort(fresh)
	if len(slices.Compact(fresh)) != people {
		t.Errorf("an id was given twice: %v", fresh)
	}
}

// wantOne wants one success; everybody else gets an error.
func wantOne(t *testing.T, errs []error, refusal error) {
	t.Helper()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, refusal):
			t.Errorf("a writer got %v, want %v", err, refusal)
		}
	}
	if won != 1 {
		t.Errorf("%d writers won, want 1", won)
	}
}

func oneRevisionWins(t *testing.T, s store.Store) {
	var m store.Model
	update(t, s, func(tx store.Tx) (err error) {
		m, err = tx.PutModel(store.Model{ID: 1, Code: "DVK-1"})
		return err
	})
	wantOne(t, atOnce(20, func(i int) error {
		return s.Update(t.Context(), func(tx store.Tx) error {
			m := m
			m.Title = fmt.Sprint("writer ", i)
			_, err := tx.PutModel(m)
			return err
		})
	}), store.ErrConflict)
	if got := read(t, s, func(r store.Reader) (store.Model, error) { return r.Model(1) }); got.Revision != 2 {
		t.Errorf("the model has revision %d, want 2", got.Revision)
	}
}

func oneAccepts(t *testing.T, s store.Store) {
	wantOne(t, atOnce(20, func(i int) error {
		return s.Update(t.Context(), func(tx store.Tx) error {
			if err := tx.Accept("telegram/1", when); err != nil {
				return err
			}
			return tx.PutUnit(store.Unit{Code: store.UnitCode(fmt.Sprint(i))})
		})
	}), store.ErrSeen)
	if all := read(t, s, func(r store.Reader) ([]store.Unit, error) { return r.Units("") }); len(all) != 1 {
		t.Errorf("%d writers left a trace, want 1", len(all))
	}
}

// oneReminds wants a line of the ledger and its message together, once.
func oneReminds(t *testing.T, s store.Store) {
	line := store.Sent{Rule: "remind", Period: "p", Person: 1, Step: "-3", At: when}
	wantOne(t, atOnce(20, func(i int) error {
		return s.Update(t.Context(), func(tx store.Tx) (err error) {
			line := line
			line.Message, err = tx.Enqueue(store.Message{To: chatAt(i), Text: "Còn 3 ngày làm việc", At: when})
			return errors.Join(err, tx.AddSent(line))
		})
	}), store.ErrConflict)
	all := claim(t, s, when, 20)
	lines := read(t, s, func(r store.Reader) ([]store.Sent, error) { return r.Ledger("p") })
	if len(all) != 1 || len(lines) != 1 || lines[0].Message != all[0].ID {
		t.Errorf("%d messages were sent and the ledger says %v, want one of each", len(all), lines)
	}
}

func oneReports(t *testing.T, s store.Store) {
	wantOne(t, atOnce(20, func(i int) error {
		return s.Update(t.Context(), func(tx store.Tx) error {
			_, err := tx.PutReport(store.Report{Unit: "30709", Period: "p", Difficulty: fmt.Sprint("writer ", i)})
			return err
		})
	}), store.ErrConflict)
	if got := read(t, s, func(r store.Reader) (store.Report, error) { return r.Report("30709", "p") }); got.Revision != 1 {
		t.Errorf("the report has revision %d, want 1", got.Revision)
	}
}

func oneClaims(t *testing.T, s store.Store) {
	const chats, senders = 30, 8
	for i := range chats {
		enqueue(t, s, store.Message{To: chatAt(i), At: when})
	}
	claimed := make([][]store.Message, senders)
	errs := atOnce(senders, func(i int) error {
		return s.Update(t.Context(), func(tx store.Tx) (err error) {
			claimed[i], err = tx.Claim(when, time.Minute, 7, store.DigestLane)
			return err
		})
	})
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	all := ids(slices.Concat(claimed...), messageID)
	slices.Sort(all)
	if len(all) != chats || len(slices.Compact(all)) != chats {
		t.Errorf("%d senders claimed %v, want each of %d rows once", senders, all, chats)
	}
}

// failuresDoNotSpread mixes closures that fail late with ones that do not.
func failuresDoNotSpread(t *testing.T, s store.Store) {
	const people = 60
	errs := atOnce(people, func(i int) error {
		return s.Update(t.Context(), func(tx store.Tx) error {
			if err := tx.PutUnit(store.Unit{Code: store.UnitCode(fmt.Sprint(i)), Parent: "root"}); err != nil {
				return err
			}
			switch i % 3 {
			case 1:
				return errStop
			case 2:
				panic("somebody's bug")
			}
			return nil
		})
	})

	for i, err := range errs {
		if (err == nil) != (i%3 == 0) || i%3 == 1 && !errors.Is(err, errStop) {
			t.Errorf("closure %d returned %v", i, err)
		}
	}

	all := read(t, s, func(r store.Reader) ([]store.Unit, error) { return r.Units("root") })
	if len(all) != people/3 {
		t.Errorf("%d units are kept, want %d", len(all), people/3)
	}
}

// readersAndWriters moves a sum about and wants every reader to see it whole.
func readersAndWriters(t *testing.T, s store.Store) {
	put := func(tx store.Tx, a int) error {
		return errors.Join(
			tx.PutStranger(chatAt(1), store.Stranger{Tries: a}),
			tx.PutStranger(chatAt(2), store.Stranger{Tries: 100 - a}))
	}
	update(t, s, func(tx store.Tx) error { return put(tx, 0) })

	var done atomic.Bool
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for !done.Load() {
				if sum, err := sumOf(s); err != nil || sum != 100 {
					t.Errorf("a reader saw a sum of %d, %v", sum, err)
					return
				}
			}
		})
	}

	errs := atOnce(30, func(i int) error {
		return s.Update(t.Context(), func(tx store.Tx) error { return put(tx, i) })
	})
	done.Store(true)
	readers.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func sumOf(s store.Store) (sum int, err error) {
	err = s.View(context.Background(), func(r store.Reader) error {
		a, err := r.Stranger(chatAt(1))
		if err != nil {
			return err
		}
		b, err := r.Stranger(chatAt(2))
		sum = a.Tries + b.Tries
		return err
	})
	return sum, err
}
