package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/schedule"
	"danvan/cmd/features"
	"danvan/flows"
	"danvan/locales"
	"danvan/store"
	"danvan/store/bolt"
)

// world is the clock and the bot over a real store: a province with three
// communes, whose officers are persons 1 to 3, with a coordinator (4) and a
// supervisor (5). The report on the half-year that ends on 14/12/2026 is due on
// Wednesday 16/12 at 17:00.
type world struct {
	tb    testing.TB
	path  string
	zone  *time.Location
	file  *bolt.Store
	store store.Store // file, or what stands before it
	front func(store.Store) store.Store
	bot   *bot.Bot
	clock *schedule.Schedule
	now   time.Time
	event int
}

const period = store.PeriodID("dvk/half/2026-12-14")

var communes = []store.UnitCode{"101", "102", "103"}

// words is the catalogue, read once.
var words = sync.OnceValues(func() (*locales.Catalogue, error) { return locales.Load() })

func newWorld(tb testing.TB) *world {
	tb.Helper()
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	must(tb, err)
	w := &world{tb: tb, path: filepath.Join(tb.TempDir(), "clock.db"), zone: zone, front: func(s store.Store) store.Store { return s }}
	w.at("2026-12-01 07:00")
	w.open()
	tb.Cleanup(func() { mustClose(tb, w.file) })
	w.update(w.fill)
	return w
}

// open opens the store as a process does when it starts.
func (w *world) open() {
	w.tb.Helper()
	var err error
	w.file, err = bolt.Open(w.path, bolt.Options{})
	must(w.tb, err)
	must(w.tb, w.file.EndLeases(context.Background()))
	w.store = w.front(w.file)
	words, err := words()
	must(w.tb, err)
	w.bot, err = bot.New(bot.Config{Features: features.All(), Layout: features.Layout(), Store: w.store, Words: words, Zone: w.zone, Language: "vi", Wake: func() {}, Log: slog.New(slog.DiscardHandler)})
	must(w.tb, err)
	w.clock = schedule.New(schedule.Config{
		Store: w.store, Bot: w.bot, Now: func() time.Time { return w.now }, Wake: func() {}, Log: slog.New(slog.DiscardHandler),
	})
}

// restart is the death of the process and a new one.
func (w *world) restart() {
	w.tb.Helper()
	must(w.tb, w.file.Close())
	w.open()
}

func (w *world) fill(tx store.Tx) error {
	errs := []error{
		tx.PutUnit(store.Unit{Code: "10", Name: "Tỉnh An Giang", Kind: store.Province}),
		tx.PutCampaign(store.Campaign{
			ID: "dvk", From: store.Date{Year: 2026, Month: 1, Day: 1}, To: store.Date{Year: 2030, Month: 12, Day: 31},
			Fields: []store.Option{{Key: "KT", Label: store.Label{"vi": "Kinh tế"}}},
			Rules:  []store.PeriodRule{{Kind: store.HalfYear, CutDay: 14, DueAfter: 2, Working: true, Shift: store.NextWorkingDay, Hour: 17, Lock: 10}},
			Ladder: []store.Rung{{Days: -7, Hour: 8}, {Days: -3, Hour: 8}, {Days: -1, Hour: 8}, {Days: 0, Hour: 8}, {Days: 1, Hour: 8}}, Escalate: 2,
		}),
		w.hire(tx, 4, "10", store.Coordinator), w.hire(tx, 5, "10", store.Supervisor),
	}
	for i, code := range communes {
		errs = append(errs, tx.PutUnit(store.Unit{Code: code, Name: "Xã " + string(code), Kind: store.Commune, Parent: "10"}),
			w.hire(tx, store.PersonID(i+1), code, store.Officer))
	}
	return errors.Join(errs...)
}

func (w *world) hire(tx store.Tx, id store.PersonID, unit store.UnitCode, role store.Role) error {
	post := store.Post{ID: store.MakePostID(unit, role), Unit: unit, Role: role, Holder: id, Since: w.now}
	post.Digest.Every = store.Never
	return errors.Join(tx.PutPost(post), tx.PutPerson(store.Person{ID: id, Address: address(id), Language: "vi", Active: post.ID, Consent: store.Refused}))
}

func address(id store.PersonID) store.Address {
	return store.Address{Channel: "test", Chat: strconv.FormatUint(uint64(id), 10)}
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func (w *world) at(when string) {
	w.tb.Helper()
	t, err := time.ParseInLocation("2006-01-02 15:04", when, w.zone)
	must(w.tb, err)
	w.now = t
}

func (w *world) update(fn func(store.Tx) error) {
	w.tb.Helper()
	must(w.tb, w.file.Update(context.Background(), fn))
}

// tick lets the clock strike at a time.
func (w *world) tick(when string) {
	w.tb.Helper()
	w.at(when)
	must(w.tb, w.clock.Tick(context.Background(), w.now))
}

// sent delivers what waits, as the outbox does, and returns it by person.
func (w *world) sent() map[store.PersonID][]store.Message {
	w.tb.Helper()
	out := map[store.PersonID][]store.Message{}
	for {
		n := 0
		w.update(func(tx store.Tx) error {
			claimed, err := tx.Claim(w.now, time.Minute, 100, store.DigestLane)
			n = len(claimed)
			for _, m := range claimed {
				holds := true
				if len(m.About) > 0 {
					if m, holds, err = w.clock.Revise(tx, m); err != nil {
						return err
					}
				}
				if err := tx.Finish(m, store.Outcome{At: w.now}); err != nil {
					return err
				}
				if holds && m.Kind == store.Send { // edits tell nobody anything
					id, _ := strconv.ParseUint(m.To.Chat, 10, 64)
					out[store.PersonID(id)] = append(out[store.PersonID(id)], m)
				}
			}
			return err
		})
		if n == 0 {
			return out
		}
	}
}

// told wants reminders to exactly these people, one each.
func (w *world) told(people ...store.PersonID) map[store.PersonID][]store.Message {
	w.tb.Helper()
	got := w.sent()
	if len(got) != len(people) {
		w.tb.Errorf("%s: %d people were told, want %v", w.now.Format("02/01 15:04"), len(got), people)
	}
	for _, p := range people {
		if len(got[p]) != 1 {
			w.tb.Errorf("%s: person %d got %d messages", w.now.Format("02/01 15:04"), p, len(got[p]))
		}
	}
	return got
}

func (w *world) report(unit store.UnitCode) {
	w.tb.Helper()
	w.update(func(tx store.Tx) error {
		_, err := tx.PutReport(store.Report{Unit: unit, Period: period, SubmittedAt: w.now})
		return err
	})
}

// ledger returns a person's lines by the time at which they were due, each as
// "rule step", with the reason if it was skipped.
func (w *world) ledger(id store.PersonID) []string {
	w.tb.Helper()
	var out []string
	must(w.tb, w.file.View(context.Background(), func(r store.Reader) error {
		lines, err := r.LedgerOf(id, period)
		slices.SortFunc(lines, func(a, b store.Sent) int { return a.Due.Compare(b.Due) })
		for _, l := range lines {
			s := l.Rule + " " + l.Step
			if l.Skipped != "" {
				s += " " + l.Skipped
			}
			if (l.Skipped == "") != (l.Message != 0) {
				w.tb.Errorf("the line %+v", l)
			}
			out = append(out, s)
		}
		return err
	}))
	return out
}

// say lets somebody say something to the bot.
func (w *world) say(id store.PersonID, in flows.Input) {
	w.tb.Helper()
	w.event++
	_, err := w.bot.Handle(context.Background(), bot.Event{ID: fmt.Sprint("test/", w.event), At: w.now, Kind: bot.Said, From: address(id), Input: in})
	must(w.tb, err)
}

// mustClose closes what a test has opened.
func mustClose(t testing.TB, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}
