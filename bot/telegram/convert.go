package telegram

import (
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"danvan/bot"
	"danvan/flows"
	"danvan/store"
)

// Name is the channel's name in a store.Address.
const Name = "telegram"

// fileNameLimit is how many characters of a file's name are kept.
const fileNameLimit = 100

// nearlyFull is the length, in UTF-16 units, from which a text may have been cut:
// a message holds 4,096, and clients cut at a space if there is one.
const nearlyFull = 4000

// incoming is an update as the bot understands it.
type incoming struct {
	event bot.Event // without an id: there is nothing to handle
	query string    // of a pressed button, to be answered
}

// convert makes an event of an update. Only private chats speak: for anything
// else the event is empty.
func convert(u update, now time.Time) incoming {
	ev := bot.Event{ID: Name + "/" + strconv.FormatInt(u.ID, 10), At: now, Kind: bot.Said}
	var in incoming
	ok := false
	switch {
	case u.Message != nil:
		ok = fromMessage(&ev, u.Message, false)
	case u.Edited != nil:
		ok = fromMessage(&ev, u.Edited, true)
	case u.Press != nil:
		in.query = u.Press.ID
		ok = fromPress(&ev, u.Press)
	case u.Member != nil:
		ok = fromMember(&ev, u.Member)
	}
	if ok {
		in.event = ev
	}

	return in
}

func fromMessage(ev *bot.Event, m *message, edited bool) bool {
	if m.From == nil || !speaks(*m.From, m.Chat) {
		return false
	}

	in, ok := content(m)
	if !ok || edited && m.Location != nil { // a live location moves without anybody's doing
		return false
	}

	in.At = time.Unix(m.Date, 0).UTC()
	in.Message = strconv.FormatInt(m.ID, 10)
	in.Edited = edited
	if m.ReplyTo != nil {
		in.ReplyTo = strconv.FormatInt(m.ReplyTo.ID, 10)
	}

	sender(ev, *m.From)
	ev.Input = in
	return true
}

func fromPress(ev *bot.Event, p *callback) bool {
	if p.Message == nil || p.Data == "" || !speaks(p.From, p.Message.Chat) {
		return false
	}
	sender(ev, p.From)
	ev.Input = flows.Input{
		Kind: flows.PressInput, Press: p.Data, Message: strconv.FormatInt(p.Message.ID, 10),
	}
	return true
}

func fromMember(ev *bot.Event, m *member) bool {
	if !speaks(m.From, m.Chat) {
		return false
	}

	switch m.New.Status {
	case "kicked":
		ev.Kind = bot.Left
	case "member":
		ev.Kind = bot.Returned
	default:
		return false
	}

	sender(ev, m.From)
	return true
}

func speaks(u user, c chat) bool { return c.Type == "private" && c.ID == u.ID && !u.Bot }

// sender notes who did it. A private chat has its person's id.
func sender(ev *bot.Event, u user) {
	ev.From = store.Address{Channel: Name, Chat: strconv.FormatInt(u.ID, 10)}
	ev.Name = fullName(u.First, u.Last)
	ev.Language = u.Language
}

func fullName(first, last string) string { return strings.TrimSpace(first + " " + last) }

// content says what a message holds; false for one about the chat itself.
// Text and captions stay as they were typed.
func content(m *message) (flows.Input, bool) {
	switch {
	case m.Text != "":
		full := len(utf16.Encode([]rune(m.Text))) >= nearlyFull
		return flows.Input{Kind: flows.TextInput, Text: m.Text, Full: full}, true
	case len(m.Photo) > 0:
		return evidence(m, store.Photo, best(m.Photo)), true
	case m.Document != nil:
		return evidence(m, store.Document, *m.Document), true
	case m.Video != nil:
		return evidence(m, store.Video, *m.Video), true
	case m.Audio != nil:
		return evidence(m, store.Document, *m.Audio), true

	case m.Contact != nil:
		return flows.Input{
			Kind: flows.ContactInput, Phone: m.Contact.Phone, Name: fullName(m.Contact.First, m.Contact.Last),
			Own: m.From != nil && m.Contact.UserID == m.From.ID,
		}, true

	case m.Location != nil:
		in := flows.Input{Kind: flows.PlaceInput, Lat: m.Location.Lat, Lon: m.Location.Lon}
		if m.Venue != nil {
			in.Text = strings.Trim(m.Venue.Title+", "+m.Venue.Address, ", ")
		}
		return in, true
	}

	what := m.others.name()
	return flows.Input{Kind: flows.OtherInput, What: what}, what != ""
}

// evidence makes an input of a file. A larger one than the Bot API gives
// cannot be fetched, though it can be shown again.
func evidence(m *message, kind store.FileKind, f file) flows.Input {
	return flows.Input{
		Kind: flows.FileInput, Text: m.Caption, TooBig: f.Size > fetchLimit,
		File: store.Evidence{
			ID: f.ID, UniqueID: f.UniqueID, Kind: kind, Name: fileName(f.Name), Size: f.Size,
			Caption: m.Caption, Album: m.Album, Message: strconv.FormatInt(m.ID, 10),
		},
	}
}

// best returns the largest size of a photo.
func best(sizes []photoSize) file {
	b := sizes[0]
	for _, s := range sizes[1:] {
		if s.Width*s.Height > b.Width*b.Height {
			b = s
		}
	}
	return file{ID: b.ID, UniqueID: b.UniqueID, Size: b.Size}
}

func (o others) name() string {
	for _, c := range []struct {
		there *presence
		name  string
	}{
		{o.Sticker, "sticker"}, {o.Voice, "voice"}, {o.VideoNote, "video_note"}, {o.Poll, "poll"},
		{o.Dice, "dice"}, {o.Game, "game"}, {o.Story, "story"}, {o.Checklist, "checklist"},
		{o.PaidMedia, "paid_media"}, {o.Gift, "gift"}, {o.Giveaway, "giveaway"}, {o.Rich, "rich_message"},
	} {
		if c.there != nil {
			return c.name
		}
	}

	return ""
}

// fileName makes a sender's file name harmless: never a path, no characters
// that control a terminal or the direction of writing, none that a file system
// refuses, composed, and short. The extension stays.
func fileName(s string) string {
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp), r == unicode.ReplacementChar:
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, norm.NFC.String(s))

	s = strings.Trim(s, ". ")
	if runes := []rune(s); len(runes) > fileNameLimit {
		ext := []rune(path.Ext(s))
		if len(ext) > 10 {
			ext = nil
		}
		s = string(runes[:fileNameLimit-len(ext)]) + string(ext)
	}

	return s
}
