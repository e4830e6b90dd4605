package outbox

import (
	"context"
	"sync"
	"time"

	"danvan/store"
)

// A channel that takes nothing is tried by one message at a time, so often that
// nobody waits long once it is back.
const (
	probe = 1500 * time.Millisecond // from one try to the next
	hangs = 2 * time.Second         // a try without an answer so far does not hold up the next

	// mostFailed is how many tries in a row may fail, in whichever chats, until it is
	// the channel that is in trouble.
	mostFailed = 5
)

// gate is shut while the channel as a whole takes nothing.
type gate struct {
	mu      sync.Mutex
	until   time.Time // nothing is tried before
	since   time.Time // when the channel was found unreachable; zero: it is not
	failed  int       // tries in a row
	flights map[store.MessageID]flight
}

// flight is a delivery that has no answer yet.
type flight struct {
	began time.Time
	cut   context.CancelFunc
}

// open says whether anything may be tried now.
func (g *gate) open(now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return !now.Before(g.until)
}

// down says whether the channel was unreachable when last tried.
func (g *gate) down() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return !g.since.IsZero()
}

// probing says whether a try is under way that may still find the channel back.
func (g *gate) probing(now time.Time) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, f := range g.flights {
		if now.Sub(f.began) < hangs {
			return true
		}
	}
	return false
}

// depart and arrive are the beginning and the end of a delivery.
func (g *gate) depart(id store.MessageID, now time.Time, cut context.CancelFunc) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.flights[id] = flight{now, cut}
}

func (g *gate) arrive(id store.MessageID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.flights, id)
}

// shut closes the gate after a failure of the whole channel, says so once, and
// returns when to try again. What fails while it is shut does not prolong it.
func (r *route) shut(now time.Time, f *Failure) time.Time {
	g := &r.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if f.After > 0 {
		if until := now.Add(f.After); until.After(g.until) {
			g.until = until
		}
		return g.until
	}

	if !now.Before(g.until) {
		g.until = now.Add(probe)
	}
	if g.since.IsZero() {
		g.since = now
		r.log.Error("channel is unreachable, messages wait", "channel", r.name, "since", now, "err", f.Err)
	}
	return g.until
}

// failing counts a try that failed without a reason that is its own, and says
// whether it is the channel that is in trouble.
func (g *gate) failing() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.failed++
	return g.failed >= mostFailed
}

// opened notes that the channel answered, and says so once. What has hung since
// before is cut off: its answer will not come, and somebody waits for it.
func (r *route) opened(now time.Time) {
	g := &r.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	g.failed = 0
	if g.since.IsZero() {
		return
	}
	r.log.Info("channel is reachable again", "channel", r.name, "since", g.since, "for", now.Sub(g.since))
	g.since, g.until = time.Time{}, time.Time{}
	g.cut(now)
	r.rouse()
}

// Reached says that a channel of which no answer came has answered another call: what
// has hung since before is cut off and tried again. Whether it takes messages is found
// out by that.
func (o *Outbox) Reached(channel string) {
	for _, r := range o.routes {
		if r.name == channel {
			r.gate.mu.Lock()
			r.gate.cut(r.now())
			r.gate.mu.Unlock()
		}
	}
}

// cut ends the tries that hang, for whoever holds the lock.
func (g *gate) cut(now time.Time) {
	for _, f := range g.flights {
		if now.Sub(f.began) >= hangs {
			f.cut()
		}
	}
}
