package trial

import (
	"errors"
	"fmt"
	"slices"
)

// ErrBlocked is returned when somebody who has blocked the bot would write to
// it: the app asks them to unblock it first.
var ErrBlocked = errors.New("trial: the person has blocked the bot")

// File is what a person sends.
type File struct {
	Name string
	Data []byte
}

// act runs what a person does to the chat, which exists and is not blocked.
func (s *Server) act(person int64, do func(*chat) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.chats[person]
	if ch == nil {
		return fmt.Errorf("trial: there is no person %d", person)
	}
	if ch.blocked {
		return ErrBlocked
	}
	return do(ch)
}

// receive puts the person's message into the chat and tells the bot. The first
// message starts the bot; s.mu is held.
func (s *Server) receive(ch *chat, m *Message) *Message {
	m.From = ch.user
	s.add(ch, m)
	ch.read = m.ID
	ch.started = true
	ch.asked = nil
	s.altered(ch)
	s.notify("message", ch, m)
	return m
}

// Say writes to the bot and returns the id of the message. Like an app, it
// sends a text of more than 4096 characters in pieces; the id is the first's.
func (s *Server) Say(person int64, text string) (int, error) { return s.Reply(person, 0, text) }

// Reply answers a message of the chat; 0 answers none.
func (s *Server) Reply(person int64, to int, text string) (int, error) {
	pieces := pieces(text)
	if len(pieces) == 0 {
		return 0, errors.New("trial: a message cannot be empty")
	}

	first := 0
	err := s.act(person, func(ch *chat) error {
		reply := ch.find(to)
		if to != 0 && reply == nil {
			return fmt.Errorf("trial: there is no message %d to reply to", to)
		}
		for _, piece := range pieces {
			m := s.receive(ch, &Message{Text: piece, Entities: recognise(piece, nil), ReplyTo: quoted(reply)})
			if first == 0 {
				first = m.ID
			}
		}
		return nil
	})

	return first, err
}

// pieces trims a text and cuts it where an app would have to.
func pieces(text string) []string {
	var out []string
	text, _ = trim(text, nil)
	for text != "" {
		n := len(text)
		units := 0
		for i, r := range text {
			if units += utf16Len(r); units > maxText {
				n = i
				break
			}
		}
		if piece, _ := trim(text[:n], nil); piece != "" {
			out = append(out, piece)
		}
		text = text[n:]
	}

	return out
}

// Start presses the button of an empty chat, or opens t.me/<bot>?start=code.
func (s *Server) Start(person int64, code string) (int, error) {
	if code != "" {
		return s.Say(person, "/start "+code)
	}
	return s.Say(person, "/start")
}

// EditText changes the text or the caption of one of the person's messages.
func (s *Server) EditText(person int64, message int, text string) error {
	text, _ = trim(text, nil)
	return s.act(person, func(ch *chat) error {
		old := ch.find(message)
		if old == nil || old.FromBot() {
			return fmt.Errorf("trial: message %d is not the person's own", message)
		}

		edited := *old
		switch {
		case old.Text != "" && text != "" && size(text) <= maxText:
			edited.Text, edited.Entities = text, recognise(text, nil)
		case hasCaption(old) && size(text) <= maxCaption:
			edited.Caption, edited.CaptionEntities = text, recognise(text, nil)
		default:
			return fmt.Errorf("trial: message %d cannot become that", message)
		}

		if edited.Text == old.Text && edited.Caption == old.Caption {
			return nil
		}

		edited.EditDate, edited.Edited = s.now().Unix(), true
		s.replace(ch, &edited)
		s.notify("edited_message", ch, &edited)
		return nil
	})
}

// Press taps the button with this label under the message and returns the id
// of the tap, for WaitAnswer; the id is empty for a button that asks nothing
// of the bot.
func (s *Server) Press(person int64, message int, label string) (string, error) {
	return s.press(person, message, func(b Button, _, _ int) bool { return b.Text == label })
}

// PressAt taps the button at this place under the message.
func (s *Server) PressAt(person int64, message, row, column int) (string, error) {
	return s.press(person, message, func(_ Button, r, c int) bool { return r == row && c == column })
}

func (s *Server) press(person int64, message int, is func(b Button, row, column int) bool) (string, error) {
	query := ""
	err := s.act(person, func(ch *chat) error {
		m := ch.find(message)
		if m == nil || m.Markup == nil {
			return fmt.Errorf("trial: message %d has no buttons", message)
		}

		for r, row := range m.Markup.Rows {
			for c, b := range row {
				if !is(b, r, c) {
					continue
				}
				if b.CallbackData != "" {
					query = s.tap(ch, m, b.CallbackData)
				}
				return nil
			}
		}

		return fmt.Errorf("trial: message %d has no such button", message)
	})

	return query, err
}

// PressKey taps a button of the keyboard under the chat: it sends the label,
// the person's own contact, or the place.
func (s *Server) PressKey(person int64, label string, place Location) (int, error) {
	var key KeyboardButton
	err := s.act(person, func(ch *chat) error {
		if ch.keyboard != nil {
			for _, row := range ch.keyboard.Rows {
				if i := slices.IndexFunc(row, func(b KeyboardButton) bool { return b.Text == label }); i >= 0 {
					key = row[i]
					return nil
				}
			}
		}
		return errors.New("trial: the keyboard has no such button")
	})

	switch {
	case err != nil:
		return 0, err
	case key.RequestContact:
		return s.ShareOwnContact(person)
	case key.RequestLocation:
		return s.ShareLocation(person, place)
	}

	return s.Say(person, label)
}

// SendPhoto sends a picture as a photo: JPEG, PNG or GIF of at most 10 MiB.
func (s *Server) SendPhoto(person int64, photo File, caption string) (int, error) {
	return s.sendFiles(person, "photo", 0, caption, photo)
}

// SendAlbum sends two to ten photos at once, the caption on the first.
func (s *Server) SendAlbum(person int64, photos []File, caption string) (int, error) {
	return s.sendFiles(person, "photo", 0, caption, photos...)
}

// SendDocument sends a file as it is.
func (s *Server) SendDocument(person int64, doc File, caption string) (int, error) {
	return s.sendFiles(person, "document", 0, caption, doc)
}

// SendVideo sends a film.
func (s *Server) SendVideo(person int64, video File, caption string) (int, error) {
	return s.sendFiles(person, "video", 0, caption, video)
}

// sendFiles sends one message for each file, in an album when there are
// several, and returns the id of the first.
func (s *Server) sendFiles(person int64, kind string, to int, caption string, list ...File) (int, error) {
	if len(list) == 0 || len(list) > 10 {
		return 0, fmt.Errorf("trial: %d files at once", len(list))
	}

	var messages []*Message
	for _, sent := range list {
		f, err := s.files.keep(kind, upload{name: sent.Name, data: sent.Data})
		if err != nil {
			return 0, fmt.Errorf("trial: sending a file: %w", err)
		}
		m := &Message{}
		f.attach(m, videoFrame{width: 640, height: 360, duration: 1})
		messages = append(messages, m)
	}

	caption, _ = trim(caption, nil)
	messages[0].Caption, messages[0].CaptionEntities = caption, recognise(caption, nil)
	err := s.act(person, func(ch *chat) error {
		group := ""
		if len(messages) > 1 {
			group = itoa(s.next())
		}
		for _, m := range messages {
			m.MediaGroupID, m.ReplyTo = group, quoted(ch.find(to))
			s.receive(ch, m)
		}
		return nil
	})

	return messages[0].ID, err
}

// ShareContact sends a contact from the person's address book: anybody's.
func (s *Server) ShareContact(person int64, contact Contact) (int, error) {
	return s.sendThing(person, &Message{Contact: &contact})
}

// ShareOwnContact sends the person's own number, which Telegram vouches for by
// the user's id.
func (s *Server) ShareOwnContact(person int64) (int, error) {
	m := &Message{}
	err := s.act(person, func(ch *chat) error {
		p := ch.person
		m.Contact = &Contact{PhoneNumber: p.Phone, FirstName: p.First, LastName: p.Last, UserID: p.ID}
		s.receive(ch, m)
		return nil
	})
	return m.ID, err
}

// ShareLocation sends a point on the map.
func (s *Server) ShareLocation(person int64, place Location) (int, error) {
	return s.sendThing(person, &Message{Location: &place})
}

func (s *Server) sendThing(person int64, m *Message) (int, error) {
	err := s.act(person, func(ch *chat) error {
		s.receive(ch, m)
		return nil
	})
	return m.ID, err
}

// Block makes the person block the bot; the bot is told, and can no longer
// write. Unblock lets it write again.
func (s *Server) Block(person int64) error { return s.block(person, true) }

// Unblock undoes Block.
func (s *Server) Unblock(person int64) error { return s.block(person, false) }

func (s *Server) block(person int64, blocked bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.chats[person]
	if ch == nil {
		return fmt.Errorf("trial: there is no person %d", person)
	}
	if ch.blocked == blocked {
		return nil
	}

	ch.blocked = blocked
	status := func(blocked bool) member {
		if blocked {
			return member{Status: "kicked", User: s.bot, Until: new(int)}
		}
		return member{Status: "member", User: s.bot}
	}

	s.notify("my_chat_member", ch, &memberUpdated{
		Chat: ch.self, From: ch.user, Date: s.now().Unix(), Old: status(!blocked), New: status(blocked),
	})
	s.altered(ch)

	return nil
}
