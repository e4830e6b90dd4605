package bolt

import (
	"fmt"

	"danvan/store"
)

func (r *reader) Remote(id store.MessageID) (store.Remote, error) {
	b := r.get(remotes, num(id))
	if b == nil {
		return store.Remote{}, fmt.Errorf("remote of message %d: %w", id, store.ErrNotFound)
	}
	return decode[store.Remote](unstamped(b))
}

func (r *reader) Delivered(to store.Address, remote string) (store.Remote, error) {
	id := r.get(delivered, deliveredKey(to, remote))
	if id == nil {
		return store.Remote{}, fmt.Errorf("delivered message: %w", store.ErrNotFound)
	}
	return r.Remote(store.MessageID(tail(id)))
}

// remember keeps where a message was delivered, if it asked for that.
func (t *tx) remember(m store.Message, o store.Outcome) error {
	if m.Track == nil || o.Remote == "" {
		return nil
	}
	r := store.Remote{Message: m.ID, To: m.To, ID: o.Remote, Track: *m.Track, At: utc(o.At)}
	b, err := stamped(r.At, r)
	if err != nil {
		return err
	}
	if err := t.put(remotes, num(m.ID), b); err != nil {
		return err
	}
	return t.put(delivered, deliveredKey(m.To, o.Remote), num(m.ID))
}

// deliveredKey has the channel's id in front: where that counts on, as
// Telegram's does, what many chats were sent together lies on one page.
func deliveredKey(to store.Address, remote string) key {
	return append(key(nil).text(remote), addressKey(to)...)
}
