package trial

import (
	"encoding/json"
	"regexp"
)

// Limits of the bot's profile, in UTF-16 units (Bot API, setMyName and others).
const (
	maxBotName          = 64
	maxDescription      = 512
	maxShortDescription = 120
	maxCommands         = 100
	maxCommandText      = 256
)

var (
	commandName  = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	languageName = regexp.MustCompile(`^([a-z]{2})?$`)
)

// profile is what the bot has set about itself; Server.mu guards it.
type profile struct {
	commands map[commandKey][]Command
	words    map[string]map[string]string // name, description, …; by language
	menu     json.RawMessage              // the default of all chats
	menus    map[int64]json.RawMessage
}

type commandKey struct {
	scope    string // the type, with the chat where it has one
	language string
}

func newProfile() profile {
	return profile{
		commands: map[commandKey][]Command{},
		words:    map[string]map[string]string{"name": {}, "description": {}, "short_description": {}},
		menu:     json.RawMessage(`{"type":"commands"}`),
		menus:    map[int64]json.RawMessage{},
	}
}

func (s *Server) getMe(*call) (any, error) {
	return struct {
		User
		CanJoin bool `json:"can_join_groups"`
		CanRead bool `json:"can_read_all_group_messages"`
		Inline  bool `json:"supports_inline_queries"`
	}{*s.bot, true, false, false}, nil
}

// commandKey reads the scope and language of a call about commands.
func (s *Server) commandKey(c *call) (commandKey, error) {
	var scope struct {
		Type string          `json:"type"`
		Chat json.RawMessage `json:"chat_id"`
		User int64           `json:"user_id"`
	}

	scope.Type = "default"
	if err := c.object("scope", &scope); err != nil {
		return commandKey{}, err
	}

	language := c.text("language_code")
	if !languageName.MatchString(language) {
		return commandKey{}, badRequest("invalid language code specified")
	}

	key := commandKey{scope: scope.Type, language: language}
	if scope.Chat != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		ch, err := s.chat(string(scope.Chat))
		if err != nil {
			return commandKey{}, err
		}
		if scope.Type != "chat" {
			return commandKey{}, badRequest("can't change commands of a group in a private chat")
		}
		key.scope += ":" + itoa(ch.person.ID)
	}

	return key, nil
}

func (s *Server) setMyCommands(c *call) (any, error) {
	key, err := s.commandKey(c)
	if err != nil {
		return nil, err
	}

	var list []Command
	if err := c.object("commands", &list); err != nil {
		return nil, err
	}
	if len(list) > maxCommands {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}

	for _, cmd := range list {
		if !commandName.MatchString(cmd.Command) {
			return nil, badRequest("BOT_COMMAND_INVALID")
		}
		if n := size(cmd.Description); n < 1 || n > maxCommandText {
			return nil, badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	s.profile.commands[key] = list
	s.profileChanged()

	return true, nil
}

func (s *Server) deleteMyCommands(c *call) (any, error) {
	key, err := s.commandKey(c)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.profile.commands, key)
	s.profileChanged()
	return true, nil
}

// getMyCommands gives exactly what was set for the scope and language.
func (s *Server) getMyCommands(c *call) (any, error) {
	key, err := s.commandKey(c)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Command{}, s.profile.commands[key]...), nil
}

// commandsFor is what the person's menu shows: the first list that is not
// empty, from the narrowest scope to the widest, each in the person's language
// and then in none (Bot API, "Determining list of commands").
func (p *profile) commandsFor(person Person) []Command {
	for _, scope := range []string{"chat:" + itoa(person.ID), "all_private_chats", "default"} {
		for _, language := range []string{person.Language, ""} {
			if list := p.commands[commandKey{scope, language}]; len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

// wordFor is the profile's text in the language, or in none.
func (p *profile) wordFor(name, language string) string {
	if text := p.words[name][language]; text != "" {
		return text
	}
	return p.words[name][""]
}

func profileSetter(name string, limit int) method {
	return func(s *Server, c *call) (any, error) {
		if !languageName.MatchString(c.text("language_code")) {
			return nil, badRequest("invalid language code specified")
		}
		if size(c.text(name)) > limit {
			return nil, badRequest("%s is too long", name)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.profile.words[name][c.text("language_code")] = c.text(name)
		s.profileChanged()
		return true, nil
	}
}

func profileGetter(name string) method {
	return func(s *Server, c *call) (any, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		text := s.profile.wordFor(name, c.text("language_code"))
		if text == "" && name == "name" {
			text = s.bot.FirstName
		}
		return map[string]string{name: text}, nil
	}
}

// setChatMenuButton sets the button of one chat, or of all that have no own.
func (s *Server) setChatMenuButton(c *call) (any, error) {
	button := json.RawMessage(c.text("menu_button"))
	if len(button) == 0 {
		button = json.RawMessage(`{"type":"default"}`)
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	if !c.has("chat_id") {
		s.profile.menu = button
		return true, nil
	}

	ch, err := s.chat(c.text("chat_id"))
	if err != nil {
		return nil, err
	}

	s.profile.menus[ch.person.ID] = button
	return true, nil
}

func (s *Server) getChatMenuButton(c *call) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !c.has("chat_id") {
		return s.profile.menu, nil
	}

	ch, err := s.chat(c.text("chat_id"))
	if err != nil {
		return nil, err
	}
	if own := s.profile.menus[ch.person.ID]; own != nil {
		return own, nil
	}

	return s.profile.menu, nil
}

func (s *Server) getChat(c *call) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.chat(c.text("chat_id"))
	if err != nil {
		return nil, err
	}

	gifts := map[string]bool{
		"unlimited_gifts": true, "limited_gifts": true, "unique_gifts": true, "premium_subscription": true, "gifts_from_channels": true,
	}

	return struct {
		Chat
		Accent       int             `json:"accent_color_id"`
		MaxReactions int             `json:"max_reaction_count"`
		Gifts        map[string]bool `json:"accepted_gift_types"`
		Pinned       *Message        `json:"pinned_message,omitempty"`
	}{ch.self, 0, 1, gifts, ch.lastPinned()}, nil
}

func (ch *chat) lastPinned() *Message {
	if len(ch.pinned) == 0 {
		return nil
	}
	return ch.find(ch.pinned[len(ch.pinned)-1])
}

// profileChanged tells open pages to ask again; s.mu is held.
func (s *Server) profileChanged() { s.hub.publish(event{Kind: eventProfile}) }
