// Package faults stands in front of a Bot API server in tests and misbehaves
// as networks and servers do. It knows nothing of the server behind it but the
// Bot API, and no shipped package imports it.
package faults

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Kind is how a call goes wrong.
type Kind int

// The kinds. All but DropAfter, Duplicate and Reorder come before the server,
// on which the call then has no effect.
const (
	// TooMany answers 429 with RetryAfter seconds.
	TooMany Kind = iota + 1
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
	// Duplicate gives an answer of getUpdates to the next one too, whatever
	// that confirms.
	Duplicate
	// Reorder delivers the updates of an answer of getUpdates in reverse.
	Reorder
)

// Fault is one way to misbehave.
type Fault struct {
	// Method is that of the Bot API, in any case; "file" is a download; empty
	// is any method.
	Method string
	Kind   Kind
	// Chat picks the calls for a chat; 0 picks all.
	Chat int64
	// Times is how often the fault happens; 0 is once, a negative number for
	// ever.
	Times int
	// Every lets it happen at each so-manieth call of all only; 0: to each.
	Every int

	RetryAfter int           // TooMany, in seconds
	Delay      time.Duration // Slow
	MigrateTo  int64         // Migrated
}

// Front passes calls to a server, except for the faults that were injected.
type Front struct {
	server http.Handler

	mu    sync.Mutex
	list  []Fault // those still to happen
	calls int     // until now
	again []byte  // the answer that the next getUpdates gets; nil: its own
}

// Before returns a front of the server that behaves until told otherwise.
func Before(server http.Handler) *Front { return &Front{server: server} }

// Inject makes the front misbehave. Faults happen in the order of injection,
// one per call.
func (f *Front) Inject(fault Fault) {
	if fault.Times == 0 {
		fault.Times = 1
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, fault)
}

// ClearFaults makes the front behave again.
func (f *Front) ClearFaults() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list, f.again = nil, nil
}

// ServeHTTP answers as the server does, or as a fault has it.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method, call := called(r.URL.Path)
	if !call {
		f.server.ServeHTTP(w, r)
		return
	}
	// The body is read to its end, or a bot that hangs up would not be noticed.
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))

	fault, again := f.take(method, chat(r.URL.Query(), body))
	switch fault.Kind {
	case DropAfter, Duplicate, Reorder:
		answer := httptest.NewRecorder()
		f.server.ServeHTTP(answer, r)
		f.after(w, fault.Kind, answer)
	case 0, Slow:
		pause(r, fault.Delay)
		if again != nil {
			write(w, http.StatusOK, again)
			return
		}
		f.server.ServeHTTP(w, r)
	default:
		instead(w, fault)
	}
}

// called tells the method of a path, in lower case, and whether it is one of the Bot API.
func called(path string) (string, bool) {
	if strings.HasPrefix(path, "/file/bot") {
		return "file", true
	}
	_, method, _ := strings.Cut(strings.TrimPrefix(path, "/bot"), "/")
	return strings.ToLower(method), strings.HasPrefix(path, "/bot")
}

// chat is the call's chat, or 0.
func chat(query url.Values, body []byte) int64 {
	var object struct {
		Chat json.Number `json:"chat_id"`
	}
	form, _ := url.ParseQuery(string(body))
	_ = json.Unmarshal(body, &object) // a body that is neither form nor object names no chat
	for _, text := range []string{query.Get("chat_id"), form.Get("chat_id"), object.Chat.String()} {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil {
			return id
		}
	}
	return 0
}

// take finds the fault of a call and counts it; an answer that is due again
// goes before.
func (f *Front) take(method string, chat int64) (fault Fault, again []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if method == "getupdates" && f.again != nil {
		again, f.again = f.again, nil
		return Fault{}, again
	}

	f.calls++
	i := slices.IndexFunc(f.list, func(fault Fault) bool {
		return (fault.Method == "" || strings.EqualFold(fault.Method, method)) && (fault.Chat == 0 || fault.Chat == chat) &&
			(fault.Every == 0 || f.calls%fault.Every == 0)
	})
	if i < 0 {
		return Fault{}, nil
	}
	f.list[i].Times--
	fault = f.list[i]
	if fault.Times == 0 {
		f.list = slices.Delete(f.list, i, i+1)
	}
	return fault, nil
}

// after does what goes wrong with the answer of the server.
func (f *Front) after(w http.ResponseWriter, kind Kind, answer *httptest.ResponseRecorder) {
	body := answer.Body.Bytes()
	var updates struct {
		OK     bool              `json:"ok"`
		Result []json.RawMessage `json:"result"`
	}
	if kind == DropAfter {
		panic(http.ErrAbortHandler)
	}
	if err := json.Unmarshal(body, &updates); err == nil && len(updates.Result) > 0 {
		if kind == Duplicate {
			f.mu.Lock()
			f.again = body
			f.mu.Unlock()
		} else {
			slices.Reverse(updates.Result)
			body = encode(updates)
		}
	}
	write(w, answer.Code, body)
}

// instead answers in place of the server.
func instead(w http.ResponseWriter, fault Fault) {
	switch fault.Kind {
	case TooMany:
		seconds := max(fault.RetryAfter, 1)
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		refuse(w, http.StatusTooManyRequests, fmt.Sprintf("Too Many Requests: retry after %d", seconds),
			map[string]any{"retry_after": seconds})
	case BadGateway:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"+
			"<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n")

	case ServerError:
		refuse(w, http.StatusInternalServerError, "Internal Server Error: restart", nil)
	case Blocked:
		refuse(w, http.StatusForbidden, "Forbidden: bot was blocked by the user", nil)
	case Migrated:
		refuse(w, http.StatusBadRequest, "Bad Request: group chat was upgraded to a supergroup chat",
			map[string]any{"migrate_to_chat_id": fault.MigrateTo})
	default:
		panic(http.ErrAbortHandler) // net/http closes the connection, of every kind
	}
}

func refuse(w http.ResponseWriter, code int, text string, parameters map[string]any) {
	answer := map[string]any{"ok": false, "error_code": code, "description": text}
	if parameters != nil {
		answer["parameters"] = parameters
	}
	write(w, code, encode(answer))
}

func encode(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil {
		panic("faults: " + err.Error()) // texts, numbers and what was decoded always encode
	}
	return body
}

func write(w http.ResponseWriter, code int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write(body) // the bot may have gone away
}

// pause returns after the time, or when the bot has gone away.
func pause(r *http.Request, d time.Duration) {
	select {
	case <-time.After(d):
	case <-r.Context().Done():
	}
}
