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
	chats map[store.Address]*rate.Limiter
	full  int // how many chats to remember before those that rest are forgotten
}

const fewChats = 1024

func newPace(bulk, chat float64) *pace {
	return &pace{
		all: rate.NewLimiter(rate.Limit(bulk), 1), one: rate.Limit(chat),
		chats: map[store.Address]*rate.Limiter{}, full: fewChats,
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
	return store.DigestLane
}

// chat counts a message of a chat and, unless it is an answer, waits until it
// may go.
func (p *pace) chat(ctx context.Context, to store.Address, lane store.Lane) error {
	p.mu.Lock()
	l := p.chats[to]
	if l == nil {
		if len(p.chats) >= p.full {
			maps.DeleteFunc(p.chats, func(_ store.Address, l *rate.Limiter) bool { return l.Tokens() >= 1 })
			p.full = max(fewChats, 2*len(p.chats))
		}
		l = rate.NewLimiter(p.one, 1)
		p.chats[to] = l
	}
	p.mu.Unlock()
	if lane == store.ReplyLane {
		l.Allow()
		return nil
	}
	return l.Wait(ctx)
}
