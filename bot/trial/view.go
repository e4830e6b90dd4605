package trial

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// View is what a person sees of the chat at one moment.
type View struct {
	Messages []Message // without the deleted ones, oldest first
	Keyboard *ReplyKeyboard
	Asked    *Asked // the message that the app answers
	Pinned   []int
	Action   string // "typing", …; empty when the bot does nothing
	Started  bool
	Blocked  bool
}

// Last is the newest message, or an empty one when there is none.
func (v View) Last() Message {
	if len(v.Messages) == 0 {
		return Message{}
	}
	return v.Messages[len(v.Messages)-1]
}

// Chat returns what the person sees now.
func (s *Server) Chat(person int64) (View, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.chats[person]
	if ch == nil {
		return View{}, fmt.Errorf("trial: there is no person %d", person)
	}
	return s.view(ch), nil
}

// view copies what the person sees; s.mu is held.
func (s *Server) view(ch *chat) View {
	v := View{Keyboard: ch.keyboard, Asked: ch.asked, Pinned: slices.Clone(ch.pinned), Started: ch.started, Blocked: ch.blocked}
	for _, m := range ch.messages {
		if m != nil {
			v.Messages = append(v.Messages, *m)
		}
	}
	if s.now().Before(ch.until) {
		v.Action = ch.action
	}
	return v
}

// Wait returns the first view of the chat that the condition accepts. It looks
// whenever something in the chat changes.
func (s *Server) Wait(ctx context.Context, person int64, accepts func(View) bool) (View, error) {
	var v View
	err := s.waitFor(ctx, person, func(ch *chat) { v = s.view(ch) }, func() bool { return accepts(v) })
	return v, err
}

// Next returns the first message of the bot after the message with this id; a
// note that something was pinned does not count. It costs the same in a long
// chat as in a short one.
func (s *Server) Next(ctx context.Context, person int64, after int) (Message, error) {
	var found *Message
	err := s.waitFor(ctx, person, func(ch *chat) {
		for _, m := range ch.after(after) {
			if m != nil && m.FromBot() && m.Pinned == nil {
				found = m
				return
			}
		}
	}, func() bool { return found != nil })
	if err != nil {
		return Message{}, err
	}

	return *found, nil
}

// waitFor looks at the chat, with s.mu held, until it is done, without.
func (s *Server) waitFor(ctx context.Context, person int64, look func(*chat), done func() bool) error {
	for {
		s.mu.Lock()
		ch := s.chats[person]
		if ch == nil {
			s.mu.Unlock()
			return fmt.Errorf("trial: there is no person %d", person)
		}

		look(ch)
		changed := ch.changed
		s.mu.Unlock()

		if done() {
			return nil
		}

		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("trial: waiting for the chat of %d: %w", person, ctx.Err())
		case <-s.over.Done():
			return errors.New("trial: the server closed")
		}
	}
}

// Download returns the bytes of a file that somebody sent.
func (s *Server) Download(fileID string) ([]byte, error) {
	s.files.mu.Lock()
	defer s.files.mu.Unlock()
	f := s.files.byID[fileID]
	if f == nil {
		return nil, fmt.Errorf("trial: there is no file %s", fileID)
	}
	return f.data, nil
}

// SendUpdate queues an update as it is given, even one that nobody can decode,
// and returns its id. The kind is a field of Update: "message", "poll".
func (s *Server) SendUpdate(kind string, value json.RawMessage) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue.push(&update{kind: kind, value: value, until: s.now().Add(updateLasts), lane: "raw"})
	return s.queue.last
}

// Pending is the number of updates that the bot has not confirmed.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.queue.items)
}
