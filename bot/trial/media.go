package trial

import (
	"encoding/json"
	"strings"
)

func (s *Server) sendPhoto(c *call) (any, error)    { return s.sendMedia(c, "photo") }
func (s *Server) sendDocument(c *call) (any, error) { return s.sendMedia(c, "document") }
func (s *Server) sendVideo(c *call) (any, error)    { return s.sendMedia(c, "video") }

func (s *Server) sendMedia(c *call, kind string) (any, error) {
	m := &Message{CaptionAbove: c.flag("show_caption_above_media"), Spoiler: c.flag("has_spoiler")}
	var err error
	if m.Caption, m.CaptionEntities, err = c.formatted("caption", "caption_entities", maxCaption); err != nil {
		return nil, err
	}
	f, err := s.media(c, kind, kind, c.text(kind))
	if err != nil {
		return nil, err
	}
	f.attach(m, videoFrame{int(c.integer("width")), int(c.integer("height")), int(c.integer("duration"))})
	return s.sendOne(c, m)
}

// media finds the file of a message: an upload under the parameter's own name
// or attached to it, or a file that the bot already knows.
func (s *Server) media(c *call, kind, name, ref string) (*file, error) {
	up, direct := c.files[name]
	if attached, ok := strings.CutPrefix(ref, "attach://"); ok {
		up, direct = c.files[attached]
		if !direct {
			return nil, badRequest("can't parse InputMedia: media not found")
		}
	}

	if direct {
		return s.files.upload(kind, up)
	}
	if strings.HasPrefix(ref, "http://") || strings.HasPrefix(ref, "https://") {
		return nil, notImplemented("sending a file by HTTP URL")
	}

	return s.files.known(kind, ref)
}

// albumItem is one element of the media of sendMediaGroup.
type albumItem struct {
	Type            string   `json:"type"`
	Media           string   `json:"media"`
	Caption         string   `json:"caption"`
	ParseMode       string   `json:"parse_mode"`
	CaptionEntities []Entity `json:"caption_entities"`
	CaptionAbove    bool     `json:"show_caption_above_media"`
	Spoiler         bool     `json:"has_spoiler"`
	Width           int      `json:"width"`
	Height          int      `json:"height"`
	Duration        int      `json:"duration"`
}

func (s *Server) sendMediaGroup(c *call) (any, error) {
	var items []albumItem
	if err := c.object("media", &items); err != nil {
		return nil, err
	}

	switch n := len(items); {
	case n == 0:
		return nil, badRequest("there are no messages to send")
	case n == 1:
		// The specification asks for 2-10 items; Telegram itself lets one pass.
		return nil, badRequest("an album must include 2-10 items")
	case n > 10:
		return nil, badRequest("too many messages to send as an album")
	}

	var messages []*Message
	for _, item := range items {
		if item.Type != items[0].Type && (item.Type == "document" || items[0].Type == "document") {
			return nil, badRequest("document can't be mixed with other media types")
		}
		m, err := s.albumMessage(c, item)
		if err != nil {
			return nil, err
		}
		messages = append(messages, m)
	}

	return s.send(c, messages...)
}

func (s *Server) albumMessage(c *call, item albumItem) (*Message, error) {
	if !oneOf(item.Type, "photo", "document", "video") {
		return nil, notImplemented("an album of type %s", item.Type)
	}

	own := &call{params: map[string]string{"caption": item.Caption, "parse_mode": item.ParseMode}}
	if item.CaptionEntities != nil {
		raw, err := json.Marshal(item.CaptionEntities)
		if err != nil {
			return nil, badRequest("can't parse InputMedia: caption_entities")
		}
		own.params["caption_entities"] = string(raw)
	}

	m := &Message{CaptionAbove: item.CaptionAbove, Spoiler: item.Spoiler}
	var err error
	if m.Caption, m.CaptionEntities, err = own.formatted("caption", "caption_entities", maxCaption); err != nil {
		return nil, err
	}

	f, err := s.media(c, item.Type, "", item.Media)
	if err != nil {
		return nil, err
	}

	f.attach(m, videoFrame{item.Width, item.Height, item.Duration})
	return m, nil
}

func hasCaption(m *Message) bool { return m.Photo != nil || m.Document != nil || m.Video != nil }
