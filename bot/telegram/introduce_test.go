package telegram_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/bot/telegram"
	"danvan/store"
)

var profiles = []telegram.Profile{
	{Name: "Dân vận khéo", Short: "Sổ mô hình", Description: "Đăng ký mô hình", Commands: []store.Command{{Name: "moi", Text: "Đăng ký"}}},
	{Language: "en", Description: "Register models", Commands: []store.Command{{Name: "new", Text: "Register"}}},
}

func sets(s *stub) []string {
	got := []string{}
	for _, c := range s.sent("") {
		if !strings.HasPrefix(c.method, "get") {
			got = append(got, told(c))
		}
	}
	return got
}

func TestIntroduce(t *testing.T) {
	t.Parallel()
	t.Run("sets everything", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			telegram.Introduce(t.Context(), s.client, profiles, quiet(t))
			want := []string{
				"setMyName name=Dân vận khéo",
				"setMyShortDescription short_description=Sổ mô hình",
				"setMyDescription description=Đăng ký mô hình",
				`setMyCommands commands=[{"command":"moi","description":"Đăng ký"}] scope={"type":"all_private_chats"}`,
				"setMyDescription description=Register models language_code=en",
				`setMyCommands commands=[{"command":"new","description":"Register"}] language_code=en scope={"type":"all_private_chats"}`,
			}
			if diff := cmp.Diff(want, sets(s)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	})
	t.Run("leaves what the server knows", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			s.failWith(func(c call) *reply {
				switch c.method {
				case "getMyName":
					return &reply{status: 200, body: `{"ok":true,"result":{"name":"Dân vận khéo"}}`}
				case "getMyCommands":
					return &reply{status: 200, body: `{"ok":true,"result":[{"command":"moi","description":"Đăng ký"}]}`}
				}
				return nil
			})
			telegram.Introduce(t.Context(), s.client, profiles[:1], quiet(t))
			for _, c := range sets(s) {
				if strings.HasPrefix(c, "setMyName") || strings.HasPrefix(c, "setMyCommands") {
					t.Errorf("set again: %s", c)
				}
			}
		})
	})
	t.Run("tries again what did not work, as late as it is told", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			s.failWith(func(c call) *reply {
				switch {
				case c.method == "setMyName" && c.n == 1:
					return &reply{status: 429, body: `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7000","parameters":{"retry_after":7000}}`}
				case c.method == "setMyDescription" && c.n == 1:
					return &reply{}
				}
				return nil
			})
			start := time.Now()
			telegram.Introduce(t.Context(), s.client, profiles[:1], quiet(t))
			if took := time.Since(start); took != 7000*time.Second {
				t.Errorf("took %v", took)
			}
			if n, d := len(s.sent("setMyName")), len(s.sent("setMyDescription")); n != 2 || d != 2 {
				t.Errorf("%d and %d tries, want 2 and 2", n, d)
			}
		})
	})
	t.Run("leaves what the server refuses, and says so", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			s.failWith(once("setMyName", refuse(400, "Bad Request: BOT_TITLE_INVALID")))
			var log bytes.Buffer
			telegram.Introduce(t.Context(), s.client, profiles, slog.New(slog.NewTextHandler(&log, nil)))
			if len(sets(s)) != 6 || strings.Count(log.String(), "refused") != 1 {
				t.Errorf("calls %v, log %s", sets(s), &log)
			}
		})
	})
	t.Run("ends with its context", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			s := newStub(t)
			s.failWith(func(call) *reply { return refuse(500, "Internal Server Error") })
			ctx, cancel := context.WithTimeout(t.Context(), 9*time.Minute+30*time.Second)
			defer cancel()
			telegram.Introduce(ctx, s.client, profiles, quiet(t))
			if n := len(s.sent("getMyName")); n != 10 {
				t.Errorf("%d tries in nine minutes and a half", n)
			}
		})
	})
}
