package outbox_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"danvan/bot/outbox"
	"danvan/store"
	"danvan/store/bolt"
)

// strict takes what Telegram allows, 30 messages a second and one a second in
// a chat, answers 429 to what is more, and now and then for reasons of its own.
type strict struct {
	mu      sync.Mutex
	tries   int
	refused int
	over    int         // of them, because there were too many
	times   []time.Time // when something arrived
	last    map[string]time.Time
	arrived map[string]int // by chat
}

func (c *strict) Limits() store.Limits { return everything() }

func (c *strict) Deliver(_ context.Context, d outbox.Delivery) (string, error) {
	time.Sleep(40 * time.Millisecond)
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	c.tries++
	late := len(c.times) - 30
	over := late >= 0 && now.Sub(c.times[late]) < time.Second || now.Sub(c.last[d.To.Chat]) < 990*time.Millisecond
	if over || c.tries%97 == 0 {
		c.refused++
		if over {
			c.over++
		}
		return "", &outbox.Failure{Retry: true, After: time.Duration(1+c.tries%9) * time.Second, Whole: c.tries%5 == 0, Err: errTrouble}
	}
	c.times, c.last[d.To.Chat] = append(c.times, now), now
	c.arrived[d.To.Chat]++
	return fmt.Sprint(len(c.times)), nil
}

// communes get a digest each, and each tenth of them, tenth in all, a second
// message.
const communes, tenth = 3321, 333

// TestBroadcast sends a digest to every commune of the country, and a second
// message to each tenth, over the real store: at the pace that Telegram allows,
// whatever it refuses, and nothing is lost or comes twice.
func TestBroadcast(t *testing.T) {
	dir := t.TempDir()
	if shm, err := os.MkdirTemp("/dev/shm", "broadcast-"); err == nil { // the pace is measured, not the disk
		dir = shm
		defer func() { _ = os.RemoveAll(shm) }() // it is memory
	}
	synctest.Test(t, func(t *testing.T) {
		s, err := bolt.Open(filepath.Join(dir, "outbox.db"), bolt.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer mustClose(t, s)
		queueBroadcast(t, s)
		c := &strict{last: map[string]time.Time{}, arrived: map[string]int{}}
		box := outbox.New(outbox.Config{Store: s, Channels: map[string]outbox.Channel{"test": c}, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
		begin, done := time.Now(), make(chan error, 1)
		go func() { done <- box.Run(t.Context()) }()
		for pending(t, s) > 0 && time.Since(begin) < time.Hour {
			time.Sleep(time.Second)
		}
		took := time.Since(begin)
		if err := box.Drain(t.Context()); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil {
			t.Error(err)
		}
		c.check(t)
		if took > 10*time.Minute {
			t.Errorf("it took %v", took)
		}
		t.Logf("%d messages in %v, %d refused by the channel, %d because there were too many", len(c.times), took.Round(time.Second), c.refused, c.over)
	})
}

func queueBroadcast(t *testing.T, s store.Store) {
	t.Helper()
	if err := s.Update(t.Context(), func(tx store.Tx) error {
		for i := range communes + tenth {
			chat := i
			if i >= communes {
				chat = (i - communes) * 10
			}
			m := digest(fmt.Sprint(chat), "Tổng hợp tuần")
			m.Kind, m.At, m.Key = store.Send, time.Now(), fmt.Sprint("digest|", i)
			if _, err := tx.Enqueue(m); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// check wants everybody to have got what was meant for them, once.
func (c *strict) check(t *testing.T) {
	t.Helper()
	for chat := range communes {
		want := 1
		if chat%10 == 0 && chat/10 < tenth {
			want++
		}
		if n := c.arrived[fmt.Sprint(chat)]; n != want {
			t.Errorf("chat %d got %d messages, want %d", chat, n, want)
		}
	}
	if len(c.times) != communes+tenth || c.over > 5 {
		t.Errorf("%d arrived of %d, %d of %d were refused, %d because there were too many", len(c.times), communes+tenth, c.refused, c.tries, c.over)
	}
}

func pending(t *testing.T, s store.Store) (n int) {
	t.Helper()
	if err := s.View(t.Context(), func(r store.Reader) (err error) {
		n, err = r.Pending()
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return n
}
