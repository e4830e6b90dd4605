package inbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot"
	"danvan/bot/bottest"
	"danvan/bot/enrol"
	"danvan/bot/inbox"
	"danvan/flows"
	"danvan/store"
)

// turnTime is how long a turn of a desk takes.
const turnTime = time.Millisecond

// desk takes turns, notes them, and accepts their events as the bot does.
type desk struct {
	store store.Store
	fail  func(bot.Event) error // before anything is done; nil: never

	mu   sync.Mutex
	took []string // "who: text", in the order in which the turns ended
	at   map[string]time.Time
}

func (d *desk) Handle(ctx context.Context, ev bot.Event) (bot.Ack, error) {
	if d.fail != nil {
		if err := d.fail(ev); err != nil {
			return bot.Ack{}, err
		}
	}
	time.Sleep(turnTime)
	err := d.store.Update(ctx, func(tx store.Tx) error { return tx.Accept(ev.ID, ev.At) })
	if errors.Is(err, store.ErrSeen) {
		return bot.Ack{}, nil
	}
	if err != nil {
		return bot.Ack{}, err
	}

	d.mu.Lock()
	defer d.mu.Unlock()
	d.took = append(d.took, ev.From.Chat+": "+ev.Input.Text)
	d.at[ev.ID] = time.Now()
	return bot.Ack{Toast: ev.Input.Text}, nil
}

// end is when an event's turn ended; zero before.
func (d *desk) end(event string) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.at[event]
}

func (d *desk) turns() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.took)
}

// room is an inbox at work in a world.
type room struct {
	*bottest.World
	*desk
	box  *inbox.Inbox
	log  *bytes.Buffer
	stop func() error
	n    int
}

// in runs a test in simulated time.
func in(t *testing.T, test func(*room)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := &room{World: bottest.New(t, "vi"), log: &bytes.Buffer{}}
		r.start()
		test(r)
		bottest.Must(t, r.stop())
	})
}

// start is what a process does; one before it was stopped.
func (r *room) start() {
	r.desk = &desk{store: r.Store, at: map[string]time.Time{}}
	r.box = inbox.New(inbox.Config{
		Bot: r.Bot, Handler: r.desk, Known: enrol.Expected, Log: slog.New(slog.NewTextHandler(r.log, nil)),
	})
	ctx, cancel := context.WithCancel(r.T.Context())
	done := make(chan error, 1)
	go func() { done <- r.box.Run(ctx) }()
	r.stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
}

// said is an event of somebody who writes.
func (r *room) said(who, text string) inbox.Item {
	r.n++
	return inbox.Item{Event: bot.Event{
		ID: fmt.Sprintf("test/%d", r.n), At: r.Now, Kind: bot.Said, From: bottest.Address(who),
		Input: flows.Input{Kind: flows.TextInput, Text: text},
	}}
}

// saidAll are the events of some who write once each.
func (r *room) saidAll(who string, from, to int) []inbox.Item {
	var all []inbox.Item
	for i := from; i < to; i++ {
		all = append(all, r.said(who, fmt.Sprint(i)))
	}
	return all
}

func (r *room) take(items ...inbox.Item) {
	r.T.Helper()
	bottest.Must(r.T, r.box.Take(r.T.Context(), items))
}

// kept lists what the store keeps.
func (r *room) kept() (ids []string) {
	r.View(func(tx store.Reader) error {
		all, err := tx.Arrivals()
		for _, a := range all {
			ids = append(ids, a.Event)
		}
		return err
	})
	return ids
}

// mostTurns are those that are taken of a flood of 10,000 within the test.
const mostTurns = 1000

// TestFlood has somebody send ten thousand messages at once: those who write
// meanwhile wait hardly longer than in a quiet hour, whoever it is.
func TestFlood(t *testing.T) {
	t.Parallel()
	for name, flood := range map[string]struct {
		who, text string
	}{
		"an officer":           {"ba", "xin chào"},
		"a stranger":           {"nobody", "xin chào"},
		"who guesses codes":    {"nobody", "/start 0123456789abcdef0123456789abcdef"},
		"an officer who types": {"ba", "/start 0123456789abcdef0123456789abcdef"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in(t, func(r *room) {
				for batch := range 100 {
					var items []inbox.Item
					for i := range 100 {
						items = append(items, r.said(flood.who, fmt.Sprintf("%s %d", flood.text, 100*batch+i)))
					}
					other := r.said("tu", "hello")
					came := time.Now()
					r.take(append(items, other)...)
					synctest.Wait()
					time.Sleep(2 * turnTime)
					if at := r.end(other.Event.ID); at.IsZero() || at.Sub(came) > 2*turnTime {
						t.Fatalf("batch %d: somebody else waited %v", batch, at.Sub(came))
					}
				}

				time.Sleep(time.Minute)
				n := 0
				for _, turn := range r.turns() {
					if strings.HasPrefix(turn, flood.who) {
						n++
					}
				}
				if n == 0 || n > mostTurns {
					t.Errorf("%d turns were taken, want some, and %d at most", n, mostTurns)
				}
				if kept := r.kept(); len(kept) > 0 {
					t.Errorf("%d events still wait", len(kept))
				}
			})
		})
	}
}

// TestMissed tells somebody once how much of what they sent was not taken.
func TestMissed(t *testing.T) {
	t.Parallel()
	in(t, func(r *room) {
		for i := range 4 {
			r.take(r.saidAll("ba", 100*i, 100*(i+1))...)
			r.take(r.saidAll("tu", 0, 1)...)
		}
		bottest.Must(t, r.stop())
		synctest.Wait()
		r.start() // what is still to be said is kept, too
		time.Sleep(time.Minute)
		bottest.Must(t, r.Deliver())
		if said := r.Read("ba"); strings.Count(said, "gửi lại các tin ấy") != 1 || !strings.Contains(said, "bắt đầu từ tin “2") {
			t.Errorf("told: %s", said)
		}
		if said := r.Read("tu"); said != "" {
			t.Errorf("somebody else was told: %s", said)
		}
	})
}

// TestOrder lets people write several things at once: one person's turns follow
// each other, different people's do not wait.
func TestOrder(t *testing.T) {
	t.Parallel()
	in(t, func(r *room) {
		start := time.Now()
		r.take(r.said("ba", "1"), r.said("tu", "1"), r.said("ba", "2"), r.said("tu", "2"), r.said("ba", "3"))
		if took := time.Since(start); took != 3*turnTime {
			t.Errorf("taken after %v", took)
		}
		var ba []string
		for _, turn := range r.turns() {
			if text, ok := strings.CutPrefix(turn, "ba: "); ok {
				ba = append(ba, text)
			}
		}
		if d := cmp.Diff([]string{"1", "2", "3"}, ba); d != "" {
			t.Error(d)
		}
		if kept := r.kept(); len(kept) > 0 {
			t.Errorf("kept: %v", kept)
		}
	})
}

// TestDeath ends a process that has confirmed what it had not begun: the next
// one takes the turns, each once and in order.
func TestDeath(t *testing.T) {
	t.Parallel()
	in(t, func(r *room) {
		ctx, kill := context.WithCancel(r.T.Context())
		r.fail = func(ev bot.Event) error {
			if ev.Input.Text == "7" {
				<-ctx.Done()
			}
			return context.Cause(ctx)
		}
		items := r.saidAll("ba", 0, 50)
		over := make(chan bot.Ack, 1)
		items[7].Over = over
		start := time.Now()
		r.take(items...)
		if took := time.Since(start); took > 200*time.Millisecond {
			t.Errorf("it waited %v for the slowest", took)
		}
		time.Sleep(time.Second)
		go func() { time.Sleep(time.Millisecond); kill() }()
		bottest.Must(t, r.stop())
		if got := len(r.turns()); got != 7 {
			t.Errorf("%d turns before it died", got)
		}

		r.start()
		r.take(items[40:]...) // what was not confirmed in time comes again
		time.Sleep(time.Minute)
		var want []string
		for i := 7; i < 50; i++ {
			want = append(want, fmt.Sprintf("ba: %d", i))
		}
		if d := cmp.Diff(want, r.turns()); d != "" {
			t.Error(d)
		}
		if kept := r.kept(); len(kept) > 0 {
			t.Errorf("kept: %v", kept)
		}
	})
}

// TestStoppedEarly stops an inbox before it has begun, which is no failure.
func TestStoppedEarly(t *testing.T) {
	t.Parallel()
	in(t, func(r *room) {
		ctx, cancel := context.WithCancel(r.T.Context())
		cancel()
		bottest.Must(t, inbox.New(inbox.Config{Bot: r.Bot, Handler: r.desk, Known: enrol.Expected}).Run(ctx))
	})
}

// TestInvited lets somebody in who comes in the middle of two thousand guesses.
func TestInvited(t *testing.T) {
	t.Parallel()
	in(t, func(r *room) {
		code := r.Invite("30316", store.Officer, time.Hour)
		for batch := range 20 {
			var items []inbox.Item
			for i := range 100 {
				items = append(items, r.said(fmt.Sprintf("guest%d", 100*batch+i), "/start 0123456789abcdef0123456789abcdef"))
			}
			if batch == 10 {
				items = append(items, r.said("new", "/start "+code), r.said("new", "xin chào"))
			}
			r.take(items...)
		}
		time.Sleep(time.Minute)
		var all []string
		for _, turn := range r.turns() {
			if text, ok := strings.CutPrefix(turn, "new: "); ok {
				all = append(all, text)
			}
		}
		if d := cmp.Diff([]string{"/start " + code, "xin chào"}, all); d != "" {
			t.Error(d)
		}
		if n := len(r.turns()); n > 400 {
			t.Errorf("%d turns of strangers", n)
		}
	})
}

// TestFailedTurns has turns go wrong: they are logged, take nothing with them,
// and are not tried again.
func TestFailedTurns(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func() error{
		"an error": func() error { return errors.New("turn 4f2a went wrong") },
		"a panic":  func() error { panic("bí mật") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in(t, func(r *room) {
				fails := 0
				r.fail = func(ev bot.Event) error {
					if ev.Input.Text == "bad" {
						fails++
						return fail()
					}
					return nil
				}
				bad := r.said("ba", "bad")
				r.take(bad, r.said("ba", "good"))
				bottest.Must(t, r.stop())
				r.start()
				r.take(bad)
				if d := cmp.Diff([]string(nil), r.turns()); d != "" || fails != 1 {
					t.Errorf("failed %d times: %s", fails, d)
				}
				if log := r.log.String(); !strings.Contains(log, "test/1") || strings.Contains(log, "bí mật") {
					t.Errorf("log: %s", log)
				}
			})
		})
	}
}

// TestNoRoom has nothing written for a minute: nothing is confirmed, and all is
// done when there is room.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	in(t, func(r *room) {
		room := time.Now().Add(time.Minute)
		r.fail = func(bot.Event) error {
			if time.Now().Before(room) {
				return fmt.Errorf("turn: %w", store.ErrFull)
			}
			return nil
		}
		r.take(r.said("ba", "1"), r.said("tu", "2"), r.said("ba", "3"))
		time.Sleep(59 * time.Second)
		if got := r.turns(); len(got) > 0 {
			t.Errorf("taken: %v", got)
		}
		if kept := r.kept(); len(kept) != 3 {
			t.Errorf("kept: %v", kept)
		}
		time.Sleep(4 * time.Second)
		if got := r.turns(); len(got) != 3 {
			t.Errorf("taken: %v", got)
		}
		if log := r.log.String(); strings.Count(log, "there is no room to write") != 1 || strings.Count(log, "there is room to write again") != 1 {
			t.Errorf("log: %s", log)
		}
	})
}

// TestBrokenStore ends the inbox, and whoever brings something hears why.
func TestBrokenStore(t *testing.T) {
	t.Parallel()
	in(t, func(r *room) {
		r.fail = func(bot.Event) error { return fmt.Errorf("turn: %w", store.ErrUnknownOutcome) }
		if err := r.box.Take(r.T.Context(), []inbox.Item{r.said("ba", "1")}); !errors.Is(err, store.ErrUnknownOutcome) {
			t.Errorf("take returned %v", err)
		}
		if err := r.stop(); !errors.Is(err, store.ErrUnknownOutcome) {
			t.Errorf("run returned %v", err)
		}
		r.stop = func() error { return nil }
	})
}
