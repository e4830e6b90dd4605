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

	mu   sync.Mutex
	told map[notice]time.Time
}

// notice is what somebody is told, by its key in the catalogue.
type notice struct {
	to  store.Address
	key string
}

func newDoorway(h *house) *doorway { return &doorway{house: h, told: map[notice]time.Time{}} }

// Handle handles an event like the bot.
func (d *doorway) Handle(ctx context.Context, ev bot.Event) (bot.Ack, error) {
	ack, err := d.bot.Handle(ctx, ev)
	if !errors.Is(err, store.ErrFull) {
		return ack, err
	}

	who, admins, findErr := d.concerned(ctx, ev.From)
	if findErr != nil {
		d.log.Warn("could not find whom to tell that there is no room to write", "err", findErr)
	}
	d.tell(ctx, who, "store.no_room", roomNotice)
	for _, admin := range admins {
		d.tell(ctx, admin, "store.no_room_admin", roomAlarm)
	}
	return ack, err
}

// concerned are who has written something and those who can do something about it.
func (d *doorway) concerned(ctx context.Context, from store.Address) (who store.Person, admins []store.Person, err error) {
	who.Address = from
	err = d.store.View(ctx, func(r store.Reader) error {
		if p, err := r.PersonAt(from); err == nil {
			who = p // who is not known hears the house's language
		}
		posts, err := r.PostsAs(store.Admin)
		for _, post := range posts {
			if p, err := r.Person(post.Holder); err == nil {
				admins = append(admins, p)
			}
		}
		return err
	})
	return who, admins, err
}

// tell says something to somebody who has not heard it lately.
func (d *doorway) tell(ctx context.Context, p store.Person, key string, rarely time.Duration) {
	c := d.channel(p.Address.Channel)
	if c == nil || !d.due(notice{p.Address, key}, rarely) {
		return
	}
	m := store.Message{To: p.Address, Kind: store.Send, Text: d.words.Text(cmp.Or(p.Language, d.language), key, nil)}
	if _, err := c.Deliver(ctx, outbox.Delivery{Message: m}); err != nil {
		d.log.Warn("could not say that there is no room to write", "err", err)
	}
}

func (d *doorway) due(n notice, rarely time.Duration) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	if last, ok := d.told[n]; ok && now.Sub(last) < rarely {
		return false
	}
	d.told[n] = now
	return true
}
