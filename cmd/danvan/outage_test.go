package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"danvan/bot/trial/faults"
)

var outage = flag.Duration("outage", 2*time.Second, "how long each outage of TestOutages lasts")

// outages are how Telegram can be away.
var outages = []struct {
	name  string
	fault func(time.Duration) faults.Fault
}{
	{"dropped connections", func(time.Duration) faults.Fault { return faults.Fault{Kind: faults.DropBefore, Times: -1} }},
	{"502s", func(time.Duration) faults.Fault { return faults.Fault{Kind: faults.BadGateway, Times: -1} }},
	{"silence", func(d time.Duration) faults.Fault { return faults.Fault{Kind: faults.Slow, Delay: d, Times: -1} }},
	{"each twentieth call is refused, lost or late", func(time.Duration) faults.Fault { return faults.Fault{} }},
}

// rare are the faults of a bad day: of all calls one in twenty each.
var rare = []faults.Fault{
	{Kind: faults.TooMany, RetryAfter: 1, Times: -1, Every: 20}, {Kind: faults.ServerError, Times: -1, Every: 21},
	{Kind: faults.DropBefore, Times: -1, Every: 19}, {Kind: faults.Slow, Delay: time.Second, Times: -1, Every: 23},
}

// TestOutages lets Telegram be away in each way while people register: everybody ends what
// they began, and each registration is kept once. It prints how long people waited for a
// word after an outage was over.
func TestOutages(t *testing.T) {
	var telegram *faults.Front
	heard := &hearing{}
	k := newKilling(t, rand.New(rand.NewPCG(*killSeed, 1)), func(s http.Handler) http.Handler {
		telegram = faults.Before(s)
		heard.next = telegram
		return heard
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Duration(len(outages))*(*outage+10*time.Second)+lastWait)
	defer cancel()
	enough := make(chan struct{})
	walking := k.walk(ctx, enough)
	k.start()

	for _, o := range outages {
		time.Sleep(time.Second)
		list := rare
		if f := o.fault(*outage); f.Kind != 0 {
			list = []faults.Fault{f}
		}
		for _, f := range list {
			telegram.Inject(f)
		}
		time.Sleep(*outage)
		telegram.ClearFaults()
		heard.from(time.Now())
		for until := time.Now().Add(*outage + 30*time.Second); heard.people() < len(k.people) && time.Now().Before(until); {
			time.Sleep(100 * time.Millisecond)
		}
		t.Logf("%s for %v: %s", o.name, *outage, heard)
	}
	close(enough)
	walking.Wait()
	k.terminate()
	k.compareKept()
}

// hearing notes when a call succeeds for the first time after an instant, and when each
// person is told something then.
type hearing struct {
	next http.Handler

	mu      sync.Mutex
	since   time.Time
	success time.Duration
	said    int // messages and edits, until everybody had one
	first   map[int64]time.Duration
}

func (h *hearing) from(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.since, h.success, h.said, h.first = at, 0, 0, map[int64]time.Duration{}
}

func (h *hearing) people() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.first)
}

// String says how long it took.
func (h *hearing) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var last time.Duration
	for _, d := range h.first {
		last = max(last, d)
	}
	return fmt.Sprintf("a call succeeded %.1f s after it was over, and %.1f s after that %d people had been told something, in %d messages",
		h.success.Seconds(), (last - h.success).Seconds(), len(h.first), h.said)
}

func (h *hearing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	asked, ok := passOn(h.next, w, r)
	if !ok {
		return
	}

	h.mu.Lock()
	defer h.mu.Unlock()
	if h.first == nil {
		return
	}
	now := time.Since(h.since)
	if h.success == 0 {
		h.success = now
	}
	id, err := strconv.ParseInt(asked.Get("chat_id"), 10, 64)
	speaks := strings.HasSuffix(r.URL.Path, "/sendMessage") || strings.HasSuffix(r.URL.Path, "/editMessageText")
	if err != nil || !speaks {
		return
	}
	h.said++
	if _, told := h.first[id]; !told {
		h.first[id] = now
	}
}
