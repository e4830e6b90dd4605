package main

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"danvan/bot"
	"danvan/bot/outbox"
	"danvan/store"
)

// How often somebody hears that there is no room to write.
const (
	roomNotice = 10 * time.Minute // who has written something
	roomAlarm  = time.Hour        // administrators
)

// doorway has events handled, and tells people when nothing can be written. That is
// the only message which leaves beside the outbox: a row could not be written.
type doorway struct {
	*house
	channel channel

	mu   sync.Mutex
	told map[store.Address]time.Time
}

func newDoorway(h *house, c channel) *doorway {
	return &doorway{house: h, channel: c, told: map[store.Address]time.Time{}}
}

// Handle handles an event like the bot.
func (r *doorway) Handle(ctx context.Context, ev bot.Event) (bot.Ack, error) {
	ack, err := r.bot.Handle(ctx, ev)
	if errors.Is(err, store.ErrFull) {
		r.tell(ctx, ev.From, "store.no_room", roomNotice)
		for _, admin := range r.administrators(ctx) {
			r.tell(ctx, admin, "store.no_room_admin", roomAlarm)
		}
	}
	return ack, err
}

// tell says something to somebody who has not heard anything of the kind lately.
func (r *doorway) tell(ctx context.Context, to store.Address, key string, rarely time.Duration) {
	if to.Channel != r.channel.name() || !r.due(to, rarely) {
		return
	}
	lang := r.language
	_ = r.store.View(ctx, func(tx store.Reader) error { // who is not known hears the house's language
		p, err := tx.PersonAt(to)
		lang = cmp.Or(p.Language, lang)
		return err
	})
	m := store.Message{To: to, Kind: store.Send, Text: r.words.Text(lang, key, nil)}
	if _, err := r.channel.Deliver(ctx, outbox.Delivery{Message: m}); err != nil {
		r.log.Warn("could not say that there is no room to write", "err", err)
	}
}

func (r *doorway) due(to store.Address, rarely time.Duration) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	if last, ok := r.told[to]; ok && now.Sub(last) < rarely {
		return false
	}
	r.told[to] = now
	return true
}

// administrators are the addresses of those who can do something about it.
func (r *doorway) administrators(ctx context.Context) (out []store.Address) {
	err := r.store.View(ctx, func(tx store.Reader) error {
		posts, err := tx.PostsAs(store.Admin)
		for _, post := range posts {
			if p, err := tx.Person(post.Holder); err == nil {
				out = append(out, p.Address)
			}
		}
		return err
	})
	if err != nil {
		r.log.Warn("could not find the administrators", "err", err)
	}
	return out
}
