package trial_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// catcher is a bot that listens for posts and answers with the next status.
type catcher struct {
	*httptest.Server
	mu     sync.Mutex
	got    []received
	status []int
	came   chan bool
}

func newCatcher(t *testing.T, status ...int) *catcher {
	c := &catcher{status: status, came: make(chan bool, 100)}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var u received
		body, _ := io.ReadAll(r.Body)
		c.mu.Lock()
		defer c.mu.Unlock()
		defer func() { c.came <- true }()
		if json.Unmarshal(body, &u) != nil || r.Header.Get("X-Telegram-Bot-Api-Secret-Token") != "secret" {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		c.got = append(c.got, u)
		if len(c.status) > 0 {
			w.WriteHeader(c.status[0])
			c.status = c.status[1:]
		}
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *catcher) wait(t *testing.T, n int) []received {
	t.Helper()
	for range n {
		select {
		case <-c.came:
		case <-time.After(patience):
			t.Fatal("no post came")
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]received{}, c.got...)
}

func TestWebhook(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := newCatcher(t, 500, 200)
	w.must("setWebhook", params{"url": c.URL, "secret_token": "secret"}, nil)
	say(t, w, an, "một", "hai")
	if got := texts(c.wait(t, 3)); got != "một một hai" {
		t.Errorf("a refused post is not repeated before the next of the same chat: %q", got)
	}
	for ctx := soon(t); w.Pending() > 0; {
		if ctx.Err() != nil {
			t.Fatal("a post that was taken stays in the queue")
		}
		time.Sleep(time.Millisecond)
	}
	var status struct {
		URL     string
		Pending int    `json:"pending_update_count"`
		Error   string `json:"last_error_message"`
	}
	w.must("getWebhookInfo", nil, &status)
	if status.URL != c.URL || !strings.Contains(status.Error, "500") {
		t.Errorf("webhook info: %+v", status)
	}
	w.must("deleteWebhook", nil, nil)
	say(t, w, an, "bốn")
	if got := texts(w.updates(0)); !strings.HasSuffix(got, "bốn") {
		t.Errorf("after the webhook: %q", got)
	}
}
