package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"danvan/store"
)

// TestSettle waits for what is due, in flight or paced, and for nothing else.
func TestSettle(t *testing.T) {
	t.Parallel()
	settled := func(t *testing.T, p *play, limit time.Duration) (time.Duration, error) {
		ctx, stop := context.WithCancel(t.Context())
		done := p.start(ctx)
		began := time.Now()
		waiting, giveUp := context.WithTimeout(ctx, limit)
		err := p.box.Settle(waiting)
		giveUp()
		took := time.Since(began)
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		return took, err
	}
	for name, c := range map[string]struct {
		rows  []store.Message
		takes time.Duration // of a delivery
		from  time.Duration
		to    time.Duration
	}{
		"nothing waits":     {to: time.Millisecond},
		"what is in flight": {rows: []store.Message{say("a", "1"), say("b", "2")}, takes: 3 * time.Second, from: 3 * time.Second, to: 5 * time.Second},
		"what is paced":     {rows: []store.Message{digest("a", "1"), digest("a", "2"), digest("a", "3")}, from: 2 * time.Second, to: 5 * time.Second},
		"not what is put off": {rows: []store.Message{say("a", "1"), {To: at("b"), Text: "later", Due: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)}},
			to: 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := newPlay()
				p.chat.took = c.takes
				p.rows.queue(t, c.rows...)
				took, err := settled(t, p, time.Minute)
				if err != nil || took < c.from || took > c.to || p.chat.count() < len(c.rows)-1 {
					t.Errorf("settled after %v (%v), want %v to %v: %v", took, err, c.from, c.to, p.chat.notes())
				}
			})
		})
	}
	t.Run("no longer than it may", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			for i := range 100 {
				p.rows.queue(t, digest("a", fmt.Sprint(i)))
			}
			if took, err := settled(t, p, 10*time.Second); !errors.Is(err, context.DeadlineExceeded) || took > 11*time.Second {
				t.Errorf("after %v: %v", took, err)
			}
		})
	})
}
