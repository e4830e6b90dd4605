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

// Deliver does what d says. Of a text in several messages or an album it
// returns the id of the last message with text, else of the first shown.
func (c *Channel) Deliver(ctx context.Context, d outbox.Delivery) (string, error) {
	var remote string
	var err error
	switch {
	case d.To.Channel != Name:
		err = fmt.Errorf("channel %q is not telegram", d.To.Channel)
	case d.Kind == store.Send:
		remote, err = c.say(ctx, d)
	case d.Kind == store.Edit:
		remote, err = c.edit(ctx, d)
	case d.Kind == store.Show:
		remote, err = c.show(ctx, d)
	case d.Kind == store.File:
		remote, err = c.upload(ctx, d)
	case d.Kind == store.React:
		err = c.react(ctx, d)
	case d.Kind == store.Busy:
		err = c.act(ctx, d, "upload_document")
	case d.Kind == store.Commands:
		err = c.commands(ctx, d)
	default:
		err = fmt.Errorf("kind %q is not known", d.Kind)
	}
	return remote, failure(err)
}

// say sends a text, in several messages if it is long, the buttons under the
// last.
func (c *Channel) say(ctx context.Context, d outbox.Delivery) (string, error) {
	parts := texts(d)
	if len(parts) == 0 {
		return "", errors.New("the text is empty")
	}
	var remote string
	for i, text := range parts {
		p := c.params(d)
		setText(p, text, d.Unformatted)
		var sent sentMessage
		var err error
		if i == len(parts)-1 {
			err = c.post(ctx, "sendMessage", p, d.Message, &sent)
		} else {
			err = c.client.Call(ctx, "sendMessage", p, &sent)
		}
		if err != nil {
			return "", err
		}
		remote = strconv.FormatInt(sent.ID, 10)
	}
	return remote, nil
}

// edit changes a message, or only its buttons when there is no text. A text
// that needs several messages cannot be put into one that exists.
func (c *Channel) edit(ctx context.Context, d outbox.Delivery) (string, error) {
	p := Params{"chat_id": d.To.Chat, "message_id": d.On}
	method := "editMessageReplyMarkup"
	if d.Text != "" {
		parts := texts(d)
		if len(parts) != 1 {
			return "", &outbox.Failure{Target: true, Err: errors.New("the text is too long for one message")}
		}
		setText(p, parts[0], d.Unformatted)
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

// texts returns the messages that a delivery's text makes: formatted, or as
// words when the formatting was refused.
func texts(d outbox.Delivery) []string {
	if !d.Unformatted {
		return split(d.Text, textLimit)
	}
	parts := split(escape(words(d.Text)), textLimit)
	for i := range parts {
		parts[i] = words(parts[i])
	}
	return parts
}

func setText(p Params, text string, unformatted bool) {
	p["text"] = text
	p["link_preview_options"] = `{"is_disabled":true}`
	if !unformatted {
		p["parse_mode"] = "HTML"
	}
}
