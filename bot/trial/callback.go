package trial

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// Ages of a tap and of a typing sign. Telegram keeps an undelivered tap for 150
// seconds, but its answer is welcome for a few seconds only.
const (
	tapLasts      = 150 * time.Second
	answerAwaited = 15 * time.Second
	actionLasts   = 5 * time.Second
	maxToast      = 200 // characters
)

const queryTooOld = "query is too old and response timeout expired or query ID is invalid"

// pressed is a tap whose answer may still come.
type pressed struct {
	person  int64
	message int
	at      time.Time
	answer  *Answer
	ready   chan struct{} // closed when the answer is there
}

// Answer is what the person sees at once after a tap.
type Answer struct {
	Text  string `json:"text"`
	Alert bool   `json:"alert"` // a window to close instead of a passing note
	URL   string `json:"url,omitempty"`
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// tap registers that the person pressed a button and tells the bot; s.mu is held.
func (s *Server) tap(ch *chat, m *Message, data string) string {
	s.forget()
	id := itoa(4_000_000_000_000_000 + s.next())
	s.queries[id] = &pressed{person: ch.person.ID, message: m.ID, at: s.now(), ready: make(chan struct{})}
	s.notify("callback_query", ch, &callbackQuery{
		ID: id, From: ch.user, Message: m, ChatInstance: itoa(ch.person.ID), Data: data,
	})
	return id
}

// forget drops the taps that nobody can answer any more, once there are many;
// s.mu is held.
func (s *Server) forget() {
	if len(s.queries) < 1000 {
		return
	}
	for id, q := range s.queries {
		if s.now().Sub(q.at) > answerAwaited {
			delete(s.queries, id)
		}
	}
}

func (s *Server) answerCallbackQuery(c *call) (any, error) {
	if size(c.text("text")) > maxToast {
		return nil, badRequest("MESSAGE_TOO_LONG")
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.queries[c.text("callback_query_id")]
	if q == nil || q.answer != nil || s.now().Sub(q.at) > answerAwaited {
		return nil, badRequest(queryTooOld)
	}

	q.answer = &Answer{Text: c.text("text"), Alert: c.flag("show_alert"), URL: c.text("url")}
	close(q.ready)
	s.hub.publish(event{Kind: eventAnswer, Person: q.person, ID: q.message, Query: c.text("callback_query_id"), Answer: q.answer})
	return true, nil
}

// WaitAnswer waits for the bot to answer a tap.
func (s *Server) WaitAnswer(ctx context.Context, query string) (Answer, error) {
	s.mu.Lock()
	q := s.queries[query]
	s.mu.Unlock()

	if q == nil {
		return Answer{}, fmt.Errorf("waiting for the answer of tap %s: it is unknown", query)
	}

	select {
	case <-q.ready:
		s.mu.Lock()
		defer s.mu.Unlock()
		return *q.answer, nil
	case <-ctx.Done():
		return Answer{}, fmt.Errorf("waiting for the answer of tap %s: %w", query, ctx.Err())
	}
}
