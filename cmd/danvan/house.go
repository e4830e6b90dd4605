package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"danvan/bot"
	"danvan/bot/enrol"
	"danvan/bot/exchange"
	"danvan/bot/inbox"
	"danvan/bot/outbox"
	"danvan/bot/report"
	"danvan/bot/schedule"
	"danvan/bot/shipped"
	"danvan/bot/text"
	"danvan/cmd/features"
	"danvan/flows/answer"
	"danvan/locales"
	"danvan/store"
	"danvan/store/backup"
	"danvan/store/bolt"
)

// How long things are kept and waited for.
const (
	forgetAfter  = 45 * 24 * time.Hour // accepted events, delivery records
	forgetEvery  = time.Hour
	forgetSlice  = 1000 // records in one transaction
	drainTimeout = 5 * time.Second
)

// house is the running program: the store, the bot and its channels. Tests run
// the same value on a temporary folder.
type house struct {
	store    *bolt.Store
	fresh    bool // the store was made now
	bot      *bot.Bot
	clock    *schedule.Schedule
	words    *locales.Catalogue
	language string
	log      *slog.Logger
	now      func() time.Time

	ticks func(context.Context) // until it ends; a trial has its own
	quiet bool                  // some people are invented and hear nothing; set before connect
	hurry bool                  // the channels are ours and want no pace; set before connect

	webhook webhookConfig  // set before connect
	backups *backup.Folder // of every night; nil: nowhere; set before run

	// Set by connect.
	channels []channel
	inbox    *inbox.Inbox
	outbox   *outbox.Outbox
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

	s, fresh, err := openStore(c, log)
	if err != nil {
		return nil, err
	}

	h := &house{store: s, fresh: fresh, words: words, language: c.Language, log: log, now: now}
	h.bot, err = bot.New(bot.Config{
		Limits: h.limits,
		Store:  s, Features: features.All(), Layout: features.Layout(), Words: words, Zone: zone, Language: c.Language,
		Random: rand.Reader, Wake: h.wake, Log: log, Fetch: h.fetch, Link: h.link,
	})
	if err == nil {
		h.clock = schedule.New(schedule.Config{Store: s, Bot: h.bot, Now: now, Wake: h.wake, Log: log})
		h.ticks = h.clock.Run
		err = s.EndLeases(context.Background())
	}

	if err == nil {
		err = shipped.AddDays(context.Background(), s)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}

	return h, nil
}

// openStore opens the store's file, and says whether it was made for that.
func openStore(c storeConfig, log *slog.Logger) (s *bolt.Store, fresh bool, err error) {
	_, missing := os.Stat(c.Data)
	s, err = bolt.Open(c.Data, bolt.Options{Existing: c.existing, MaxSize: c.MaxSize << 20, Compacted: func(was, is int64, err error) {
		if err != nil {
			log.Warn("the store's file is mostly free, and stays so", "err", err)
			return
		}
		log.Info("the store's file was mostly free and was compacted", "was", was, "is", is)
	}})
	switch {
	case errors.Is(err, fs.ErrNotExist) && c.existing:
		err = c.noStore()
	case err != nil:
		err = fmt.Errorf("open %s: %w", c.Data, err)
	}
	return s, errors.Is(missing, fs.ErrNotExist), err
}

// noStore says that there is no file, and what to do.
func (c storeConfig) noStore() error {
	return fmt.Errorf("no store at %s: name the right file by --data or DANVAN_DATA, or make a new one by danvan init", c.Data)
}

func (h *house) close() error {
	for _, c := range h.channels {
		c.close()
	}
	return h.store.Close()
}

func (h *house) wake() {
	if h.outbox != nil {
		h.outbox.Wake()
	}
}

// connect gives the house its channels.
func (h *house) connect(token, api string) error {
	t, err := openTelegram(h, token, api)
	if err != nil {
		return err
	}
	h.speakOver(t)
	return nil
}

// speakOver makes the house speak over these channels and no others.
func (h *house) speakOver(channels ...channel) {
	h.channels = channels
	c := outbox.Config{
		Store: h.store, Channels: map[string]outbox.Channel{}, Now: h.now, Log: h.log, Revise: h.clock.Revise, Opens: h.clock.Opens,
		Refused: h.clock.Refused,
		Maker: maker{h.bot, &report.Files{
			Store: h.store, Book: h.bot.Book(), Words: h.words, Number: locales.Number, Money: locales.Money, Phone: text.Phone,
			Metrics: answer.Metrics(),
		}},
		Unsent: func(language string, files int) string {
			return h.words.Text(cmp.Or(language, h.language), "channel.no_files", map[string]any{"Count": files})
		},
	}
	for _, to := range channels {
		c.Channels[to.name()] = to
	}
	if h.quiet {
		c.Channels[shipped.Nowhere] = nowhere{}
	}

	if h.hurry {
		c.Bulk, c.Chat, c.Every = 1000, 1000, 10*time.Millisecond
	}

	h.outbox = outbox.New(c)
	h.inbox = inbox.New(inbox.Config{Bot: h.bot, Handler: newDoorway(h), Known: enrol.Expected, Log: h.log})
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
	if enrol.Makes(of.Make.Kind) {
		return enrol.File(ctx, m.cards, of)
	}
	if exchange.Makes(of.Make.Kind) {
		return exchange.File(ctx, m.cards, of)
	}
	return m.files.File(ctx, of)
}

// run serves until ctx ends: then it stops the clock, stops hearing, lets the
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
	work.Go(func() { h.forget(polling) })
	if h.backups != nil {
		work.Go(func() { h.backUp(polling, *h.backups) })
	}

	hearing, heard := errgroup.WithContext(polling)
	hearing.Go(func() error { return h.inbox.Run(heard) })
	for _, c := range h.channels {
		work.Go(func() { c.introduce(polling) })
		work.Go(func() { untilDone(polling, c.learn) })
		hearing.Go(func() error { return c.hear(heard) })
	}
	ticking := make(chan struct{})
	go func() {
		defer close(ticking)
		h.ticks(polling)
	}()

	err := hearing.Wait()
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

// link returns what an invitation's code is redeemed by; "" while no channel
// knows.
func (h *house) link(code string) string {
	for _, c := range h.channels {
		if link := c.link(code); link != "" {
			return link
		}
	}
	return ""
}

// untilDone tries something until it works or ctx ends.
func untilDone(ctx context.Context, try func(context.Context) error) {
	for wait := time.Second; try(ctx) != nil; wait = min(2*wait, time.Minute) {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// forget drops, an hour at a time and in slices, what has served its time, and
// takes what people had erased out of the file's bytes.
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
		if err := h.store.Scrub(ctx); err != nil && ctx.Err() == nil {
			h.log.Error("take what was erased out of the file", "error", err)
		}

		select {
		case <-ctx.Done():
			return
		case <-time.After(forgetEvery):
		}
	}
}
