package trial

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Rules of webhooks (Bot API, setWebhook; retries as Telegram's server does).
const (
	defaultConnections = 40
	webhookTimeout     = 60 * time.Second
	firstRetry         = time.Second
	longestRetry       = 60 * time.Second
	longestRetryAfter  = time.Hour
)

var secretToken = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// webhook posts updates to the bot: those of one lane in order, those of
// different lanes at once, so that a tap may overtake a message.
type webhook struct {
	url, secret string
	connections int
	client      *http.Client
	stop        context.CancelFunc
	busy        map[string]bool // lanes with a post under way; Server.mu
	freed       chan struct{}   // a post is over
	errorText   string
	errorDate   int64
}

func (s *Server) setWebhook(c *call) (any, error) {
	if c.text("url") == "" {
		return s.deleteWebhook(c)
	}
	if err := checkWebhookURL(c.text("url")); err != nil {
		return nil, err
	}
	if secret := c.text("secret_token"); secret != "" && !secretToken.MatchString(secret) {
		return nil, badRequest("secret token contains unallowed characters or is too long")
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.allow(c); err != nil {
		return nil, err
	}
	if c.flag("drop_pending_updates") {
		s.queue.items = nil
	}

	s.endPoll(webhookSet)
	s.endWebhook()
	ctx, stop := context.WithCancel(s.over)
	h := &webhook{
		url: c.text("url"), secret: c.text("secret_token"),
		connections: c.clamp("max_connections", 1, 100, defaultConnections),
		client: &http.Client{
			Timeout:       webhookTimeout,
			Transport:     &http.Transport{MaxIdleConnsPerHost: defaultConnections},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		stop: stop, busy: map[string]bool{}, freed: make(chan struct{}, 1),
	}

	s.hook = h
	s.workers.Go(func() { s.deliver(ctx, h) })
	return true, nil
}

// checkWebhookURL asks for what Telegram asks; this machine itself may be
// reached plainly and on any port, since nothing here leaves it.
func checkWebhookURL(raw string) error {
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" {
		return badRequest("bad webhook: invalid webhook URL specified")
	}

	ip, err := netip.ParseAddr(u.Hostname())
	if u.Hostname() == "localhost" || err == nil && ip.IsLoopback() {
		return nil
	}
	if u.Scheme != "https" {
		return badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	if !oneOf(u.Port(), "", "443", "80", "88", "8443") {
		return badRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
	}

	return nil
}

func (s *Server) deleteWebhook(c *call) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endWebhook()
	if c.flag("drop_pending_updates") {
		s.queue.items = nil
	}
	return true, nil
}

// endWebhook stops deliveries; s.mu is held.
func (s *Server) endWebhook() {
	if s.hook != nil {
		s.hook.stop()
		s.hook = nil
	}
}

func (s *Server) getWebhookInfo(*call) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue.expire(s.now())

	out := map[string]any{"url": "", "has_custom_certificate": false, "pending_update_count": len(s.queue.items)}
	if h := s.hook; h != nil {
		out["url"], out["max_connections"] = h.url, h.connections
		if h.errorText != "" {
			out["last_error_message"], out["last_error_date"] = h.errorText, h.errorDate
		}
	}

	if s.queue.allowed != nil {
		var kinds []string
		for kind := range s.queue.allowed {
			kinds = append(kinds, kind)
		}
		slices.Sort(kinds)
		out["allowed_updates"] = kinds
	}

	return out, nil
}

// deliver starts a post for every lane that has something and is not busy.
func (s *Server) deliver(ctx context.Context, h *webhook) {
	for ctx.Err() == nil {
		s.mu.Lock()
		s.queue.expire(s.now())
		added := s.queue.added

		for _, u := range s.queue.items {
			if len(h.busy) >= h.connections {
				break
			}
			if !h.busy[u.lane] {
				h.busy[u.lane] = true
				s.workers.Go(func() { s.postLane(ctx, h, u) })
			}
		}

		s.mu.Unlock()
		select {
		case <-added:
		case <-h.freed:
		case <-ctx.Done():
		}
	}
}

// postLane posts an update until it is taken or too old: again at once, then
// after doubling delays, or when the bot says.
func (s *Server) postLane(ctx context.Context, h *webhook, u *update) {
	for delay := time.Duration(0); ctx.Err() == nil; {
		after, err := s.post(ctx, h, u)
		if err == nil {
			break
		}
		if s.postFailed(h, u, err) {
			break
		}
		s.pause(ctx, max(delay, after))
		delay = min(max(2*delay, firstRetry), longestRetry)
	}

	s.mu.Lock()
	if ctx.Err() == nil {
		s.queue.items = slices.DeleteFunc(s.queue.items, func(other *update) bool { return other == u })
	}

	delete(h.busy, u.lane)
	s.mu.Unlock()

	select {
	case h.freed <- struct{}{}:
	default:
	}
}

// postFailed notes the failure and reports whether the update is too old by now.
func (s *Server) postFailed(h *webhook, u *update, err error) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	h.errorText, h.errorDate = err.Error(), s.now().Unix()
	return s.now().After(u.until)
}

// perform makes the call that stands in the answer to a post; the bot does not
// hear what becomes of it.
func (s *Server) perform(ctx context.Context, said []byte) {
	c := &call{ctx: ctx, params: map[string]string{}, files: map[string]upload{}}
	if len(said) == 0 || c.readJSON(bytes.NewReader(said)) != nil {
		return
	}
	name := strings.ToLower(c.params["method"])
	delete(c.params, "method")
	sh := s.spec.methods[name]
	if sh == nil || strings.HasPrefix(name, "get") {
		return
	}
	_, _ = s.call(name, sh, c)
}

// post sends one update and returns after what time the bot wants to hear again.
func (s *Server) post(ctx context.Context, h *webhook, u *update) (time.Duration, error) {
	body, err := json.Marshal(u)
	if err != nil {
		return 0, fmt.Errorf("encoding update %d: %w", u.id, err)
	}

	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("preparing a post: %w", err)
	}

	r.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}

	answer, err := h.client.Do(r)
	if err != nil {
		return 0, fmt.Errorf("posting an update: %w", err)
	}
	defer func() { _ = answer.Body.Close() }() // what was read stays read

	said, err := io.ReadAll(io.LimitReader(answer.Body, 1<<20))
	if err != nil {
		return 0, fmt.Errorf("reading the answer to an update: %w", err)
	}
	if answer.StatusCode/100 == 2 {
		s.perform(ctx, said)
		return 0, nil
	}

	seconds, _ := strconv.Atoi(answer.Header.Get("Retry-After"))
	return min(time.Duration(seconds)*time.Second, longestRetryAfter), fmt.Errorf("wrong response from the webhook: %s", answer.Status)
}
