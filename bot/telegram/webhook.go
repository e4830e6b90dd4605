package telegram

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"danvan/bot"
	"danvan/bot/inbox"
	"danvan/store"
)

const (
	hookLimit = 1 << 20         // bytes of an update; the largest have some ten thousand
	hookWatch = 5 * time.Minute // how often Telegram is asked whether it reaches us
	hookEnd   = 5 * time.Second // for posts that are under way when the bot stops
	secretKey = "X-Telegram-Bot-Api-Secret-Token"
)

// errAddress says that Telegram cannot post to an address.
var errAddress = errors.New("a webhook's address begins with https:// and names no port but 443, 80, 88 and 8443")

// Webhook lets Telegram post what happened to an address of ours. An update is
// answered for when it was taken in, so Telegram posts again what was not. In an
// answer stands at most what stops the spinner of a pressed button: of a call that
// is made so nobody hears what became of it.
//
// It has a secret of its own each time. When it stops, Telegram keeps what happens
// until the bot is back, or a Poller takes the webhook away; neither loses anything,
// for nothing is ever dropped with a webhook.
type Webhook struct {
	*door
	log      *slog.Logger
	url      *url.URL
	listener net.Listener
	secret   string
	broken   chan error // the store cannot be used any more; holds one
	told     int64      // when Telegram last failed to reach us, as it was logged
}

// hookURL reads the address of a webhook, or returns errAddress for one that
// Telegram does not post to. This machine itself may be reached plainly and on any
// port: by a Bot API server of one's own.
func hookURL(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errAddress
	}
	ip, port := net.ParseIP(u.Hostname()), u.Port()
	own := u.Hostname() == "localhost" || ip.IsLoopback()
	if !own && (u.Scheme != "https" || !slices.Contains([]string{"", "443", "80", "88", "8443"}, port)) {
		return nil, errAddress
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

// NewWebhook returns a Webhook that does nothing until Run, which closes the
// listener. Posts to the address reach it there, through a proxy that knows TLS. An
// address that Telegram does not post to is an error.
func NewWebhook(client *Client, to Intake, now func() time.Time, log *slog.Logger, address string, l net.Listener) (*Webhook, error) {
	u, err := hookURL(address)
	if err != nil {
		return nil, err
	}
	return &Webhook{
		door: newDoor(client, to, now), log: log, url: u, listener: l, secret: rand.Text(), broken: make(chan error, 1),
	}, nil
}

// Run listens until ctx ends, and returns nil then. It returns ErrRevoked, or the
// store's error when the store cannot be used any more.
func (w *Webhook) Run(ctx context.Context) error {
	defer w.answers.Wait()
	server := http.Server{
		Handler: w, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(w.listener) }()

	err := w.watch(ctx, served)
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), hookEnd)
	defer cancel()
	if server.Shutdown(ending) != nil {
		_ = server.Close() // what is cut off is posted again
	}
	return err
}

// watch sets the webhook, and sets it anew when somebody has taken it away.
func (w *Webhook) watch(ctx context.Context, served <-chan error) error {
	again := newBackOff()
	failing := false
	for set, wait := false, time.Duration(0); ; {
		select {
		case <-ctx.Done():
			return nil
		case err := <-w.broken:
			return err
		case err := <-served:
			return fmt.Errorf("listen for updates: %w", err)
		case <-time.After(wait):
		}

		err := w.look(ctx, set)
		var e *Error
		switch {
		case err == nil:
			set, failing, wait = true, false, hookWatch
			again.Reset()
			continue
		case !errors.As(err, &e): // only ctx's end is no Error
			return nil
		case e.revoked():
			return fmt.Errorf("%w: %w", ErrRevoked, err)
		case !failing:
			w.log.Error("telegram does not take the webhook", "err", err)
		}
		failing, wait = true, max(e.RetryAfter, again.NextBackOff())
	}
}

// look sets the webhook unless it stands, and says what Telegram says of it.
func (w *Webhook) look(ctx context.Context, set bool) error {
	if set {
		var info struct {
			URL     string `json:"url"`
			Failed  int64  `json:"last_error_date"`
			Because string `json:"last_error_message"`
			Pending int    `json:"pending_update_count"`
		}
		if err := w.client.Call(ctx, "getWebhookInfo", nil, &info); err != nil {
			return err
		}
		if info.Failed > w.told {
			w.told = info.Failed
			w.log.Warn("telegram could not post to the webhook", "because", w.client.Redact(info.Because), "waiting", info.Pending)
		}
		if info.URL == w.url.String() {
			return nil
		}
		w.log.Warn("somebody took the webhook away; it is set again")
	}

	w.told = w.now().Unix()
	return w.client.Call(ctx, "setWebhook", Params{"url": w.url.String(), "secret_token": w.secret, "allowed_updates": wanted}, nil)
}

// ServeHTTP takes in the update of a post.
func (w *Webhook) ServeHTTP(to http.ResponseWriter, r *http.Request) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.URL.Path != w.url.Path:
		to.WriteHeader(http.StatusNotFound)
		return
	case r.Method != http.MethodPost:
		to.Header().Set("Allow", http.MethodPost)
		to.WriteHeader(http.StatusMethodNotAllowed)
		return
	case subtle.ConstantTimeCompare([]byte(r.Header.Get(secretKey)), []byte(w.secret)) != 1:
		to.WriteHeader(http.StatusUnauthorized)
		return
	case kind != "application/json":
		to.WriteHeader(http.StatusUnsupportedMediaType)
		return
	}

	body, err := io.ReadAll(http.MaxBytesReader(to, r.Body, hookLimit))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		to.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	if err != nil {
		to.WriteHeader(http.StatusBadRequest)
		return
	}
	got, bad, last := decodeEach([]json.RawMessage{body})
	if bad > 0 {
		w.log.Error("updates were skipped, they cannot be read", "count", bad, "last", last)
		return // it would come again for a day, and hold up what comes after it
	}
	w.takeIn(to, r, got[0])
}

// takeIn has an update taken in and says whether it was.
func (w *Webhook) takeIn(to http.ResponseWriter, r *http.Request, u update) {
	item, query := w.item(u, w.now())
	over := make(chan bot.Ack, 1)
	if query != "" {
		item.Over = over
	}
	if item.Event.ID == "" {
		over <- bot.Ack{}
	} else if err := w.to.Take(r.Context(), []inbox.Item{item}); err != nil {
		w.refuse(to, r, err)
		return
	}
	if query == "" {
		return
	}

	ack, taken := toast(over)
	if !taken {
		return
	}
	answer := answerTo(query, ack)
	answer["method"] = "answerCallbackQuery"
	to.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(to).Encode(answer) // the press may be too old anyway
}

// refuse has an update posted again.
func (w *Webhook) refuse(to http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil && !errors.Is(err, store.ErrFull) && !errors.Is(err, context.Canceled) {
		select {
		case w.broken <- err:
		default:
		}
	}
	to.Header().Set("Retry-After", strconv.Itoa(int(roomWait/time.Second)))
	to.WriteHeader(http.StatusServiceUnavailable)
}
