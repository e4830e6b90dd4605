package main

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"danvan/bot/shipped"
	"danvan/bot/trial"
	"danvan/bot/trial/faults"
	"danvan/flows/answer"
	"danvan/locales"
	"danvan/store"
)

// world is the whole house at work against a local Bot API server, in this
// process, with the people of the trial.
type world struct {
	*trial.Server
	*faults.Front
	t     *testing.T
	house *house
	log   *logbook
	words *locales.Catalogue
	stop  func() error // the house; it may be called again
}

// hoa is the officer who does most of the talking; quan is the administrator, an
// has no post.
const (
	hoa  = int64(1001)
	tu   = int64(1002)
	quan = int64(1005)
	an   = int64(1006)
)

// testConfig is a house's configuration in a folder of its own.
func testConfig(t testing.TB) storeConfig {
	return storeConfig{Data: filepath.Join(t.TempDir(), "danvan.db"), TimeZone: "Asia/Ho_Chi_Minh", Language: "vi", Log: "info"}
}

// fillHouse makes a store with the trial's people and units.
func fillHouse(t *testing.T, c storeConfig) {
	t.Helper()
	h, err := open(c, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(shipped.FillTrial(t.Context(), h.store, time.Now(), "vi"), h.close()); err != nil {
		t.Fatal(err)
	}
}

// trialPeople are the people of the trial, as Telegram knows them.
func trialPeople() []trial.Person {
	var out []trial.Person
	for _, p := range shipped.People() {
		out = append(out, trial.Person{ID: p.Chat, First: p.Name, Phone: strings.TrimPrefix(p.Phone, "+"), Language: "vi"})
	}
	return out
}

// newTelegram returns a local Bot API server that takes only the test's token.
func newTelegram(t *testing.T, people []trial.Person) *trial.Server {
	t.Helper()
	s, err := trial.New(trial.Config{Token: testToken, Bot: trial.Bot{Username: "danvan_bot"}, People: people, Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// serveTelegram serves a local Bot API server, behind a handler of the test's
// own, and returns its address.
func serveTelegram(t *testing.T, front http.Handler, s *trial.Server) string {
	t.Helper()
	web := httptest.NewServer(front)
	t.Cleanup(func() {
		s.Close() // ends the long poll, for which Close would wait
		web.CloseClientConnections()
		web.Close()
	})
	return web.URL
}

// newWorld starts a house. When the test ends the house must stop in good
// order, and its log must be quiet about people.
func newWorld(t *testing.T) *world { return newWorldOf(t, testConfig(t)) }

// newWorldOf is newWorld with a configuration.
func newWorldOf(t *testing.T, c storeConfig) *world {
	t.Helper()
	fillHouse(t, c)
	words, err := locales.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, Server: newTelegram(t, trialPeople()), log: newLogbook(), words: words}
	w.Front = faults.Before(w.Server)
	if w.house, err = open(c, time.Now, c.logger(w.log, testToken)); err != nil {
		t.Fatal(err)
	}
	if err := w.house.connect(testToken, serveTelegram(t, w.Front, w.Server)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.house.run(ctx) }()
	w.stop = sync.OnceValue(func() error {
		cancel()
		return errors.Join(<-done, w.house.close())
	})
	t.Cleanup(func() {
		if err := w.stop(); err != nil {
			t.Errorf("the house stopped with %v", err)
		}
		for _, p := range shipped.People() {
			wantQuiet(t, w.log.String(), p.Phone, strings.TrimPrefix(p.Phone, "+84"))
		}
	})
	return w
}

// person is one of the people, who waits patiently.
func (w *world) person(id int64) *walker {
	return &walker{Server: w.Server, words: w.words, id: id}
}

// registration invents one, the same in every run.
func (w *world) registration(mark int) registration {
	return newRegistration(rand.New(rand.NewPCG(1, uint64(mark))), mark)
}

// wantOnce wants the registration in the store: once, under the code that the
// person saw, and exactly as it was given.
func (w *world) wantOnce(g registration, code string) {
	w.t.Helper()
	w.view(func(r store.Reader) error {
		m, err := r.ModelByCode(code)
		if err != nil {
			return err
		}
		if diff := g.differs(m); diff != "" {
			w.t.Errorf("%s was kept differently: %s", code, diff)
		}
		heads, err := r.Heads(store.ModelQuery{})
		same := slices.DeleteFunc(heads, func(h store.Head) bool { return h.Fold != answer.Fold(g["title"]) })
		if len(same) != 1 {
			w.t.Errorf("%q is there %d times", g["title"], len(same))
		}
		return err
	})
}

func (w *world) view(look func(store.Reader) error) {
	w.t.Helper()
	if err := w.house.store.View(context.Background(), look); err != nil {
		w.t.Fatal(err)
	}
}

// record returns what the store knows of a person.
func (w *world) record(id int64) store.Person {
	w.t.Helper()
	var p store.Person
	w.view(func(r store.Reader) (err error) {
		p, err = r.PersonAt(store.Address{Channel: "telegram", Chat: strconv.FormatInt(id, 10)})
		return err
	})
	return p
}

// hear says something and waits for an answer with the words in it.
func (w *world) hear(id int64, say, words string) trial.Message {
	w.t.Helper()
	at, err := w.Say(id, say)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.heard(id, at, words)
}

// heard waits for a message of the bot after another, with the words in it.
func (w *world) heard(id int64, after int, words string) trial.Message {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	var found trial.Message
	if _, err := w.Wait(ctx, id, func(v trial.View) bool {
		for _, m := range v.Messages {
			if m.FromBot() && m.ID > after && strings.Contains(m.Text+m.Caption, words) {
				found = m
				return true
			}
		}
		return false
	}); err != nil {
		v, _ := w.Chat(id)
		w.t.Fatalf("person %d never read %q, but last %.300q: %v\nlog:\n%s", id, words, newest(v).Text, err, w.log)
	}
	return found
}
