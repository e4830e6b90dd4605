package schedule_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"danvan/bot"
	"danvan/bot/outbox"
	"danvan/bot/schedule"
	"danvan/cmd/features"
	"danvan/locales"
	"danvan/store"
	"danvan/store/bolt"
	"danvan/store/org"
)

var (
	soakDays = flag.Int("soak", soakShort, "how many simulated days TestSoak lasts")
	soakSeed = flag.Uint64("soakseed", 1, "what TestSoak draws from: the same seed, the same people and faults")
)

// A soak of this many days and more is lived in full, with 12,000 models a year;
// in a shorter one people do a part of it, so that it takes seconds.
const (
	soakWhole = 180
	soakShare = 4
)

// TestSoak lets two provinces live with the real bot, clock, outbox and store
// over a channel with faults, in simulated time, and holds every delivery and
// every evening against what is promised.
func TestSoak(t *testing.T) {
	dir := t.TempDir()
	if shm, err := os.MkdirTemp("/dev/shm", "soak-"); err == nil { // no disk waits for two years of commits
		dir = shm
		defer func() { _ = os.RemoveAll(shm) }() // it is memory
	}
	synctest.Test(t, func(t *testing.T) {
		s := newSoak(t, filepath.Join(dir, "soak.db"), *soakSeed)
		defer s.shut()
		s.must(s.found())
		for s.day = range *soakDays {
			s.liveDay()
			s.evening()
			if t.Failed() {
				t.FailNow()
			}
		}
		lived := s.lived()
		t.Logf("seed %d: %s; %v", *soakSeed, s.seen.summary(), lived)
		for _, what := range []string{
			"accept", "return", "resubmit", "reject", "merge", "unmerge", "confirm", "report", "nothing", "paper", "withdrawn", "deferral", "extension", "exemption",
		} {
			if lived[what] == 0 && *soakDays >= 91 {
				t.Errorf("seed %d: nobody came to %q", *soakSeed, what)
			}
		}
	})
}

// soakStart is when the simulation begins: six weeks before a cut-off, eight
// before another one.
var soakStart = time.Date(2026, 5, 4, 0, 0, 0, 0, time.FixedZone("+07", 7*3600))

// soak is the house and everybody in it.
type soak struct {
	t     *testing.T
	seed  uint64
	dice  *rand.Rand
	path  string
	zone  *time.Location
	words *locales.Catalogue
	shift time.Duration // from the bubble's clock to the simulated one

	file  *bolt.Store
	front *failing
	bot   *bot.Bot
	clock *schedule.Schedule
	box   *outbox.Outbox
	stop  context.CancelFunc
	ended chan error

	line  *channel
	book  *org.Book // the soak's own: the bot's may be what is wrong
	seen  *seen
	folk  *folk
	day   int
	event int
	again []bot.Event // not handled before the process died
}

func newSoak(t *testing.T, path string, seed uint64) *soak {
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	must(t, err)
	words, err := locales.Load()
	must(t, err)
	s := &soak{
		t: t, seed: seed, dice: rand.New(rand.NewPCG(seed, 1)), path: path, zone: zone, words: words,
		shift: time.Until(soakStart), seen: newSeen(), folk: &folk{}, book: org.NewBook(zone),
	}
	s.line = &channel{soak: s, chats: map[string]*chat{}, tries: map[store.MessageID]uint64{}}
	s.open()
	return s
}

func (s *soak) now() time.Time { return time.Now().Add(s.shift).In(s.zone) }

// sleepUntil lets the clock go on, to an instant.
func (s *soak) sleepUntil(at time.Time) { time.Sleep(at.Sub(s.now())) }

func (s *soak) must(err error) {
	if err != nil {
		s.t.Helper()
		s.t.Fatalf("seed %d, day %d, %s: %v", s.seed, s.day, s.now().Format("2006-01-02 15:04:05"), err)
	}
}

// wrong notes what is not as promised; the day is ended, for what follows from
// it to be seen too.
func (s *soak) wrong(format string, a ...any) {
	s.t.Errorf("seed %d, day %d, %s: %s", s.seed, s.day, s.now().Format("2006-01-02 15:04:05"), fmt.Sprintf(format, a...))
}

// open starts the process.
func (s *soak) open() {
	var err error
	s.file, err = bolt.Open(s.path, bolt.Options{})
	s.must(err)
	s.must(s.file.EndLeases(context.Background()))
	s.front = &failing{Store: s.file}
	s.front.left.Store(1 << 60)
	log := slog.New(complaints{slog.DiscardHandler, s})
	s.bot, err = bot.New(bot.Config{
		Features: features.All(), Layout: features.Layout(), Store: s.front, Words: s.words, Zone: s.zone, Language: "vi",
		Random: rand.NewChaCha8([32]byte{byte(s.seed)}), Limits: func(string) store.Limits { return s.line.Limits() },
		Wake: func() { s.box.Wake() }, Log: log,
	})
	s.must(err)
	s.clock = schedule.New(schedule.Config{Store: s.front, Bot: s.bot, Now: s.now, Wake: func() { s.box.Wake() }, Log: log})
	s.box = outbox.New(outbox.Config{
		Store: s.front, Channels: map[string]outbox.Channel{"test": s.line}, Maker: cards{s}, Now: s.now, Log: log, Every: 5 * time.Minute, Revise: s.clock.Revise, Opens: s.clock.Opens,
	})
	ctx, stop := context.WithCancel(context.Background())
	s.stop, s.ended = stop, make(chan error, 1)
	go func() { s.ended <- s.box.Run(ctx) }()
}

// shut ends the process, in good order or not.
func (s *soak) shut() {
	s.stop()
	if err := <-s.ended; err != nil && !errors.Is(err, store.ErrClosed) {
		s.wrong("the outbox ended: %v", err)
	}
	s.must(s.file.Close())
}

// away is a process that is down for a while.
func (s *soak) away(pause time.Duration) {
	s.shut()
	s.seen.downtimes++
	time.Sleep(pause)
	s.open()
	for _, ev := range slices.Clone(s.again) {
		s.handle(ev)
	}
	s.again = nil
}

// failing is a store whose process dies after some more commits: what is asked
// of it then never happens.
type failing struct {
	store.Store
	left atomic.Int64
}

func (m *failing) Update(ctx context.Context, fn func(store.Tx) error) error {
	if m.left.Add(-1) < 0 {
		return store.ErrClosed
	}
	return m.Store.Update(ctx, fn)
}

func (m *failing) View(ctx context.Context, fn func(store.Reader) error) error {
	if m.dead() {
		return store.ErrClosed
	}
	return m.Store.View(ctx, fn)
}

func (m *failing) dead() bool { return m.left.Load() < 0 }

// complaints is a log in which only what the channel's faults explain may be an
// error.
type complaints struct {
	slog.Handler
	*soak
}

func (c complaints) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelError }

func (c complaints) Handle(_ context.Context, r slog.Record) error {
	dying := c.front.dead()
	r.Attrs(func(a slog.Attr) bool {
		err, ok := a.Value.Any().(error)
		dying = dying || ok && errors.Is(err, store.ErrClosed)
		return true
	})
	if r.Message != "channel is unreachable, messages wait" && r.Message != "message was given up" && !dying {
		text := r.Message
		r.Attrs(func(a slog.Attr) bool { text += " " + a.String(); return true })
		c.wrong("the log complains: %s", text)
	}
	return nil
}

// cards makes digests; the soak asks for no files.
type cards struct{ *soak }

func (c cards) Card(ctx context.Context, m store.Message) (store.Message, error) {
	return c.bot.Card(ctx, m)
}

func (c cards) File(context.Context, store.Message) (string, []byte, error) {
	return "tonghop.xlsx", []byte("x"), nil
}

// moments are the times of a day at which the clock strikes: each hour of work
// and around what is due at an hour, and now and then at night.
func (s *soak) moments() []time.Time {
	day := s.midnight()
	var out []time.Time
	for _, minute := range []int{5, 6*60 + 59, 7 * 60, 19*60 + 59, 20 * 60, 22 * 60} {
		out = append(out, day.Add(time.Duration(minute)*time.Minute))
	}
	for hour := 8; hour < 20; hour++ {
		at := day.Add(time.Duration(hour) * time.Hour)
		if out = append(out, at); *soakDays >= soakWhole {
			out = append(out, at.Add(time.Duration(5+s.dice.IntN(50))*time.Minute))
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

func (s *soak) midnight() time.Time { return soakStart.In(s.zone).AddDate(0, 0, s.day) }

// liveDay is a day: the clock strikes, people do what they do, and the process
// is sometimes not there.
func (s *soak) liveDay() {
	for _, at := range s.moments() {
		if at.Before(s.now()) {
			continue // slept through
		}
		s.sleepUntil(at)
		s.faults()
		s.tick()
		s.act()
		if s.front.dead() {
			s.away(time.Duration(1+s.dice.IntN(90)) * time.Minute)
		}
	}
}

func (s *soak) tick() {
	if err := s.clock.Tick(context.Background(), s.now()); err != nil && !errors.Is(err, store.ErrClosed) {
		s.wrong("tick: %v", err)
	}
	time.Sleep(time.Second)
}

// faults are downtimes, deaths and a channel that takes nothing.
func (s *soak) faults() {
	switch n := s.dice.IntN(6000); {
	case n < 4:
		s.away(time.Duration(10+s.dice.IntN(100)) * time.Hour)
	case n < 14:
		s.away(time.Duration(10+s.dice.IntN(600)) * time.Minute)
	case n < 44:
		s.front.left.Store(int64(s.dice.IntN(30)))
	case n < 64:
		s.line.closed.Store(s.now().Add(time.Duration(1+s.dice.IntN(9*60)) * time.Minute).UnixNano())
	}
}

// handle is one event; one that the process did not live to see comes again.
func (s *soak) handle(ev bot.Event) {
	_, err := s.bot.Handle(context.Background(), ev)
	switch {
	case errors.Is(err, store.ErrClosed):
		s.again = append(s.again, ev)
	case err != nil:
		s.wrong("%s %+v: %v", ev.From.Chat, ev.Input, err)
	}
	s.seen.turns++
	time.Sleep(time.Second)
}
