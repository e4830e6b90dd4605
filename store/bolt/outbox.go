package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"time"

	"danvan/store"
)

// wakeLimit bounds how many rows and chats one Claim wakes, so that the first
// Claim after a long outage does not hold the writer.
const wakeLimit = 1000

func (t *tx) Enqueue(m store.Message) (store.MessageID, error) {
	m.At, m.Due = utc(m.At), utc(m.Due)
	if m.Make != nil {
		made := *m.Make
		made.AsOf, made.Since = utc(made.AsOf), utc(made.Since)
		m.Make = &made
	}

	if m.Key != "" {
		if b := t.get(messageKeys, key(m.Key)); b != nil {
			return store.MessageID(tail(b)), nil
		}
	}

	id, err := t.NewID()
	if err != nil {
		return 0, err
	}

	m.ID = store.MessageID(id)
	if m.Key != "" {
		if err := t.put(messageKeys, key(m.Key), key(nil).time(m.At).num(id)); err != nil {
			return 0, err
		}
	}

	row, err := encodeRow(m)
	if err != nil {
		return 0, err
	}
	if m.Due.After(m.At) {
		return m.ID, t.put(later, key(nil).time(m.Due).num(id), row)
	}

	c := t.chat(addressKey(m.To))
	if c.parked && c.lease.ours() && m.Lane == store.ReplyLane { // somebody is there
		if err := c.wake(); err != nil {
			return 0, err
		}
	}
	return m.ID, c.add(m, row)
}

func (r *reader) Pending() (int, error) {
	n := 0
	for _, name := range []bucket{outbox, later} {
		for range r.scan(name, nil) {
			n++
		}
	}
	return n, nil
}

func (t *tx) Claim(now time.Time, lease time.Duration, limit int, worst store.Lane, except ...string) ([]store.Message, error) {
	if err := t.ripen(now); err != nil {
		return nil, fmt.Errorf("claim: %w", err)
	}
	if err := t.wake(now); err != nil {
		return nil, fmt.Errorf("claim: %w", err)
	}

	var others []key // how the chats begin that are left alone
	for _, channel := range except {
		others = append(others, key(nil).text(channel))
	}
	var next []key
	for place, chat := range t.scan(ready, nil) {
		if len(next) >= limit || store.Lane(place[0]) > worst {
			break
		}
		if !slices.ContainsFunc(others, func(k key) bool { return bytes.HasPrefix(chat, k) }) {
			next = append(next, key(nil).raw(string(chat)))
		}
	}

	claimed := []store.Message{}
	for _, k := range next {
		m, err := t.chat(k).claim(now.Add(lease))
		if err != nil {
			return nil, fmt.Errorf("claim: %w", err)
		}
		claimed = append(claimed, m)
	}

	return claimed, nil
}

// ripen moves the rows that have become due into their chats' queues.
func (t *tx) ripen(now time.Time) error {
	for _, k := range append(t.due(later, now), t.ahead(later, now.Add(store.MostLater))...) {
		row := bytes.Clone(t.get(later, k)) // it is put again below
		m, _, err := decodeRow(row)
		if err != nil {
			return err
		}
		if err := t.chat(addressKey(m.To)).add(m, row); err != nil {
			return err
		}
		if err := t.delete(later, k); err != nil {
			return err
		}
	}

	return nil
}

// wake ends the leases and the waits that are over.
func (t *tx) wake(now time.Time) error {
	for _, k := range append(t.due(parked, now), t.ahead(parked, now.Add(store.MostRetry))...) {
		c := t.chat(k[8:])
		if err := c.putBack(false); err != nil {
			return err
		}
		if err := c.wake(); err != nil {
			return err
		}
	}
	return nil
}

// due collects the keys of a bucket in order of time that are not after now.
func (t *tx) due(name bucket, now time.Time) []key {
	var keys []key
	for k := range t.scan(name, nil) {
		if len(keys) == wakeLimit || timeOf(binary.BigEndian.Uint64(k)).After(now) {
			break
		}
		keys = append(keys, key(nil).raw(string(k)))
	}
	return keys
}

// ahead collects the keys of a bucket in order of time that are after the latest that
// may be. A claim may be, however long its lease is: it ends what is collected.
func (t *tx) ahead(name bucket, latest time.Time) []key {
	var keys []key
	for k := range t.scanFrom(name, nil, key(nil).time(latest.Add(time.Microsecond))) {
		if len(keys) == wakeLimit || name == parked && t.chat(k[8:]).lease.place != nil {
			break
		}
		keys = append(keys, key(nil).raw(string(k)))
	}
	return keys
}

func (t *tx) Finish(m store.Message, o store.Outcome) error {
	c, place := t.chat(addressKey(m.To)), placeOf(m)
	if !c.holds(place, m.Attempts) {
		return t.finishLate(c, m, o)
	}

	if !o.Retry.IsZero() {
		if err := c.putBack(o.Failed); err != nil {
			return err
		}
		return c.park(waitOf(o))
	}

	if err := t.end(c, m, o); err != nil {
		return err
	}

	return c.wake()
}

// end takes a row out of its chat's queue: it is done with, or comes back later
// with the attempts that it had.
func (t *tx) end(c *chat, m store.Message, o store.Outcome) error {
	k := c.row(placeOf(m))
	if !o.Later.IsZero() {
		row := bytes.Clone(t.get(outbox, k))
		now := triesOf(row)
		now.claims = m.Attempts
		now.write(row)
		if err := t.put(later, key(nil).time(utc(o.Later)).num(uint64(m.ID)), row); err != nil {
			return err
		}
	} else if err := t.remember(m, o); err != nil {
		return err
	}
	return t.delete(outbox, k)
}

// finishLate ends a claim whose lease ran out. Unless the row was claimed
// again it waits in its chat's queue with the attempts of this claim.
func (t *tx) finishLate(c *chat, m store.Message, o store.Outcome) error {
	place := placeOf(m)
	row := t.get(outbox, c.row(place))
	if row == nil || triesOf(row).claims != m.Attempts || c.busyWith(place) {
		return fmt.Errorf("finish message %d: %w", m.ID, store.ErrNotFound)
	}
	switch {
	case !o.Retry.IsZero() && c.parked:
		return nil // it waits already, behind another row
	case !o.Retry.IsZero():
		return c.park(waitOf(o))
	}
	return c.change(func() error { return t.end(c, m, o) })
}

// placeOf is a message's place in its chat: by lane, then by id.
func placeOf(m store.Message) key { return key{byte(m.Lane)}.num(uint64(m.ID)) }

// waitOf is the wait that an outcome wants of a chat.
func waitOf(o store.Outcome) lease {
	l := lease{until: utc(o.Retry)}
	if o.Failed {
		l.attempts = ownWait
	}
	return l
}

// tries is what happened to a row so far. It lies before the message: a byte for
// the failures, which stay at the most that it holds, and three for the claims.
type tries struct{ failures, claims int }

func triesOf(row []byte) tries {
	n := binary.BigEndian.Uint32(row)
	return tries{int(n >> 24), int(n & (1<<24 - 1))}
}

func (n tries) write(row []byte) {
	binary.BigEndian.PutUint32(row, uint32(min(n.failures, math.MaxUint8))<<24|uint32(n.claims))
}

// encodeRow writes a row of the outbox that was not tried yet.
func encodeRow(m store.Message) ([]byte, error) { return appendRecord(make([]byte, 4), m) }

func decodeRow(row []byte) (m store.Message, had tries, err error) {
	if len(row) < 4 {
		return m, had, fmt.Errorf("decode message: %w", errBroken)
	}
	m, err = decode[store.Message](row[4:])
	return m, triesOf(row), err
}
