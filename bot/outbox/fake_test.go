package outbox_test

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"danvan/store"
)

// rows is a store that keeps an outbox and persons in memory, and nothing else.
type rows struct {
	store.Store
	mu   sync.Mutex
	is   kept
	fail error // every Update returns it
}

// kept is what a transaction may change; Update works on a copy.
type kept struct {
	last    store.MessageID
	waiting map[store.MessageID]store.Message
	hidden  map[store.Address]time.Time
	remotes map[store.MessageID]store.Remote
	persons map[store.Address]store.Person
	keys    map[string]store.MessageID
}

func newRows() *rows {
	return &rows{is: kept{
		waiting: map[store.MessageID]store.Message{}, hidden: map[store.Address]time.Time{},
		remotes: map[store.MessageID]store.Remote{}, persons: map[store.Address]store.Person{},
		keys: map[string]store.MessageID{},
	}}
}

func (r *rows) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail != nil {
		return r.fail
	}
	next := kept{
		last: r.is.last, waiting: maps.Clone(r.is.waiting), hidden: maps.Clone(r.is.hidden),
		remotes: maps.Clone(r.is.remotes), persons: maps.Clone(r.is.persons), keys: maps.Clone(r.is.keys),
	}
	if err := fn(&write{kept: &next}); err != nil {
		return err
	}
	r.is = next
	return nil
}

func (r *rows) View(_ context.Context, fn func(store.Reader) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return fn(&write{kept: &r.is})
}

func (r *rows) refuse(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = err
}

// queue adds messages in one transaction and returns their ids.
func (r *rows) queue(t *testing.T, ms ...store.Message) []store.MessageID {
	t.Helper()
	var ids []store.MessageID
	err := r.Update(t.Context(), func(tx store.Tx) error {
		for _, m := range ms {
			m.At = time.Now()
			if m.Kind == "" {
				m.Kind = store.Send
			}
			id, err := tx.Enqueue(m)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func (r *rows) left() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.is.waiting)
}

func (r *rows) person(chat string) store.Person {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.is.persons[at(chat)]
}

func (r *rows) remote(id store.MessageID) store.Remote {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.is.remotes[id]
}

// write is a transaction; what it does not define panics, which fails the test.
type write struct {
	store.Tx
	*kept
}

func (w *write) Pending() (int, error) { return len(w.waiting), nil }

func (w *write) Remote(id store.MessageID) (store.Remote, error) {
	if r, ok := w.remotes[id]; ok {
		return r, nil
	}
	return store.Remote{}, store.ErrNotFound
}

func (w *write) PersonAt(a store.Address) (store.Person, error) {
	if p, ok := w.persons[a]; ok {
		return p, nil
	}
	return store.Person{}, store.ErrNotFound
}

func (w *write) PutPerson(p store.Person) error {
	if there, ok := w.persons[p.Address]; ok && there.ID != p.ID {
		return store.ErrConflict
	}
	maps.DeleteFunc(w.persons, func(_ store.Address, q store.Person) bool { return q.ID == p.ID })
	w.persons[p.Address] = p
	return nil
}

func (w *write) Enqueue(m store.Message) (store.MessageID, error) {
	if id, ok := w.keys[m.Key]; ok && m.Key != "" {
		return id, nil
	}
	w.last++
	m.ID, m.Attempts = w.last, 0
	w.waiting[m.ID] = m
	w.keys[m.Key] = m.ID
	return m.ID, nil
}

func (w *write) Claim(now time.Time, lease time.Duration, limit int, worst store.Lane, except ...string) ([]store.Message, error) {
	all := slices.SortedFunc(maps.Values(w.waiting), func(a, b store.Message) int {
		return cmp.Or(cmp.Compare(a.Lane, b.Lane), cmp.Compare(a.ID, b.ID))
	})
	var got []store.Message
	for _, m := range all {
		if len(got) == limit || m.Lane > worst {
			break
		}
		if m.Due.After(now) || w.hidden[m.To].After(now) || slices.Contains(except, m.To.Channel) {
			continue
		}
		m.Attempts++
		w.waiting[m.ID] = m
		w.hidden[m.To] = now.Add(lease)
		got = append(got, m)
	}
	return got, nil
}

func (w *write) Finish(m store.Message, out store.Outcome) error {
	if have, ok := w.waiting[m.ID]; !ok || have.Attempts != m.Attempts {
		return store.ErrNotFound
	}
	w.hidden[m.To] = out.Retry
	if !out.Later.IsZero() {
		m.Due = out.Later
		w.waiting[m.ID] = m
	} else if out.Retry.IsZero() {
		delete(w.waiting, m.ID)
	} else if out.Failed {
		m.Failures++
		w.waiting[m.ID] = m
	}
	if m.Track != nil && out.Remote != "" {
		w.remotes[m.ID] = store.Remote{Message: m.ID, To: m.To, ID: out.Remote, Track: *m.Track, At: out.At}
	}
	return nil
}

func at(chat string) store.Address { return store.Address{Channel: "test", Chat: chat} }

var errTrouble = errors.New("trouble")

// mustClose closes what a test has opened.
func mustClose(t testing.TB, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}
