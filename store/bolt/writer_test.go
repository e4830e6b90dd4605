package bolt_test

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"danvan/store"
	"danvan/store/bolt"
)

var errStop = errors.New("stop here")

// group runs closures that all wait while the writer is busy, so that they
// share a commit, and returns their errors and the number of commits.
func group(t *testing.T, s *bolt.Store, closures ...func(store.Tx) error) (errs []error, commits int) {
	t.Helper()
	busy := make(chan struct{})
	answers := make([]chan error, len(closures))
	go func() {
		_ = s.Update(context.Background(), func(store.Tx) error { <-busy; return nil })
	}()
	synctest.Wait()
	for i, fn := range closures {
		answers[i] = make(chan error, 1)
		go func() { answers[i] <- s.Update(context.Background(), fn) }()
		synctest.Wait() // they arrive in order
	}
	before := s.Commits()
	close(busy)
	for _, a := range answers {
		errs = append(errs, <-a)
	}
	return errs, s.Commits() - before
}

// inBubble opens a store in a bubble, where a test can tell when everybody waits.
func inBubble(t *testing.T, o bolt.Options, fn func(t *testing.T, s *bolt.Store)) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "danvan.db")
	synctest.Test(t, func(t *testing.T) {
		s, err := bolt.Open(path, o)
		if err != nil {
			t.Fatalf("open: %v", err)
		}
		defer mustClose(t, s)
		fn(t, s)
	})
}

func putUnit(code store.UnitCode, runs *int, err error) func(store.Tx) error {
	return func(tx store.Tx) error {
		*runs++
		return errors.Join(tx.PutUnit(store.Unit{Code: code}), err)
	}
}

func wantUnits(t *testing.T, s *bolt.Store, want ...store.UnitCode) {
	t.Helper()
	var got []store.UnitCode
	err := s.View(t.Context(), func(r store.Reader) error {
		all, err := r.Units("")
		for _, u := range all {
			got = append(got, u.Code)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("units %v are kept, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("units %v are kept, want %v", got, want)
		}
	}
}

func TestGroupSharesACommit(t *testing.T) {
	t.Parallel()
	inBubble(t, bolt.Options{}, func(t *testing.T, s *bolt.Store) {
		var runs [3]int
		errs, commits := group(t, s,
			putUnit("a", &runs[0], nil), putUnit("b", &runs[1], nil), putUnit("c", &runs[2], nil))
		if err := errors.Join(errs...); err != nil || commits != 1 || runs != [3]int{1, 1, 1} {
			t.Errorf("%d commits, runs %v, %v; want 1 commit and each closure once", commits, runs, err)
		}
		wantUnits(t, s, "a", "b", "c")
	})
}

func TestGroupRunsAgainWithoutTheFailedOne(t *testing.T) {
	t.Parallel()
	inBubble(t, bolt.Options{}, func(t *testing.T, s *bolt.Store) {
		var runs [4]int
		errs, commits := group(t, s,
			putUnit("a", &runs[0], nil), putUnit("b", &runs[1], errStop),
			func(tx store.Tx) error { _ = putUnit("c", &runs[2], nil)(tx); panic("somebody's bug") },
			putUnit("d", &runs[3], nil))
		if errs[0] != nil || !errors.Is(errs[1], errStop) || errs[2] == nil || errs[3] != nil {
			t.Errorf("answers %v", errs)
		}
		if commits != 1 || runs != [4]int{3, 1, 1, 1} {
			t.Errorf("%d commits, runs %v; want 1 commit and the failed ones once", commits, runs)
		}
		wantUnits(t, s, "a", "d")
	})
}

func TestFailureBeforeAWriteCostsNobody(t *testing.T) {
	t.Parallel()
	inBubble(t, bolt.Options{}, func(t *testing.T, s *bolt.Store) {
		var runs [2]int
		errs, commits := group(t, s,
			putUnit("a", &runs[0], nil), func(store.Tx) error { return errStop }, putUnit("b", &runs[1], nil))
		if errs[0] != nil || !errors.Is(errs[1], errStop) || errs[2] != nil || commits != 1 || runs != [2]int{1, 1} {
			t.Errorf("answers %v, %d commits, runs %v", errs, commits, runs)
		}
		wantUnits(t, s, "a", "b")
	})
}

func TestReadOnlyUpdateDoesNotCommit(t *testing.T) {
	t.Parallel()
	inBubble(t, bolt.Options{}, func(t *testing.T, s *bolt.Store) {
		errs, commits := group(t, s, func(tx store.Tx) error {
			_, err := tx.Claim(when, 1e9, 10, store.DigestLane)
			return err
		})
		if errs[0] != nil || commits != 0 {
			t.Errorf("an idle claim made %d commits, %v", commits, errs[0])
		}
	})
}

// TestClosureThatEndsItsGoroutine is what t.Fatal inside a closure does.
func TestClosureThatEndsItsGoroutine(t *testing.T) {
	t.Parallel()
	inBubble(t, bolt.Options{}, func(t *testing.T, s *bolt.Store) {
		var runs [3]int
		errs, _ := group(t, s,
			putUnit("a", &runs[0], nil),
			func(tx store.Tx) error { _ = putUnit("b", &runs[1], nil)(tx); runtime.Goexit(); return nil },
			putUnit("c", &runs[2], nil))
		if errs[0] != nil || errs[1] == nil || errs[2] != nil {
			t.Errorf("answers %v", errs)
		}
		wantUnits(t, s, "a", "c")
	})
}

// TestClosureThatEndsItsGoroutineHarmsNobody has one caller commit for another
// one, and then ends either of the two.
func TestClosureThatEndsItsGoroutineHarmsNobody(t *testing.T) {
	t.Parallel()
	for name, leads := range map[string]bool{"the one who commits": true, "another one": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, bolt.Options{}, func(t *testing.T, s *bolt.Store) {
				busy, ended := make(chan struct{}), make(chan struct{})
				answer := make(chan error, 1)
				leave := func(tx store.Tx) error {
					<-busy
					_ = tx.PutUnit(store.Unit{Code: "gone"})
					runtime.Goexit()
					return nil
				}
				stay := func(tx store.Tx) error { <-busy; return tx.PutUnit(store.Unit{Code: "a"}) }
				callers := []func(){
					func() { defer close(ended); _ = s.Update(context.Background(), leave) },
					func() { answer <- s.Update(context.Background(), stay) },
				}
				if !leads {
					slices.Reverse(callers)
				}
				for _, call := range callers {
					go call()
					synctest.Wait()
				}
				close(busy)
				<-ended
				if err := <-answer; err != nil {
					t.Errorf("the other one's update returned %v", err)
				}
				var runs int
				if err := s.Update(context.Background(), putUnit("b", &runs, nil)); err != nil {
					t.Errorf("a later update returned %v", err)
				}
				wantUnits(t, s, "a", "b")
			})
		})
	}
}

// TestCloseWhileSomebodyWaits wants the commit that is under way to end, and
// nobody to wait for a closed store.
func TestCloseWhileSomebodyWaits(t *testing.T) {
	t.Parallel()
	inBubble(t, bolt.Options{}, func(t *testing.T, s *bolt.Store) {
		busy := make(chan struct{})
		first, second, closed := make(chan error, 1), make(chan error, 1), make(chan error, 1)
		go func() {
			first <- s.Update(context.Background(), func(tx store.Tx) error {
				<-busy
				return tx.PutUnit(store.Unit{Code: "a"})
			})
		}()
		synctest.Wait()
		var runs int
		go func() { second <- s.Update(context.Background(), putUnit("b", &runs, nil)) }()
		synctest.Wait()
		go func() { closed <- s.Close() }()
		synctest.Wait()
		if err := <-second; !errors.Is(err, store.ErrClosed) {
			t.Errorf("the one who waits got %v, want %v", err, store.ErrClosed)
		}
		close(busy)
		if err := errors.Join(<-first, <-closed); err != nil || runs != 0 {
			t.Errorf("the one under way and closing: %v; the other ran %d times", err, runs)
		}
		if err := s.Update(context.Background(), putUnit("c", &runs, nil)); !errors.Is(err, store.ErrClosed) {
			t.Errorf("a later update got %v, want %v", err, store.ErrClosed)
		}
	})
}

func TestCancelledBeforeItRunsAgain(t *testing.T) {
	t.Parallel()
	inBubble(t, bolt.Options{}, func(t *testing.T, s *bolt.Store) {
		ctx, cancel := context.WithCancel(context.Background())
		busy, answer := make(chan struct{}), make(chan error, 1)
		go func() {
			answer <- s.Update(ctx, func(tx store.Tx) error {
				<-busy
				return tx.PutUnit(store.Unit{Code: "a"})
			})
		}()
		synctest.Wait()
		other := make(chan error, 1)
		go func() {
			other <- s.Update(context.Background(), func(tx store.Tx) error {
				cancel()
				return errors.Join(tx.PutUnit(store.Unit{Code: "b"}), errStop)
			})
		}()
		synctest.Wait()
		close(busy)
		if err := <-answer; !errors.Is(err, context.Canceled) {
			t.Errorf("update returned %v, want %v", err, context.Canceled)
		}
		if err := <-other; !errors.Is(err, errStop) {
			t.Errorf("the other returned %v, want %v", err, errStop)
		}
		wantUnits(t, s)
	})
}

func TestCancelledWhileItWaits(t *testing.T) {
	t.Parallel()
	inBubble(t, bolt.Options{}, func(t *testing.T, s *bolt.Store) {
		busy := make(chan struct{})
		go func() {
			_ = s.Update(context.Background(), func(store.Tx) error { <-busy; return nil })
		}()
		synctest.Wait()
		ctx, cancel := context.WithCancel(context.Background())
		answer := make(chan error, 1)
		go func() {
			answer <- s.Update(ctx, func(tx store.Tx) error { return tx.PutUnit(store.Unit{Code: "a"}) })
		}()
		synctest.Wait()
		cancel()
		if err := <-answer; !errors.Is(err, context.Canceled) { // while the writer is still busy
			t.Errorf("update returned %v, want %v", err, context.Canceled)
		}
		close(busy)
		synctest.Wait()
		wantUnits(t, s)
	})
}

// TestOneThatDoesNotFit wants the quota to hit only the closure that needs
// the room, although it shares a group with others.
func TestOneThatDoesNotFit(t *testing.T) {
	t.Parallel()
	inBubble(t, bolt.Options{MaxSize: 20 << 20}, func(t *testing.T, s *bolt.Store) {
		var runs [2]int
		errs, _ := group(t, s,
			putUnit("a", &runs[0], nil),
			func(tx store.Tx) error {
				return tx.PutSession(store.Session{ID: 1, Partial: strings.Repeat("x", 30<<20)})
			},
			putUnit("b", &runs[1], nil))
		if errs[0] != nil || !errors.Is(errs[1], store.ErrFull) || errs[2] != nil {
			t.Errorf("answers %v", errs)
		}
		wantUnits(t, s, "a", "b")
	})
}

// TestUnknownOutcome takes the file away under a commit.
func TestUnknownOutcome(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "danvan.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	put := func(code store.UnitCode) func(store.Tx) error {
		return func(tx store.Tx) error { return tx.PutUnit(store.Unit{Code: code}) }
	}
	if err := errors.Join(s.Update(t.Context(), put("a")), s.Close()); err != nil {
		t.Fatal(err)
	}
	s, file, err := bolt.OpenHeld(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), put("b")); !errors.Is(err, store.ErrUnknownOutcome) {
		t.Errorf("update returned %v, want %v", err, store.ErrUnknownOutcome)
	}
	if err := s.Update(t.Context(), put("c")); !errors.Is(err, store.ErrUnknownOutcome) {
		t.Errorf("a later update returned %v, want %v", err, store.ErrUnknownOutcome)
	}
	if err := s.View(t.Context(), func(store.Reader) error { return nil }); !errors.Is(err, store.ErrUnknownOutcome) {
		t.Errorf("a later view returned %v, want %v", err, store.ErrUnknownOutcome)
	}
	if err := s.Close(); err == nil {
		t.Error("closing a file that is gone was no error")
	}
	s, err = bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatalf("reopen: %v", err)
	}
	defer mustClose(t, s)
	wantUnits(t, s, "a")
}
