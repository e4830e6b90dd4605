package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"danvan/store"
)

const (
	blink = 10 * time.Millisecond // the same while draining
	grace = 15 * time.Second      // what deliveries in flight get when Run is told to stop
	most  = 2 * time.Minute       // one delivery's time with all its calls

	// lease is longer than any clock is set ahead: a claim ends as its row is finished, or
	// at the next start (Store.EndLeases), so that nobody sends what we still do.
	lease = 100 * 365 * 24 * time.Hour

	mostMaking = 2 * time.Minute // what making may take, with waiting for its turn
)

// Config is what an Outbox works with.
type Config struct {
	Store    store.Store
	Channels map[string]Channel // by the name that addresses have
	Maker    Maker              // nil where nothing is ever made
	Now      func() time.Time
	Log      *slog.Logger
	Chats    int     // chats of a channel served at once; 0: 48
	Bulk     float64 // reminders and digests a second in a channel; 0: 25
	Chat     float64 // the same of one chat; 0: 1
	// Every is how often rows that became due are looked for; 0: every second.
	Every time.Duration
	// Revise is asked, in the transaction that claims it, of each message that
	// is About something: how it is to be sent now, or false when there is
	// nothing left to say. nil: such messages are sent as they are.
	Revise func(tx store.Tx, m store.Message) (store.Message, bool, error)
	// Refused is told, in the transaction that notes that nothing reaches a person
	// any more, of the message About something that showed it. nil: nobody is.
	Refused func(tx store.Tx, m store.Message) error
	// Opens says from when on people may be disturbed: a reminder or digest
	// whose turn comes before that waits until then, and its chat's answers do
	// not wait with it. nil: at any time.
	Opens func(r store.Reader, now time.Time) (time.Time, error)
	// Unsent says, in a language, or for "" in that of people who have not
	// chosen, that so many files cannot be shown. nil: nothing is said.
	Unsent func(language string, files int) string
}

// Outbox delivers the rows of a store's outbox.
type Outbox struct {
	store  store.Store
	routes []*route
	maker  Maker
	making chan struct{} // one element while something is made
	now    func() time.Time
	revise func(store.Tx, store.Message) (store.Message, bool, error)
	// refused is Config.Refused.
	refused func(store.Tx, store.Message) error
	opens   func(store.Reader, time.Time) (time.Time, error)
	unsent  func(string, int) string
	log     *slog.Logger
	every   time.Duration

	workers sync.WaitGroup
	fatal   chan error
	sick    atomic.Bool // the store refused the last claim

	drain, stop         chan struct{}
	drainOnce, stopOnce sync.Once
	done                chan struct{}
}

// route is the way to one channel. What a channel does, nothing of, slowly or
// not yet, stays in its route: the others neither wait for it nor learn of it.
type route struct {
	*Outbox
	name    string
	others  []string // the channels of the other routes; unknown ones are anybody's
	channel Channel
	limits  store.Limits
	gate    gate
	pace    *pace
	places  chan struct{} // one element for each chat being served
	wake    chan struct{}
	asked   chan chan struct{} // who waits for Settle

	mu    sync.Mutex
	begun map[store.MessageID][]string // see remember
}

// errStopped ends Run in good order.
var errStopped = errors.New("stopped")

// New returns an Outbox that does nothing until Run.
func New(c Config) *Outbox {
	if c.Chats == 0 {
		c.Chats = 48
	}
	if c.Bulk == 0 {
		c.Bulk = 25
	}
	if c.Chat == 0 {
		c.Chat = 1
	}
	if c.Every == 0 {
		c.Every = time.Second
	}
	o := &Outbox{
		store: c.Store, maker: c.Maker, making: make(chan struct{}, 1),
		now: c.Now, revise: c.Revise, refused: c.Refused, opens: c.Opens, unsent: c.Unsent, log: c.Log, every: c.Every,
		fatal: make(chan error, 1), drain: make(chan struct{}), stop: make(chan struct{}), done: make(chan struct{}),
	}

	names := slices.Sorted(maps.Keys(c.Channels))
	for i, name := range names {
		o.routes = append(o.routes, &route{
			Outbox: o, name: name, others: slices.Concat(names[:i], names[i+1:]),
			channel: c.Channels[name], limits: c.Channels[name].Limits(),
			gate: gate{flights: map[store.MessageID]flight{}}, pace: newPace(c.Bulk, c.Chat), places: make(chan struct{}, c.Chats),
			wake: make(chan struct{}, 1), asked: make(chan chan struct{}), begun: map[store.MessageID][]string{},
		})
	}
	return o
}

// Wake says that a message was queued. It never blocks; call it after the
// commit.
func (o *Outbox) Wake() {
	for _, r := range o.routes {
		r.rouse()
	}
}

func (r *route) rouse() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Run delivers until ctx ends or Drain has done its work, lets what is in
// flight finish, and returns nil; or it returns the store's error when the
// store can no longer be used. It may be called once.
func (o *Outbox) Run(ctx context.Context) error {
	defer close(o.done)
	work, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()

	g, ctx := errgroup.WithContext(ctx)
	drained, looking := errgroup.WithContext(ctx)
	for _, r := range o.routes {
		g.Go(func() error { return r.answers(ctx, work) })
		drained.Go(func() error { return r.all(looking, work) })
	}
	g.Go(func() error {
		if err := drained.Wait(); err != nil {
			return err
		}
		return errStopped
	})

	g.Go(func() error {
		select {
		case <-ctx.Done():
			return nil
		case <-o.stop:
			return errStopped
		case err := <-o.fatal:
			return err
		}
	})

	o.Wake()
	err := g.Wait()

	o.halt()
	timer := time.AfterFunc(grace, cut)
	defer timer.Stop()
	o.workers.Wait()
	if err == nil || errors.Is(err, errStopped) {
		select {
		case err = <-o.fatal:
		default:
			return nil
		}
	}
	return fmt.Errorf("run the outbox: %w", err)
}

// Drain lets Run go on until nothing is due or ctx ends, waits for what is in
// flight and for Run to return. It returns ctx's error if messages that were
// due may be left; they stay in the store. Run must have been called.
func (o *Outbox) Drain(ctx context.Context) error {
	o.drainOnce.Do(func() { close(o.drain) })
	var err error
	select {
	case <-o.done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	o.halt()
	<-o.done
	return err
}

// halt makes every loop and worker claim no more.
func (o *Outbox) halt() { o.stopOnce.Do(func() { close(o.stop) }) }

// answers claims replies as fast as there are places for them.
func (r *route) answers(ctx, work context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-r.wake:
		}

		for more := true; more; {
			n := r.take(ctx)
			if n == 0 {
				return nil
			}
			if !r.gate.open(r.now()) || r.gate.down() {
				r.leave(n) // all finds out whether the channel is back
				break
			}

			got, err := r.claim(ctx, n, store.ReplyLane)
			for _, c := range got {
				r.workers.Go(func() { r.serve(work, c, nil) })
			}
			r.leave(n - len(got))
			if err != nil {
				return err
			}
			more = len(got) == n
		}
	}
}

// all claims one message of any lane at a time, at the pace of bulk, and looks
// again every so often. It is also what finds rows that became due.
func (r *route) all(ctx, work context.Context) error {
	var asked chan struct{}
	for got := false; ; {
		if !got {
			if err := r.rest(ctx); err != nil {
				return nil
			}
		}

		asked = r.question(asked)
		if err := r.pace.bulk(ctx); err != nil {
			return nil
		}
		quiet := len(r.places) == 0
		var err error
		if got, err = r.next(ctx, work, got); err != nil {
			return err
		}
		if asked != nil && !got && len(r.places) == 0 {
			close(asked)
			asked = nil
		}

		select {
		case <-r.drain:
			if quiet && !got {
				return nil
			}
		default:
		}
	}
}

// rest waits until it is time to look again: soon when the queue is being
// drained.
func (o *Outbox) rest(ctx context.Context) error {
	wait, drain := o.every, o.drain
	select {
	case <-o.drain:
		wait, drain = blink, nil
	default:
	}
	select {
	case <-ctx.Done():
	case <-drain:
	case <-time.After(wait):
	}
	return ctx.Err()
}

// next starts the best message that is due and says whether there was one.
// Unless more are expected it asks first, so that an idle store is not written.
func (r *route) next(ctx, work context.Context, more bool) (bool, error) {
	if now := r.now(); !r.gate.open(now) || r.gate.down() && r.gate.probing(now) {
		return false, nil // one message at a time tries whether the channel is back
	}
	if !more && !r.pending(ctx) {
		return false, nil
	}
	select {
	case <-ctx.Done():
		return false, nil
	case r.places <- struct{}{}:
	}

	got, err := r.claim(ctx, 1, r.pace.worst(r.now()))
	if len(got) == 0 {
		r.leave(1)
		return false, err
	}

	if got[0].Lane == store.ReplyLane {
		r.rouse()
	}
	made := make(chan struct{})
	r.workers.Go(func() { r.serve(work, got[0], made) })
	if got[0].Make != nil {
		<-made // what takes long to make must not fill the places that answers need
	}
	return true, nil
}

// take waits for a place and takes all that are free; 0 when ctx ended.
func (r *route) take(ctx context.Context) int {
	select {
	case <-ctx.Done():
		return 0
	case r.places <- struct{}{}:
	}
	for n := 1; ; n++ {
		select {
		case r.places <- struct{}{}:
		default:
			return n
		}
	}
}

func (r *route) leave(n int) {
	for range n {
		<-r.places
	}
}
