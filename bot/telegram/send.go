package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync/atomic"

	"danvan/bot/outbox"
	"danvan/store"
)

// Channel delivers messages to Telegram. It is an outbox.Channel.
type Channel struct {
	client *Client
	log    *slog.Logger
	plain  atomic.Bool // the server refuses coloured buttons
}

var _ outbox.Channel = (*Channel)(nil)

// NewChannel returns a channel that sends through the client.
func NewChannel(client *Client, log *slog.Logger) *Channel {
	return &Channel{client: client, log: log}
}

// Limits returns what the Bot API takes, and how wide buttons may be for phones
// of 375 px.
func (c *Channel) Limits() store.Limits {
	return store.Limits{
		Text: 4096, Data: 64, Row: 8, Half: 18, Full: 40, Rows: 6,
		Buttons: true, Edits: true, Files: true, Reactions: true, Keyboard: true,
	}
}

// InviteLink returns the link that opens a chat with the bot and redeems a code,
// of letters, digits, "_" and "-", there.
func InviteLink(username, code string) string {
	return "https://t.me/" + username + "?start=" + code
}

// Deliver does what d says. Of an album it returns the id of the message with
// the text, else of the first shown.
func (c *Channel) Deliver(ctx context.Context, d outbox.Delivery) (string, error) {
	var remote string
	var err error

	switch d.Kind {
	case store.Send:
		remote, err = c.say(ctx, d)
	case store.Edit:
		remote, err = c.edit(ctx, d)
	case store.Show:
		remote, err = c.show(ctx, d)
	case store.File:
		remote, err = c.upload(ctx, d)
	case store.React:
		err = c.react(ctx, d)
	case store.Busy:
		err = c.act(ctx, d, "upload_document")
	case store.Commands:
		err = c.commands(ctx, d)
	default:
		err = fmt.Errorf("kind %q is not known", d.Kind)
	}

	return remote, failure(err)
}

// say sends a text.
func (c *Channel) say(ctx context.Context, d outbox.Delivery) (string, error) {
	if outbox.Blank(d.Text) {
		return "", errors.New("the text is empty")
	}
	p := c.params(d)
	setText(p, d)
	var sent sentMessage
	if err := c.post(ctx, "sendMessage", p, d.Message, &sent); err != nil {
		return "", err
	}
	return strconv.FormatInt(sent.ID, 10), nil
}

// edit changes a message, or only its buttons when there is no text.
func (c *Channel) edit(ctx context.Context, d outbox.Delivery) (string, error) {
	p := Params{"chat_id": d.To.Chat, "message_id": d.On}
	method := "editMessageReplyMarkup"
	if d.Text != "" {
		setText(p, d)
		method = "editMessageText"
	}

	m := d.Message
	m.Keyboard = nil // belongs to new messages only
	if err := c.post(ctx, method, p, m, nil); err != nil && failure(err) != nil {
		return "", err
	}

	return d.On, nil
}

func (c *Channel) react(ctx context.Context, d outbox.Delivery) error {
	type emoji struct {
		Type  string `json:"type"`
		Emoji string `json:"emoji"`
	}
	return c.client.Call(ctx, "setMessageReaction", Params{
		"chat_id": d.To.Chat, "message_id": d.On, "reaction": writeJSON([]emoji{{"emoji", d.Text}}),
	}, nil)
}

// act shows for five seconds, or until a message comes, that the bot is at work.
func (c *Channel) act(ctx context.Context, d outbox.Delivery, action string) error {
	return c.client.Call(ctx, "sendChatAction", Params{"chat_id": d.To.Chat, "action": action}, nil)
}

// commands sets the command list of one chat; an empty one gives it back the
// list that everybody has.
func (c *Channel) commands(ctx context.Context, d outbox.Delivery) error {
	id, err := strconv.ParseInt(d.To.Chat, 10, 64)
	if err != nil {
		return errors.New("the chat's id is no number")
	}
	p := Params{"scope": fmt.Sprintf(`{"type":"chat","chat_id":%d}`, id)}
	if len(d.Commands) == 0 {
		return c.client.Call(ctx, "deleteMyCommands", p, nil)
	}
	p["commands"] = commandList(d.Commands)
	return c.client.Call(ctx, "setMyCommands", p, nil)
}

// post calls a method with the message's buttons or keyboard. Refused buttons
// go without colours, and then not at all: the words matter more, and an
// answer can be typed.
func (c *Channel) post(ctx context.Context, method string, p Params, m store.Message, out any) error {
	plain := c.plain.Load() || !hasStyle(m.Buttons)
	coloured := !plain
	for {
		setMarkup(p, m, plain)
		err := c.client.Call(ctx, method, p, out)
		if !dislikesMarkup(err) || len(m.Buttons) == 0 && m.Keyboard == nil {
			if err == nil && coloured && plain && len(m.Buttons) > 0 {
				c.plain.Store(true)
			}
			return err
		}

		c.log.Error("buttons were refused", "message", m.ID, "coloured", !plain, "err", err)
		if !plain {
			plain = true
			continue
		}

		m.Buttons, m.Keyboard = nil, nil
		delete(p, "reply_markup")
	}
}

// params returns what every new message has.
func (c *Channel) params(d outbox.Delivery) Params {
	p := Params{"chat_id": d.To.Chat}
	p.AddBool("protect_content", d.Protect)
	return p
}

// setText puts the text into a call: formatted, or as words when the formatting
// was refused.
func setText(p Params, d outbox.Delivery) {
	p["link_preview_options"] = `{"is_disabled":true}`
	if d.Unformatted {
		p["text"] = outbox.Words(d.Text)
		return
	}
	p["text"], p["parse_mode"] = d.Text, "HTML"
}
