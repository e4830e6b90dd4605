package outbox_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"danvan/bot/outbox"
	"danvan/store"
	"danvan/store/bolt"
)

func openBolt(tb testing.TB) store.Store {
	tb.Helper()
	s, err := bolt.Open(filepath.Join(tb.TempDir(), "outbox.db"), bolt.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// instant takes every message at once and notes the order in each chat.
type instant struct {
	sent  atomic.Int64
	order chan string
}

func (c *instant) Limits() store.Limits { return everything() }

func (c *instant) Deliver(_ context.Context, d outbox.Delivery) (string, error) {
	n := c.sent.Add(1)
	if c.order != nil {
		c.order <- d.To.Chat + " " + d.Text + " on=" + d.On
	}
	return fmt.Sprint("r", n), nil
}

func boxOn(s store.Store, c outbox.Channel) *outbox.Outbox {
	return outbox.New(outbox.Config{
		Store: s, Channels: map[string]outbox.Channel{"test": c}, Now: time.Now, Log: slog.New(slog.DiscardHandler), Bulk: 1e6,
	})
}

// The story of the memory tests once more on the real file: order in a chat,
// targets found by row, a person marked, nothing left.
func TestOnBolt(t *testing.T) {
	t.Parallel()
	s := openBolt(t)
	c := &instant{order: make(chan string, 10)}
	card := store.Message{To: at("a"), Kind: store.Send, Text: "card", At: time.Now(), Track: &store.Track{Field: "x"}}
	err := s.Update(t.Context(), func(tx store.Tx) error {
		id, err := tx.Enqueue(card)
		if err != nil {
			return err
		}
		edit := store.Message{To: at("a"), Kind: store.Edit, Text: "edit", At: time.Now(), Target: store.Target{Message: id}}
		late := store.Message{To: at("a"), Kind: store.Send, Text: "digest", At: time.Now(), Lane: store.DigestLane}
		for _, m := range []store.Message{late, edit} {
			if _, err := tx.Enqueue(m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	box := boxOn(s, c)
	done := make(chan error, 1)
	go func() { done <- box.Run(t.Context()) }()
	for _, want := range []string{"a card on=", "a edit on=r1", "a digest on="} {
		if got := <-c.order; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if err := box.Drain(t.Context()); err != nil {
		t.Error(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	_ = s.View(t.Context(), func(r store.Reader) error {
		if n, err := r.Pending(); n != 0 || err != nil {
			t.Errorf("%d rows left, %v", n, err)
		}
		return nil
	})
}

// BenchmarkBolt is what a delivery costs beside the network: claimed, looked
// up and finished durably, 500 people with a message each time.
func BenchmarkBolt(b *testing.B) {
	s := openBolt(b)
	for from := 0; from < b.N; from += 500 {
		err := s.Update(b.Context(), func(tx store.Tx) error {
			for i := from; i < min(from+500, b.N); i++ {
				m := store.Message{To: at(fmt.Sprint(i % 500)), Kind: store.Send, Text: "Đã lưu", At: time.Now()}
				if _, err := tx.Enqueue(m); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	c := &instant{}
	box := boxOn(s, c)
	b.ReportAllocs()
	b.ResetTimer()
	done := make(chan error, 1)
	go func() { done <- box.Run(b.Context()) }()
	if err := box.Drain(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.StopTimer()
	if err := <-done; err != nil || c.sent.Load() != int64(b.N) {
		b.Fatalf("%v, %d sent of %d", err, c.sent.Load(), b.N)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}
