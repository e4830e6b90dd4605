package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"danvan/bot/enrol"
	"danvan/bot/shipped"
	"danvan/bot/telegram"
	"danvan/bot/trial"
	"danvan/store"

	"github.com/alecthomas/kong"
)

// tryCommand shows the bot in a browser.
type tryCommand struct {
	Data     string `help:"Keep the trial in this folder; otherwise it is gone afterwards." type:"path" placeholder:"DIR"`
	Port     int    `help:"The page's port; the next free one if it is taken." default:"8080"`
	Language string `help:"The language that the bot begins with: vi or en." env:"DANVAN_LANGUAGE" default:"vi" enum:"vi,en"`
	Log      string `help:"The least level that is logged." env:"DANVAN_LOG" default:"warn" enum:"debug,info,warn,error"`

	TelegramAPI string `name:"telegram-api" help:"Rehearse with real phones over this Bot API; the page is a clock." placeholder:"URL"`
	Token       string `help:"The bot's token at --telegram-api." env:"DANVAN_TELEGRAM_TOKEN" placeholder:"TOKEN"`
}

// The trial's bot. The token is no secret: the local server takes any.
const (
	trialToken = "7000000001:trial"
	trialBot   = "danvan_bot"
	trialName  = "Danvan · Dân vận khéo"
)

// Run starts the very bot that production runs, with a clock that can be
// moved: against a local Bot API server with its page, or against another one.
func (c *tryCommand) Run(ctx context.Context, k *kong.Context) (err error) {
	if c.TelegramAPI != "" && c.Token == "" {
		return errors.New("--telegram-api: the bot there needs its --token")
	}
	dir := c.Data
	if dir == "" {
		if dir, err = os.MkdirTemp("", "danvan-try-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	} else if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}

	listener, err := listenFrom(c.Port)
	if err != nil {
		return err
	}
	house := storeConfig{Data: filepath.Join(dir, "danvan.db"), TimeZone: "Asia/Ho_Chi_Minh", Language: c.Language, Log: c.Log}
	if c.TelegramAPI != "" {
		return rehearse(ctx, k.Stdout, house, time.Now, c.TelegramAPI, c.Token, listener)
	}
	t, err := startTrial(ctx, house, time.Now, listener)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	tell(k.Stdout, t.house.words.Text(c.Language, "try.ready", map[string]any{"Address": t.address}))
	return t.run(ctx)
}

// listenFrom listens on the loopback, on the first free port from port on.
func listenFrom(port int) (net.Listener, error) {
	var last error
	for p := port; p < port+100; p++ {
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(p)))
		if err == nil {
			return l, nil
		}
		last = err
	}
	return nil, fmt.Errorf("no free port from %d on: %w", port, last)
}

// tried is a running trial: the page with its people, which lasts as long as
// the trial, and the bot, which may stop and be opened again on the same store.
type tried struct {
	config   storeConfig
	log      *slog.Logger
	travel   *traveller
	house    *house
	server   *trial.Server
	http     http.Server
	listener net.Listener
	address  string
}

// startTrial fills a store with the trial's people, models and reports, unless
// it has them already, and wires the bot to the local server.
func startTrial(ctx context.Context, c storeConfig, wall func() time.Time, l net.Listener) (*tried, error) {
	t := &tried{config: c, log: c.logger(os.Stderr), listener: l, address: "http://" + l.Addr().String()}
	var err error
	if t.travel, err = newTraveller(c, wall); err != nil {
		return nil, err
	}
	if err := t.open(); err != nil {
		return nil, err
	}
	if err := t.fill(ctx); err != nil {
		return nil, errors.Join(err, t.house.close())
	}
	t.http = http.Server{Handler: trial.Local(t.server), ReadHeaderTimeout: 10 * time.Second}
	return t, nil
}

// open opens the store and connects the bot to the local server.
func (t *tried) open() error {
	h, err := t.travel.open(t.config, t.log)
	if err != nil {
		return err
	}
	h.hurry = true
	if err := h.connect(trialToken, t.address); err != nil {
		return errors.Join(err, h.close())
	}
	t.house = h
	return nil
}

func (t *tried) fill(ctx context.Context) error {
	h := t.house
	if err := shipped.FillTrial(ctx, h.store, h.now(), h.language); err != nil {
		return err
	}
	if err := shipped.FillPeriods(ctx, h.store, h.now()); err != nil {
		return err
	}

	newcomer, err := enrol.Invite(ctx, h.bot, enrol.Wanted{
		Unit: "30316", Role: store.Officer, Seat: store.SeatID("30316", store.Officer, 1), Life: 30 * 24 * time.Hour,
	}, h.now())
	if err != nil {
		return err
	}
	var people []trial.Person
	for _, p := range shipped.People() {
		people = append(people, trial.Person{
			ID: p.Chat, First: p.Name, Phone: strings.TrimPrefix(p.Phone, "+"), Language: h.language,
			Note: p.Note, Started: p.Role != "",
		})
	}
	t.server, err = trial.New(trial.Config{
		Bot: trial.Bot{Username: trialBot, Name: trialName}, People: people, Tasks: t.tasks(newcomer.Code), Travel: t.travel, Log: t.log,
		Languages: h.pageLanguages(), Earlier: rand.IntN(1 << 30),
	})
	return err
}

// pageLanguages are those of a trial's page, the house's own first.
func (h *house) pageLanguages() []string {
	others := slices.DeleteFunc(slices.Clone(h.words.Languages()), func(lang string) bool { return lang == h.language })
	return append([]string{h.language}, others...)
}

// tasks leads a first-time visitor from a registration to the digest. They are
// said in the page's languages and name the buttons in the bot's.
func (t *tried) tasks(code string) []trial.Task {
	h, people := t.house, shipped.People()
	buttons := map[string]any{}
	for name, key := range map[string]string{
		"Register": "menu.register", "Update": "menu.update", "Check": "menu.review", "Results": "update.news.results",
	} {
		buttons[name] = h.words.Text(h.language, key, nil)
	}
	hoa, minh, lan, newcomer := people[0].Chat, people[2].Chat, people[3].Chat, people[5].Chat
	var out []trial.Task
	for i, person := range []int64{hoa, minh, hoa, hoa, lan, hoa, newcomer} {
		text := map[string]string{}
		for _, lang := range h.words.Languages() {
			text[lang] = h.words.Text(lang, fmt.Sprintf("try.task%d", i+1), buttons)
		}
		out = append(out, trial.Task{Person: person, Text: text})
	}
	out[len(out)-1].Link = telegram.InviteLink(trialBot, code)
	return out
}

// run serves the page and the bot until ctx ends.
func (t *tried) run(ctx context.Context) error {
	stopPage := t.servePage()
	err := t.greet()
	if err == nil {
		err = t.house.run(ctx)
	}
	stopPage()
	return errors.Join(err, t.travel.keep(), t.house.close())
}

// servePage serves the page until stop is called.
func (t *tried) servePage() (stop func()) {
	var work sync.WaitGroup
	work.Go(func() {
		if err := t.http.Serve(t.listener); !errors.Is(err, http.ErrServerClosed) {
			t.log.Error("serve the page", "error", err)
		}
	})
	return func() {
		t.server.Close()
		_ = t.http.Close() // nobody is left who waits for an answer that matters
		work.Wait()
	}
}

// greet lets those who know the bot press its first button, so that the first
// message brings them the menu.
func (t *tried) greet() error {
	for _, p := range shipped.People() {
		if p.Role == "" {
			continue
		}
		if _, err := t.server.Start(p.Chat, ""); err != nil {
			return err
		}
	}
	return nil
}
