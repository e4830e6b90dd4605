package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/time/rate"

	"danvan/store"
)

const batchSize = 100

// wanted are the updates that we read. It is always sent: without it the
// server keeps what was asked for last, by whoever held the token.
const wanted = `["message","edited_message","callback_query","my_chat_member"]`

// Poller asks Telegram for what happened and has it handled.
type Poller struct {
	// Reached is called when the server answers again after no answer came. nil: nobody
	// wants to know.
	Reached func()

	*door
	log   *slog.Logger
	empty *rate.Limiter // a server that does not wait is not asked again at once

	offset int64
	// What is known of the connection, so that every change is logged once.
	since time.Time // when the server was found unreachable; zero: it is not
	lost  bool      // no answer came
	rival bool      // another instance polls
	wait  *backoff.ExponentialBackOff
}

// NewPoller returns a Poller that does nothing until Run.
func NewPoller(client *Client, to Intake, now func() time.Time, log *slog.Logger) *Poller {
	return &Poller{
		door: newDoor(client, to, now), log: log,
		empty: rate.NewLimiter(rate.Every(time.Second), 5),
		wait:  newBackOff(),
	}
}

// newBackOff says how long to wait for a server that cannot be reached.
func newBackOff() *backoff.ExponentialBackOff {
	return &backoff.ExponentialBackOff{
		InitialInterval: 2 * time.Second, RandomizationFactor: 0.5, Multiplier: 2, MaxInterval: 40 * time.Second,
	}
}

// Run polls until ctx ends, and returns nil then. A batch is confirmed only
// when it was taken in, so what was not comes again; while the store has no room
// it waits for that. It returns ErrRevoked, or the store's error when the store
// cannot be used any more.
func (p *Poller) Run(ctx context.Context) error {
	defer p.answers.Wait()
	for ctx.Err() == nil {
		got, next, err := p.poll(ctx)
		if err != nil {
			if err := p.mend(ctx, err); err != nil {
				return err
			}
			continue
		}

		p.healthy()
		err = p.take(ctx, got)
		switch {
		case ctx.Err() != nil && err != nil:
			return nil
		case errors.Is(err, store.ErrFull):
			rest(ctx, roomWait)
			continue // the same comes again
		case err != nil:
			return err
		}
		p.offset = next
	}

	return nil
}

// roomWait is how long the poller rests while nothing can be written: nothing of
// what came is confirmed, so that Telegram keeps it.
const roomWait = 2 * time.Second

// poll asks for the next batch and returns it with the offset that confirms it.
func (p *Poller) poll(ctx context.Context) ([]update, int64, error) {
	params := Params{
		"timeout": strconv.Itoa(int(pollTime / time.Second)), "limit": strconv.Itoa(batchSize), "allowed_updates": wanted,
	}

	if p.offset != 0 {
		params["offset"] = strconv.FormatInt(p.offset, 10)
	}

	got := make([]update, 0, batchSize)
	err := p.client.call(ctx, pollTime+20*time.Second, "getUpdates", params, &got)
	var e *Error
	if errors.As(err, &e) && e.unread() {
		return p.pollEach(ctx, params)
	}
	if err != nil {
		return nil, 0, err
	}

	var last int64
	for _, u := range got {
		last = max(last, u.ID)
	}

	if len(got) == 0 {
		_ = p.empty.Wait(ctx) // fails only when ctx ends, which Run sees
	}

	return got, p.after(last), nil
}

// pollEach asks for a batch again in which something could not be read, and
// skips that.
func (p *Poller) pollEach(ctx context.Context, params Params) ([]update, int64, error) {
	var batch []json.RawMessage
	if err := p.client.call(ctx, pollTime+20*time.Second, "getUpdates", params, &batch); err != nil {
		return nil, 0, err
	}
	got, bad, last := decodeEach(batch)
	if bad > 0 {
		p.log.Error("updates were skipped, they cannot be read", "count", bad, "last", last)
	}
	return got, p.after(last), nil
}

// after returns the offset that confirms updates up to last. Ids begin anew
// somewhere after a quiet week, even lower: the last batch alone counts.
func (p *Poller) after(last int64) int64 {
	if last == 0 {
		return p.offset
	}
	return last + 1
}

// mend waits as long as a failed poll asks for, and returns an error only when
// polling again is of no use.
func (p *Poller) mend(ctx context.Context, err error) error {
	var e *Error
	if !errors.As(err, &e) { // only ctx's end is no Error
		return nil
	}

	wait := e.RetryAfter
	switch {
	case e.revoked():
		return fmt.Errorf("%w: %w", ErrRevoked, err)
	case wait > 0:
	case e.Code == http.StatusConflict && e.says("can't use getUpdates"):
		p.log.Warn("a webhook is set, taking it away", "err", err)
		if p.client.Call(ctx, "deleteWebhook", nil, nil) == nil {
			wait = time.Second
		}
	case e.Code == http.StatusConflict:
		p.rivalled()
	default:
		p.lost = p.lost || e.Code == 0
		p.unreached(err)
	}

	if wait == 0 {
		wait = min(max(p.wait.NextBackOff(), time.Second), time.Minute)
	}

	rest(ctx, wait)
	return nil
}

// rest waits so long, or until ctx ends.
func rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

func (p *Poller) rivalled() {
	if !p.rival {
		p.log.Error("cannot poll", "err", ErrOtherInstance)
	}
	p.rival = true
}

func (p *Poller) unreached(err error) {
	if p.since.IsZero() {
		p.since = p.now()
		p.log.Error("telegram is unreachable", "since", p.since, "err", err)
	}
}

func (p *Poller) healthy() {
	if !p.since.IsZero() {
		p.log.Info("telegram is reachable again", "since", p.since, "for", p.now().Sub(p.since))
	}
	if p.rival {
		p.log.Info("the other instance stopped polling")
	}
	if p.lost && p.Reached != nil {
		p.Reached()
	}
	p.since, p.lost, p.rival = time.Time{}, false, false
	p.wait.Reset()
}
