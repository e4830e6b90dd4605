package trial_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"danvan/bot/trial"
)

// travel is a clock that stands still between journeys and remembers them.
type travel struct {
	mu     sync.Mutex
	now    time.Time
	next   time.Time
	fails  error
	went   []time.Time
	moving func(to time.Time) // on the way, if set
}

func newTravel() *travel {
	at := time.Date(2026, 12, 10, 9, 30, 0, 0, time.FixedZone("ICT", 7*3600))
	return &travel{now: at, next: at.AddDate(0, 0, 1)}
}

func (v *travel) Now() time.Time { v.mu.Lock(); defer v.mu.Unlock(); return v.now }

func (v *travel) Move(_ context.Context, to time.Time) error {
	if v.moving != nil {
		v.moving(to)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.now, v.went = to, append(v.went, to)
	return v.fails
}

func (v *travel) Next(context.Context) (time.Time, map[string]string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.next.IsZero() || !v.next.After(v.now) {
		return time.Time{}, nil, nil
	}
	return v.next, map[string]string{"vi": "nhắc 2 cán bộ", "en": "2 officers are reminded"}, nil
}

func withTravel(v *travel) func(*trial.Config) {
	return func(c *trial.Config) { c.Clock, c.Travel = nil, v }
}

// told is what the page is told of the clock.
type told struct {
	Now  time.Time
	Next *struct {
		At   time.Time
		What map[string]string
	}
}

func askClock(t *testing.T, answer *http.Response, err error) (told, string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, answer.Body)
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	var got told
	if answer.StatusCode == http.StatusOK {
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		return got, ""
	}
	return got, strings.TrimSpace(string(body))
}

func moveClock(t *testing.T, address, body string) (told, string) {
	t.Helper()
	answer, err := http.Post(address+"/api/clock", "application/json", strings.NewReader(body))
	return askClock(t, answer, err)
}

func TestClockMoves(t *testing.T) {
	t.Parallel()
	v := newTravel()
	start := v.now
	w := newWorld(t, withTravel(v))
	heard := listen(t, w)
	answer, err := http.Get(w.http.URL + "/api/clock")
	if got, _ := askClock(t, answer, err); !got.Now.Equal(start) || got.Next == nil || got.Next.What["en"] != "2 officers are reminded" {
		t.Errorf("at first: %+v", got)
	}
	for _, by := range []string{"hour", "next", "day"} {
		moveClock(t, w.http.URL, `{"by":"`+by+`"}`)
		heard("clock")
	}
	want := []time.Time{start.Add(time.Hour), start.AddDate(0, 0, 1), start.AddDate(0, 0, 2)}
	if !slices.EqualFunc(v.went, want, time.Time.Equal) {
		t.Errorf("it went to %v, want %v", v.went, want)
	}
	if got, _ := moveClock(t, w.http.URL, `{"by":"next"}`); len(v.went) != 3 || got.Next != nil {
		t.Errorf("with nothing due it moved to %v", got.Now)
	}
	w.say(an, "Chào")
	if m := view(t, w, an).Last(); m.Date != want[2].Unix() {
		t.Errorf("a message is of %v, want the simulated time", time.Unix(m.Date, 0))
	}
}

func TestClockRefuses(t *testing.T) {
	t.Parallel()
	v := newTravel()
	w := newWorld(t, withTravel(v))
	for _, body := range []string{``, `{}`, `{"by":"year"}`, `{"by":3}`} {
		if _, complaint := moveClock(t, w.http.URL, body); complaint != "say by: hour, day or next" || len(v.went) > 0 {
			t.Errorf("%s: %q, went %v", body, complaint, v.went)
		}
	}
	v.fails = errors.New("the store is full")
	if _, complaint := moveClock(t, w.http.URL, `{"by":"day"}`); complaint != "the store is full" {
		t.Errorf("complaint %q", complaint)
	}
	without := newWorld(t)
	answer, err := http.Get(without.http.URL + "/api/clock")
	if _, complaint := askClock(t, answer, err); complaint == "" {
		t.Error("a page without a clock tells the time")
	}
}

// TestClockMovesOnceAtATime presses twice at once: the second journey begins
// where the first ended.
func TestClockMovesOnceAtATime(t *testing.T) {
	t.Parallel()
	v := newTravel()
	start := v.now
	v.moving = func(time.Time) { time.Sleep(20 * time.Millisecond) }
	w := newWorld(t, withTravel(v))
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() { moveClock(t, w.http.URL, `{"by":"hour"}`) })
	}
	both.Wait()
	if want := start.Add(2 * time.Hour); !v.Now().Equal(want) {
		t.Errorf("it is %v, want %v", v.Now(), want)
	}
}

// TestClockPage serves the clock alone.
func TestClockPage(t *testing.T) {
	t.Parallel()
	v := newTravel()
	web := httptest.NewServer(trial.ClockPage(v, "Danvan", []string{"vi", "en"}))
	defer web.Close()
	for path, want := range map[string]string{"/": "alone.js", "/alone.js": "Clock", "/api/state": `"name":"Danvan"`} {
		answer, err := http.Get(web.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		mustClose(t, answer.Body)
		if err != nil || !strings.Contains(string(body), want) {
			t.Errorf("%s: %v, no %q in %s", path, err, want, body)
		}
	}
	if got, _ := moveClock(t, web.URL, `{"by":"day"}`); got.Now.Day() != 11 {
		t.Errorf("it is %v", got.Now)
	}
	r, err := http.NewRequest(http.MethodPost, web.URL+"/api/clock", strings.NewReader(`{"by":"day"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://elsewhere.example")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if answer, err := http.DefaultClient.Do(r); err != nil || answer.StatusCode != http.StatusForbidden {
		t.Errorf("another site moves the clock: %v %v", answer.Status, err)
	}
}
