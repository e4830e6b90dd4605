package telegram_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"danvan/bot/telegram"
)

const token = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"

// stub is a Bot API server of a few methods. It keeps its connections in
// memory, so that it can live inside a bubble of synctest, and reports every
// request that the specification does not allow.
type stub struct {
	t       *testing.T
	client  *telegram.Client
	conns   chan net.Conn
	server  *http.Server
	mu      sync.Mutex
	calls   []call
	fault   func(c call) *reply // nil: the method's own answer
	updates []string            // not confirmed yet, oldest first
	arrived chan struct{}       // closed and renewed when updates come
	opened  int
}

// call is a request that came; n counts those of its method from 1.
type call struct {
	method string
	n      int
	params url.Values
	file   string // name and content of an uploaded file
}

// reply is an answer out of turn. Without a status the connection is cut.
type reply struct {
	status int
	kind   string // content type; "" is JSON
	body   string
	header http.Header
}

// refuse is the Bot API's way to say no.
func refuse(code int, description string) *reply {
	return &reply{status: code, body: fmt.Sprintf(`{"ok":false,"error_code":%d,"description":%q}`, code, description)}
}

func newStub(t *testing.T) *stub {
	t.Helper()
	s := &stub{t: t, conns: make(chan net.Conn), arrived: make(chan struct{})}
	s.server = &http.Server{Handler: s}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = s.server.Serve(s)
	}()
	client, err := telegram.NewClient(token, "http://stub")
	if err != nil {
		t.Fatal(err)
	}
	client.DialWith(s.dial)
	s.client = client
	t.Cleanup(func() {
		client.Close()
		_ = s.server.Close()
		<-served
	})
	return s
}

func (s *stub) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case s.conns <- theirs:
		s.mu.Lock()
		s.opened++
		s.mu.Unlock()
		return ours, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept, Close and Addr make the stub its server's listener.
func (s *stub) Accept() (net.Conn, error) {
	c, ok := <-s.conns
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}

func (s *stub) Close() error   { close(s.conns); return nil }
func (s *stub) Addr() net.Addr { return &net.UnixAddr{Name: "stub"} }

func (s *stub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, found := strings.CutPrefix(r.URL.Path, "/bot"+token+"/")
	if !found {
		http.Error(w, `{"ok":false,"error_code":404,"description":"Not Found"}`, 404)
		return
	}
	c := s.note(path, r)
	for _, problem := range allowed(c) {
		s.t.Errorf("%s: %s", c.method, problem)
	}
	s.mu.Lock()
	fault := s.fault
	s.mu.Unlock()
	if fault != nil {
		if a := fault(c); a != nil {
			answer(w, a)
			return
		}
	}
	answer(w, &reply{status: 200, body: `{"ok":true,"result":` + s.result(r.Context(), c) + `}`})
}

// note reads a request and keeps it.
func (s *stub) note(method string, r *http.Request) call {
	c := call{method: method}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		_ = r.ParseMultipartForm(1 << 20)
		for field, fs := range r.MultipartForm.File {
			f, _ := fs[0].Open()
			b, _ := io.ReadAll(f)
			r.PostForm.Set(field, fs[0].Filename)
			c.file = fs[0].Filename + ":" + string(b)
		}
	}
	_ = r.ParseForm()
	c.params = r.PostForm
	s.mu.Lock()
	defer s.mu.Unlock()
	c.n = 1
	for _, old := range s.calls {
		if old.method == method {
			c.n++
		}
	}
	s.calls = append(s.calls, c)
	return c
}

func answer(w http.ResponseWriter, a *reply) {
	if a.status == 0 {
		panic(http.ErrAbortHandler)
	}
	kind := a.kind
	if kind == "" {
		kind = "application/json"
	}
	w.Header().Set("Content-Type", kind)
	for k, v := range a.header {
		w.Header()[k] = v
	}
	w.WriteHeader(a.status)
	_, _ = io.WriteString(w, a.body)
}

func (s *stub) result(ctx context.Context, c call) string {
	switch c.method {
	case "getUpdates":
		return s.batch(ctx, c)
	case "sendMessage", "sendPhoto", "sendDocument", "sendVideo":
		return fmt.Sprintf(`{"message_id":%d,"date":1,"chat":{"id":%s,"type":"private"}}`, 100+c.n, c.params.Get("chat_id"))
	case "sendMediaGroup":
		return fmt.Sprintf(`[{"message_id":%d},{"message_id":%d}]`, 200+10*c.n, 201+10*c.n)
	case "getMyCommands":
		return `[]`
	case "getWebhookInfo", "getMyName", "getMyDescription", "getMyShortDescription":
		return `{}`
	}
	return `true`
}

// batch waits for updates that the offset does not confirm, as long as asked.
func (s *stub) batch(ctx context.Context, c call) string {
	offset, _ := strconv.ParseInt(c.params.Get("offset"), 10, 64)
	seconds, _ := strconv.Atoi(c.params.Get("timeout"))
	over := time.After(time.Duration(seconds) * time.Second)
	for {
		s.mu.Lock()
		s.updates = slices.DeleteFunc(s.updates, func(u string) bool { return updateID(u) < offset })
		list, arrived := strings.Join(s.updates, ","), s.arrived
		s.mu.Unlock()
		if list != "" {
			return "[" + list + "]"
		}
		select {
		case <-arrived:
		case <-over:
			return "[]"
		case <-ctx.Done():
			return "[]"
		}
	}
}

func updateID(u string) int64 {
	var id struct {
		ID int64 `json:"update_id"`
	}
	_ = json.Unmarshal([]byte(u), &id)
	return id.ID
}

// push lets updates arrive.
func (s *stub) push(updates ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updates = append(s.updates, updates...)
	close(s.arrived)
	s.arrived = make(chan struct{})
}

// sent lists the calls of a method, or all but polls and chat actions for "".
func (s *stub) sent(method string) []call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []call
	for _, c := range s.calls {
		if c.method == method || method == "" && c.method != "getUpdates" && c.method != "sendChatAction" {
			list = append(list, c)
		}
	}
	return list
}

func (s *stub) failWith(fault func(call) *reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = fault
}

// once answers the first call of a method so, and the others as usual.
func once(method string, a *reply) func(call) *reply {
	return func(c call) *reply {
		if c.method == method && c.n == 1 {
			return a
		}
		return nil
	}
}
