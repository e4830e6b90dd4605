package bolt

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"

	"danvan/store"
)

// sentCodec is the first byte of a packed Sent. The clock reads the lines of
// every running period each minute, so they are no JSON.
const sentCodec = 1

func packSent(s store.Sent) packed {
	p := packed{sentCodec}.time(s.At).time(s.Due).text(s.Rule).text(string(s.Period)).uint(uint64(s.Person)).
		text(s.Step).uint(uint64(s.Message)).text(s.Skipped).uint(uint64(len(s.Units)))
	for _, u := range s.Units {
		p = p.text(string(u))
	}
	if s.By != "" || !s.Read.IsZero() {
		p = p.text(string(s.By)) // few lines have it, and those of before have none
	}
	if !s.Read.IsZero() {
		p = p.time(s.Read)
	}
	return p
}

func unpackSent(b []byte) (store.Sent, error) {
	u := unpacker{b: b, kept: string(b)}
	if u.uint() != sentCodec {
		u.fail()
	}

	s := store.Sent{
		At: timeOf(u.stamp()), Due: timeOf(u.stamp()), Rule: u.text(), Period: store.PeriodID(u.text()),
		Person: store.PersonID(u.uint()), Step: u.text(), Message: store.MessageID(u.uint()), Skipped: u.text(),
	}

	if n := u.count(1); n > 0 {
		s.Units = make([]store.UnitCode, n)
	}

	for i := range s.Units {
		s.Units[i] = store.UnitCode(u.text())
	}

	if !u.broken && !u.done() {
		s.By = store.PostID(u.text())
	}
	if !u.broken && !u.done() {
		s.Read = timeOf(u.stamp())
	}

	if u.broken || !u.done() {
		return store.Sent{}, fmt.Errorf("read line of the ledger: %w", errBroken)
	}

	return s, nil
}

func sentKey(rule string, period store.PeriodID, person store.PersonID, step string) key {
	return inPeriod(period).num(uint64(person)).text(rule).raw(step)
}

func (r *reader) Sent(rule string, period store.PeriodID, person store.PersonID, step string) (store.Sent, error) {
	b := r.get(ledger, sentKey(rule, period, person, step))
	if b == nil {
		return store.Sent{}, fmt.Errorf("ledger of %q for %q, person %d, step %q: %w", rule, period, person, step, store.ErrNotFound)
	}
	return unpackSent(b)
}

func (r *reader) Ledger(period store.PeriodID) ([]store.Sent, error) {
	return r.sentIn(inPeriod(period))
}

func (r *reader) LedgerOf(person store.PersonID, period store.PeriodID) ([]store.Sent, error) {
	return r.sentIn(inPeriod(period).num(uint64(person)))
}

// sentIn lists lines in the order of their times. It sorts before it unpacks:
// what has to change places is smaller then.
func (r *reader) sentIn(prefix key) ([]store.Sent, error) {
	type line struct {
		at    uint64
		bytes []byte
	}

	var lines []line
	for k, b := range r.scan(ledger, prefix) {
		if len(b) < 9 {
			return nil, fmt.Errorf("line %x of the ledger: %w", k, errBroken)
		}
		lines = append(lines, line{binary.BigEndian.Uint64(b[1:]), b})
	}

	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(a.at, b.at) })
	all := make([]store.Sent, 0, len(lines))
	for _, l := range lines {
		s, err := unpackSent(l.bytes)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}

	return all, nil
}

func (t *tx) AddSent(s store.Sent) error {
	s.At, s.Due, s.Read = utc(s.At), utc(s.Due), utc(s.Read)
	k := sentKey(s.Rule, s.Period, s.Person, s.Step)
	if t.get(ledger, k) != nil {
		return fmt.Errorf("add to the ledger of %q for %q, person %d, step %q: %w", s.Rule, s.Period, s.Person, s.Step, store.ErrConflict)
	}
	return t.put(ledger, k, packSent(s))
}

func (t *tx) AmendSent(s store.Sent) error {
	s.At, s.Due, s.Read = utc(s.At), utc(s.Due), utc(s.Read)
	k := sentKey(s.Rule, s.Period, s.Person, s.Step)
	if t.get(ledger, k) == nil {
		return fmt.Errorf("amend the ledger of %q for %q, person %d, step %q: %w", s.Rule, s.Period, s.Person, s.Step, store.ErrNotFound)
	}
	return t.put(ledger, k, packSent(s))
}

func (r *reader) Deferrals(period store.PeriodID) ([]store.Deferral, error) {
	return list[store.Deferral](r, deferrals, inPeriod(period))
}

func (t *tx) PutDeferral(d store.Deferral) error {
	d.Until, d.At = utc(d.Until), utc(d.At)
	return t.save(deferrals, inPeriod(d.Period).num(uint64(d.Person)), d)
}
