package telegram_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"danvan/bot/outbox"
	"danvan/bot/telegram"
	"danvan/store"
)

// quiet is a log that fails the test when it shows the token.
func quiet(t *testing.T) *slog.Logger { return slog.New(slog.NewTextHandler(watch{t}, nil)) }

type watch struct{ t *testing.T }

func (w watch) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte(token)) {
		w.t.Errorf("the token was logged: %s", b)
	}
	return len(b), nil
}

func failed(t *testing.T, err error, want outbox.Failure) {
	t.Helper()
	var f *outbox.Failure
	if !errors.As(err, &f) {
		t.Fatalf("no failure but %v", err)
	}
	if diff := cmp.Diff(want, *f, cmpopts.IgnoreFields(outbox.Failure{}, "Err")); diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// Every row of what the server is known to say that concerns sending.
func TestClasses(t *testing.T) {
	t.Parallel()
	again := func(after time.Duration) outbox.Failure { return outbox.Failure{Retry: true, After: after} }
	gone, target, bug := outbox.Failure{Gone: true}, outbox.Failure{Target: true}, outbox.Failure{}
	away := outbox.Failure{Retry: true, Whole: true}
	for _, tt := range []struct {
		code int
		says string
		more string // parameters
		want outbox.Failure
	}{
		{400, "Bad Request: message to edit not found", "", target},
		{400, "Bad Request: message can't be edited", "", target},
		{400, "Bad Request: MESSAGE_ID_INVALID", "", target},
		{400, "Bad Request: message to react not found", "", target},
		{400, `Bad Request: can't parse entities: Unsupported start tag "bí mật" at byte offset 0`, "", outbox.Failure{Format: true}},
		{400, "Bad Request: message is too long", "", bug},
		{400, `Bad Request: value "bí mật" is invalid`, "", bug},
		{400, "Bad Request: message text is empty", "", bug},
		{400, "Bad Request: wrong file identifier/HTTP URL specified", "", bug},
		{400, "Bad Request: file is too big", "", bug},
		{400, "Bad Request: chat not found", "", gone},
		{400, "Bad Request: PEER_ID_INVALID", "", gone},
		{400, "Bad Request: user is deactivated", "", gone},
		{400, "Bad Request: not enough rights to send text messages to the chat", "", gone},
		{400, "Bad Request: CHAT_WRITE_FORBIDDEN", "", gone},
		{400, "Bad Request: group chat was upgraded to a supergroup chat", `"migrate_to_chat_id":-1001234567890`,
			outbox.Failure{Moved: "-1001234567890"}},
		{401, "Unauthorized", "", away},
		{403, "Forbidden: bot was blocked by the user", "", gone},
		{403, "Forbidden: user is deactivated", "", gone},
		{403, "Forbidden: bot can't initiate conversation with a user", "", gone},
		{403, "Forbidden: bot was kicked from the group chat", "", gone},
		{403, "Forbidden: bot is not a member of the supergroup chat", "", gone},
		{403, "Forbidden: the group chat was deleted", "", gone},
		{403, "Forbidden: something new", "", bug},
		{404, "Not Found", "", away},
		{413, "Request Entity Too Large", "", bug},
		{429, "Too Many Requests: retry after 35", `"retry_after":35`, again(35 * time.Second)},
		{429, "Too Many Requests", "", again(0)},
		{500, "Internal Server Error", "", again(0)},
		{502, "Bad Gateway", "", again(0)},
		{504, "Gateway Timeout", "", again(0)},
	} {
		t.Run(tt.says, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStub(t)
				no := refuse(tt.code, tt.says)
				no.body = strings.TrimSuffix(no.body, "}") + `,"parameters":{` + tt.more + `}}`
				s.failWith(func(call) *reply { return no })
				_, err := telegram.NewChannel(s.client, quiet(t)).Deliver(t.Context(), send("bí mật"))
				silent(t, err)
				failed(t, err, tt.want)
				if strings.Contains(err.Error(), "bí mật") {
					t.Errorf("the message is in the error: %v", err)
				}
			})
		})
	}
}

func TestNotModifiedIsSuccess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStub(t)
		s.failWith(once("editMessageText", refuse(400, "Bad Request: message is not modified: specified new message content "+
			"and reply markup are exactly the same as a current content and reply markup of the message")))
		d := send("x")
		d.Kind, d.On = store.Edit, "9"
		if remote, err := telegram.NewChannel(s.client, quiet(t)).Deliver(t.Context(), d); err != nil || remote != "9" {
			t.Errorf("%q, %v", remote, err)
		}
	})
}

func TestWhatCannotBeDelivered(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		channel := telegram.NewChannel(newStub(t).client, quiet(t))
		unknown, empty, noChat := send("x"), send(" \n "), send("")
		unknown.Kind = "sing"
		noChat.Kind, noChat.To.Chat = store.Commands, "@name"
		for _, d := range []outbox.Delivery{unknown, empty, noChat} {
			_, err := channel.Deliver(t.Context(), d)
			failed(t, err, outbox.Failure{})
		}
	})
}
