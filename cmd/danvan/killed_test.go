package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"danvan/store"
)

// sends counts the messages that came into the chats, each by its words and
// buttons, on their way to the server.
type sends struct {
	next http.Handler
	mu   sync.Mutex
	seen map[string]int
}

func (s *sends) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.HasSuffix(r.URL.Path, "/sendMessage") {
		s.next.ServeHTTP(w, r)
		return
	}
	if p, ok := passOn(s.next, w, r); ok {
		s.mu.Lock()
		s.seen[p.Get("chat_id")+"\n"+p.Get("text")+"\n"+p.Get("reply_markup")]++
		s.mu.Unlock()
	}
}

// passOn has a server answer a call, and returns what was asked; false where the answer
// was an error, or there was none.
func passOn(server http.Handler, w http.ResponseWriter, r *http.Request) (url.Values, bool) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, false // the process was killed while it wrote
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	noted := &status{ResponseWriter: w, code: http.StatusOK}
	server.ServeHTTP(noted, r)
	asked, err := url.ParseQuery(string(body))
	return asked, err == nil && noted.code == http.StatusOK
}

// counts returns how many messages came, and how many of them again.
func (s *sends) counts() (all, again int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range s.seen {
		all += n
		again += n - 1
	}
	return all, again
}

// status remembers how a request was answered.
type status struct {
	http.ResponseWriter
	code int
}

func (s *status) WriteHeader(code int) {
	s.code = code
	s.ResponseWriter.WriteHeader(code)
}

// delivered wants nothing to wait but what is not due yet (a list of what waits is
// told of no more than every so often), and old buttons, which go when chats are quiet.
func (k *killing) delivered(h *house) {
	now := time.Now()
	if err := h.store.Update(context.Background(), func(tx store.Tx) error {
		waiting, err := tx.Claim(now.Add(24*time.Hour), time.Minute, 10**killPeople, store.DigestLane)
		for _, m := range waiting {
			if !m.Due.After(now) {
				k.t.Errorf("never delivered: %q to %s", m.Text, m.To.Chat)
			}
		}
		return err
	}); err != nil {
		k.t.Error(err)
	}
}

// compare holds what people saw against what is in the store, and what was said twice
// against what was on its way when the process was killed.
func (k *killing) compare() {
	k.compareKept()
	if _, again := k.sends.counts(); again > k.inFlight {
		k.t.Errorf("%d messages came again; only %d were in flight at the kills", again, k.inFlight)
	}
	if log := k.log.String(); strings.Contains(log, "level=ERROR") || strings.Contains(log, "DATA RACE") {
		k.t.Errorf("something went wrong:\n%s", k.log)
	}
}

// compareKept holds what people saw against what is in the store.
func (k *killing) compareKept() {
	h, err := open(k.config, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		k.t.Fatal(err)
	}
	defer func() { must(k.t, h.close()) }()
	if err := h.store.View(context.Background(), func(r store.Reader) error {
		for _, p := range k.people {
			if err := k.compareOne(r, p); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		k.t.Error(err)
	}
	k.delivered(h)
	for _, p := range k.people {
		for _, g := range p.confirmed {
			wantQuiet(k.t, k.log.String(), g.private()...)
		}
	}
}

// compareOne wants every registration that a person saw confirmed, as it was
// given and registered once, and no other.
func (k *killing) compareOne(r store.Reader, p *registrar) error {
	heads, err := r.Heads(store.ModelQuery{In: store.NewSubtree(p.unit)})
	if err != nil {
		return err
	}
	if len(heads) != p.meant || len(p.confirmed) != p.meant {
		k.t.Errorf("in %s %d registrations were meant, %d confirmed, %d are kept", p.unit, p.meant, len(p.confirmed), len(heads))
	}
	for code, g := range p.confirmed {
		m, err := r.ModelByCode(code)
		if err != nil {
			k.t.Errorf("%s was confirmed and is lost: %v", code, err)
			continue
		}
		if diff := g.differs(m); diff != "" {
			k.t.Errorf("%s was kept differently: %s", code, diff)
		}
		done, err := r.AuditOf("model/" + strconv.FormatUint(uint64(m.ID), 36))
		if err != nil || len(done) != 1 {
			k.t.Errorf("%s was registered in %d turns: %v", code, len(done), err)
		}
	}
	who, err := r.PersonAt(store.Address{Channel: "telegram", Chat: strconv.FormatInt(p.id, 10)})
	if who.Open != 0 {
		k.t.Errorf("%s has finished, yet a form is open", p.unit)
	}
	return err
}

// report says what was measured.
func (k *killing) report(took time.Duration) {
	registered, nudges := 0, 0
	for _, p := range k.people {
		registered += len(p.confirmed)
		nudges += p.nudges
	}
	all, again := k.sends.counts()
	k.t.Logf("%d kills in %.1f s: %d registrations by %d people, each kept once; %d messages, %d of them twice (%d were in flight at the kills); people had to repeat themselves %d times",
		*kills, took.Seconds(), registered, len(k.people), all, again, k.inFlight, nudges)
}
