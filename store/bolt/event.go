package bolt

import (
	"fmt"
	"time"

	"danvan/store"
)

func (t *tx) Accept(event string, at time.Time) error {
	if t.get(events, key(event)) != nil {
		return fmt.Errorf("accept event: %w", store.ErrSeen)
	}
	if err := t.delete(inbox, key(event)); err != nil { // which costs nothing where it did not wait
		return err
	}
	return t.put(events, key(event), key(nil).time(at))
}

// Forget collects before it deletes: a cursor that deletes skips the next key
// (bbolt#611).
func (t *tx) Forget(before time.Time, limit int) (int, error) {
	done := 0
	for _, name := range []bucket{events, messageKeys, strangers, remotes, boards} {
		old := t.olderThan(name, before, limit-done)
		for _, k := range old {
			if err := t.forget(name, k); err != nil {
				return done, fmt.Errorf("forget: %w", err)
			}
		}
		done += len(old)
	}
	return done, nil
}

// olderThan collects up to limit keys of a bucket of stamped records.
func (t *tx) olderThan(name bucket, before time.Time, limit int) []key {
	var old []key
	for k, v := range t.scan(name, nil) {
		if len(old) >= limit {
			break
		}
		if stamp(v).Before(before) {
			old = append(old, key(nil).raw(string(k)))
		}
	}
	return old
}

func (t *tx) forget(name bucket, k key) error {
	switch name {
	case remotes:
		if err := t.forgetDelivered(k); err != nil {
			return err
		}
	case boards:
		if err := t.delete(liveBoards, k); err != nil {
			return err
		}
	}
	return t.delete(name, k)
}

// forgetDelivered drops the way from the channel's id to a remote, unless a
// later message took the same id.
func (t *tx) forgetDelivered(k key) error {
	r, err := decode[store.Remote](unstamped(t.get(remotes, k)))
	if err != nil {
		return err
	}
	at := deliveredKey(r.To, r.ID)
	if id := t.get(delivered, at); id == nil || tail(id) != uint64(r.Message) {
		return nil
	}
	return t.delete(delivered, at)
}
