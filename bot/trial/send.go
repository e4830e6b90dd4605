package trial

// chatActions are those of sendChatAction, whose effect lasts five seconds or
// until the next message.
const chatActions = "typing upload_photo record_video upload_video record_voice upload_voice upload_document " +
	"choose_sticker find_location record_video_note upload_video_note"

func (s *Server) sendMessage(c *call) (any, error) {
	text, entities, err := c.formatted("text", "entities", maxText)
	if err != nil {
		return nil, err
	}
	if text == "" {
		return nil, badRequest("message text is empty")
	}
	return s.sendOne(c, &Message{Text: text, Entities: entities})
}

func (s *Server) sendLocation(c *call) (any, error) {
	at := Location{Latitude: c.float("latitude"), Longitude: c.float("longitude")}
	if at.Latitude < -90 || at.Latitude > 90 || at.Longitude < -180 || at.Longitude > 180 {
		return nil, badRequest("location is invalid")
	}
	return s.sendOne(c, &Message{Location: &at})
}

func (s *Server) sendContact(c *call) (any, error) {
	if c.text("phone_number") == "" {
		return nil, badRequest("phone number is empty")
	}
	if c.text("first_name") == "" {
		return nil, badRequest("first name is empty")
	}
	return s.sendOne(c, &Message{Contact: &Contact{
		PhoneNumber: c.text("phone_number"), FirstName: c.text("first_name"), LastName: c.text("last_name"),
	}})
}

func (s *Server) sendOne(c *call, m *Message) (any, error) {
	sent, err := s.send(c, m)
	if err != nil {
		return nil, err
	}
	return sent[0], nil
}

// send puts messages into the chat of the call, with what all sending methods
// share: the reply, the markup, the protection.
func (s *Server) send(c *call, messages ...*Message) ([]*Message, error) {
	keys, err := c.markup()
	if err != nil {
		return nil, err
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.writable(c.text("chat_id"))
	if err != nil {
		return nil, err
	}

	reply, err := ch.replied(c)
	if err != nil {
		return nil, err
	}

	group := ""
	if len(messages) > 1 {
		group = itoa(s.next())
	}

	for _, m := range messages {
		m.From, m.ReplyTo, m.Markup = s.bot, reply, keys.Inline
		m.Protected, m.MediaGroupID = c.flag("protect_content"), group
		s.add(ch, m)
	}

	ch.action = ""
	s.arrange(ch, keys, messages[len(messages)-1].ID)
	return messages, nil
}

// arrange changes what the person can type with; s.mu is held.
func (s *Server) arrange(ch *chat, keys markup, message int) {
	ch.asked = nil
	switch {
	case keys.Reply != nil:
		ch.keyboard, ch.laidBy = keys.Reply, message
	case keys.Remove:
		ch.keyboard = nil
	case keys.ForceReply:
		ch.asked = &Asked{Message: message, Placeholder: keys.Hint}
	}
	s.altered(ch)
}

// replied is the message that the call replies to, if any.
func (ch *chat) replied(c *call) (*Message, error) {
	var to struct {
		Message int    `json:"message_id"`
		Chat    any    `json:"chat_id"`
		Quote   string `json:"quote"`
		Lenient bool   `json:"allow_sending_without_reply"`
	}

	if err := c.object("reply_parameters", &to); err != nil || !c.has("reply_parameters") {
		return nil, err
	}
	if to.Chat != nil || to.Quote != "" {
		return nil, notImplemented("reply with a quote or to another chat")
	}

	m := ch.find(to.Message)
	if m == nil && !to.Lenient {
		return nil, badRequest("message to be replied not found")
	}

	return quoted(m), nil
}

func (s *Server) sendChatAction(c *call) (any, error) {
	action := c.text("action")
	if !oneOf(action, fields(chatActions)...) {
		return nil, badRequest("wrong parameter action in request")
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.writable(c.text("chat_id"))
	if err != nil {
		return nil, err
	}

	ch.action, ch.until = action, s.now().Add(actionLasts)
	s.hub.publish(event{Kind: eventAction, Person: ch.person.ID, Action: action})
	ch.wake()
	return true, nil
}

func (s *Server) copyMessage(c *call) (any, error) {
	caption, entities, err := c.formatted("caption", "caption_entities", maxCaption)
	if err != nil {
		return nil, err
	}

	m, err := s.source(c, "copied")
	if err != nil {
		return nil, err
	}

	twin := *m
	twin.ForwardOrigin, twin.EditDate, twin.Edited, twin.Reactions = nil, 0, false, nil
	if c.has("caption") && hasCaption(m) {
		twin.Caption, twin.CaptionEntities = caption, entities
	}

	sent, err := s.send(c, &twin)
	if err != nil {
		return nil, err
	}

	return map[string]int{"message_id": sent[0].ID}, nil
}

func (s *Server) forwardMessage(c *call) (any, error) {
	m, err := s.source(c, "forwarded")
	if err != nil {
		return nil, err
	}
	twin := *m
	twin.EditDate, twin.Edited, twin.Reactions = 0, false, nil
	if twin.ForwardOrigin == nil {
		twin.ForwardOrigin = &Origin{Type: "user", Date: m.Date, User: m.From}
	}
	return s.sendOne(c, &twin)
}

// source is the message of from_chat_id that a copy or forward starts from.
func (s *Server) source(c *call, verb string) (*Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.chat(c.text("from_chat_id"))
	if err != nil {
		return nil, err
	}

	m := ch.find(int(c.integer("message_id")))
	if m == nil {
		return nil, badRequest("message to %s not found", map[string]string{"copied": "copy", "forwarded": "forward"}[verb])
	}
	if m.Protected || m.Pinned != nil {
		return nil, badRequest("message can't be %s", verb)
	}

	return m, nil
}
