package bolt_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"danvan/store"
	"danvan/store/bolt"
)

// crashFile is how the test tells the child, which is this same program, that
// it is the child, and where its store is.
const crashFile = "DANVAN_CRASH_TEST_FILE"

const crashWriters = 16

// children are what this program does instead of its tests, by the variable that
// says where the store is.
var children = map[string]func(path string) error{crashFile: writeUntilKilled}

func TestMain(m *testing.M) {
	for name, work := range children {
		if path := os.Getenv(name); path != "" {
			if err := work(path); err != nil {
				fmt.Fprintln(os.Stderr, "child:", err)
				os.Exit(1)
			}
			os.Exit(0)
		}
	}
	os.Exit(m.Run())
}

// writeUntilKilled takes steps in many goroutines and prints each one after
// the store has acknowledged it.
func writeUntilKilled(path string) error {
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		return err
	}
	failed := make(chan error)
	for w := range crashWriters {
		go func() {
			for {
				n, err := step(s, w)
				if err != nil {
					failed <- err
				}
				fmt.Printf("step %d %d\n", w, n)
			}
		}()
		go func() {
			for {
				if err := deliverOne(s); err != nil {
					failed <- err
				}
			}
		}()
	}
	return <-failed
}

// step is a turn: everything in it carries the same number.
func step(s *bolt.Store, w int) (n uint64, err error) {
	err = s.Update(context.Background(), func(tx store.Tx) error {
		old, err := tx.Session(store.SessionID(w + 1))
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		n = old.Revision + 1
		_, queueErr := tx.Enqueue(store.Message{To: address(w), Key: name(w, n), Text: name(w, n), At: when})
		return errors.Join(
			tx.Accept(name(w, n), when), queueErr,
			tx.PutSession(store.Session{ID: store.SessionID(w + 1), Post: "1:officer", Revision: n}))
	})
	return n, err
}

// deliverOne claims a row and finishes it, in two commits as in life.
func deliverOne(s *bolt.Store) error {
	var batch []store.Message
	err := s.Update(context.Background(), func(tx store.Tx) (err error) {
		batch, err = tx.Claim(when, time.Hour, 1, store.DigestLane)
		return err
	})
	if err != nil || len(batch) == 0 {
		return err
	}
	err = s.Update(context.Background(), func(tx store.Tx) error {
		return tx.Finish(batch[0], store.Outcome{At: when})
	})
	if err == nil {
		fmt.Printf("sent %d\n", batch[0].ID)
	}
	return err
}

func address(w int) store.Address { return store.Address{Channel: "test", Chat: fmt.Sprint(w)} }

func name(w int, n uint64) string { return fmt.Sprintf("%d/%d", w, n) }

// TestKill kills a process in the middle of its work, again and again on the
// same file. Every step that was acknowledged is there, whole; of every other
// step all or nothing.
func TestKill(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "danvan.db")
	acked := make([]uint64, crashWriters)
	sent := map[store.MessageID]bool{}
	steps := 0
	for range 6 {
		steps += runAndKill(t, path, time.Duration(20+rand.IntN(120))*time.Millisecond, acked, sent)
		checkFile(t, path)
		checkSteps(t, path, acked, sent)
	}
	if steps < 100 {
		t.Errorf("only %d steps were acknowledged before the kills", steps)
	}
}

// runAndKill lets the child work for a while and collects what it says.
func runAndKill(t *testing.T, path string, after time.Duration, acked []uint64, sent map[store.MessageID]bool) (steps int) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), crashFile+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var kill *time.Timer
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if kill == nil { // it has begun
			kill = time.AfterFunc(after, func() { _ = child.Process.Kill() })
		}
		var w int
		var n uint64
		if c, _ := fmt.Sscanf(lines.Text(), "step %d %d", &w, &n); c == 2 {
			acked[w] = max(acked[w], n)
			steps++
		} else if c, _ := fmt.Sscanf(lines.Text(), "sent %d", &n); c == 1 {
			sent[store.MessageID(n)] = true
		}
	}
	_ = child.Wait() // killed
	return steps
}

// checkFile lets bbolt look at its pages.
func checkFile(t *testing.T, path string) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		t.Fatalf("open after the kill: %v", err)
	}
	defer mustClose(t, db)
	err = db.View(func(tx *bbolt.Tx) error {
		var errs []error
		for err := range tx.Check() {
			errs = append(errs, err)
		}
		return errors.Join(errs...)
	})
	if err != nil {
		t.Fatalf("check after the kill: %v", err)
	}
}

func checkSteps(t *testing.T, path string, acked []uint64, sent map[store.MessageID]bool) {
	t.Helper()
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatalf("open after the kill: %v", err)
	}
	defer mustClose(t, s)
	for w, n := range acked {
		err := s.Update(t.Context(), func(tx store.Tx) error {
			return errors.Join(checkWriter(tx, w, n, sent), errStop) // leaves no trace
		})
		if err.Error() != errStop.Error() {
			t.Errorf("writer %d, acknowledged %d: %v", w, n, err)
		}
	}
}

// checkWriter looks for every step of one writer, up to the one that its
// session knows, and for the absence of the next one.
func checkWriter(tx store.Tx, w int, acked uint64, sent map[store.MessageID]bool) error {
	v, err := tx.Session(store.SessionID(w + 1))
	if errors.Is(err, store.ErrNotFound) && acked == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	var wrong []error
	if v.Revision < acked {
		wrong = append(wrong, fmt.Errorf("the session is at step %d", v.Revision))
	}
	pending := map[store.MessageID]bool{}
	for n := uint64(1); n <= v.Revision; n++ {
		if err := tx.Accept(name(w, n), when); !errors.Is(err, store.ErrSeen) {
			wrong = append(wrong, fmt.Errorf("step %d was not accepted: %v", n, err))
		}
		id, err := tx.Enqueue(store.Message{To: address(w), Key: name(w, n), Text: "new", At: when})
		pending[id] = true
		wrong = append(wrong, err)
	}
	if err := tx.Accept(name(w, v.Revision+1), when); err != nil {
		wrong = append(wrong, fmt.Errorf("half of step %d is there: %w", v.Revision+1, err))
	}
	wrong = append(wrong, checkQueue(tx, w, pending, sent))
	return errors.Join(wrong...)
}

// checkQueue wants no row that was sent, none twice and none made up.
func checkQueue(tx store.Tx, w int, known, sent map[store.MessageID]bool) error {
	now := when
	for range 2000 {
		now = now.Add(2 * time.Hour)
		batch, err := tx.Claim(now, time.Hour, crashWriters, store.DigestLane)
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, m := range batch {
			if err := tx.Finish(m, store.Outcome{At: now}); err != nil {
				return err
			}
			if sent[m.ID] || m.Text == "new" || m.To == address(w) && !known[m.ID] {
				return fmt.Errorf("row %d, %q, should not wait", m.ID, m.Text)
			}
		}
	}
	return errors.New("the queue does not end")
}
