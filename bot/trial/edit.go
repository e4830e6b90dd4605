package trial

import (
	"reflect"
	"slices"
	"strings"
	"time"
)

// deletable is how long after its date a message can be deleted (Bot API,
// deleteMessage).
const deletable = 48 * time.Hour

// reactions are those that a bot may set (Bot API, ReactionTypeEmoji).
const reactions = "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 " +
	"🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡"

func fields(s string) []string { return strings.Fields(s) }

func (s *Server) editMessageText(c *call) (any, error) {
	text, entities, err := c.formatted("text", "entities", maxText)
	if err != nil {
		return nil, err
	}
	if text == "" {
		return nil, badRequest("message text is empty")
	}

	return s.edit(c, func(m *Message) error {
		if m.Text == "" {
			return badRequest("there is no text in the message to edit")
		}
		m.Text, m.Entities = text, entities
		return nil
	})
}

func (s *Server) editMessageCaption(c *call) (any, error) {
	caption, entities, err := c.formatted("caption", "caption_entities", maxCaption)
	if err != nil {
		return nil, err
	}
	return s.edit(c, func(m *Message) error {
		if !hasCaption(m) {
			return badRequest("there is no caption in the message to edit")
		}
		m.Caption, m.CaptionEntities = caption, entities
		m.CaptionAbove = c.flag("show_caption_above_media")
		return nil
	})
}

func (s *Server) editMessageReplyMarkup(c *call) (any, error) {
	return s.edit(c, func(*Message) error { return nil })
}

// edit changes one of the bot's own messages. The buttons are those of the
// call: none when it names none.
func (s *Server) edit(c *call, change func(*Message) error) (any, error) {
	keys, err := c.markup()
	if err != nil {
		return nil, err
	}
	if !c.has("message_id") {
		return nil, badRequest("message identifier is not specified")
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	ch, old, err := s.message(c, "edit")
	if err != nil {
		return nil, err
	}
	if !old.FromBot() || old.ForwardOrigin != nil || old.Pinned != nil {
		return nil, badRequest("message can't be edited")
	}

	edited := *old
	if err := change(&edited); err != nil {
		return nil, err
	}

	edited.Markup = keys.Inline
	if reflect.DeepEqual(&edited, old) {
		return nil, badRequest("message is not modified: specified new message content and reply markup " +
			"are exactly the same as a current content and reply markup of the message")
	}

	edited.EditDate = s.now().Unix()
	edited.Edited = old.Edited || edited.Text != old.Text || edited.Caption != old.Caption
	s.replace(ch, &edited)
	return &edited, nil
}

// message finds the chat and message of a call; s.mu is held.
func (s *Server) message(c *call, verb string) (*chat, *Message, error) {
	ch, err := s.chat(c.text("chat_id"))
	if err != nil {
		return nil, nil, err
	}
	m := ch.find(int(c.integer("message_id")))
	if m == nil {
		return nil, nil, badRequest("message to %s not found", verb)
	}
	return ch, m, nil
}

func (s *Server) deleteMessage(c *call) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, m, err := s.message(c, "delete")
	if err != nil {
		return nil, err
	}
	if s.tooOld(m) {
		return nil, badRequest("message can't be deleted")
	}
	s.remove(ch, m.ID)
	return true, nil
}

func (s *Server) tooOld(m *Message) bool {
	return s.now().Sub(time.Unix(m.Date, 0)) >= deletable
}

// deleteMessages skips those that are not there.
func (s *Server) deleteMessages(c *call) (any, error) {
	var ids []int
	if err := c.object("message_ids", &ids); err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, badRequest("message identifiers are not specified")
	}
	if len(ids) > 100 {
		return nil, badRequest("too many message identifiers specified")
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.chat(c.text("chat_id"))
	if err != nil {
		return nil, err
	}

	for _, id := range ids {
		if m := ch.find(id); m != nil && s.tooOld(m) {
			return nil, badRequest("message can't be deleted")
		}
	}

	for _, id := range ids {
		if ch.find(id) != nil {
			s.remove(ch, id)
		}
	}

	return true, nil
}

func (s *Server) setMessageReaction(c *call) (any, error) {
	var set []struct {
		Type  string `json:"type"`
		Emoji string `json:"emoji"`
	}
	if err := c.object("reaction", &set); err != nil {
		return nil, err
	}
	if len(set) > 1 {
		return nil, badRequest("REACTIONS_TOO_MANY")
	}

	var emoji []string
	for _, r := range set {
		if r.Type != "emoji" || !oneOf(r.Emoji, fields(reactions)...) {
			return nil, badRequest("REACTION_INVALID")
		}
		emoji = append(emoji, r.Emoji)
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	ch, m, err := s.message(c, "react")
	if err != nil {
		return nil, err
	}

	reacted := *m
	reacted.Reactions = emoji
	s.replace(ch, &reacted)
	return true, nil
}

func (s *Server) pinChatMessage(c *call) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, m, err := s.message(c, "pin")
	if err != nil {
		return nil, err
	}
	if !slices.Contains(ch.pinned, m.ID) {
		ch.pinned = append(ch.pinned, m.ID)
		s.add(ch, &Message{From: s.bot, Pinned: quoted(m)})
		s.altered(ch)
	}
	return true, nil
}

// unpinChatMessage unpins the newest pin when it names no message.
func (s *Server) unpinChatMessage(c *call) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.chat(c.text("chat_id"))
	if err != nil {
		return nil, err
	}

	id := int(c.integer("message_id"))
	if !c.has("message_id") && len(ch.pinned) > 0 {
		id = ch.pinned[len(ch.pinned)-1]
	}

	ch.pinned = slices.DeleteFunc(ch.pinned, func(pin int) bool { return pin == id })
	s.altered(ch)
	return true, nil
}

func (s *Server) unpinAllChatMessages(c *call) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.chat(c.text("chat_id"))
	if err != nil {
		return nil, err
	}
	ch.pinned = nil
	s.altered(ch)
	return true, nil
}
