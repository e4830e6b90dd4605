package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot"
	"danvan/bot/outbox"
	"danvan/bot/telegram"
	"danvan/store"
	"danvan/store/bolt"
)

// clerk answers every event with one message, in one transaction, as a turn
// does.
type clerk struct {
	store store.Store
	wake  func()
}

func (c *clerk) Handle(ctx context.Context, ev bot.Event) (bot.Ack, error) {
	err := c.store.Update(ctx, func(tx store.Tx) error {
		if err := tx.Accept(ev.ID, ev.At); err != nil {
			return err
		}
		_, err := tx.Enqueue(store.Message{
			To: ev.From, Kind: store.Send, Text: "re: " + ev.Input.Text + ev.Input.Press, At: ev.At,
		})
		return err
	})
	if err == nil {
		c.wake()
	}
	if errors.Is(err, store.ErrSeen) {
		err = nil
	}
	return bot.Ack{}, err
}

// office is the whole way: poller, turn, outbox and channel on a bbolt file.
type office struct {
	store store.Store
	box   *outbox.Outbox
	stop  func()
}

func newOffice(tb testing.TB, client *telegram.Client, log *slog.Logger) *office {
	tb.Helper()
	s, err := bolt.Open(filepath.Join(tb.TempDir(), "a.db"), bolt.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	o := &office{store: s}
	o.box = outbox.New(outbox.Config{Store: s, Channels: map[string]outbox.Channel{telegram.Name: telegram.NewChannel(client, log)}, Now: time.Now, Log: log})
	poller := telegram.NewPoller(client, straight{&clerk{s, o.box.Wake}}, time.Now, log)
	ctx, cancel := context.WithCancel(tb.Context())
	polled, sent := make(chan error, 1), make(chan error, 1)
	go func() { polled <- poller.Run(ctx) }()
	go func() { sent <- o.box.Run(context.WithoutCancel(ctx)) }()
	o.stop = func() {
		cancel()
		if err := errors.Join(<-polled, o.box.Drain(context.WithoutCancel(ctx)), <-sent, s.Close()); err != nil {
			tb.Error(err)
		}
	}
	return o
}

func replies(s *stub) map[string][]string {
	got := map[string][]string{}
	for _, c := range s.sent("sendMessage") {
		chat := c.params.Get("chat_id")
		got[chat] = append(got[chat], c.params.Get("text"))
	}
	return got
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	t.Run("an update that comes again has no second effect", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			o := newOffice(t, s.client, quiet(t))
			s.push(text(1, 1, "a"), text(2, 2, "b"))
			time.Sleep(time.Second)
			s.failWith(func(c call) *reply { // the batch once more, in another order
				if c.method == "getUpdates" && c.n == 3 {
					return &reply{status: 200, body: `{"ok":true,"result":[` + text(2, 2, "b") + `,` + text(1, 1, "a") + `]}`}
				}
				return nil
			})
			s.push(text(3, 1, "c"))
			time.Sleep(time.Minute)
			o.stop()
			want := map[string][]string{"1": {"re: a", "re: c"}, "2": {"re: b"}}
			if diff := cmp.Diff(want, replies(s)); diff != "" {
				t.Error(diff)
			}
		})
	})
	t.Run("what the network swallows comes in the end, in order", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			faults := []*reply{
				{}, {status: 502, kind: "text/html", body: "<html>"}, {status: 200, body: `{"ok":`},
				{status: 429, body: `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5","parameters":{"retry_after":5}}`},
			}
			s.failWith(func(c call) *reply {
				if c.method == "sendMessage" && c.n <= 20 {
					return faults[c.n%len(faults)]
				}
				return nil
			})
			o := newOffice(t, s.client, quiet(t))
			for i := range 30 {
				s.push(text(i+1, int64(i%3+1), fmt.Sprint(i)))
			}
			time.Sleep(time.Hour)
			o.stop()
			for chat, texts := range replies(s) {
				last := ""
				var order []string
				for _, one := range texts {
					if one != last {
						order = append(order, one)
					}
					last = one
				}
				if len(order) != 10 {
					t.Errorf("chat %s got %v", chat, order)
				}
			}
		})
	})
	t.Run("somebody who blocked the bot is marked", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			s.failWith(once("sendMessage", refuse(403, "Forbidden: bot was blocked by the user")))
			o := newOffice(t, s.client, quiet(t))
			at := store.Address{Channel: telegram.Name, Chat: "1"}
			err := o.store.Update(t.Context(), func(tx store.Tx) error {
				return tx.PutPerson(store.Person{ID: 9, Address: at})
			})
			if err != nil {
				t.Fatal(err)
			}
			s.push(text(1, 1, "a"))
			time.Sleep(time.Second)
			err = o.store.View(t.Context(), func(r store.Reader) error {
				p, err := r.PersonAt(at)
				if p.Unreachable.IsZero() {
					t.Error("not marked")
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
			o.stop()
			if n := len(s.sent("sendMessage")); n != 1 {
				t.Errorf("%d tries", n)
			}
		})
	})
	t.Run("refused formatting still brings the answer", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			s.failWith(func(c call) *reply {
				if c.params.Get("parse_mode") == "HTML" {
					return refuse(400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 4")
				}
				return nil
			})
			o := newOffice(t, s.client, quiet(t))
			s.push(text(1, 1, "<b>đậm"))
			time.Sleep(time.Second)
			o.stop()
			if got := replies(s)["1"]; len(got) != 2 || got[1] != "re: đậm" || strings.Contains(got[1], "<") {
				t.Errorf("got %q", got)
			}
		})
	})
}

// BenchmarkRoundTrip is everything together: polled, accepted, queued, claimed,
// sent and finished, durable at each step.
func BenchmarkRoundTrip(b *testing.B) {
	s := newTape(b.N)
	defer s.Close()
	client, err := telegram.NewClient(token, s.URL)
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	b.ReportAllocs()
	since := processor()
	b.ResetTimer()
	o := newOffice(b, client, slog.New(slog.DiscardHandler))
	<-s.over
	b.StopTimer()
	report(b, s, since)
	o.stop()
}
