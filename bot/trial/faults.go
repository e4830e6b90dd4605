package trial

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

// FaultKind is how a call goes wrong.
type FaultKind int

// The faults. All but DropAfter, Duplicate and Reorder come before the method,
// which then has no effect.
const (
	// TooMany answers 429 with RetryAfter seconds.
	TooMany FaultKind = iota + 1
	// BadGateway answers 502 with an HTML page, as a proxy does.
	BadGateway
	// ServerError answers 500, as Telegram does while it restarts.
	ServerError
	// DropBefore closes the connection without any effect.
	DropBefore
	// DropAfter closes the connection when everything is done.
	DropAfter
	// Slow answers after Delay; the effect comes after it too.
	Slow
	// Blocked answers 403, as if the person had blocked the bot.
	Blocked
	// Migrated answers 400 with the chat's new id, MigrateTo.
	Migrated
	// Duplicate delivers the updates of an answer of getUpdates again with the
	// next one, although they are confirmed; or posts one twice ("webhook").
	Duplicate
	// Reorder delivers the updates of an answer of getUpdates in reverse.
	Reorder
)

// Fault is one way to misbehave.
type Fault struct {
	// Method is that of the Bot API, in any case; "file" is a download,
	// "webhook" a post to the bot; empty is any method.
	Method string
	Kind   FaultKind
	// Match picks calls by their parameters, as text; nil picks all.
	Match func(params map[string]string) bool
	// Times is how often the fault happens; 0 is once, a negative number for
	// ever.
	Times int

	RetryAfter int           // TooMany, in seconds
	Delay      time.Duration // Slow
	MigrateTo  int64         // Migrated
}

// faults are those still to happen, in the order in which they were injected.
type faults struct {
	mu   sync.Mutex
	list []*Fault
}

// Inject makes the server misbehave. Faults happen in the order of injection,
// one per call.
func (s *Server) Inject(f Fault) {
	if f.Times == 0 {
		f.Times = 1
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = append(s.faults.list, &f)
}

// ClearFaults makes the server behave again.
func (s *Server) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = nil
}

// take finds the fault of a call and counts it.
func (fs *faults) take(method string, params map[string]string) (Fault, bool) {
	return fs.pick(func(f *Fault) bool {
		return f.Kind != Duplicate && f.Kind != Reorder && f.names(method) && (f.Match == nil || f.Match(params))
	})
}

// happens says that a fault of delivery is due, and counts it.
func (fs *faults) happens(method string, kind FaultKind) bool {
	_, ok := fs.pick(func(f *Fault) bool { return f.Kind == kind && f.names(method) })
	return ok
}

func (f *Fault) names(method string) bool {
	return f.Method == "" || strings.EqualFold(f.Method, method)
}

func (fs *faults) pick(due func(*Fault) bool) (Fault, bool) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	for i, f := range fs.list {
		if !due(f) {
			continue
		}
		f.Times--
		if f.Times == 0 {
			fs.list = append(fs.list[:i], fs.list[i+1:]...)
		}
		return *f, true
	}
	return Fault{}, false
}

// before does the part of a fault that comes before the method, and says
// whether the call is answered by that.
func (s *Server) before(f Fault, w http.ResponseWriter, r *http.Request) bool {
	switch f.Kind {
	case TooMany:
		seconds := max(f.RetryAfter, 1)
		writeAnswer(w, nil, &apiError{code: http.StatusTooManyRequests, text: "Too Many Requests: retry after " + itoa(int64(seconds)), retry: seconds})
	case BadGateway:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte("<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"))
	case ServerError:
		writeAnswer(w, nil, &apiError{code: http.StatusInternalServerError, text: "Internal Server Error: restart"})
	case DropBefore:
		hangUp()
	case Slow:
		s.pause(r.Context(), f.Delay)
		return false
	case Blocked:
		writeAnswer(w, nil, errBlocked)
	case Migrated:
		writeAnswer(w, nil, &apiError{code: http.StatusBadRequest, text: "Bad Request: group chat was upgraded to a supergroup chat", migrate: f.MigrateTo})
	default:
		return false
	}
	return true
}

// hangUp closes the connection without an answer: net/http recovers this panic
// and no other way to say it works for every kind of connection.
func hangUp() { panic(http.ErrAbortHandler) }

// pause returns after the time, or when the caller or the server ends.
func (s *Server) pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-s.over.Done():
	}
}
