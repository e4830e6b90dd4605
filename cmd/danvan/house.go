package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"danvan/bot"
	"danvan/bot/outbox"
	"danvan/bot/report"
	"danvan/bot/schedule"
	"danvan/bot/shipped"
	"danvan/bot/telegram"
	"danvan/flows/answer"
	"danvan/locales"
	"danvan/store"
	"danvan/store/bolt"
)

// How long things are kept and waited for.
const (
	forgetAfter  = 45 * 24 * time.Hour // accepted events, delivery records
	forgetEvery  = time.Hour
	forgetSlice  = 1000 // records in one transaction
	drainTimeout = 5 * time.Second
)

// house is the running program: the store, the bot and its channel. Tests run
// the same value on a temporary folder.
type house struct {
	store    *bolt.Store
	bot      *bot.Bot
	clock    *schedule.Schedule
	words    *locales.Catalogue
	language string
	log      *slog.Logger
	now      func() time.Time

	ticks func(context.Context) // until it ends; a trial has its own
	quiet bool                  // some people are invented and hear nothing; set before connect
	hurry bool                  // the channel is ours and wants no pace; set before connect

	// Set by connect.
	client   *telegram.Client
	outbox   *outbox.Outbox
	username atomic.Pointer[string] // the bot's, once Telegram has told it
}

// open opens the store, takes back what a dead process had in flight, and
// makes the bot over it, without a channel.
func open(c storeConfig, now func() time.Time, log *slog.Logger) (*house, error) {
	zone, err := c.zone()
	if err != nil {
		return nil, err
	}
	words, err := words()
	if err != nil {
		return nil, err
	}
	s, err := bolt.Open(c.Data, bolt.Options{})
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", c.Data, err)
	}
	h := &house{store: s, words: words, language: c.Language, log: log, now: now}
	h.bot, err = bot.New(bot.Config{
		Store: s, Words: words, Zone: zone, Language: c.Language, Random: rand.Reader, Wake: h.wake, Log: log,
	})
	if err == nil {
		h.clock = schedule.New(schedule.Config{Store: s, Bot: h.bot, Now: now, Zone: zone, Wake: h.wake, Log: log})
		h.ticks = h.clock.Run
		err = s.EndLeases(context.Background())
	}
	if err == nil {
		err = shipped.AddCampaigns(context.Background(), s)
	}
	if err == nil {
		err = shipped.AddDays(context.Background(), s)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return h, nil
}

func (h *house) close() error {
	if h.client != nil {
		h.client.Close()
	}
	return h.store.Close()
}

func (h *house) wake() {
	if h.outbox != nil {
		h.outbox.Wake()
	}
}

// connect gives the house its channel.
func (h *house) connect(token, api string) error {
	client, err := telegram.NewClient(token, api)
	if err != nil {
		return err
	}
	h.client = client
	c := outbox.Config{
		Store: h.store, Channel: h.channel(), Now: h.now, Log: h.log, Revise: h.clock.Revise, Opens: h.clock.Opens,
		Maker: maker{h.bot, &report.Files{
			Store: h.store, Words: h.words, Number: locales.Number, Money: locales.Money, Zone: h.bot.Zone, Metrics: answer.Metrics(),
		}},
	}
	if h.hurry {
		c.Bulk, c.Chat, c.Every = 1000, 1000, 10*time.Millisecond
	}
	h.outbox = outbox.New(c)
	return nil
}

// channel is Telegram, and in a trial nothing at all for its invented people.
func (h *house) channel() outbox.Channel {
	c := telegram.NewChannel(h.client, h.log)
	if h.quiet {
		return withoutSamples{c}
	}
	return c
}

// maker makes what messages refer to: the bot its cards, package report the
// files.
type maker struct {
	cards *bot.Bot
	files *report.Files
}

func (m maker) Card(ctx context.Context, of store.Message) (store.Message, error) {
	return m.cards.Card(ctx, of)
}

func (m maker) File(ctx context.Context, of store.Message) (name string, content []byte, err error) {
	return m.files.File(ctx, of)
}

// run serves until ctx ends: then it stops the clock, stops polling, lets the
// turns finish, drains the outbox for a few seconds and returns. An error ends
// it at once.
func (h *house) run(ctx context.Context) error {
	polling, stopPolling := context.WithCancelCause(ctx)
	defer stopPolling(nil)
	sending, stopSending := context.WithCancel(context.WithoutCancel(ctx))
	defer stopSending()

	var work sync.WaitGroup
	work.Go(func() {
		if err := h.outbox.Run(sending); err != nil {
			stopPolling(fmt.Errorf("deliver messages: %w", err))
		}
	})
	work.Go(func() { telegram.Introduce(polling, h.client, h.profiles(), h.log) })
	work.Go(func() { h.learnName(polling) })
	work.Go(func() { h.forget(polling) })
	ticking := make(chan struct{})
	go func() {
		defer close(ticking)
		h.ticks(polling)
	}()

	err := telegram.NewPoller(h.client, h.bot, h.now, h.log).Run(polling)
	stopPolling(err)
	<-ticking // what it queued is drained too
	if cause := context.Cause(polling); err == nil && ctx.Err() == nil && cause != nil && !errors.Is(cause, context.Canceled) {
		err = cause
	}
	draining, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
	defer cancel()
	if drained := h.outbox.Drain(draining); drained != nil {
		h.log.Warn("messages are left in the outbox; they go out after the next start", "error", drained)
	}
	stopSending()
	work.Wait()
	return err
}

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

// learnName asks Telegram what the bot is called, until it answers.
func (h *house) learnName(ctx context.Context) {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		name, err := askName(ctx, h.client)
		if err == nil {
			h.username.Store(&name)
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

func askName(ctx context.Context, c *telegram.Client) (string, error) {
	var me struct {
		Username string `json:"username"`
	}
	err := c.Call(ctx, "getMe", nil, &me)
	return me.Username, err
}

// forget drops, an hour at a time and in slices, what has served its time.
func (h *house) forget(ctx context.Context) {
	for {
		for {
			n := 0
			err := h.store.Update(ctx, func(tx store.Tx) (err error) {
				n, err = tx.Forget(h.now().Add(-forgetAfter), forgetSlice)
				return err
			})
			if err != nil && ctx.Err() == nil {
				h.log.Error("forget old records", "error", err)
			}
			if err != nil || n < forgetSlice {
				break
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(forgetEvery):
		}
	}
}
