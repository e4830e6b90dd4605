// Package bottest is danvan as its features' tests meet it: the whole bot over a
// store in a temporary folder, with people in chats, and a clock that stands
// until it is moved. World plays a province and a half for stories; Country is
// the whole country, for what has to be measured.
//
// It serves tests only, and knows every feature, so that a feature is tested in
// the company in which it works; no package may import it but as a test.
package bottest

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/enrol"
	"danvan/bot/schedule"
	"danvan/cmd/features"
	"danvan/flows"
	"danvan/flows/flowtest"
	"danvan/locales"
	"danvan/store"
	"danvan/store/bolt"
)

// World is the bot over a store in a temporary folder, and people with chats.
// It is a flowtest.Host.
type World struct {
	T        *testing.T
	Lang     string
	Zone     *time.Location
	Now      time.Time
	Words    *locales.Catalogue
	Store    *bolt.Store
	Bot      *bot.Bot
	Schedule *schedule.Schedule

	path  string
	with  []With
	chats map[string]*flowtest.Chat
	names []string // of the chats, in the order in which they began
	event int
	clock bool // it strikes when it is moved
}

// With changes what the bot of a world is made of: it adds a feature and its
// texts, say.
type With func(*bot.Config)

// Bare is a world without a unit, a campaign or a person in it.
func Bare(t *testing.T, lang string, with ...With) *World {
	t.Helper()
	w := unopened(t, lang)
	w.with = with
	w.open()
	return w
}

// From is a world with a copy of a store that Keep has left.
func From(t *testing.T, file string) *World {
	t.Helper()
	w := unopened(t, "vi")
	w.event = 1000 // no event of the world before comes twice
	copyFile(t, file, w.path)
	w.open()
	return w
}

func unopened(t *testing.T, lang string) *World {
	t.Helper()
	zone := zone(t)
	return &World{
		T: t, Lang: lang, Zone: zone, Now: start(zone), Words: words(t),
		path: filepath.Join(t.TempDir(), "test.db"), chats: map[string]*flowtest.Chat{},
	}
}

func (w *World) open() {
	w.T.Helper()
	Must(w.T, w.Restart())
	w.T.Cleanup(func() { Must(w.T, w.Store.Close()) })
}

// Path is where the world's store is.
func (w *World) Path() string { return w.path }

// Keep closes the world's store and leaves a copy of it in a file.
func (w *World) Keep(file string) {
	w.T.Helper()
	Must(w.T, w.Store.Close())
	copyFile(w.T, w.path, file)
}

func copyFile(tb testing.TB, from, to string) {
	tb.Helper()
	content, err := os.ReadFile(from)
	Must(tb, err)
	Must(tb, os.WriteFile(to, content, 0o600))
}

// Restart closes the store, if it is open, and starts the bot anew.
func (w *World) Restart() (err error) {
	if w.Store != nil {
		if err := w.Store.Close(); err != nil {
			return err
		}
	}
	if w.Store, err = bolt.Open(w.path, bolt.Options{}); err != nil {
		return err
	}

	w.Bot = newBot(w.T, bot.Config{
		Store: w.Store, Zone: w.Zone, Language: w.Lang, Words: w.Words, Random: rand.NewChaCha8([32]byte{1}), Link: Link,
	}, w.with...)
	w.Words = w.Bot.Words
	w.Schedule = schedule.New(schedule.Config{
		Store: w.Store, Bot: w.Bot, Now: func() time.Time { return w.Now },
		Wake: func() {}, Log: slog.New(slog.DiscardHandler),
	})
	return nil
}

// phone are the limits of a channel to a narrow phone.
func phone(string) store.Limits {
	return store.Limits{
		Text: 4096, Data: 64, Row: 8, Half: 18, Full: 40, Rows: 6,
		Buttons: true, Edits: true, Files: true, Reactions: true, Keyboard: true,
	}
}

// Link is the link of an invitation.
func Link(code string) string { return "https://t.me/danvan_bot?start=" + code }

// newBot is the bot with all features, and what else it shall be made of.
func newBot(tb testing.TB, c bot.Config, with ...With) *bot.Bot {
	tb.Helper()
	c.Features, c.Layout, c.Limits, c.Wake, c.Log = features.All(), features.Layout(), phone, func() {}, slog.New(slog.DiscardHandler)
	for _, change := range with {
		change(&c)
	}
	b, err := bot.New(c)
	Must(tb, err)
	return b
}

func words(tb testing.TB) *locales.Catalogue {
	tb.Helper()
	words, err := locales.Load()
	Must(tb, err)
	return words
}

// SetClock moves the clock; in some worlds it strikes then. What has become due
// is delivered.
func (w *World) SetClock(at time.Time) {
	if w.Now = at; w.clock {
		w.Tick()
	} else {
		Must(w.T, w.Deliver())
	}
}

// Tick is what the clock does: it reminds, freezes, sends digests, and edits
// those that live. What waits is delivered.
func (w *World) Tick() {
	Must(w.T, w.Schedule.Tick(context.Background(), w.Now))
	Must(w.T, w.Deliver())
}

// People are the names of all who have a chat.
func (w *World) People() []string { return w.names }

// Chat is what somebody sees.
func (w *World) Chat(who string) *flowtest.Chat {
	if w.chats[who] == nil {
		w.chats[who] = flowtest.NewChat()
		w.names = append(w.names, who)
	}
	return w.chats[who]
}

// Do handles one event, or the last one again, and delivers what it queued. A
// place in braces stands for a fresh invitation (see InviteTo): "/start {30709 officer}".
func (w *World) Do(who string, in flows.Input, again bool) (toast string, err error) {
	if !again {
		w.event++
	}
	if unit, ok := strings.CutPrefix(in.Text, "=report "); ok { // another officer reports
		w.File(store.UnitCode(unit))
		return "", nil
	}

	if before, place, ok := strings.Cut(in.Text, "{"); ok && before == "/start " {
		in.Text = before + w.InviteTo(strings.TrimSuffix(place, "}"))
	}
	ack, err := w.Bot.Handle(context.Background(), bot.Event{
		ID: "test/" + strconv.Itoa(w.event), At: w.Now, Kind: bot.Said, From: Address(who), Name: people[who].name, Input: in,
	})
	if err != nil {
		return "", err
	}
	return ack.Toast, w.deliver(store.DigestLane) // a chat in which somebody is at work is not tidied up
}

// Invite makes an invitation to the first seat in a role of a unit, whoever holds it, and returns its code.
func (w *World) Invite(unit store.UnitCode, role store.Role, life time.Duration) string {
	w.T.Helper()
	return w.invite(enrol.Wanted{Unit: unit, Role: role, Seat: store.SeatID(unit, role, 1), Life: life})
}

// InviteTo makes an invitation for a week to a place, "30709 officer": to the first
// seat there, or for "30709 officer more" to one that is free.
func (w *World) InviteTo(place string) string {
	w.T.Helper()
	const week = 7 * 24 * time.Hour
	part := append(strings.Fields(place), "", "")
	if store.Role(part[0]).Valid() { // of the whole house
		part = slices.Insert(part, 0, "")
	}
	unit, role := store.UnitCode(part[0]), store.Role(part[1])
	if part[2] == "more" {
		return w.invite(enrol.Wanted{Unit: unit, Role: role, Life: week})
	}
	return w.Invite(unit, role, week)
}

func (w *World) invite(wanted enrol.Wanted) string {
	w.T.Helper()
	made, err := enrol.Invite(context.Background(), w.Bot, wanted, w.Now)
	Must(w.T, err)
	return made.Code
}

// File submits a report as a unit's officer would.
func (w *World) File(unit store.UnitCode) {
	w.T.Helper()
	w.Update(func(tx store.Tx) error {
		_, err := tx.PutReport(store.Report{Unit: unit, Period: Period, SubmittedAt: w.Now})
		return err
	})
}

// Deliver sends what waits in the outbox to the chats.
func (w *World) Deliver() error { return w.deliver(store.TidyLane) }

func (w *World) deliver(worst store.Lane) error {
	for {
		var claimed []store.Message
		err := w.Store.Update(context.Background(), func(tx store.Tx) (err error) {
			claimed, err = w.claim(tx, worst)
			return err
		})
		if err != nil || len(claimed) == 0 {
			return err
		}

		for _, m := range claimed {
			if m.Make != nil && m.Kind != store.File {
				if m, err = w.Bot.Card(context.Background(), m); err != nil {
					return err
				}
			}
			remote := w.Chat(m.To.Chat).Apply(m)
			if err := w.Store.Update(context.Background(), func(tx store.Tx) error {
				return tx.Finish(m, store.Outcome{At: w.Now, Remote: remote})
			}); err != nil {
				return err
			}
		}
	}
}

// claim takes what waits and looks once more at what it is about, as the outbox
// does.
func (w *World) claim(tx store.Tx, worst store.Lane) ([]store.Message, error) {
	claimed, err := tx.Claim(w.Now, time.Minute, 16, worst)
	var out []store.Message
	for _, m := range claimed {
		holds := true
		if len(m.About) > 0 {
			if m, holds, err = w.Schedule.Revise(tx, m); err != nil {
				return nil, err
			}
		}

		if holds {
			out = append(out, m)
		} else if err := tx.Finish(m, store.Outcome{At: w.Now}); err != nil {
			return nil, err
		}
	}
	return out, err
}

// start is when all tests begin, a Monday.
func start(zone *time.Location) time.Time { return time.Date(2026, 11, 23, 8, 0, 0, 0, zone) }

func zone(tb testing.TB) *time.Location {
	tb.Helper()
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	Must(tb, err)
	return zone
}
