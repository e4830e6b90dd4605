package telegram_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/outbox"
	"danvan/bot/telegram"
	"danvan/store"
)

const sample = "Xã đã làm được 1.850 m² đường bê tông"

// tape is a server that hands out a given number of updates of 500 people, a
// hundred at a time, and takes messages. It does as little as it can.
type tape struct {
	*httptest.Server
	left, sent, opened atomic.Int64
	over               chan struct{} // closed when all messages came
	all                int64
}

func newTape(all int) *tape {
	s := &tape{over: make(chan struct{}), all: int64(all)}
	s.left.Store(s.all)
	s.Server = httptest.NewUnstartedServer(s)
	s.Config.ConnState = func(_ net.Conn, c http.ConnState) {
		if c == http.StateNew {
			s.opened.Add(1)
		}
	}
	s.Start()
	return s
}

func (s *tape) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	w.Header().Set("Content-Type", "application/json")
	if !strings.HasSuffix(r.URL.Path, "/getUpdates") {
		_, _ = io.WriteString(w, `{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"text":"x"}}`)
		if s.sent.Add(1) == s.all {
			close(s.over)
		}
		return
	}
	first := s.all - s.left.Load() + 1
	n := min(100, s.left.Load())
	s.left.Add(-n)
	if n == 0 {
		<-s.over
	}
	var b strings.Builder
	b.WriteString(`{"ok":true,"result":[`)
	for i := first; i < first+n; i++ {
		if i > first {
			b.WriteByte(',')
		}
		b.WriteString(text(int(i), i%500+1, sample))
	}
	b.WriteString(`]}`)
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	_, _ = io.WriteString(w, b.String())
}

// chats is how many the outbox serves at once.
const chats = 48

// echo queues what it hears, as a turn does.
type echo chan outbox.Delivery

func (e echo) Handle(_ context.Context, ev bot.Event) (bot.Ack, error) {
	e <- outbox.Delivery{Message: store.Message{To: ev.From, Kind: store.Send, Text: ev.Input.Text}}
	return bot.Ack{}, nil
}

// senders runs as many senders as the outbox has until the queue is closed.
func senders[T any](b *testing.B, queue chan T, send func(T) error) *sync.WaitGroup {
	var wg sync.WaitGroup
	for range chats {
		wg.Go(func() {
			for m := range queue {
				if err := send(m); err != nil {
					b.Error(err)
				}
			}
		})
	}
	return &wg
}

// processor returns the time that this process has used on all processors. On
// a machine with other work it tells more than the clock.
func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// report adds what a benchmark's messages cost.
func report(b *testing.B, s *tape, since time.Duration) {
	b.Helper()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
	b.ReportMetric(float64(processor()-since)/float64(b.N)/1000, "cpu-µs/op")
	b.ReportMetric(float64(s.opened.Load()), "connections")
}

// BenchmarkEcho is the way in and out over HTTP: one poll for a hundred
// updates, a turn and a message for each.
func BenchmarkEcho(b *testing.B) {
	s := newTape(b.N)
	defer s.Close()
	client, err := telegram.NewClient(token, s.URL)
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	log := slog.New(slog.DiscardHandler)
	channel := telegram.NewChannel(client, log)
	queue := make(echo, 1000)
	poller := telegram.NewPoller(client, straight{queue}, time.Now, log)
	ctx, cancel := context.WithCancel(b.Context())
	b.ReportAllocs()
	since := processor()
	b.ResetTimer()
	wg := senders(b, queue, func(d outbox.Delivery) error {
		_, err := channel.Deliver(ctx, d)
		return err
	})
	done := make(chan error, 1)
	go func() { done <- poller.Run(ctx) }()
	<-s.over
	b.StopTimer()
	report(b, s, since)
	close(queue)
	wg.Wait()
	cancel()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
}

// BenchmarkRawEcho is the yardstick: the same requests with nothing but
// net/http, neither reading an update nor writing a parameter.
func BenchmarkRawEcho(b *testing.B) {
	s := newTape(b.N)
	defer s.Close()
	transport := &http.Transport{MaxIdleConnsPerHost: 64, MaxConnsPerHost: 64}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	call := func(method, body string) error {
		resp, err := client.Post(s.URL+"/bot"+token+"/"+method, "application/x-www-form-urlencoded", strings.NewReader(body))
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		_, err = io.Copy(io.Discard, resp.Body)
		return err
	}
	queue := make(chan string, 1000)
	message := url.Values{
		"chat_id": {"123"}, "text": {sample}, "parse_mode": {"HTML"}, "link_preview_options": {`{"is_disabled":true}`},
	}.Encode()
	b.ReportAllocs()
	since := processor()
	b.ResetTimer()
	wg := senders(b, queue, func(body string) error { return call("sendMessage", body) })
	for left := b.N; left > 0; left -= 100 {
		if err := call("getUpdates", "limit=100"); err != nil {
			b.Fatal(err)
		}
		for range min(100, left) {
			queue <- message
		}
	}
	close(queue)
	wg.Wait()
	b.StopTimer()
	report(b, s, since)
}
