package trial

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// Limits of keyboards. Those of rows and of the whole are not documented by
// Telegram; they are what bots met in practice.
const (
	maxCallbackData  = 64 // bytes
	maxInlineButtons = 100
	maxInlineRow     = 8
	maxInlineBytes   = 10 << 10
	maxReplyButtons  = 300
	maxReplyRow      = 12
	maxPlaceholder   = 64
	maxCopyText      = 256
)

// InlineKeyboard is the buttons under a message.
type InlineKeyboard struct {
	Rows [][]Button `json:"inline_keyboard"`
}

// Button is one button under a message.
type Button struct {
	Text         string          `json:"text"`
	Style        string          `json:"style,omitempty"` // success, danger, primary
	Icon         string          `json:"icon_custom_emoji_id,omitempty"`
	URL          string          `json:"url,omitempty"`
	CallbackData string          `json:"callback_data,omitempty"`
	CopyText     *CopyText       `json:"copy_text,omitempty"`
	WebApp       json.RawMessage `json:"web_app,omitempty"`
}

// CopyText is what a button copies to the clipboard.
type CopyText struct {
	Text string `json:"text"`
}

// ReplyKeyboard is the buttons in place of the phone's keyboard.
type ReplyKeyboard struct {
	Rows        [][]KeyboardButton `json:"keyboard"`
	Persistent  bool               `json:"is_persistent,omitempty"`
	Resize      bool               `json:"resize_keyboard,omitempty"`
	OneTime     bool               `json:"one_time_keyboard,omitempty"`
	Placeholder string             `json:"input_field_placeholder,omitempty"`
	Selective   bool               `json:"selective,omitempty"`
}

// KeyboardButton sends its text, the person's contact or the place.
type KeyboardButton struct {
	Text            string `json:"text"`
	Style           string `json:"style,omitempty"`
	RequestContact  bool   `json:"request_contact,omitempty"`
	RequestLocation bool   `json:"request_location,omitempty"`
}

// UnmarshalJSON accepts a text alone too.
func (b *KeyboardButton) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &b.Text) == nil {
		return nil
	}
	type plain KeyboardButton
	return json.Unmarshal(raw, (*plain)(b))
}

// markup is what a message may carry: at most one of these.
type markup struct {
	Inline     *InlineKeyboard
	Reply      *ReplyKeyboard
	Remove     bool
	ForceReply bool
	Hint       string // the placeholder of a forced reply
}

// markup reads reply_markup; the specification has been checked.
func (c *call) markup() (markup, error) {
	raw := c.text("reply_markup")
	if raw == "" {
		return markup{}, nil
	}

	var keys map[string]json.RawMessage
	if json.Unmarshal([]byte(raw), &keys) != nil {
		return markup{}, badRequest("object expected as reply markup")
	}
	if keys["inline_keyboard"] != nil {
		k, err := readInline([]byte(raw))
		return markup{Inline: k}, err
	}

	if keys["keyboard"] != nil {
		k, err := readReply([]byte(raw))
		return markup{Reply: k}, err
	}

	var rest struct {
		Remove bool   `json:"remove_keyboard"`
		Force  bool   `json:"force_reply"`
		Hint   string `json:"input_field_placeholder"`
	}

	if json.Unmarshal([]byte(raw), &rest) != nil {
		return markup{}, badRequest("object expected as reply markup")
	}
	if size(rest.Hint) > maxPlaceholder {
		return markup{}, badRequest("input field placeholder is too long")
	}

	return markup{Remove: rest.Remove, ForceReply: rest.Force, Hint: rest.Hint}, nil
}

func readInline(raw []byte) (*InlineKeyboard, error) {
	var loose struct {
		Rows [][]map[string]json.RawMessage `json:"inline_keyboard"`
	}
	k := new(InlineKeyboard)
	if json.Unmarshal(raw, k) != nil || json.Unmarshal(raw, &loose) != nil {
		return nil, badRequest("object expected as reply markup")
	}

	buttons := 0
	for i, row := range k.Rows {
		if len(row) > maxInlineRow {
			return nil, badRequest("reply markup is too long")
		}
		buttons += len(row)
		for j, b := range row {
			if err := checkButton(b, loose.Rows[i][j]); err != nil {
				return nil, err
			}
		}
	}

	if buttons > maxInlineButtons || len(raw) > maxInlineBytes {
		return nil, badRequest("reply markup is too long")
	}

	k.Rows = slices.DeleteFunc(k.Rows, func(row []Button) bool { return len(row) == 0 })
	if len(k.Rows) == 0 {
		return nil, nil
	}

	return k, nil
}

// checkButton holds a button to exactly one action.
func checkButton(b Button, fields map[string]json.RawMessage) error {
	actions := 0
	for name, value := range fields {
		if !oneOf(name, "text", "style", "icon_custom_emoji_id") && string(value) != "null" {
			actions++
		}
		if oneOf(name, "login_url", "callback_game", "pay",
			"switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat") {
			return notImplemented("inline button with %s", name)
		}
	}

	switch {
	case b.Text == "":
		return badRequest("can't parse inline keyboard button: Text of the button is empty")
	case actions == 0:
		return badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case actions > 1:
		return badRequest("can't parse inline keyboard button: exactly one action must be specified")
	case fields["callback_data"] != nil && (b.CallbackData == "" || len(b.CallbackData) > maxCallbackData):
		return badRequest("BUTTON_DATA_INVALID")
	case b.CopyText != nil && (b.CopyText.Text == "" || size(b.CopyText.Text) > maxCopyText):
		return badRequest("BUTTON_COPY_TEXT_INVALID")
	case fields["url"] != nil && !validURL(b.URL):
		return badRequest("inline keyboard button URL '%s' is invalid: Wrong HTTP URL", b.URL)
	case !oneOf(b.Style, "", "success", "danger", "primary"):
		return badRequest("can't parse inline keyboard button: invalid button style specified")
	}

	return nil
}

func validURL(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && (u.Scheme == "tg" || oneOf(u.Scheme, "http", "https") && strings.Contains(u.Host, "."))
}

func readReply(raw []byte) (*ReplyKeyboard, error) {
	k := new(ReplyKeyboard)
	if json.Unmarshal(raw, k) != nil {
		return nil, badRequest("object expected as reply markup")
	}
	if size(k.Placeholder) > maxPlaceholder {
		return nil, badRequest("input field placeholder is too long")
	}

	buttons := 0
	for _, row := range k.Rows {
		if len(row) > maxReplyRow {
			return nil, badRequest("reply markup is too long")
		}
		buttons += len(row)
		for _, b := range row {
			if b.Text == "" {
				return nil, badRequest("can't parse keyboard button: Text of the button is empty")
			}
			if b.RequestContact && b.RequestLocation {
				return nil, badRequest("can't parse keyboard button: exactly one request must be specified")
			}
		}
	}

	if buttons == 0 || buttons > maxReplyButtons {
		return nil, badRequest("reply markup is too long")
	}

	return k, nil
}
