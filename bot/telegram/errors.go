package telegram

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"danvan/bot/outbox"
)

var (
	// ErrRevoked says that the server does not accept the token.
	ErrRevoked = errors.New("telegram does not accept the token")
	// ErrOtherInstance says that somebody else polls with the same token.
	ErrOtherInstance = errors.New("another instance polls with the same token")
)

// Error is a call that failed.
type Error struct {
	Method      string
	Code        int           // of the Bot API or of HTTP; 0: no answer came
	Description string        // the fixed words of what the server said; no token, no content
	RetryAfter  time.Duration // not before that
	MoveTo      int64         // the chat has this id now
	Spoken      bool          // the Bot API itself answered, not something in between
	cause       error         // why no answer came
}

// Error says which method failed and how.
func (e *Error) Error() string {
	switch {
	case e.Code == 0 && e.cause != nil:
		return fmt.Sprintf("call %s: %v", e.Method, e.cause)
	case e.cause != nil:
		return fmt.Sprintf("call %s: status %d without a proper answer: %v", e.Method, e.Code, e.cause)
	default:
		return fmt.Sprintf("call %s: %d %s", e.Method, e.Code, e.Description)
	}
}

// revoked says that the token is of no use.
func (e *Error) revoked() bool {
	return e.Spoken && (e.Code == http.StatusUnauthorized || e.Code == http.StatusNotFound)
}

// Unwrap returns the network's error, or nil when the server answered.
func (e *Error) Unwrap() error { return e.cause }

// wrong makes an Error of what a library call returned.
func (c *Client) wrong(method string, status int, err error) error {
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("call %s: %w", method, context.Canceled)
	}

	var said *tgbotapi.Error
	if !errors.As(err, &said) {
		return &Error{Method: method, Code: status, cause: c.clean(err)}
	}

	e := &Error{
		Method: method, Code: said.Code, Description: c.quiet(said.Message), Spoken: true,
		RetryAfter: time.Duration(said.RetryAfter) * time.Second, MoveTo: said.MigrateToChatID,
	}
	if e.Code == 0 {
		e.Code = status // the library drops the code of a failed upload
	}

	return e
}

// clean returns err, or its words without the token if they hold it.
func (c *Client) clean(err error) error {
	if s := err.Error(); strings.Contains(s, c.token) {
		return errors.New(c.Redact(s))
	}
	return err
}

// quiet keeps the fixed words of a description: what the server quotes from a
// message stands after a second colon or in quotation marks.
func (c *Client) quiet(description string) string {
	kind, what, found := strings.Cut(description, ": ")
	if found {
		what, _, _ = strings.Cut(what, ": ")
		description = kind + ": " + what
	}
	description, _, _ = strings.Cut(description, `"`)
	return c.Redact(strings.TrimSpace(strings.ToValidUTF8(description, "")))
}

// says reports whether the server's reason begins with one of the words.
func (e *Error) says(words ...string) bool {
	reason := e.Description
	for _, kind := range []string{"Bad Request: ", "Forbidden: ", "Conflict: "} {
		reason = strings.TrimPrefix(reason, kind)
	}
	for _, w := range words {
		if strings.HasPrefix(reason, w) {
			return true
		}
	}
	return false
}

// unreached reports whether the request never came to the Bot API: only the
// channel as a whole can be in trouble then.
func (e *Error) unreached() bool {
	switch {
	case e.Spoken:
		return false
	case e.Code != 0: // a page by something in between; 413 is about the request
		return e.Code/100 == 3 || e.Code/100 == 4 && e.Code != http.StatusRequestEntityTooLarge
	}
	var op *net.OpError
	if errors.As(e.cause, &op) {
		return op.Op == "dial" || op.Op == "proxyconnect" || op.Op == "remote error"
	}
	return e.cause != nil && strings.Contains(strings.ToLower(e.cause.Error()), "tls")
}

// unread reports whether the call was done but its result could not be read.
func (e *Error) unread() bool { return e.Code == http.StatusOK && e.cause == nil }

// failure classifies the error of a call for the outbox. It returns nil for nil,
// and for a message that already is as it should be. The beginning of the
// description matters more than the code.
func failure(err error) error {
	var e *Error
	f := &outbox.Failure{Err: err}
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.As(err, &f):
		return err
	case !errors.As(err, &e):
		return f
	}

	switch {
	case e.says("message is not modified"):
		return nil
	case e.MoveTo != 0:
		f.Moved = strconv.FormatInt(e.MoveTo, 10)
	case e.RetryAfter > 0:
		f.Retry, f.After = true, e.RetryAfter
	case e.unreached(), e.Spoken && (e.Code == http.StatusUnauthorized || e.Code == http.StatusNotFound):
		f.Retry, f.Whole = true, true

	case e.Code == 0, e.Code >= http.StatusInternalServerError, e.Code == http.StatusTooManyRequests,
		e.Code == http.StatusOK && e.cause != nil:
		f.Retry = true
	case e.says("bot was blocked", "user is deactivated", "bot can't initiate", "bot was kicked", "bot is not a member",
		"the group chat was deleted", "USER_DEACTIVATED", "INPUT_USER_DEACTIVATED", "USER_IS_BLOCKED",
		"chat not found", "PEER_ID_INVALID", "CHAT_WRITE_FORBIDDEN", "not enough rights to send", "have no rights to send"):
		f.Gone = true // they write again, or unblock us: then they can be reached
	case e.says("message to edit not found", "message can't be edited", "message to react not found",
		"message not found", "MESSAGE_ID_INVALID"):
		f.Target = true
	case e.says("can't parse entities", "can't parse message text", "can't parse caption", "ENTITY_", "ENTITIES_"):
		f.Format = true
	}

	return f
}

// dislikesMarkup reports whether the server refused the buttons, not the message.
func dislikesMarkup(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == http.StatusBadRequest && e.says("BUTTON_", "REPLY_MARKUP_",
		"reply markup is too long", "can't parse inline keyboard", "can't parse reply keyboard",
		"can't parse keyboard button", "can't parse button", "object expected as reply markup",
		"inline keyboard", "unallowed button", "invalid button", "Field")
}
