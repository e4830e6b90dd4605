package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"danvan/bot/outbox"
	"danvan/store"
)

func TestUnreachableChannel(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlay()
		back := time.Now().Add(time.Hour)
		p.chat.answer = func(int, outbox.Delivery) error {
			if time.Now().Before(back) {
				return &outbox.Failure{Retry: true, Whole: true, Err: errTrouble}
			}
			return nil
		}
		for i := range 200 {
			p.rows.queue(t, say(fmt.Sprint(i), "x"))
		}
		p.run(t, 59*time.Minute)
		if p.chat.count() > 48+60*60 {
			t.Errorf("%d tries in an hour without a channel", p.chat.count())
		}
		if n := strings.Count(p.log.String(), "\n"); n != 1 || p.rows.left() != 200 {
			t.Errorf("%d left, log: %s", p.rows.left(), p.log)
		}
		p.log.Reset()
		back = time.Now()
		p.run(t, 2*time.Minute)
		if p.rows.left() != 0 || p.log.Len() > 0 {
			t.Errorf("%d left, log: %s", p.rows.left(), p.log)
		}
	})
}

// While the channel is away one message at a time finds out whether it is back,
// the first soon; then everything goes at once.
func TestProbing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlay()
		back := time.Now().Add(10 * time.Minute)
		p.chat.took = 10 * time.Second // as long as a connection that nobody accepts
		p.chat.answer = func(int, outbox.Delivery) error {
			if time.Now().Before(back) {
				return &outbox.Failure{Retry: true, Whole: true, Err: errTrouble}
			}
			return nil
		}
		for i := range 40 {
			p.rows.queue(t, say(fmt.Sprint(i), "x"))
		}
		p.run(t, 15*time.Minute)
		at := map[string]int{}
		var times []string
		for _, n := range p.chat.notes() {
			when, _, _ := strings.Cut(n, " ")
			if at[when]++; at[when] == 1 {
				times = append(times, when)
			}
		}
		last := len(times) - 1
		if at["+0s"] != 40 || at[times[last]] < 30 {
			t.Errorf("first %d, last %d at once, want 40 and nearly all: %v", at["+0s"], at[times[last]], at)
		}
		for _, when := range times[1:last] {
			if at[when] != 1 {
				t.Errorf("%d tries %s", at[when], when)
			}
		}
		first, err := time.ParseDuration(times[1][1:])
		if err != nil || first > 13*time.Second {
			t.Errorf("first try again after %v, %v", first, err)
		}
		if all, _ := time.ParseDuration(times[last][1:]); all > 10*time.Minute+3*time.Second {
			t.Errorf("the others went %v after the beginning", all)
		}
	})
}

func TestChannelComesBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlay()
		back := time.Now().Add(10 * time.Minute)
		p.chat.answer = func(int, outbox.Delivery) error {
			if time.Now().Before(back) {
				return &outbox.Failure{Retry: true, Whole: true, Err: errTrouble}
			}
			return nil
		}
		p.rows.queue(t, say("a", "1"), say("b", "2"), digest("c", "3"))
		p.run(t, 13*time.Minute)
		if p.rows.left() != 0 {
			t.Errorf("%d left", p.rows.left())
		}
		log := p.log.String()
		if strings.Count(log, "unreachable") != 1 || strings.Count(log, "reachable again") != 1 {
			t.Errorf("log: %s", log)
		}
	})
}

func TestWholeChannelAskedToWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlay()
		p.chats = 1
		p.chat.answer = func(n int, _ outbox.Delivery) error {
			if n == 1 {
				return &outbox.Failure{Retry: true, Whole: true, After: 30 * time.Second, Err: errTrouble}
			}
			return nil
		}
		p.rows.queue(t, say("a", "1"), say("b", "2"))
		p.run(t, time.Minute)
		got := p.chat.notes()
		if len(got) != 3 || !strings.HasPrefix(got[1], "+30") && !strings.HasPrefix(got[1], "+31") {
			t.Errorf("got %v", got)
		}
	})
}

func TestDrain(t *testing.T) {
	t.Parallel()
	t.Run("delivers what is due and leaves what is not", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chat.took = 200 * time.Millisecond
			later := say("later", "x")
			later.Due = time.Now().Add(time.Hour)
			p.rows.queue(t, later)
			for i := range 100 {
				p.rows.queue(t, say(fmt.Sprint(i%20), "x"), digest(fmt.Sprint("d", i), "x"))
			}
			done := p.start(t.Context())
			if err := p.box.Drain(t.Context()); err != nil {
				t.Error(err)
			}
			if err := <-done; err != nil || p.rows.left() != 1 || p.chat.busy != 0 {
				t.Errorf("%v, %d left, %d in flight", err, p.rows.left(), p.chat.busy)
			}
		})
	})
	t.Run("stops claiming when its time is over and finishes what is in flight", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chats, p.chat.took = 5, time.Second
			for i := range 100 {
				p.rows.queue(t, say(fmt.Sprint(i), "x"))
			}
			done := p.start(t.Context())
			ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
			defer cancel()
			if err := p.box.Drain(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("Drain returned %v", err)
			}
			if err := <-done; err != nil || p.rows.left() != 85 || p.chat.count() != 15 {
				t.Errorf("%v, %d left, %d calls; want 85, 15", err, p.rows.left(), p.chat.count())
			}
		})
	})
	t.Run("does not wait for a channel that is away", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chat.answer = func(int, outbox.Delivery) error {
				return &outbox.Failure{Retry: true, Whole: true, Err: errTrouble}
			}
			p.rows.queue(t, say("a", "x"))
			start := time.Now()
			done := p.start(t.Context())
			time.Sleep(10 * time.Millisecond)
			if err := p.box.Drain(t.Context()); err != nil || time.Since(start) > time.Second {
				t.Errorf("%v after %v", err, time.Since(start))
			}
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	})
}

func TestStopping(t *testing.T) {
	t.Parallel()
	t.Run("cuts a delivery that hangs and tries it first thing next time", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chat.took = 100 * time.Second
			p.rows.queue(t, say("a", "x"))
			start := time.Now()
			p.run(t, time.Second)
			if took := time.Since(start); took != 16*time.Second || p.rows.left() != 1 {
				t.Errorf("stopped after %v with %d left", took, p.rows.left())
			}
			p.chat.took = 0
			p.run(t, 100*time.Millisecond)
			if p.rows.left() != 0 {
				t.Error("not tried again at once")
			}
		})
	})
	t.Run("claims no more", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chats, p.chat.took = 5, time.Second
			for i := range 100 {
				p.rows.queue(t, say(fmt.Sprint(i), "x"))
			}
			p.run(t, 2500*time.Millisecond)
			if p.rows.left() != 85 || p.chat.count() != 15 {
				t.Errorf("%d left, %d calls; want 85, 15", p.rows.left(), p.chat.count())
			}
		})
	})
	t.Run("a store with an unknown outcome ends Run", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chat.answer = func(int, outbox.Delivery) error {
				p.rows.refuse(fmt.Errorf("disk: %w", store.ErrUnknownOutcome))
				return nil
			}
			p.rows.queue(t, say("a", "x"))
			if err := <-p.start(t.Context()); !errors.Is(err, store.ErrUnknownOutcome) {
				t.Errorf("Run returned %v", err)
			}
		})
	})
	t.Run("a store that refuses for a while is asked again", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.rows.queue(t, say("a", "x"))
			p.rows.refuse(store.ErrFull)
			done := p.start(t.Context())
			time.Sleep(10 * time.Second)
			p.rows.refuse(nil)
			time.Sleep(2 * time.Second)
			if p.rows.left() != 0 || strings.Count(p.log.String(), "\n") != 2 {
				t.Errorf("%d left, log: %s", p.rows.left(), p.log)
			}
			_ = p.box.Drain(t.Context())
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("a row whose lease was lost is left alone", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			p.chat.answer = func(int, outbox.Delivery) error {
				return p.rows.Update(t.Context(), func(tx store.Tx) error {
					got, err := tx.Claim(time.Now().AddDate(101, 0, 0), time.Hour, 1, store.DigestLane)
					if len(got) != 1 {
						t.Error("the row was not claimed by the other")
					}
					return err
				})
			}
			p.rows.queue(t, say("a", "x"))
			p.run(t, time.Second)
			if p.rows.left() != 1 || p.log.Len() > 0 {
				t.Errorf("%d left, log: %s", p.rows.left(), p.log)
			}
		})
	})
}

// Whatever passing trouble there is, every message of every chat arrives, the
// first arrivals in the order in which they were queued.
func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		faults := rapid.SliceOfN(rapid.IntRange(0, 9), 40, 40).Draw(rt, "faults")
		lanes := rapid.SliceOfN(rapid.IntRange(0, 2), 30, 30).Draw(rt, "lanes")
		synctest.Test(t, func(t *testing.T) {
			p := newPlay()
			arrived := map[string][]string{}
			p.chat.took = 50 * time.Millisecond
			p.chat.answer = func(n int, d outbox.Delivery) error {
				if err := trouble(faults, n); err != nil {
					return err
				}
				p.chat.mu.Lock()
				defer p.chat.mu.Unlock()
				key := fmt.Sprint(d.To.Chat, d.Lane)
				arrived[key] = append(arrived[key], d.Text)
				return nil
			}
			want := map[string][]string{}
			for i, lane := range lanes {
				m := say(fmt.Sprint(i%4), fmt.Sprint(i))
				m.Lane = store.Lane(lane)
				key := fmt.Sprint(m.To.Chat, m.Lane)
				want[key] = append(want[key], m.Text)
				p.rows.queue(t, m)
			}
			p.run(t, 30*time.Minute)
			if fmt.Sprint(arrived) != fmt.Sprint(want) {
				rt.Errorf("arrived %v, want %v", arrived, want)
			}
		})
	})
}

func trouble(faults []int, n int) error {
	if n > len(faults) {
		return nil
	}
	switch faults[n-1] {
	case 0:
		return &outbox.Failure{Retry: true, Whole: true, Err: errTrouble}
	case 1:
		return &outbox.Failure{Retry: true, After: 7 * time.Second, Err: errTrouble}
	case 2:
		return &outbox.Failure{Retry: true, Err: errTrouble}
	case 3:
		return errTrouble
	}
	return nil
}
