package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"

	"go.etcd.io/bbolt"
	boltErrors "go.etcd.io/bbolt/errors"

	"danvan/store"
)

// groupLimit is how many closures a commit takes in while it runs, which bounds
// the work that is done again when one of them fails.
const groupLimit = 1024

var (
	errLeft  = errors.New("write closure ended its goroutine")
	errAgain = errors.New("run the group again")
)

// writer lets one caller at a time commit, for itself and for everybody who
// comes meanwhile: a lone caller pays one commit and no delay, a crowd shares
// one. It has no goroutine of its own, which a lone caller would have to wake
// and be woken by.
type writer struct {
	db        *bbolt.DB
	file      *file
	campaigns *memo[store.Campaign]
	random    io.Reader     // for salt
	visited   func()        // see Store.Count
	pen       chan struct{} // full while somebody commits
	quit      chan struct{} // closed by stop

	failed atomic.Pointer[error]

	mu      sync.Mutex
	waiting []*job // for whoever has the pen
}

// job is one closure on its way through the writer.
type job struct {
	fn        func(store.Tx) error
	cancelled func() error // the caller's ctx.Err
	answer    chan error

	out bool  // its writes were rolled back; it does not run again
	err error // what the closure returned
}

// group is what one holder of the pen commits.
type group struct {
	*writer
	own   *job   // the holder's
	jobs  []*job // under way in one transaction
	wrote bool   // whether there is something to commit
	left  []*job // to be committed one by one
	solo  bool   // whether jobs is one of these
}

func newWriter(db *bbolt.DB, place *file, campaigns *memo[store.Campaign], random io.Reader) *writer {
	return &writer{db: db, file: place, campaigns: campaigns, random: random, pen: make(chan struct{}, 1), quit: make(chan struct{})}
}

// do has a closure committed, by this caller or by another one, and returns
// its outcome.
func (w *writer) do(ctx context.Context, fn func(store.Tx) error) error {
	j := &job{fn: fn, cancelled: ctx.Err, answer: make(chan error, 1)}
	select {
	case w.pen <- struct{}{}:
		w.lead(j)
		return <-j.answer
	default:
		w.wait(j)
	}

	select {
	case err := <-j.answer:
		return err
	case w.pen <- struct{}{}:
		if w.withdraw(j) {
			w.lead(j)
		} else {
			<-w.pen
		}

	case <-w.quit:
		if w.withdraw(j) {
			return store.ErrClosed
		}
	case <-ctx.Done():
		if w.withdraw(j) {
			return ctx.Err()
		}
	}

	return <-j.answer
}

// wait leaves a job to whoever has the pen.
func (w *writer) wait(j *job) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waiting = append(w.waiting, j)
}

// withdraw takes back a job that nobody has begun.
func (w *writer) withdraw(j *job) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.Index(w.waiting, j)
	if i >= 0 {
		w.waiting = slices.Delete(w.waiting, i, i+1)
	}
	return i >= 0
}

// take returns everybody who waits.
func (w *writer) take() []*job {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.waiting
	w.waiting = nil
	return all
}

// stop lets the commit that is under way finish. Nobody gets the pen again.
func (w *writer) stop() {
	close(w.quit)
	w.pen <- struct{}{}
}

// broken returns why the store refuses to work, if it does.
func (w *writer) broken() error {
	if p := w.failed.Load(); p != nil {
		return *p
	}
	if err := w.file.gone(); err != nil {
		w.failed.CompareAndSwap(nil, &err)
		return err
	}
	return nil
}

// lead commits the holder's job and those that come meanwhile.
func (w *writer) lead(own *job) {
	g := &group{writer: w, own: own, jobs: []*job{own}}
	g.finish()
}

// finish brings a group to its answers and puts the pen down.
func (g *group) finish() {
	over := false
	defer func() {
		r := recover()
		switch {
		case over:
			<-g.pen
		case r != nil:
			// Not a closure's but bbolt's. The caller might live on with it; a
			// store that is in nobody knows what state must not.
			go panic(fmt.Sprintf("%v\n%s", r, debug.Stack()))
		default:
			// The holder's closure ended this goroutine, as t.FailNow does. It is
			// marked as out; the others still want their answers.
			go g.finish()
		}
	}()

	for len(g.jobs) > 0 || g.next() {
		g.commit()
		g.jobs = nil
	}

	over = true
}

// next goes on with those that are to be committed one by one.
func (g *group) next() bool {
	g.solo = len(g.left) > 0
	if g.solo {
		g.jobs, g.left = g.left[:1:1], g.left[1:]
	}
	return g.solo
}

// more adds everybody who waits to the group and reports whether that was anybody.
// Whoever is about to come is let through first: one more commit costs more than
// that, and when nobody is at work it costs nothing.
func (g *group) more() bool {
	if g.solo || len(g.jobs) >= groupLimit {
		return false
	}
	came := g.take()
	if len(came) == 0 {
		runtime.Gosched()
		came = g.take()
	}
	g.jobs = append(g.jobs, came...)
	return len(came) > 0
}

// commit brings every job under way to its answer. Even a refusal waits for
// the commit: it may rest on what others of the group wrote before it.
func (g *group) commit() {
	err := g.broken()
	if err == nil {
		err = g.attempt()
	}

	for errors.Is(err, errAgain) {
		err = g.attempt()
	}

	if errors.Is(err, store.ErrFull) && len(g.jobs) > 1 {
		g.split()
		return
	}

	for _, j := range g.jobs {
		if err != nil {
			j.answer <- err
		} else {
			j.answer <- j.err
		}
	}
}

// split gives every job a commit of its own, so that a large one that does
// not fit into the file does not take the others with it.
func (g *group) split() {
	for _, j := range g.jobs {
		j.out, j.err = false, nil
	}
	g.left = g.jobs
}

// attempt runs the group in one transaction and commits it. errAgain says
// that a closure failed after it had written: everything was rolled back, and
// the others are to run without it.
func (g *group) attempt() error {
	btx, err := g.db.Begin(true)
	if err != nil {
		return fmt.Errorf("begin write transaction: %w", err)
	}
	defer func() { _ = btx.Rollback() }() // nothing after a commit
	g.wrote = false
	if err := g.run(btx); err != nil || !g.wrote {
		return err
	}
	return g.write(btx)
}

// run runs the group's closures: the holder's here, and the others' apart.
func (g *group) run(btx *bbolt.Tx) error {
	if g.jobs[0] != g.own {
		return g.apart(btx, 0)
	}
	if err := g.step(btx, g.own); err != nil {
		return err
	}
	if len(g.jobs) == 1 && !g.more() {
		return nil
	}
	return g.apart(btx, 1)
}

// apart runs closures on a goroutine that they may end without harm to the
// holder.
func (g *group) apart(btx *bbolt.Tx, from int) error {
	err := errAgain // unless the last one returns
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		err = g.rest(btx, from)
	}()
	<-ended
	return err
}

func (g *group) rest(btx *bbolt.Tx, from int) error {
	for n := from; n < len(g.jobs) || g.more(); n++ {
		if err := g.step(btx, g.jobs[n]); err != nil {
			return err
		}
	}
	return nil
}

// step runs one closure.
func (g *group) step(btx *bbolt.Tx, j *job) error {
	if j.out {
		return nil
	}
	t := &tx{reader: reader{btx, g.campaigns, g.visited}, random: g.random}
	j.run(t)
	if j.err != nil && t.wrote {
		j.out = true
		return errAgain
	}
	g.wrote = g.wrote || t.wrote
	return nil
}

// write commits. An error other than that there is no room leaves it open whether
// the commit is on the disk, and what bbolt holds in memory is no longer trusted.
func (w *writer) write(btx *bbolt.Tx) error {
	err := btx.Commit()
	if err == nil {
		w.file.grown()
		return nil
	}
	if errors.Is(err, boltErrors.ErrMaxSizeReached) || noRoom(err) {
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
