package schedule_test

import (
	"fmt"
	"slices"
	"strings"

	"danvan/bot"
	"danvan/flows"
	"danvan/store"
)

// say lets a person write.
func (s *soak) say(id store.PersonID, text string) {
	s.event++
	s.does(id, bot.Said, flows.Input{Kind: flows.TextInput, Text: text, Message: fmt.Sprint("p", s.event)})
}

// happens is an event that is nothing said.
func (s *soak) happens(id store.PersonID, kind bot.EventKind) { s.does(id, kind, flows.Input{}) }

func (s *soak) does(id store.PersonID, kind bot.EventKind, in flows.Input) {
	if kind == bot.Said && s.line.isBlocked(address(id).Chat) {
		return // who blocked the bot does not write to it
	}
	s.event++
	s.handle(bot.Event{ID: fmt.Sprint("soak/", s.event), At: s.now(), Kind: kind, From: address(id), Input: in})
}

// pressOne presses one of the newest buttons that begin with one of some
// prefixes, or any if there are none; false when there is no such button.
func (s *soak) pressOne(id store.PersonID, prefixes ...string) bool {
	all := s.line.buttons(address(id).Chat, prefixes...)
	if len(all) == 0 {
		return false
	}
	if len(prefixes) > 0 {
		all = slices.DeleteFunc(all, func(b button) bool { return b.age != all[0].age })
	}
	b := all[s.dice.IntN(len(all))]
	s.does(id, bot.Said, flows.Input{Kind: flows.PressInput, Press: b.data, Message: b.remote})
	return true
}

// walk answers the questions of a form until none is left.
func (s *soak) walk(id store.PersonID) {
	chat := address(id).Chat
	for range 30 {
		all := s.line.buttons(chat, "f.")
		if len(all) == 0 || all[0].age > 1 {
			return
		}
		var choices, onward []button
		for _, b := range all {
			option := b.data[strings.LastIndex(b.data, ".")+1:]
			switch {
			case b.age != all[0].age:
			case strings.HasPrefix(option, "~p") || strings.HasPrefix(option, "-") || strings.HasPrefix(option, "="):
			case !strings.HasPrefix(option, "~"):
				choices = append(choices, b)
			case strings.ContainsAny(option[1:2], "gsokydn"):
				onward = append(onward, b)
			}
		}
		switch {
		case len(onward) > 0 && (len(choices) == 0 || s.dice.IntN(2) == 0):
			choices = onward
		case len(choices) == 0:
			s.say(id, "Mưa lũ kéo dài, 31 hộ ở ấp Phú Đa phải di dời, cán bộ đi từng nhà vận động và hẹn xong trước 30/11")
			continue
		}
		b := choices[s.dice.IntN(len(choices))]
		s.does(id, bot.Said, flows.Input{Kind: flows.PressInput, Press: b.data, Message: b.remote})
	}
}
