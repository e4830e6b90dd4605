package outbox

import (
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// gate is shut while the channel as a whole takes nothing.
type gate struct {
	mu    sync.Mutex
	until time.Time // nothing is tried before
	since time.Time // when the channel was found unreachable; zero: it is not
	wait  *backoff.ExponentialBackOff
}

func newGate() gate { return gate{wait: doubling(time.Minute)} }

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
	if now.Before(g.until) {
		return g.until
	}
	g.until = now.Add(g.wait.NextBackOff())
	if g.since.IsZero() {
		g.since = now
		r.log.Error("channel is unreachable, messages wait", "channel", r.name, "since", now, "err", f.Err)
	}
	return g.until
}

// opened notes that the channel answered, and says so once.
func (r *route) opened(now time.Time) {
	g := &r.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.since.IsZero() {
		return
	}
	r.log.Info("channel is reachable again", "channel", r.name, "since", g.since, "for", now.Sub(g.since))
	g.since, g.until = time.Time{}, time.Time{}
	g.wait.Reset()
}
