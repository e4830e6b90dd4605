package trial

import (
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"sync"
	"time"
)

// Travel is a clock that can be moved on. Whoever owns the program under trial
// provides it; without one the page has no clock.
type Travel interface {
	// Now is the simulated time. It goes on by itself, as time does.
	Now() time.Time
	// Move goes on to an instant that is later than Now and returns when
	// everything that was due until then has happened.
	Move(ctx context.Context, to time.Time) error
	// Next says when something is due next, and what, by language. A zero time:
	// nothing is, as far as one can see.
	Next(ctx context.Context) (time.Time, map[string]string, error)
}

// The steps by which the page moves the clock.
const (
	stepHour = "hour"
	stepDay  = "day"
	stepNext = "next"
)

// clock serves a Travel to pages. One journey is made at a time.
type clock struct {
	travel Travel
	moved  func() // called after each journey

	mu sync.Mutex
}

// clockState is the clock as a page reads it.
type clockState struct {
	Now  time.Time `json:"now"`
	Next *nextDue  `json:"next"`
}

type nextDue struct {
	At   time.Time         `json:"at"`
	What map[string]string `json:"what"`
}

func (c *clock) state(ctx context.Context) (clockState, error) {
	at, what, err := c.travel.Next(ctx)
	s := clockState{Now: c.travel.Now()}
	if !at.IsZero() {
		s.Next = &nextDue{at, what}
	}
	return s, err
}

// serve tells the time and what comes next.
func (c *clock) serve(w http.ResponseWriter, r *http.Request) {
	s, err := c.state(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	writeJSON(w, s)
}

// take moves the clock by a step and then tells the time.
func (c *clock) take(w http.ResponseWriter, r *http.Request) {
	var step struct {
		By string `json:"by"`
	}
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<10)).Decode(&step)
	if err != nil || !oneOf(step.By, stepHour, stepDay, stepNext) {
		http.Error(w, "say by: hour, day or next", http.StatusBadRequest)
		return
	}

	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.move(r.Context(), step.By); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}

	c.moved()
	c.serve(w, r)
}

func (c *clock) move(ctx context.Context, by string) error {
	to := c.travel.Now()
	switch by {
	case stepHour:
		to = to.Add(time.Hour)
	case stepDay:
		to = to.AddDate(0, 0, 1)
	default:
		at, _, err := c.travel.Next(ctx)
		if err != nil || at.IsZero() {
			return err
		}
		to = at
	}

	return c.travel.Move(ctx, to)
}

// ClockPage is a page with nothing but the clock, for a trial whose people sit
// at real phones. languages are those of the page, the first being its own
// choice; name is the bot's.
func ClockPage(travel Travel, name string, languages []string) http.Handler {
	assets, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic("trial: the page is not embedded: " + err.Error()) // a broken build
	}

	c := &clock{travel: travel, moved: func() {}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, assets, "clock.html") })
	mux.Handle("GET /", http.FileServerFS(assets))
	mux.HandleFunc("GET /api/state", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, map[string]any{"name": name, "languages": languages})
	})
	c.routes(mux)

	return guard(mux)
}

// routes adds the clock's part of a page's API.
func (c *clock) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/clock", c.serve)
	mux.HandleFunc("POST /api/clock", c.take)
}
