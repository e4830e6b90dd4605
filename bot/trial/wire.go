package trial

// User is a person or the bot, as the Bot API writes it.
type User struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

// Chat is the private chat of one person with the bot; its id is the person's.
type Chat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
}

// Message is one message of a chat, as the Bot API writes it. A Message never
// changes once it is in a chat: an edit puts another in its place.
type Message struct {
	ID              int             `json:"message_id"`
	From            *User           `json:"from,omitempty"`
	Date            int64           `json:"date"`
	Chat            Chat            `json:"chat"`
	ForwardOrigin   *Origin         `json:"forward_origin,omitempty"`
	ReplyTo         *Message        `json:"reply_to_message,omitempty"`
	EditDate        int64           `json:"edit_date,omitempty"`
	Protected       bool            `json:"has_protected_content,omitempty"`
	MediaGroupID    string          `json:"media_group_id,omitempty"`
	Text            string          `json:"text,omitempty"`
	Entities        []Entity        `json:"entities,omitempty"`
	Photo           []PhotoSize     `json:"photo,omitempty"`
	Document        *Document       `json:"document,omitempty"`
	Video           *Video          `json:"video,omitempty"`
	Caption         string          `json:"caption,omitempty"`
	CaptionEntities []Entity        `json:"caption_entities,omitempty"`
	CaptionAbove    bool            `json:"show_caption_above_media,omitempty"`
	Spoiler         bool            `json:"has_media_spoiler,omitempty"`
	Contact         *Contact        `json:"contact,omitempty"`
	Location        *Location       `json:"location,omitempty"`
	Pinned          *Message        `json:"pinned_message,omitempty"`
	Markup          *InlineKeyboard `json:"reply_markup,omitempty"`

	// Edited and Reactions are what the person sees and the Bot API does not
	// say: an edit of the buttons alone sets a date but shows no mark.
	Edited    bool     `json:"-"`
	Reactions []string `json:"-"`
}

// FromBot says that the bot wrote the message.
func (m *Message) FromBot() bool { return m.From != nil && m.From.IsBot }

// Origin is where a forwarded message comes from.
type Origin struct {
	Type string `json:"type"`
	Date int64  `json:"date"`
	User *User  `json:"sender_user"`
}

// Entity is a formatted or recognised part of a text; offset and length count
// UTF-16 units.
type Entity struct {
	Type           string `json:"type"`
	Offset         int    `json:"offset"`
	Length         int    `json:"length"`
	URL            string `json:"url,omitempty"`
	Language       string `json:"language,omitempty"`
	CustomEmojiID  string `json:"custom_emoji_id,omitempty"`
	UnixTime       int64  `json:"unix_time,omitempty"`
	DateTimeFormat string `json:"date_time_format,omitempty"`
}

// PhotoSize is one size of a photo.
type PhotoSize struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
	FileSize     int    `json:"file_size,omitempty"`
}

// Document is a file sent as it is.
type Document struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileName     string `json:"file_name,omitempty"`
	MimeType     string `json:"mime_type,omitempty"`
	FileSize     int    `json:"file_size,omitempty"`
}

// Video is a film; its frame and duration are what the sender claims.
type Video struct {
	Document
	Width    int `json:"width"`
	Height   int `json:"height"`
	Duration int `json:"duration"`
}

// Contact is a shared telephone number.
type Contact struct {
	PhoneNumber string `json:"phone_number"`
	FirstName   string `json:"first_name"`
	LastName    string `json:"last_name,omitempty"`
	UserID      int64  `json:"user_id,omitempty"`
}

// Location is a point on the map, in degrees.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Command is one entry of the bot's menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

type callbackQuery struct {
	ID           string   `json:"id"`
	From         *User    `json:"from"`
	Message      *Message `json:"message"`
	ChatInstance string   `json:"chat_instance"`
	Data         string   `json:"data"`
}

type memberUpdated struct {
	Chat Chat   `json:"chat"`
	From *User  `json:"from"`
	Date int64  `json:"date"`
	Old  member `json:"old_chat_member"`
	New  member `json:"new_chat_member"`
}

// member is the bot in a private chat: "member", or "kicked" when blocked.
type member struct {
	Status string `json:"status"`
	User   *User  `json:"user"`
	Until  *int   `json:"until_date,omitempty"`
}

// answer is the envelope of every reply to a method.
type answer struct {
	OK          bool   `json:"ok"`
	Result      any    `json:"result,omitempty"`
	ErrorCode   int    `json:"error_code,omitempty"`
	Description string `json:"description,omitempty"`
}
