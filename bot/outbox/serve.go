package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cenkalti/backoff/v5"

	"danvan/store"
)

// A row that meets nothing but passing trouble is given up when it is as old
// as Telegram keeps its own undelivered updates and was tried often enough.
const (
	giveUpAge   = 24 * time.Hour
	giveUpTries = 25
)

// verdict is what is to be done with a row after a try.
type verdict struct {
	store.Outcome
	gone  bool
	moved string
	// offered is what the buttons stand for whose labels were numbered.
	offered []string
}

// serve keeps one place busy: it delivers a row, finishes it, and goes on with
// the answer that was claimed meanwhile. made is closed as soon as what the
// first row refers to has been made, or was not.
func (r *route) serve(ctx context.Context, c claimed, made chan<- struct{}) {
	defer r.leave(1)
	keep := context.WithoutCancel(ctx) // what was sent is written down, whatever happens
	for next := &c; next != nil; {
		at := *next
		d, err := r.make(ctx, at)
		if made != nil {
			close(made)
			made = nil
		}

		v := verdict{}
		if err != nil {
			v = r.judge(ctx, at, "", &Failure{Retry: true, Err: err})
		} else {
			v = r.deliver(ctx, at, d)
		}
		next = r.finish(keep, at, v, ctx.Err() == nil && !r.stopping())
	}
}

func (o *Outbox) stopping() bool {
	select {
	case <-o.stop:
		return true
	default:
		return false
	}
}

// make makes what a row refers to, one row at a time: it takes a core, and
// turns need the others.
func (o *Outbox) make(ctx context.Context, c claimed) (Delivery, error) {
	d := Delivery{Message: c.Message, On: c.on}
	if c.Make == nil {
		return d, nil
	}
	ctx, cancel := context.WithTimeout(ctx, mostMaking)
	defer cancel()

	select {
	case o.making <- struct{}{}:
		defer func() { <-o.making }()
	case <-ctx.Done():
		return d, ctx.Err()
	}

	var err error
	if c.Kind == store.File {
		d.Name, d.Content, err = o.maker.File(ctx, c.Message)
	} else {
		d.Message, err = o.maker.Card(ctx, c.Message)
	}
	if err != nil {
		return d, fmt.Errorf("make a %s: %w", c.Make.Kind, err)
	}
	return d, nil
}

// deliver sends and says what is to be done with the row.
func (r *route) deliver(ctx context.Context, c claimed, d Delivery) verdict {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	if err := r.pace.chat(ctx, c.To, c.Lane, r.now()); err != nil {
		return r.judge(ctx, c, "", err)
	}
	r.gate.depart(c.ID, r.now(), cancel)
	defer r.gate.arrive(c.ID)

	remote, came, err := r.sendAll(ctx, fit(d, r.limits, r.missing(ctx, d)), r.standsOf(c.ID))
	v := r.judge(ctx, c, remote, err)
	r.remember(d.ID, came, !v.Retry.IsZero())
	if err == nil && remote != "" && !r.limits.Buttons {
		for _, b := range slices.Concat(d.Buttons...) {
			v.offered = append(v.offered, b.Data)
		}
	}
	return v
}

// sendAll delivers the parts of a message; an edit of what is gone becomes a new
// message, unless it only tidies up. What stands in the chat since an earlier try
// does not come again. It returns which came, those too.
func (r *route) sendAll(ctx context.Context, parts []Delivery, stand []string) (remote string, came []Delivery, err error) {
	before := alike(parts, stand)
	for i, part := range parts[before:] {
		remote, err = r.send(ctx, part)
		if f := failure(err); f != nil && f.Target && part.Kind == store.Edit {
			if tidiesUp(part) {
				return "", parts, nil
			}
			part.Kind, part.On = store.Send, ""
			remote, err = r.send(ctx, part)
		}
		if err != nil {
			return "", parts[:before+i], err
		}
	}
	return remote, parts, nil
}

// standsOf returns the parts of a message that stand in its chat while the rest is
// tried again.
func (r *route) standsOf(id store.MessageID) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.begun[id]
}

// alike returns how many parts of a message stand in the chat, never all.
func alike(parts []Delivery, stand []string) (n int) {
	for n < len(parts)-1 && n < len(stand) && stand[n] == parts[n].Text {
		n++
	}
	return n
}

// remember keeps what of a message stands in its chat, if the rest is to be
// tried again.
func (r *route) remember(id store.MessageID, came []Delivery, again bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !again {
		delete(r.begun, id)
		return
	}
	var stand []string
	for _, part := range came {
		stand = append(stand, part.Text)
	}
	r.begun[id] = stand
}

// send delivers, and once more without formatting if that is what was wrong.
func (r *route) send(ctx context.Context, d Delivery) (string, error) {
	remote, err := r.channel.Deliver(ctx, d)
	if f := failure(err); f != nil && f.Format {
		r.log.Error("formatting was refused, sending the words alone", "message", d.ID, "err", f.Err)
		d.Unformatted = true
		remote, err = r.channel.Deliver(ctx, d)
	}
	return remote, err
}

// judge turns the result of a try into what is to be done with the row, and
// tells the gate and the pace what was learnt about the channel.
func (r *route) judge(ctx context.Context, c claimed, remote string, err error) verdict {
	now := r.now()
	f := failure(err)
	if f == nil || !f.Retry || f.After > 0 && !f.Whole {
		r.opened(now)
	}

	v := verdict{Outcome: store.Outcome{At: now, Remote: remote}}
	switch {
	case f == nil:
	case errors.Is(ctx.Err(), context.Canceled):
		v.Retry = now // the next run tries it at once
	case f.Moved != "":
		v.moved = f.Moved
	case f.Gone:
		v.gone = true
		r.log.Info("person cannot be reached any more", "message", c.ID, "err", f.Err)
	case f.Retry && f.Whole:
		v.Retry = r.shut(now, f)

	case f.Retry && f.After > 0:
		v.Retry = now.Add(f.After)
		if c.Lane > store.ReplyLane {
			r.pace.slow(v.Retry)
		}
	case f.Retry && (c.Failures < giveUpTries || now.Sub(c.At) < giveUpAge):
		v.Failed, v.Retry = true, now.Add(pauseAfter(c.Lane, c.Failures))
		if r.gate.failing() {
			v.Retry = r.shut(now, f)
		}
	case f.Target:
		r.log.Info("message to act on is gone", "message", c.ID, "kind", c.Kind)
	default:
		r.log.Error("message was given up", "message", c.ID, "kind", c.Kind, "lane", c.Lane,
			"attempts", c.Attempts, "err", f.Err)
	}

	if latest := now.Add(store.MostRetry); v.Retry.After(latest) {
		v.Retry = latest // then it is told to wait again
	}
	return v
}

// follow writes what a verdict means for the person, beside the row.
func (v verdict) follow(tx store.Tx, m store.Message) error {
	if !v.gone && v.moved == "" && v.offered == nil {
		return nil
	}
	p, err := tx.PersonAt(m.To)
	known := err == nil
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("find the person: %w", err)
	}

	switch {
	case v.gone:
		known = known && p.Unreachable.IsZero()
		p.Unreachable = v.At
	case v.offered != nil:
		p.Offered = v.offered
	default:
		p.Address.Channel, p.Address.Chat = m.To.Channel, v.moved
		again := m
		// The key belongs to the row that is done with; under it nothing new
		// would be queued.
		again.ID, again.Key, again.To.Chat = 0, "", v.moved
		if _, err := tx.Enqueue(again); err != nil {
			return fmt.Errorf("queue for the new address: %w", err)
		}
	}
	if !known {
		return nil
	}

	// A conflict says that somebody else has the new address by now.
	if err := tx.PutPerson(p); err != nil && !errors.Is(err, store.ErrConflict) {
		return fmt.Errorf("note that the person moved or left: %w", err)
	}
	return nil
}

// failure returns what err says about a delivery, nil for success. An error
// that is no Failure may pass.
func failure(err error) *Failure {
	if err == nil {
		return nil
	}
	var f *Failure
	if errors.As(err, &f) {
		return f
	}
	return &Failure{Retry: true, Err: err}
}

// A reply is tried eagerly at first, for somebody looks at their phone.
const (
	eagerTries = 10
	eagerPause = 2 * time.Second
)

// pauseAfter returns how long a chat rests after a try that failed, when so many
// had failed before.
func pauseAfter(lane store.Lane, failures int) time.Duration {
	most := 5 * time.Minute
	if lane == store.ReplyLane && failures < eagerTries {
		most = eagerPause
	}
	b := doubling(most)
	for range min(failures, 10) {
		b.NextBackOff()
	}
	return min(b.NextBackOff(), most)
}

// doubling returns a backoff from one second to the most given, jittered by half.
func doubling(most time.Duration) *backoff.ExponentialBackOff {
	return &backoff.ExponentialBackOff{
		InitialInterval: time.Second, RandomizationFactor: 0.5, Multiplier: 2, MaxInterval: most,
	}
}
