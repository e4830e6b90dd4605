package inbox

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"danvan/bot"
	"danvan/store"
)

const (
	side     = 64                     // turns that run side by side; the store commits them together
	near     = 3                      // turns before one's own that are waited for
	patience = 100 * time.Millisecond // how long a channel waits before the rest is kept
	roomWait = 2 * time.Second        // how long turns rest while nothing can be written
)

// Handler takes an event's turn. A nil error says that it is dealt with for good.
type Handler interface {
	Handle(ctx context.Context, ev bot.Event) (bot.Ack, error)
}

// Item is an event that came.
type Item struct {
	Event bot.Event
	// Over is closed when the event is not taken, or came before; otherwise it gets
	// what its turn showed. It holds one, or is nil.
	Over chan<- bot.Ack
}

// Config is what an Inbox is made of.
type Config struct {
	Bot     *bot.Bot
	Handler Handler
	// Known says whether somebody is expected though they are no person yet.
	Known func(store.Reader, bot.Event) (bool, error)
	Log   *slog.Logger
}

// Inbox is where what comes waits for its turn. It is safe for concurrent use.
type Inbox struct {
	Config
	open chan struct{} // closed when turns are taken
	over chan struct{} // closed when they no longer are, because of err

	mu     sync.Mutex
	ctx    context.Context // of the turns
	err    error
	events map[string]*arrival // that wait, by their ids
	lines  map[store.Address]*line
	round  []*line // whose turn is next; nil: the first one at the door
	door   []*line // strangers
	opened bool    // the door has its place in the round, or a turn
	others int     // strangers' events that wait
	busy   int     // turns that run
	rests  bool    // nothing can be written
	full   bool    // the same, as it was said in the log
	turns  sync.WaitGroup
}

// New returns an Inbox that takes no turns until Run.
func New(c Config) *Inbox {
	return &Inbox{
		Config: c, open: make(chan struct{}), over: make(chan struct{}),
		events: map[string]*arrival{}, lines: map[store.Address]*line{},
	}
}

// Run takes turns until ctx ends, beginning with those that were kept; it returns
// when those that run are over. An error says that the store cannot be used any
// more.
func (b *Inbox) Run(ctx context.Context) error {
	if err := b.takeUp(ctx); err != nil {
		if ctx.Err() != nil {
			return nil // stopped before it began
		}
		return err
	}
	select {
	case <-ctx.Done():
		b.end(nil)
	case <-b.over:
	}
	b.turns.Wait()
	return b.err
}

// takeUp begins with what was kept.
func (b *Inbox) takeUp(ctx context.Context) error {
	var kept []store.Arrival
	err := b.Bot.Store.View(ctx, func(r store.Reader) (err error) {
		kept, err = r.Arrivals()
		return err
	})
	if err != nil {
		return err
	}

	var all []*arrival
	for _, row := range kept {
		a, bad := read(row)
		if bad != nil {
			b.Log.Error("what was kept of an event cannot be read", "event", row.Event, "err", bad)
			continue
		}
		all = append(all, a)
	}
	known, err := b.known(ctx, all)
	if err != nil {
		return err
	}

	b.mu.Lock()
	defer b.mu.Unlock()
	for _, a := range all {
		b.line(a, known).add(b, a)
	}
	b.ctx = ctx
	close(b.open)
	b.spread()
	return nil
}

// Take has what came wait for its turns. A nil error says that all of it may be
// confirmed; after another one it is brought again.
func (b *Inbox) Take(ctx context.Context, came []Item) error {
	select {
	case <-b.open:
	case <-ctx.Done():
		return ctx.Err()
	}

	all := make([]*arrival, len(came))
	for i, item := range came {
		all[i] = newArrival(item)
	}
	known, err := b.known(ctx, all)
	if err != nil {
		return err
	}
	soon, far := b.admit(all, known)
	if err := b.keep(ctx, far); err != nil {
		return err
	}

	rest := time.NewTimer(patience)
	defer rest.Stop()
	for i, a := range soon {
		select {
		case <-a.done:
		case <-rest.C:
			return b.keep(ctx, soon[i:])
		case <-b.over:
			return cmp.Or(b.err, context.Canceled)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// admit puts what came into its lines, and returns what will be over soon and
// what is to be kept.
func (b *Inbox) admit(all []*arrival, known map[store.Address]bool) (soon, far []*arrival) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, a := range all {
		if there := b.events[a.Event.ID]; there != nil {
			a.close()
			soon = append(soon, there)
			continue
		}

		l := b.line(a, known)
		switch missed := l.refuse(b, a); {
		case missed != nil:
			if !slices.Contains(far, missed) { // it stands for all of them
				far = append(far, missed)
			}
		case a.refused:
		case l.add(b, a) < near:
			soon = append(soon, a)
		default:
			far = append(far, a)
		}
	}
	b.spread()
	return soon, far
}

// end has no more turns taken.
func (b *Inbox) end(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fail(err)
}
