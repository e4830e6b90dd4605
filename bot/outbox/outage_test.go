package outbox_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"danvan/bot/outbox"
	"danvan/store"
)

// mostAfter is how long anybody may wait for a reply after the first call that
// succeeds.
const mostAfter = 3 * time.Second

// outage is a channel that takes nothing for a minute, and then everything.
type outage struct {
	during func(context.Context) error
	ends   time.Time

	mu   sync.Mutex
	came map[string]time.Time // when each text stood in its chat
}

func (o *outage) Limits() store.Limits { return everything() }

func (o *outage) Deliver(ctx context.Context, d outbox.Delivery) (string, error) {
	if time.Now().Before(o.ends) {
		if err := o.during(ctx); err != nil {
			return "", err
		}
	}
	time.Sleep(50 * time.Millisecond)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.came[d.Text] = time.Now()
	return "r", nil
}

// Nobody waits for a fault that is over: whatever it was, and whether they wrote
// before it, during it or twice.
func TestOutage(t *testing.T) {
	t.Parallel()
	for name, during := range map[string]func(context.Context) error{
		"connections are refused": func(context.Context) error {
			return &outbox.Failure{Retry: true, Whole: true, Err: errTrouble}
		},
		"connections are closed": func(context.Context) error {
			time.Sleep(20 * time.Millisecond)
			return &outbox.Failure{Retry: true, Err: errTrouble}
		},
		"silence": func(ctx context.Context) error {
			select {
			case <-ctx.Done():
			case <-time.After(10 * time.Second):
			}
			return &outbox.Failure{Retry: true, Err: errTrouble}
		},
	} {
		for _, people := range []int{2, 40, 300} {
			t.Run(fmt.Sprint(name, ", people ", people), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					o := &outage{during: during, ends: time.Now().Add(time.Minute), came: map[string]time.Time{}}
					p := newPlay()
					p.more = map[string]outbox.Channel{"flaky": o}
					done := p.start(t.Context())

					for i := range people {
						p.rows.queue(t, elsewhere("flaky", say(fmt.Sprint(i), fmt.Sprint("first ", i))))
						p.box.Wake()
						time.Sleep(58 * time.Second / time.Duration(people))
					}
					time.Sleep(time.Minute)
					_ = p.box.Drain(t.Context())
					if err := <-done; err != nil {
						t.Error(err)
					}

					var at []time.Time
					for _, came := range o.came {
						at = append(at, came)
					}
					slices.SortFunc(at, time.Time.Compare)
					if len(at) != people {
						t.Fatalf("%d replies of %d came", len(at), people)
					}
					if first := at[0].Sub(o.ends); first > 10*time.Second {
						t.Errorf("the first reply came %v after the outage", first)
					}
					if last := at[len(at)-1].Sub(at[0]); last > mostAfter {
						t.Errorf("the last reply came %v after the first", last)
					}
				})
			})
		}
	}
}

// A reply that hangs on a dead connection, with nobody else writing, goes out soon after
// the channel answered any other call.
func TestReached(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		silence := func(ctx context.Context) error {
			select {
			case <-ctx.Done():
			case <-time.After(35 * time.Second):
			}
			return &outbox.Failure{Retry: true, Err: errTrouble}
		}
		o := &outage{during: silence, ends: time.Now().Add(10 * time.Second), came: map[string]time.Time{}}
		p := newPlay()
		p.more = map[string]outbox.Channel{"flaky": o}
		p.rows.queue(t, elsewhere("flaky", say("1", "hangs")))
		ctx, stop := context.WithCancel(t.Context())
		done := p.start(ctx)

		time.Sleep(15 * time.Second)
		p.box.Reached("test") // another one
		time.Sleep(5 * time.Second)
		back := time.Now()
		p.box.Reached("flaky")
		time.Sleep(time.Minute)
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		if after := o.came["hangs"].Sub(back); after < 0 || after > mostAfter {
			t.Errorf("the reply came %v after the first call that was answered", after)
		}
	})
}
