package telegram

import "encoding/json"

// The few fields of the Bot API's objects that we read. Unknown fields and
// kinds of update pass by, so that a newer server breaks nothing.

type update struct {
	ID      int64     `json:"update_id"`
	Message *message  `json:"message"`
	Edited  *message  `json:"edited_message"`
	Press   *callback `json:"callback_query"`
	Member  *member   `json:"my_chat_member"`
}

type user struct {
	ID       int64  `json:"id"`
	Bot      bool   `json:"is_bot"`
	First    string `json:"first_name"`
	Last     string `json:"last_name"`
	Language string `json:"language_code"`
}

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

// place is where a message stands.
type place struct {
	ID   int64 `json:"message_id"`
	Chat chat  `json:"chat"`
}

// sentMessage is what we read of a message that we sent.
type sentMessage struct {
	ID int64 `json:"message_id"`
}

type message struct {
	ID       int64       `json:"message_id"`
	Date     int64       `json:"date"`
	From     *user       `json:"from"`
	Chat     chat        `json:"chat"`
	Text     string      `json:"text"`
	Caption  string      `json:"caption"`
	Album    string      `json:"media_group_id"`
	ReplyTo  *place      `json:"reply_to_message"`
	Photo    []photoSize `json:"photo"`
	Document *file       `json:"document"`
	Video    *file       `json:"video"`
	Audio    *file       `json:"audio"`
	Contact  *contact    `json:"contact"`
	Location *location   `json:"location"`
	Venue    *venue      `json:"venue"`
	others
}

// venue is a place with a name; its location stands in the message as well.
type venue struct {
	Title   string `json:"title"`
	Address string `json:"address"`
}

// others are the contents that no question takes. A message without any known
// content is about the chat itself, such as a pinned message.
type others struct {
	Sticker   *presence `json:"sticker"`
	Voice     *presence `json:"voice"`
	VideoNote *presence `json:"video_note"`
	Poll      *presence `json:"poll"`
	Dice      *presence `json:"dice"`
	Game      *presence `json:"game"`
	Story     *presence `json:"story"`
	Checklist *presence `json:"checklist"`
	PaidMedia *presence `json:"paid_media"`
	Gift      *presence `json:"gift"`
	Giveaway  *presence `json:"giveaway"`
	Rich      *presence `json:"rich_message"`
}

// presence reads nothing of an object but that it is there.
type presence struct{}

// UnmarshalJSON accepts anything.
func (*presence) UnmarshalJSON([]byte) error { return nil }

type photoSize struct {
	ID       string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Width    int64  `json:"width"`
	Height   int64  `json:"height"`
	Size     int64  `json:"file_size"`
}

type file struct {
	ID       string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Name     string `json:"file_name"`
	Size     int64  `json:"file_size"`
}

type contact struct {
	Phone  string `json:"phone_number"`
	First  string `json:"first_name"`
	Last   string `json:"last_name"`
	UserID int64  `json:"user_id"`
}

type location struct {
	Lat  float64 `json:"latitude"`
	Lon  float64 `json:"longitude"`
	Live int64   `json:"live_period"`
}

type callback struct {
	ID      string `json:"id"`
	From    user   `json:"from"`
	Message *place `json:"message"`
	Data    string `json:"data"`
}

type member struct {
	Chat chat `json:"chat"`
	From user `json:"from"`
	New  struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

// decodeEach reads the updates of a batch that cannot be read as a whole. What
// is bad is left out and counted, so that one update holds up nothing; last is
// the highest id of all, read or not, and 0 if there is none.
func decodeEach(batch []json.RawMessage) (got []update, bad int, last int64) {
	for _, raw := range batch {
		var u update
		if json.Unmarshal(raw, &u) == nil && u.ID != 0 {
			got = append(got, u)
			last = max(last, u.ID)
			continue
		}

		bad++
		var only struct {
			ID json.Number `json:"update_id"`
		}
		if json.Unmarshal(raw, &only) == nil {
			if id, err := only.ID.Int64(); err == nil {
				last = max(last, id)
			}
		}
	}

	return got, bad, last
}
