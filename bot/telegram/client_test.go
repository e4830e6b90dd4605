package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"danvan/bot/outbox"
	"danvan/bot/telegram"
	"danvan/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func send(text string) outbox.Delivery {
	return outbox.Delivery{Message: store.Message{
		ID: 7, To: store.Address{Channel: telegram.Name, Chat: "42"}, Kind: store.Send, Text: text,
	}}
}

// silent fails the test when an error, or any that it wraps, shows the token.
func silent(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		for _, s := range []string{e.Error(), fmt.Sprintf("%+v", e), fmt.Sprintf("%#v", e)} {
			if strings.Contains(s, token) || strings.Contains(s, strings.Split(token, ":")[1]) {
				t.Errorf("the token is in %q", s)
			}
		}
	}
}

func TestClientRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ token, endpoint string }{
		{"", ""}, {"1:a b", ""}, {"1:%zz", ""}, {"1:a\nb", ""},
		{token, "ftp://x"}, {token, "api.telegram.org"}, {token, "http://"}, {token, "http://x/%s"}, {token, "http://a b"},
	} {
		if _, err := telegram.NewClient(tt.token, tt.endpoint); err == nil {
			t.Errorf("token %q and endpoint %q were taken", tt.token, tt.endpoint)
		}
	}
}

func TestNetworkErrors(t *testing.T) {
	t.Parallel()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	open := httptest.NewServer(http.NotFoundHandler())
	defer open.Close()
	for _, tt := range []struct {
		name, endpoint string
	}{
		{"nobody listens", "http://127.0.0.1:1"},
		{"no such host", "http://nowhere.invalid"},
		{"a certificate of nobody we know", secure.URL},
		{"no TLS at all", "https" + strings.TrimPrefix(open.URL, "http")},
		{"a page in between", open.URL},
	} {
		t.Run(tt.name, func(t *testing.T) {
			client, err := telegram.NewClient(token, tt.endpoint)
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			silent(t, client.Call(t.Context(), "getMe", nil, nil))
			silent(t, client.Fetch(t.Context(), "x", io.Discard))
			err = client.Upload(t.Context(), "sendDocument", nil, "document", "a.txt", strings.NewReader("x"), nil)
			silent(t, err)
			_, err = telegram.NewChannel(client, quiet(t)).Deliver(t.Context(), send("x"))
			silent(t, err)
			var f *outbox.Failure
			if !errors.As(err, &f) || !f.Retry || !f.Whole {
				t.Errorf("classified as %+v", f)
			}
		})
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	t.Parallel()
	html := func(code int) *reply {
		return &reply{status: code, kind: "text/html", body: "<html>" + token + "</html>"}
	}
	for _, tt := range []struct {
		name string
		is   *reply
		want outbox.Failure
	}{
		{"a cut connection", &reply{}, outbox.Failure{Retry: true}},
		{"half an answer", &reply{status: 200, body: `{"ok":true,"resu`}, outbox.Failure{Retry: true}},
		{"a page with status 200", html(200), outbox.Failure{Retry: true}},
		{"a page with status 502", html(502), outbox.Failure{Retry: true}},
		{"a page with status 403", html(403), outbox.Failure{Retry: true, Whole: true}},
		{"a page with status 404", html(404), outbox.Failure{Retry: true, Whole: true}},
		{"a page with status 413", html(413), outbox.Failure{}},
		{"a redirect", &reply{status: 307, body: "", header: http.Header{"Location": {"http://stub/bot" + token + "/x"}}},
			outbox.Failure{Retry: true, Whole: true}},
		{"a result of another kind", &reply{status: 200, body: `{"ok":true,"result":"` + token + `"}`}, outbox.Failure{}},
		{"an endless answer", &reply{status: 200, body: `{"ok":true,"description":"` + strings.Repeat("x", 17<<20)},
			outbox.Failure{Retry: true}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStub(t)
				s.failWith(func(call) *reply { return tt.is })
				_, err := telegram.NewChannel(s.client, quiet(t)).Deliver(t.Context(), send("x"))
				silent(t, err)
				failed(t, err, tt.want)
				err = s.client.Upload(t.Context(), "sendDocument", telegram.Params{"chat_id": "1"}, "document", "a.txt",
					strings.NewReader("x"), new(struct{ A int }))
				silent(t, err)
				silent(t, s.client.Fetch(t.Context(), "x", io.Discard))
			})
		})
	}
}

func TestSlowServer(t *testing.T) {
	t.Parallel()
	t.Run("a held request is waited for", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			s.failWith(func(call) *reply { time.Sleep(20 * time.Second); return nil })
			if _, err := telegram.NewChannel(s.client, quiet(t)).Deliver(t.Context(), send("x")); err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("but not for ever", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			s.failWith(func(call) *reply { time.Sleep(5 * time.Minute); return nil })
			start := time.Now()
			_, err := telegram.NewChannel(s.client, quiet(t)).Deliver(t.Context(), send("x"))
			silent(t, err)
			failed(t, err, outbox.Failure{Retry: true})
			if took := time.Since(start); took < 30*time.Second || took > time.Minute {
				t.Errorf("gave up after %v", took)
			}
			time.Sleep(5 * time.Minute)
		})
	})
	t.Run("a cancelled call ends at once", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			s.failWith(func(call) *reply { time.Sleep(time.Minute); return nil })
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			err := s.client.Call(ctx, "getMyName", nil, nil)
			silent(t, err)
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			time.Sleep(time.Minute)
		})
	})
}

func TestUpload(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStub(t)
		p := telegram.Params{"chat_id": "42"}
		var sent struct {
			ID int64 `json:"message_id"`
		}
		err := s.client.Upload(t.Context(), "sendDocument", p, "document", "bảng.xlsx", strings.NewReader("bytes"), &sent)
		if err != nil || sent.ID != 101 || s.sent("sendDocument")[0].file != "bảng.xlsx:bytes" {
			t.Errorf("%v, %+v, %+v", err, sent, s.sent("sendDocument"))
		}
		s.failWith(func(call) *reply {
			return &reply{status: 429, body: `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}`}
		})
		err = s.client.Upload(t.Context(), "sendDocument", p, "document", "a", strings.NewReader("x"), nil)
		var e *telegram.Error
		if !errors.As(err, &e) || e.Code != 429 || e.RetryAfter != 7*time.Second {
			t.Errorf("got %+v", e)
		}
	})
}

func TestFetch(t *testing.T) {
	t.Parallel()
	size := 5
	mux := http.NewServeMux()
	mux.HandleFunc("/bot"+token+"/getFile", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, `{"ok":true,"result":{"file_path":"photos/a.jpg"}}`)
	})
	mux.HandleFunc("/file/bot"+token+"/photos/a.jpg", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(bytes.Repeat([]byte{'x'}, size))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	client, err := telegram.NewClient(token, server.URL+"/")
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	var b bytes.Buffer
	if err := client.Fetch(t.Context(), "id", &b); err != nil || b.String() != "xxxxx" {
		t.Errorf("%v, %q", err, b.String())
	}
	size = 20<<20 + 1
	silent(t, client.Fetch(t.Context(), "id", io.Discard))
}

// 10,000 messages from 500 people at once must not cost more than 64
// connections (limits.md §A6: the usual client opens thousands).
func TestFewConnections(t *testing.T) {
	t.Parallel()
	var opened, served atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		served.Add(1)
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"ok":true,"result":{"message_id":1}}`)
	}))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	client, err := telegram.NewClient(token, server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	channel := telegram.NewChannel(client, quiet(t))
	var wg sync.WaitGroup
	for range 500 {
		wg.Go(func() {
			for range 20 {
				if _, err := channel.Deliver(t.Context(), send("xin chào")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if served.Load() != 10000 || opened.Load() > 64 {
		t.Errorf("%d messages took %d connections", served.Load(), opened.Load())
	}
	t.Logf("%d connections", opened.Load())
}

func TestRedact(t *testing.T) {
	t.Parallel()
	client, err := telegram.NewClient(token, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := client.Redact("Post https://x/bot" + token + "/getMe: EOF"); got != "Post https://x/bot<token>/getMe: EOF" {
		t.Error(got)
	}
}
