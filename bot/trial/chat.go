package trial

import (
	"slices"
	"strconv"
	"time"
)

// chat is one person's conversation with the bot; Server.mu guards it.
type chat struct {
	person  Person
	user    *User
	self    Chat
	started bool
	blocked bool
	// messages stand at their id less first; a deleted one is nil.
	messages []*Message
	first    int // the id of the first message
	keyboard *ReplyKeyboard
	laidBy   int // the message that brought the keyboard
	asked    *Asked
	pinned   []int
	read     int // the last message that the person has seen on the page
	action   string
	until    time.Time // when the action ends
	changed  chan struct{}
}

// Asked is a forced reply: the person's app answers this message.
type Asked struct {
	Message     int    `json:"message_id"`
	Placeholder string `json:"placeholder,omitempty"`
}

func newChat(p Person, first int) *chat {
	return &chat{
		first:   first,
		person:  p,
		user:    &User{ID: p.ID, FirstName: p.First, LastName: p.Last, Username: p.Username, LanguageCode: p.Language},
		self:    Chat{ID: p.ID, Type: "private", Username: p.Username, FirstName: p.First, LastName: p.Last},
		started: p.Started,
		changed: make(chan struct{}),
	}
}

// find returns the message, or nil when it never was or is deleted.
func (ch *chat) find(id int) *Message {
	if id < ch.first || id >= ch.next() {
		return nil
	}
	return ch.messages[id-ch.first]
}

// next is the id of the next message.
func (ch *chat) next() int { return ch.first + len(ch.messages) }

// after returns the messages after an id, deleted ones as nil.
func (ch *chat) after(id int) []*Message {
	return ch.messages[min(max(id+1-ch.first, 0), len(ch.messages)):]
}

// wake tells everyone who waits for the chat that it changed.
func (ch *chat) wake() {
	close(ch.changed)
	ch.changed = make(chan struct{})
}

// add puts a new message into the chat and shows it; s.mu is held.
func (s *Server) add(ch *chat, m *Message) {
	m.ID = ch.next()
	m.Chat = ch.self
	m.Date = s.now().Unix()
	ch.messages = append(ch.messages, m)
	s.shown(ch, m)
}

// replace puts the edited message in the place of the old one; s.mu is held.
func (s *Server) replace(ch *chat, m *Message) {
	ch.messages[m.ID-ch.first] = m
	s.shown(ch, m)
}

func (s *Server) shown(ch *chat, m *Message) {
	s.hub.publish(event{Kind: eventMessage, Person: ch.person.ID, Message: m})
	ch.wake()
}

// remove deletes the message for both sides; s.mu is held.
func (s *Server) remove(ch *chat, id int) {
	ch.messages[id-ch.first] = nil
	ch.pinned = slices.DeleteFunc(ch.pinned, func(pin int) bool { return pin == id })
	s.hub.publish(event{Kind: eventDeleted, Person: ch.person.ID, ID: id})
	s.altered(ch)
}

// altered shows everything about a chat that is not a message; s.mu is held.
func (s *Server) altered(ch *chat) {
	if s.hub.watched() {
		s.hub.publish(event{Kind: eventChat, Person: ch.person.ID, Chat: s.state(ch)})
	}
	ch.wake()
}

// chat finds a chat by a chat_id parameter; s.mu is held.
func (s *Server) chat(id string) (*chat, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err == nil {
		if ch := s.chats[n]; ch != nil && ch.started {
			return ch, nil
		}
	}
	if id == "" {
		return nil, badRequest("chat_id is empty")
	}
	return nil, badRequest("chat not found")
}

// writable is a chat that the bot may write to; s.mu is held.
func (s *Server) writable(id string) (*chat, error) {
	ch, err := s.chat(id)
	if err == nil && ch.blocked {
		return nil, errBlocked
	}
	return ch, err
}

// quoted is the message as it stands inside another: without the message that
// it replies to.
func quoted(m *Message) *Message {
	if m == nil || m.ReplyTo == nil {
		return m
	}
	bare := *m
	bare.ReplyTo = nil
	return &bare
}
