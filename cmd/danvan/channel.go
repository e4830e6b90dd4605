package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"sync/atomic"

	"danvan/bot/outbox"
	"danvan/bot/telegram"
	"danvan/store"
)

// channel is a way to people: it delivers what waits for them and hears what
// they do.
type channel interface {
	outbox.Channel
	name() string // as addresses have it
	// hear has what people do handled, until ctx ends; an error ends the house.
	hear(ctx context.Context) error
	// introduce says there what the bot is, and comes back when that is done or
	// ctx ends.
	introduce(ctx context.Context)
	// learn asks once for what links need.
	learn(ctx context.Context) error
	// link returns what opens a chat with the bot and redeems a code there; ""
	// while that is not known.
	link(code string) string
	// fetch gets the content of a file that somebody sent there.
	fetch(ctx context.Context, of store.Evidence) ([]byte, error)
	close()
}

// overTelegram is the channel of a house to Telegram.
type overTelegram struct {
	*telegram.Channel
	client   *telegram.Client
	house    *house
	username atomic.Pointer[string] // the bot's, once Telegram has told it
}

func openTelegram(h *house, token, api string) (*overTelegram, error) {
	client, err := telegram.NewClient(token, api)
	if err != nil {
		return nil, err
	}
	return &overTelegram{Channel: telegram.NewChannel(client, h.log), client: client, house: h}, nil
}

func (t *overTelegram) name() string { return telegram.Name }

func (t *overTelegram) hear(ctx context.Context) error {
	if t.house.webhook.WebhookURL != "" {
		return t.hearPosts(ctx)
	}
	p := telegram.NewPoller(t.client, t.house.inbox, t.house.now, t.house.log)
	p.Reached = func() { t.house.outbox.Reached(t.name()) }
	return p.Run(ctx)
}

// hearPosts has Telegram post what people do.
func (t *overTelegram) hearPosts(ctx context.Context) error {
	at := t.house.webhook
	listener, err := net.Listen("tcp", at.Listen)
	if err != nil {
		return fmt.Errorf("DANVAN_LISTEN: %w", err)
	}
	w, err := telegram.NewWebhook(t.client, t.house.inbox, t.house.now, t.house.log, at.WebhookURL, listener)
	if err != nil {
		return fmt.Errorf("DANVAN_WEBHOOK_URL: %w", errors.Join(err, listener.Close()))
	}
	return w.Run(ctx)
}

func (t *overTelegram) introduce(ctx context.Context) {
	telegram.Introduce(ctx, t.client, t.house.profiles(), t.house.log)
}

// learn asks Telegram what the bot is called.
func (t *overTelegram) learn(ctx context.Context) error {
	var me struct {
		Username string `json:"username"`
	}
	if err := t.client.Call(ctx, "getMe", nil, &me); err != nil {
		return err
	}
	t.username.Store(&me.Username)
	return nil
}

func (t *overTelegram) link(code string) string {
	if name := t.username.Load(); name != nil {
		return telegram.InviteLink(*name, code)
	}
	return ""
}

func (t *overTelegram) fetch(ctx context.Context, of store.Evidence) ([]byte, error) {
	var b bytes.Buffer
	err := t.client.Fetch(ctx, of.ID, &b)
	return b.Bytes(), err
}

func (t *overTelegram) close() { t.client.Close() }

// profiles says what the bot is, in every language; those whose language the
// channel does not know get the house's own.
func (h *house) profiles() []telegram.Profile {
	var out []telegram.Profile
	for _, lang := range append([]string{""}, h.words.Languages()...) {
		speak := lang
		if lang == "" {
			speak = h.language
		}
		out = append(out, telegram.Profile{
			Language: lang, Name: h.words.Text(speak, "bot.name", nil), Short: h.words.Text(speak, "bot.short", nil),
			Description: h.words.Text(speak, "bot.about", nil), Commands: h.bot.Commands(speak, store.Officer),
		})
	}
	return out
}

// limits are those of a channel by its name; of one that the house has not, none.
func (h *house) limits(name string) store.Limits {
	if c := h.channel(name); c != nil {
		return c.Limits()
	}
	return store.Limits{Buttons: true}
}

// channel is the channel of a name; nil where the house has none.
func (h *house) channel(name string) channel {
	for _, c := range h.channels {
		if c.name() == name {
			return c
		}
	}
	return nil
}

// fetch gets the content of a file that somebody sent, from the channel that it came
// over.
func (h *house) fetch(ctx context.Context, from store.Address, of store.Evidence) ([]byte, error) {
	c := h.channel(from.Channel)
	if c == nil {
		return nil, fmt.Errorf("no channel %q", from.Channel)
	}
	return c.fetch(ctx, of)
}

// nowhere is the channel of a trial's invented people: it takes whatever is said
// to them and leaves it at that.
type nowhere struct{}

func (nowhere) Deliver(context.Context, outbox.Delivery) (string, error) { return "", nil }

func (nowhere) Limits() store.Limits { return store.Limits{} }
