package outbox

import (
	"context"
	"maps"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"danvan/store"
)

// pace spreads reminders and digests. Answers only count: they use up their
// chat's allowance but never wait for it.
type pace struct {
	all *rate.Limiter
	one rate.Limit // of a chat

	mu    sync.Mutex
	until time.Time // the channel asked bulk to rest until then
	chats map[store.Address]*chatPace
	full  int // how many chats to remember before those that rest are forgotten
}

// chatPace is what one chat was sent of late.
type chatPace struct {
	*rate.Limiter
	answered time.Time
}

const fewChats = 1024

func newPace(bulk, chat float64) *pace {
	return &pace{
		all: rate.NewLimiter(rate.Limit(bulk), 1), one: rate.Limit(chat),
		chats: map[store.Address]*chatPace{}, full: fewChats,
	}
}

// bulk waits until one more message may go to anybody.
func (p *pace) bulk(ctx context.Context) error { return p.all.Wait(ctx) }

// slow makes bulk rest: what one chat is told about a broadcast holds for the
// whole broadcast.
func (p *pace) slow(until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until.After(p.until) {
		p.until = until
	}
}

// worst returns the worst lane that may go now.
func (p *pace) worst(now time.Time) store.Lane {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Before(p.until) {
		return store.ReplyLane
	}
	return store.TidyLane
}

// quiet returns when a chat will have been quiet for long enough to be tidied up.
func (p *pace) quiet(to store.Address) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c := p.chats[to]; c != nil {
		return c.answered.Add(store.Quiet)
	}
	return time.Time{}
}

// chat counts a message of a chat and, unless it is an answer, waits until it
// may go.
func (p *pace) chat(ctx context.Context, to store.Address, lane store.Lane, now time.Time) error {
	p.mu.Lock()
	c := p.chats[to]
	if c == nil {
		if len(p.chats) >= p.full {
			maps.DeleteFunc(p.chats, func(_ store.Address, c *chatPace) bool {
				return c.Tokens() >= 1 && now.Sub(c.answered) > store.Quiet
			})
			p.full = max(fewChats, 2*len(p.chats))
		}
		c = &chatPace{Limiter: rate.NewLimiter(p.one, 1)}
		p.chats[to] = c
	}

	if lane == store.ReplyLane {
		c.answered = now
	}
	p.mu.Unlock()
	if lane == store.ReplyLane {
		c.Allow()
		return nil
	}
	return c.Wait(ctx)
}
