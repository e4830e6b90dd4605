package bolt

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"

	"go.etcd.io/bbolt"
	boltErrors "go.etcd.io/bbolt/errors"

	"danvan/store"
)

// groupLimit bounds the closures of one commit, and so the work that is done
// again when one of them fails.
const groupLimit = 1024

var (
	errLeft  = errors.New("write closure ended its goroutine")
	errAgain = errors.New("run the group again")
)

// writer owns the goroutine that runs all write closures. It takes whatever
// waits, runs it in one transaction, and commits once for everybody: a lone
// caller pays one commit and no delay, a crowd shares one.
type writer struct {
	db        *bbolt.DB
	campaigns *memo[store.Campaign]
	jobs      chan *job
	quit      chan struct{} // closed by stop
	done      chan struct{} // closed when the goroutine has ended

	failed atomic.Pointer[error]

	// Only the goroutine touches these.
	group []*job // under way
	queue []*job // to be committed one by one
	solo  bool   // whether the group is one of these
}

// job is one closure on its way through the writer.
type job struct {
	fn        func(store.Tx) error
	cancelled func() error // the caller's ctx.Err
	answer    chan error

	out bool  // its writes were rolled back; it does not run again
	err error // what the closure returned
}

func newWriter(db *bbolt.DB, campaigns *memo[store.Campaign]) *writer {
	w := &writer{db: db, campaigns: campaigns, jobs: make(chan *job), quit: make(chan struct{}), done: make(chan struct{})}
	go w.loop()
	return w
}

// do hands a closure over and returns its outcome.
func (w *writer) do(ctx context.Context, fn func(store.Tx) error) error {
	j := &job{fn: fn, cancelled: ctx.Err, answer: make(chan error, 1)}
	select {
	case <-w.quit:
		return store.ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	case w.jobs <- j:
		return <-j.answer
	}
}

// stop ends the goroutine after the commit that is under way.
func (w *writer) stop() {
	close(w.quit)
	<-w.done
}

// broken returns why the store refuses to work, if it does.
func (w *writer) broken() error {
	if p := w.failed.Load(); p != nil {
		return *p
	}
	return nil
}

func (w *writer) loop() {
	defer func() {
		if w.group == nil {
			close(w.done)
			return
		}
		// A closure ended this goroutine, as t.FailNow does. It is marked as
		// out; the others still want their answers.
		go w.loop()
	}()
	for {
		if w.group == nil && !w.next() {
			return
		}
		w.commit()
		w.group = nil
	}
}

// next starts a group. It returns false when the writer was stopped.
func (w *writer) next() bool {
	w.solo = len(w.queue) > 0
	if w.solo {
		w.group, w.queue = w.queue[:1:1], w.queue[1:]
		return true
	}
	select {
	case <-w.quit:
		return false
	case j := <-w.jobs:
		w.group = []*job{j}
		return true
	}
}

// more adds a job that waits to the group, if there is one.
func (w *writer) more() bool {
	if w.solo || len(w.group) >= groupLimit {
		return false
	}
	select {
	case j := <-w.jobs:
		w.group = append(w.group, j)
		return true
	default:
		return false
	}
}

// commit brings every job of the group to its answer. Even a refusal waits for
// the commit: it may rest on what others of the group wrote before it.
func (w *writer) commit() {
	err := w.broken()
	if err == nil {
		err = w.attempt()
	}
	for errors.Is(err, errAgain) {
		err = w.attempt()
	}
	if errors.Is(err, store.ErrFull) && len(w.group) > 1 {
		w.split()
		return
	}
	for _, j := range w.group {
		if err != nil {
			j.answer <- err
		} else {
			j.answer <- j.err
		}
	}
}

// split gives every job a commit of its own, so that a large one that does
// not fit into the file does not take the others with it.
func (w *writer) split() {
	for _, j := range w.group {
		j.out, j.err = false, nil
	}
	w.queue = w.group
}

// attempt runs the group in one transaction and commits it. errAgain says
// that a closure failed after it had written: everything was rolled back, and
// the others are to run without it.
func (w *writer) attempt() error {
	btx, err := w.db.Begin(true)
	if err != nil {
		return fmt.Errorf("begin write transaction: %w", err)
	}
	defer func() { _ = btx.Rollback() }() // nothing after a commit
	wrote := false
	for i := 0; i < len(w.group) || w.more(); i++ {
		j := w.group[i]
		if j.out {
			continue
		}
		t := &tx{reader: reader{btx, w.campaigns}}
		j.run(t)
		if j.err != nil && t.wrote {
			j.out = true
			return errAgain
		}
		wrote = wrote || t.wrote
	}
	if !wrote {
		return nil
	}
	return w.finish(btx)
}

// finish commits. An error other than the quota leaves it open whether the
// commit is on the disk, and what bbolt holds in memory is no longer trusted.
func (w *writer) finish(btx *bbolt.Tx) error {
	err := btx.Commit()
	if err == nil {
		return nil
	}
	if errors.Is(err, boltErrors.ErrMaxSizeReached) {
		return fmt.Errorf("commit: %w", store.ErrFull)
	}
	err = fmt.Errorf("commit: %w: %w", store.ErrUnknownOutcome, err)
	w.failed.Store(&err)
	return err
}

// run calls the closure, unless its caller has gone, and keeps what became of
// it. The transaction cannot be used through a Tx that the closure kept.
func (j *job) run(t *tx) {
	if j.err = j.cancelled(); j.err != nil {
		return
	}
	j.err = errLeft
	defer func() {
		t.tx = nil
		if r := recover(); r != nil {
			j.err = fmt.Errorf("panic in a write transaction: %v\n%s", r, debug.Stack())
		}
		if errors.Is(j.err, errLeft) {
			j.out = true
		}
	}()
	j.err = j.fn(t)
}
