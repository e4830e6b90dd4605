package telegram

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"time"

	"danvan/store"
)

// Profile is what the bot says of itself to people of one language. Empty
// parts are left as the server has them.
type Profile struct {
	Language    string // two letters; "" is for everybody without a language of their own here
	Name        string // at most 64 characters
	Short       string // at most 120: beside the bot's picture
	Description string // at most 512: in the empty chat
	Commands    []store.Command
}

// setting is one thing that the server keeps about the bot.
type setting struct {
	get, set     string
	where        Params // scope and language
	field, value string
}

// Introduce makes the server know the profiles. What it knows already is not set
// again, because it limits how often that may happen. It blocks, trying again until
// all is done or ctx ends, so it goes beside Poller.Run and Webhook.Run; what the
// server refuses is logged and left.
func Introduce(ctx context.Context, c *Client, profiles []Profile, log *slog.Logger) {
	var todo []setting
	for _, p := range profiles {
		todo = append(todo, p.settings()...)
	}

	for len(todo) > 0 && ctx.Err() == nil {
		wait := time.Minute
		var left []setting
		for _, s := range todo {
			err := c.put(ctx, s)
			var e *Error
			switch {
			case err == nil:
			case errors.As(err, &e) && e.Spoken && e.Code == http.StatusBadRequest:
				log.Error("telegram refused a part of the bot's profile", "err", err)
			default:
				left = append(left, s)
				if e != nil {
					wait = max(wait, e.RetryAfter)
				}
			}
		}

		if todo = left; len(todo) > 0 {
			rest(ctx, wait)
		}
	}
}

func (p Profile) settings() []setting {
	language := Params{}
	language.AddNonEmpty("language_code", p.Language)
	private := Params{"scope": `{"type":"all_private_chats"}`}
	private.AddNonEmpty("language_code", p.Language)

	var list []setting
	for _, s := range []setting{
		{"getMyName", "setMyName", language, "name", p.Name},
		{"getMyShortDescription", "setMyShortDescription", language, "short_description", p.Short},
		{"getMyDescription", "setMyDescription", language, "description", p.Description},
	} {
		if s.value != "" {
			list = append(list, s)
		}
	}

	if len(p.Commands) > 0 {
		list = append(list, setting{"getMyCommands", "setMyCommands", private, "commands", commandList(p.Commands)})
	}

	return list
}

// put makes the server know a setting unless it does.
func (c *Client) put(ctx context.Context, s setting) error {
	if c.has(ctx, s) {
		return nil
	}
	p := maps.Clone(s.where)
	p[s.field] = s.value
	return c.Call(ctx, s.set, p, nil)
}

func (c *Client) has(ctx context.Context, s setting) bool {
	if s.field == "commands" {
		var have []botCommand
		return c.Call(ctx, s.get, s.where, &have) == nil && writeJSON(have) == s.value
	}
	var have map[string]string
	return c.Call(ctx, s.get, s.where, &have) == nil && have[s.field] == s.value
}
