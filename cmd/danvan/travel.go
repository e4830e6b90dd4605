package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"danvan/bot/shipped"
	"danvan/store"
	"danvan/store/deadline"
)

const (
	trialTick  = 2 * time.Second // so often a trial looks at what is due
	trialEdit  = 5 * time.Second // and so often a digest may change
	trialAhead = 100             // days in which the next moment is looked for
)

// travelClock is the clock of a trial and of the whole house in it. It goes as
// the wall clock does, so far from it as it was moved.
type travelClock struct {
	wall func() time.Time
	zone *time.Location

	mu    sync.Mutex
	ahead time.Duration
}

// Now is the simulated time.
func (c *travelClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.wall().Add(c.ahead).In(c.zone)
}

func (c *travelClock) set(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead = to.Sub(c.wall())
}

// traveller moves a trial's clock: what is due on the way happens at its time.
type traveller struct {
	travelClock
	file string // keeps the time of a trial that goes on later

	house   atomic.Pointer[house] // that is open now
	journey sync.Mutex            // held while anything ticks
}

// newTraveller returns the clock of a trial in a store: it begins where a kept
// trial stopped, or a few days before reports are due.
func newTraveller(c storeConfig, wall func() time.Time) (*traveller, error) {
	zone, err := c.zone()
	if err != nil {
		return nil, err
	}

	t := &traveller{travelClock: travelClock{wall: wall, zone: zone}, file: c.Data + ".clock"}
	var at time.Time
	switch text, err := os.ReadFile(t.file); {
	case err == nil:
		if at, err = time.Parse(time.RFC3339, strings.TrimSpace(string(text))); err != nil {
			return nil, fmt.Errorf("read the time of the trial: %w", err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	default:
		if at, err = shipped.TrialStart(t.Now()); err != nil {
			return nil, err
		}
	}

	t.set(at)
	return t, t.keep()
}

// open opens the house whose clock this is.
func (t *traveller) open(c storeConfig, log *slog.Logger) (*house, error) {
	h, err := open(c, t.Now, log)
	if err != nil {
		return nil, err
	}
	h.bot.EditEvery, h.quiet = trialEdit, true
	h.ticks = func(ctx context.Context) { t.tick(ctx, h) }
	t.house.Store(h)
	return h, nil
}

// keep writes down what time it is.
func (t *traveller) keep() error {
	return os.WriteFile(t.file, []byte(t.Now().Format(time.RFC3339)+"\n"), 0o600)
}

// Move goes on hour by hour: at each the house looks at what is due, and
// everything that it has to say is delivered before the clock moves again.
func (t *traveller) Move(ctx context.Context, to time.Time) error {
	t.journey.Lock()
	defer t.journey.Unlock()
	h := t.house.Load()
	for now := t.Now(); now.Before(to); now = t.Now() {
		if err := h.outbox.Settle(ctx); err != nil {
			return err
		}
		next := now.Truncate(time.Hour).Add(time.Hour)
		if to.Before(next) {
			next = to
		}
		t.set(next)
		if err := h.clock.Tick(ctx, next); err != nil {
			return err
		}
	}

	return errors.Join(h.outbox.Settle(ctx), t.keep())
}

// Next says when somebody is written to next because of reports, and how many of
// whom. Checks that are due are told of every working day, models that end on many:
// no visitor wants to stop there.
func (t *traveller) Next(ctx context.Context) (time.Time, map[string]string, error) {
	h, now := t.house.Load(), t.Now()
	sends, err := h.clock.Preview(ctx, now, now.AddDate(0, 0, trialAhead))
	if err != nil {
		return time.Time{}, nil, err
	}

	var at time.Time
	people := map[string]map[store.PersonID]bool{}
	for _, s := range sends {
		if !at.IsZero() && s.At.After(at) {
			break
		}
		for _, item := range s.Items {
			if item.Rule == deadline.Check || item.Rule == deadline.End {
				continue
			}
			if at = s.At; people[item.Rule] == nil {
				people[item.Rule] = map[store.PersonID]bool{}
			}
			people[item.Rule][s.Person] = true
		}
	}

	return at, h.next(people), nil
}

// next says in every language how many people are written to under which rules.
func (h *house) next(people map[string]map[store.PersonID]bool) map[string]string {
	out := map[string]string{}
	for _, lang := range h.words.Languages() {
		var parts []string
		for _, rule := range []string{
			deadline.Remind, deadline.Escalate, deadline.Vacant, deadline.Unreachable, deadline.Confirm, deadline.Digest,
		} {
			if n := len(people[rule]); n > 0 {
				parts = append(parts, h.words.Text(lang, "try.next."+rule, map[string]any{"Count": n}))
			}
		}
		out[lang] = strings.Join(parts, ", ")
	}
	return out
}

// tick looks at what is due every other second, until ctx ends: a visitor does
// not wait for the minute to be over.
func (t *traveller) tick(ctx context.Context, h *house) {
	every := time.NewTicker(trialTick)
	defer every.Stop()

	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		if !t.journey.TryLock() {
			continue // somebody is on the way
		}
		if err := h.clock.Tick(ctx, t.Now()); err != nil && ctx.Err() == nil {
			h.log.Error("tick", "error", err)
		}
		t.journey.Unlock()
	}
}
