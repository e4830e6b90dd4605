package trial

import (
	"encoding/json"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// The kinds of event that a page hears.
const (
	eventMessage = "message" // a new message, or an old one changed
	eventDeleted = "deleted"
	eventChat    = "chat"   // keyboard, pins, block: everything but messages
	eventAction  = "action" // the bot is typing, or no longer
	eventAnswer  = "answer" // to a tap
	eventProfile = "profile"
	eventClock   = "clock" // it was moved
	eventReset   = "reset" // too much was missed: ask for everything again
)

// event is one change that open pages show. What it points to never changes.
type event struct {
	Serial  int64 // rises; a page ignores what is older than the state that it read
	Kind    string
	Person  int64
	ID      int
	Message *Message
	Chat    *chatState
	Action  string
	Query   string
	Answer  *Answer
}

// MarshalJSON writes what the page reads: a message in the page's own form.
func (e event) MarshalJSON() ([]byte, error) {
	out := map[string]any{"kind": e.Kind, "serial": e.Serial, "person": e.Person}
	switch e.Kind {
	case eventMessage:
		out["message"] = show(e.Message)
	case eventDeleted:
		out["id"] = e.ID
	case eventChat:
		out["chat"] = e.Chat
	case eventAction:
		out["action"] = e.Action
	case eventAnswer:
		out["id"], out["query"], out["answer"] = e.ID, e.Query, e.Answer
	}

	return json.Marshal(out)
}

// hub hands events to open pages. A page that is too slow is told to start
// over rather than waited for.
type hub struct {
	mu    sync.Mutex
	pages map[*listener]bool
	last  int64
	count atomic.Int32
}

type listener struct {
	events chan event
	missed atomic.Bool
}

const (
	pageBuffer = 256
	heartbeat  = 15 * time.Second
)

// watched says that a page is open.
func (h *hub) watched() bool { return h.count.Load() > 0 }

func (h *hub) publish(e event) {
	if !h.watched() {
		return
	}

	h.mu.Lock()
	defer h.mu.Unlock()

	h.last++
	e.Serial = h.last
	for l := range h.pages {
		select {
		case l.events <- e:
		default:
			l.missed.Store(true)
		}
	}
}

// serial is that of the newest event.
func (h *hub) serial() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.last
}

func (h *hub) join() *listener {
	l := &listener{events: make(chan event, pageBuffer)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.pages == nil {
		h.pages = map[*listener]bool{}
	}
	h.pages[l] = true
	h.count.Add(1)
	return l
}

func (h *hub) leave(l *listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.pages, l)
	h.count.Add(-1)
}

// drain forgets events that are older than the reset which replaces them.
func (l *listener) drain() {
	for len(l.events) > 0 {
		<-l.events
	}
}

// serveEvents streams events to one page until it or the server goes.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	l := s.hub.join()
	defer s.hub.leave(l)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	write := func(text string) bool {
		_, err := w.Write([]byte(text))
		return err == nil && out.Flush() == nil
	}

	for ok := write(": hello\n\n"); ok; {
		select {
		case e := <-l.events:
			if l.missed.Swap(false) {
				l.drain()
				e = event{Kind: eventReset}
			}
			raw, err := json.Marshal(e)
			ok = err == nil && write("data: "+string(raw)+"\n\n")

		case <-beat.C:
			ok = write(": still here\n\n")
		case <-r.Context().Done():
			return
		case <-s.over.Done():
			return
		}
	}
}
