package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"

	"danvan/store"
)

// chat is the queue of one address. It is in one of three states: without
// rows, and then nothing is kept of it; ready, with one entry in ready under
// the place of its first row; or parked until a time, with a lease in chats
// and an entry in parked.
type chat struct {
	t      *tx
	key    key
	parked bool
	lease  lease
}

// lease is what is kept of a parked chat.
type lease struct {
	until    time.Time
	place    key // of the row that is in flight; nil: the chat only waits
	attempts int // of that row, with this one; of a chat that only waits, ownWait or 0
}

// ownWait marks a wait that we chose ourselves, and may end.
const ownWait = 1

// ours reports whether the chat waits because we thought so.
func (l lease) ours() bool { return l.place == nil && l.attempts == ownWait }

func (l lease) encode() []byte {
	k := binary.BigEndian.AppendUint32(key(nil).time(l.until), uint32(l.attempts))
	return append(k, l.place...)
}

func decodeLease(b []byte) lease {
	l := lease{until: stamp(b), attempts: int(binary.BigEndian.Uint32(b[8:]))}
	if len(b) > 12 {
		l.place = key(nil).raw(string(b[12:]))
	}
	return l
}

func (t *tx) chat(k key) *chat {
	c := &chat{t: t, key: k}
	if b := t.get(chats, k); b != nil {
		c.parked, c.lease = true, decodeLease(b)
	}
	return c
}

// row is the key of the row at a place.
func (c *chat) row(place key) key { return append(append(key{}, c.key...), place...) }

// head is the place of the first row, nil if there is none.
func (c *chat) head() key {
	for k := range c.t.scan(outbox, c.key) {
		return key(nil).raw(string(k[len(c.key):]))
	}
	return nil
}

// add puts a row at its place.
func (c *chat) add(m store.Message, row []byte) error {
	return c.change(func() error { return c.t.put(outbox, c.row(placeOf(m)), row) })
}

// change alters the chat's rows and keeps its entry in ready true.
func (c *chat) change(alter func() error) error {
	if c.parked {
		return alter()
	}

	before := c.head()
	if err := alter(); err != nil {
		return err
	}

	after := c.head()
	if bytes.Equal(before, after) {
		return nil
	}

	if before != nil {
		if err := c.t.delete(ready, before); err != nil {
			return err
		}
	}

	return c.setReady(after)
}

func (c *chat) setReady(head key) error {
	if head == nil {
		return nil
	}
	return c.t.put(ready, head, c.key)
}

// claim takes the first row of a ready chat and parks the chat until the
// lease is over. The row itself stays untouched.
func (c *chat) claim(until time.Time) (store.Message, error) {
	place := c.head()
	m, had, err := decodeRow(c.t.get(outbox, c.row(place)))
	if err != nil {
		return store.Message{}, err
	}
	m.Attempts, m.Failures = had.claims+1, had.failures
	return m, c.park(lease{until: utc(until), place: place, attempts: m.Attempts})
}

// park hides a chat that has rows, or moves the time until which it is hidden.
func (c *chat) park(l lease) error {
	index, k := ready, c.head()
	if c.parked {
		index, k = parked, c.parkedKey()
	}
	if err := c.t.delete(index, k); err != nil {
		return err
	}
	c.parked, c.lease = true, l
	if err := c.t.put(chats, c.key, l.encode()); err != nil {
		return err
	}
	return c.t.put(parked, c.parkedKey(), nil)
}

// wake makes a parked chat ready, or forgets it if it has no rows left.
func (c *chat) wake() error {
	if err := c.t.delete(parked, c.parkedKey()); err != nil {
		return err
	}
	if err := c.t.delete(chats, c.key); err != nil {
		return err
	}
	c.parked, c.lease = false, lease{}
	return c.setReady(c.head())
}

func (c *chat) parkedKey() key { return key(nil).time(c.lease.until).raw(string(c.key)) }

// putBack writes the attempts of the row in flight, if there is one, into the
// row, because the lease that counts them ends without finishing it.
func (c *chat) putBack(failed bool) error {
	if c.lease.place == nil {
		return nil
	}
	k := c.row(c.lease.place)
	row := bytes.Clone(c.t.get(outbox, k))
	if row == nil {
		return fmt.Errorf("put back a row: %w", errBroken)
	}
	now := triesOf(row)
	now.claims = c.lease.attempts
	if failed {
		now.failures++
	}
	now.write(row)
	return c.t.put(outbox, k, row)
}

// busyWith reports whether the row at a place is in flight.
func (c *chat) busyWith(place key) bool { return c.parked && bytes.Equal(c.lease.place, place) }

// holds reports whether the row at a place is in flight for the nth time.
func (c *chat) holds(place key, nth int) bool { return c.busyWith(place) && c.lease.attempts == nth }
