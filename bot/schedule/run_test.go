package schedule_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"danvan/bot"
	"danvan/bot/schedule"
	"danvan/cmd/features"
	"danvan/store"
)

// counted is a store that gives nothing and notes when it was asked.
type counted struct {
	store.Store
	mu    sync.Mutex
	asked map[time.Time]bool
	panic bool
}

func (c *counted) View(context.Context, func(store.Reader) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked[time.Now()] = true
	if c.panic {
		panic("a tick that goes wrong")
	}
	return errors.New("nothing is to be had")
}

// panics has every tick panic from now on, or none, and counts those until now.
func (c *counted) panics(on bool) (ticks int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.panic = on
	return len(c.asked)
}

// ticking runs a schedule over a store that counts, by a clock that is set to be so much
// ahead, until it is stopped.
func ticking(t *testing.T, set *atomic.Int64) (s *schedule.Schedule, c *counted, stop func()) {
	words, err := words()
	must(t, err)
	c = &counted{asked: map[time.Time]bool{}}
	b, err := bot.New(bot.Config{
		Features: features.All(), Layout: features.Layout(), Store: c, Words: words, Zone: time.UTC, Language: "vi", Wake: func() {},
		Log: slog.New(slog.DiscardHandler),
	})
	must(t, err)
	s = schedule.New(schedule.Config{
		Store: c, Bot: b, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Now().Add(time.Duration(set.Load())) },
	})

	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Run(ctx)
	}()
	return s, c, func() {
		cancel()
		<-done
	}
}

// TestRunAsTheClockIsSet sets the clock forward and back by hours and years: ticks go on
// coming each minute, but that one which is ahead by years is believed only after an hour,
// in which it may be set right. A tick that panics is not the last.
func TestRunAsTheClockIsSet(t *testing.T) {
	t.Parallel()
	for _, jump := range []time.Duration{
		0, 40 * time.Second, -40 * time.Second, 3 * time.Hour, -3 * time.Hour, 5 * 365 * 24 * time.Hour, -5 * 365 * 24 * time.Hour,
	} {
		synctest.Test(t, func(t *testing.T) {
			var set atomic.Int64
			_, c, stop := ticking(t, &set)
			time.Sleep(5*time.Minute + time.Second)
			before := c.panics(true)
			set.Store(int64(jump))
			time.Sleep(time.Minute)
			c.panics(false)
			time.Sleep(10 * time.Minute)
			most, least := 12, 10
			if jump > 24*time.Hour {
				most, least = 0, 0
			}
			if n := c.panics(false) - before; before < 5 || n < least || n > most {
				t.Errorf("set by %v: %d ticks in five minutes before, %d in eleven after", jump, before, n)
			}

			before = c.panics(false)
			set.Store(0)
			time.Sleep(10 * time.Minute)
			if n := c.panics(false) - before; n < 9 && jump > -24*time.Hour {
				t.Errorf("set by %v and right again: %d ticks in ten minutes", jump, n)
			}
			before = c.panics(false)
			set.Store(int64(jump))
			time.Sleep(2 * time.Hour)
			if n := c.panics(false) - before; n < 58 {
				t.Errorf("set by %v and staying so: %d ticks in two hours", jump, n)
			}
			stop()
		})
	}
}

// TestRunWithATraveller sets the clock ahead by days as the trial does, which looks at what
// is due there at once: ticks go on coming each minute.
func TestRunWithATraveller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var set atomic.Int64
		s, c, stop := ticking(t, &set)
		time.Sleep(90 * time.Second)
		set.Store(int64(3 * 24 * time.Hour))
		_ = s.Tick(t.Context(), s.Now())
		before := c.panics(false)
		time.Sleep(5 * time.Minute)
		if n := c.panics(false) - before; n != 5 {
			t.Errorf("%d ticks in the five minutes after a journey of three days", n)
		}
		stop()
	})
}
