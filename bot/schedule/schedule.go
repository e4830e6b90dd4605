package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"danvan/bot"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// Config is what a Schedule works with.
type Config struct {
	Store store.Store
	Bot   *bot.Bot
	Now   func() time.Time
	Wake  func() // called after a tick that queued messages
	Log   *slog.Logger
}

// Schedule looks at what is due.
type Schedule struct {
	Config

	ticking sync.Mutex // one tick at a time, whoever calls it
	looked  time.Time  // at what instant last
	watch   *reporting.Watch
	told    map[slot]bool
	// announced says of which campaigns everybody was told.
	announced map[store.CampaignID]toldAll
}

// New returns a Schedule that does nothing until Run or Tick.
func New(c Config) *Schedule {
	return &Schedule{Config: c, watch: reporting.NewWatch(c.Bot.Book()), announced: map[store.CampaignID]toldAll{}}
}

// A clock that is set ahead by days may be wrong. What was due until then would be written
// down as missed, which nobody takes back, so that it is believed only after a while.
const (
	mostAhead = 24 * time.Hour
	believed  = time.Hour
)

// minutes are when the clock ticks. Cron says which is the next; it does not wait for it,
// for it would go on waiting when the clock is set back.
var minutes = func() cron.Schedule {
	s, err := cron.ParseStandard("* * * * *")
	if err != nil {
		panic("schedule: every minute: " + err.Error())
	}
	return s
}()

// Run ticks at the beginning of every minute until ctx ends, and returns when the tick
// at hand is done. It never waits longer than a minute, however the clock is set, but for
// the hour in which it does not believe one that was set ahead.
func (s *Schedule) Run(ctx context.Context) {
	doubt := 0 // minutes until the clock is believed
	for {
		now := s.Now()
		next := minutes.Next(now)
		select {
		case <-ctx.Done():
			return
		case <-time.After(next.Sub(now)):
		}

		switch by := s.ahead(next); {
		case by > mostAhead:
			doubt = int(believed / time.Minute)
			s.Log.Error("the clock was set ahead: nothing is looked at until it has gone on for a while", "by", by, "for", believed)
		case by < -time.Minute:
			doubt = 0
		}
		if doubt > 0 {
			doubt--
			continue
		}
		s.tick(ctx)
	}
}

// ahead is by how much the clock is beyond an instant, or beyond the one that somebody
// who travels in time last looked at.
func (s *Schedule) ahead(of time.Time) time.Duration {
	s.ticking.Lock()
	defer s.ticking.Unlock()
	if s.looked.After(of) {
		of = s.looked
	}
	return s.Now().Truncate(0).Sub(of)
}

// tick is Tick now. A panic costs this tick, not the process.
func (s *Schedule) tick(ctx context.Context) {
	began := s.Now()
	defer func() {
		if r := recover(); r != nil {
			s.Log.Error("tick", "error", fmt.Errorf("panic with a %T at %s", r, debug.Stack()))
		}
	}()

	if err := s.Tick(ctx, began); err != nil && ctx.Err() == nil {
		s.Log.Error("tick", "error", err)
	}
	if took := s.Now().Sub(began); took > time.Minute {
		s.Log.Warn("a tick took longer than a minute", "took", took)
	}
}

// Tick does what is due at an instant: it freezes the figures of periods that
// have ended, reminds, sends digests, and edits those that live. It returns the
// errors of all that failed; what did not fail is done. Calls wait for one
// another.
func (s *Schedule) Tick(ctx context.Context, now time.Time) error {
	s.ticking.Lock()
	defer s.ticking.Unlock()
	s.looked = now
	return errors.Join(s.write(ctx, now), s.Bot.After(ctx, now))
}

// write turns periods, freezes, writes the reminders and digests that are due, and
// tells of campaigns.
func (s *Schedule) write(ctx context.Context, now time.Time) error {
	if err := s.turnPeriods(ctx, now); err != nil {
		return err
	}
	in, settled, err := s.watch.Load(ctx, s.Store, now)
	if err != nil {
		return fmt.Errorf("load what is due: %w", err)
	}
	freezeErr := s.freeze(ctx, in)

	reminded, err := s.remind(ctx, in)
	if err == nil {
		settled()
	}
	told, digestErr := false, error(nil)
	if ctx.Err() == nil && !store.Unwritten(err) {
		told, digestErr = s.digests(ctx, in)
	}
	known, announceErr := false, error(nil)
	if ctx.Err() == nil && !store.Unwritten(errors.Join(err, digestErr)) {
		known, announceErr = s.announce(ctx, in)
	}
	if reminded || told || known {
		s.Wake()
	}
	return errors.Join(freezeErr, err, digestErr, announceErr)
}

// remind writes the reminders that are due.
func (s *Schedule) remind(ctx context.Context, in deadline.Input) (queued bool, err error) {
	sends, err := reporting.Plan(ctx, s.Store, in, deadline.Plan)
	if err != nil {
		return false, fmt.Errorf("plan the reminders: %w", err)
	}
	var errs []error
	for _, send := range sends {
		if err := ctx.Err(); err != nil {
			return queued, err
		}
		sent, err := s.writeReminder(ctx, in.Now, send)
		queued = queued || sent
		if err != nil {
			errs = append(errs, fmt.Errorf("remind person %d: %w", send.Person, err))
			if store.Unwritten(err) {
				break
			}
		}
	}
	return queued, errors.Join(errs...)
}

// Preview returns what would be sent and skipped from now until an instant, if
// nothing but the time changed.
func (s *Schedule) Preview(ctx context.Context, now, until time.Time) ([]deadline.Send, error) {
	set, err := reporting.Now(ctx, s.Store, s.Bot.Book(), now)
	if err != nil {
		return nil, err
	}
	var in deadline.Input
	err = s.Store.View(ctx, func(r store.Reader) (err error) {
		if in, err = set.Ahead(r, now, until, nil); err != nil {
			return err
		}
		return reporting.AddDigests(r, &in, set.Supervisors()...)
	})
	if err != nil {
		return nil, fmt.Errorf("load what is ahead: %w", err)
	}

	return reporting.Plan(ctx, s.Store, in, func(in deadline.Input) []deadline.Send { return deadline.Preview(in, until) })
}
