package telegram_test

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot"
	"danvan/bot/outbox"
	"danvan/bot/telegram"
	"danvan/bot/trial"
	"danvan/store"
)

// hook is a webhook at work; posts of the test's own go to its address.
type hook struct {
	t       *testing.T
	address string
	stop    func() error
}

func startHook(t *testing.T, client *telegram.Client, to telegram.Intake) *hook {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &hook{t: t, address: "http://" + l.Addr().String() + "/danvan"}
	w, err := telegram.NewWebhook(client, to, time.Now, quiet(t), h.address, l)
	if err != nil {
		t.Fatal(err)
	}
	h.stop = running(t, w.Run)
	return h
}

// post posts something with headers, "Name: value", and returns the status.
func (h *hook) post(method, path, body string, headers ...string) int {
	h.t.Helper()
	r, err := http.NewRequest(method, strings.TrimSuffix(h.address, "/danvan")+path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// confirmed waits until no update waits at the server.
func confirmed(t *testing.T, s *trial.Server) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); s.Pending() > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d updates are never confirmed", s.Pending())
		}
	}
}

// TestWebhook has the strict server post what people do, refuses what anybody else
// posts, and answers a tap in the answer to its post.
func TestWebhook(t *testing.T) {
	t.Parallel()
	server, client := strict(t)
	d := &desk{handle: func(bot.Event) (bot.Ack, error) { return bot.Ack{Toast: "Đã nhận"}, nil }}
	h := startHook(t, client, straight{d})
	if _, err := server.Say(42, "xin chào"); err != nil {
		t.Fatal(err)
	}
	confirmed(t, server)
	if n := len(d.ids()); n != 1 {
		t.Fatalf("%d events came", n)
	}

	const update = `{"update_id":1,"message":{"message_id":1,"date":1,"text":"x","chat":{"id":42,"type":"private"},"from":{"id":42,"first_name":"A"}}}`
	const json, guess = "Content-Type: application/json", "X-Telegram-Bot-Api-Secret-Token: guess"
	for name, got := range map[string]struct{ status, want int }{
		"without the secret": {h.post("POST", "/danvan", update, json), http.StatusUnauthorized},
		"with another one":   {h.post("POST", "/danvan", update, json, guess), http.StatusUnauthorized},
		"no post":            {h.post("GET", "/danvan", "", guess), http.StatusMethodNotAllowed},
		"elsewhere":          {h.post("POST", "/", update, json, guess), http.StatusNotFound},
	} {
		if got.status != got.want {
			t.Errorf("%s: status %d, want %d", name, got.status, got.want)
		}
	}
	if n := len(d.ids()); n != 1 {
		t.Errorf("%d events came, of which one is Telegram's", n)
	}

	channel := telegram.NewChannel(client, quiet(t))
	to := store.Address{Channel: telegram.Name, Chat: "42"}
	remote, err := channel.Deliver(t.Context(), outbox.Delivery{Message: store.Message{
		To: to, Kind: store.Send, Text: "Gửi?", Buttons: [][]store.Button{{{Text: "Gửi", Data: "d.1.ok"}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var message int
	if _, err := fmt.Sscan(remote, &message); err != nil {
		t.Fatal(err)
	}
	query, err := server.Press(42, message, "Gửi")
	if err != nil {
		t.Fatal(err)
	}
	answer, err := server.WaitAnswer(t.Context(), query)
	if err != nil || answer.Text != "Đã nhận" {
		t.Errorf("the tap was answered with %+v, %v", answer, err)
	}
}

// TestWebhookRefuses wants what is no update of Telegram's to do no harm.
func TestWebhookRefuses(t *testing.T) {
	t.Parallel()
	s := newStub(t)
	d := &desk{}
	h := startHook(t, s.client, straight{d})
	var secret string
	for end := time.Now().Add(20 * time.Second); secret == "" && time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		for _, c := range s.sent("setWebhook") {
			secret = "X-Telegram-Bot-Api-Secret-Token: " + c.params.Get("secret_token")
			if c.params.Has("drop_pending_updates") {
				t.Error("updates are dropped with the webhook")
			}
		}
	}
	const json = "Content-Type: application/json; charset=utf-8"
	for name, got := range map[string]struct{ status, want int }{
		"no JSON":      {h.post("POST", "/danvan", "a=b", secret, "Content-Type: application/x-www-form-urlencoded"), http.StatusUnsupportedMediaType},
		"too large":    {h.post("POST", "/danvan", `"`+strings.Repeat("x", 2<<20)+`"`, secret, json), http.StatusRequestEntityTooLarge},
		"unreadable":   {h.post("POST", "/danvan", `{"update_id":4,"message":7}`, secret, json), http.StatusOK},
		"an update":    {h.post("POST", "/danvan", text(5, 1, "a"), secret, json), http.StatusOK},
		"it once more": {h.post("POST", "/danvan", text(5, 1, "a"), secret, json), http.StatusOK},
	} {
		if got.status != got.want {
			t.Errorf("%s: status %d, want %d", name, got.status, got.want)
		}
	}
	if diff := cmp.Diff([]string{"5", "5"}, d.ids()); diff != "" {
		t.Error(diff)
	}

	d.mu.Lock()
	d.handle = func(bot.Event) (bot.Ack, error) { return bot.Ack{}, fmt.Errorf("turn: %w", store.ErrFull) }
	d.mu.Unlock()
	if got := h.post("POST", "/danvan", text(6, 1, "a"), secret, json); got != http.StatusServiceUnavailable {
		t.Errorf("without room: status %d", got)
	}
	d.mu.Lock()
	d.handle = func(bot.Event) (bot.Ack, error) { return bot.Ack{}, fmt.Errorf("turn: %w", store.ErrUnknownOutcome) }
	d.mu.Unlock()
	if got := h.post("POST", "/danvan", text(7, 1, "a"), secret, json); got != http.StatusServiceUnavailable {
		t.Errorf("with a broken store: status %d", got)
	}
	if err := h.stop(); !errors.Is(err, store.ErrUnknownOutcome) {
		t.Errorf("it ended with %v", err)
	}
}

// TestSwitching goes over from polling to a webhook and back while somebody
// writes: each message comes, and in order.
func TestSwitching(t *testing.T) {
	t.Parallel()
	server, client := strict(t)
	var mu sync.Mutex
	var heard []string
	d := &desk{handle: func(ev bot.Event) (bot.Ack, error) {
		mu.Lock()
		defer mu.Unlock()
		if !slices.Contains(heard, ev.Input.Text) { // what was not confirmed in time comes again
			heard = append(heard, ev.Input.Text)
		}
		return bot.Ack{}, nil
	}}
	var want []string
	say := func() {
		t.Helper()
		for range 5 {
			want = append(want, fmt.Sprint(len(want)))
			if _, err := server.Say(42, want[len(want)-1]); err != nil {
				t.Fatal(err)
			}
		}
	}

	say()
	for range 2 {
		stop := running(t, telegram.NewPoller(client, straight{d}, time.Now, quiet(t)).Run)
		confirmed(t, server)
		say()
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		say()
		h := startHook(t, client, straight{d})
		say()
		confirmed(t, server)
		if err := h.stop(); err != nil {
			t.Fatal(err)
		}
		say()
	}
	stop := running(t, telegram.NewPoller(client, straight{d}, time.Now, quiet(t)).Run)
	confirmed(t, server)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	if diff := cmp.Diff(want, heard); diff != "" {
		t.Error(diff)
	}
}

func TestWebhookAddress(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{
		"https://danvan.example.vn/hook": true, "https://danvan.example.vn:8443/": true, "http://127.0.0.1:8080/hook": true,
		"http://localhost/": true, "http://danvan.example.vn/": false, "https://danvan.example.vn:8080/": false, "danvan.example.vn": false,
		"ftp://localhost/": false, "https://": false, "": false,
	} {
		if _, err := telegram.NewWebhook(nil, nil, nil, nil, address, nil); (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}
