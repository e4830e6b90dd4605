package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"danvan/store"
)

// kind is a sort of record, as the cases that hold for every sort see it.
type kind[T any] struct {
	name string
	// fix gives a filled record what its sort demands: a revision of 0.
	fix func(*T)
	put func(store.Tx, T) error
	get func(store.Tx, T) (T, error)
	// keys returns a record with nothing but what it is found by; nil for a
	// sort that is never replaced.
	keys func(T) T
}

// stranger is a Stranger with its address.
type stranger struct {
	At   store.Address
	Kept store.Stranger
}

func recordCases() []testCase {
	return join(organisationKinds(), workKinds(), periodKinds(), historyKinds(), queueKinds(), []testCase{
		{"text is kept as given", textIsKept},
		{"large records", largeRecords},
	})
}

func organisationKinds() []testCase {
	return join(
		kind[store.Unit]{
			name: "unit",
			put:  func(tx store.Tx, u store.Unit) error { return tx.PutUnit(u) },
			get:  func(tx store.Tx, u store.Unit) (store.Unit, error) { return tx.Unit(u.Code) },
			keys: func(u store.Unit) store.Unit { return store.Unit{Code: u.Code} },
		}.cases(),

		kind[store.UnitImport]{
			name: "unit import",
			put:  func(tx store.Tx, v store.UnitImport) error { return tx.PutUnitImport(v) },
			get: func(tx store.Tx, v store.UnitImport) (store.UnitImport, error) {
				all, err := tx.UnitImports()
				return last(all, err)
			},
			keys: func(v store.UnitImport) store.UnitImport { return store.UnitImport{ID: v.ID} },
		}.cases(),

		kind[store.Post]{
			name: "post",
			put:  func(tx store.Tx, p store.Post) error { return tx.PutPost(p) },
			get:  func(tx store.Tx, p store.Post) (store.Post, error) { return tx.Post(p.ID) },
			keys: func(p store.Post) store.Post { return store.Post{ID: p.ID} },
		}.cases(),

		kind[store.Person]{
			name: "person",
			put:  func(tx store.Tx, p store.Person) error { return tx.PutPerson(p) },
			get:  func(tx store.Tx, p store.Person) (store.Person, error) { return tx.PersonAt(p.Address) },
			keys: func(p store.Person) store.Person { return store.Person{ID: p.ID, Address: p.Address} },
		}.cases(),

		kind[stranger]{
			name: "stranger",
			put:  func(tx store.Tx, s stranger) error { return tx.PutStranger(s.At, s.Kept) },
			get: func(tx store.Tx, s stranger) (stranger, error) {
				kept, err := tx.Stranger(s.At)
				return stranger{s.At, kept}, err
			},
			keys: func(s stranger) stranger { return stranger{At: s.At} },
		}.cases(),

		kind[store.Invite]{
			name: "invite",
			put:  func(tx store.Tx, i store.Invite) error { return tx.PutInvite(i) },
			get:  func(tx store.Tx, i store.Invite) (store.Invite, error) { return tx.Invite(i.Hash) },
			keys: func(i store.Invite) store.Invite { return store.Invite{Hash: i.Hash} },
		}.cases(),
	)
}

func workKinds() []testCase {
	return join(
		kind[store.Campaign]{
			name: "campaign",
			fix:  func(c *store.Campaign) { c.Begun = nil },
			put:  func(tx store.Tx, c store.Campaign) error { return tx.PutCampaign(c) },
			get:  func(tx store.Tx, c store.Campaign) (store.Campaign, error) { return tx.Campaign(c.ID) },
			keys: func(c store.Campaign) store.Campaign { return store.Campaign{ID: c.ID} },
		}.cases(),

		kind[store.Model]{
			name: "model",
			fix:  func(m *store.Model) { m.Revision = 1 },
			put: func(tx store.Tx, m store.Model) error {
				m.Revision = revisionOf(tx, m.ID)
				_, err := tx.PutModel(m)
				return err
			},
			get: func(tx store.Tx, m store.Model) (store.Model, error) {
				got, err := tx.ModelByCode(m.Code)
				got.Revision = m.Revision // its own cases look at it
				return got, err
			},
			keys: func(m store.Model) store.Model {
				return store.Model{ID: m.ID, Code: m.Code, Revision: m.Revision}
			},
		}.cases(),

		kind[store.Batch]{
			name: "batch",
			put:  func(tx store.Tx, b store.Batch) error { return tx.PutBatch(b) },
			get:  func(tx store.Tx, b store.Batch) (store.Batch, error) { return tx.Batch(b.ID) },
			keys: func(b store.Batch) store.Batch { return store.Batch{ID: b.ID} },
		}.cases(),

		kind[store.Board]{
			name: "board",
			put:  func(tx store.Tx, b store.Board) error { return tx.PutBoard(b) },
			get:  func(tx store.Tx, b store.Board) (store.Board, error) { return tx.Board(b.ID) },
			keys: func(b store.Board) store.Board { return store.Board{ID: b.ID} },
		}.cases(),

		kind[store.Session]{
			name: "session",
			put:  func(tx store.Tx, s store.Session) error { return tx.PutSession(s) },
			get:  func(tx store.Tx, s store.Session) (store.Session, error) { return tx.Session(s.ID) },
			keys: func(s store.Session) store.Session { return store.Session{ID: s.ID} },
		}.cases(),
	)
}

// historyKinds are only ever added to.
func historyKinds() []testCase {
	return join(
		kind[store.Progress]{
			name: "progress",
			put:  func(tx store.Tx, p store.Progress) error { return tx.AddProgress(p) },
			get: func(tx store.Tx, p store.Progress) (store.Progress, error) {
				all, err := tx.Progress(p.Model)
				return last(all, err)
			},
		}.cases(),

		kind[store.Review]{
			name: "review",
			put:  func(tx store.Tx, v store.Review) error { return tx.AddReview(v) },
			get: func(tx store.Tx, v store.Review) (store.Review, error) {
				all, err := tx.Reviews(v.Model)
				return last(all, err)
			},
		}.cases(),

		kind[store.Audit]{
			name: "audit",
			fix:  func(a *store.Audit) { a.Erased = false }, // its own cases look at it
			put:  func(tx store.Tx, a store.Audit) error { return tx.AddAudit(a) },
			get: func(tx store.Tx, a store.Audit) (store.Audit, error) {
				all, err := tx.AuditOf(a.Subject)
				return last(all, err)
			},
		}.cases(),
	)
}

// queueKinds are kept by Enqueue and by Finish and read another way.
func queueKinds() []testCase {
	far := when.Add(1e6 * time.Hour)
	return join(

		kind[store.Message]{
			name: "message",
			fix:  func(m *store.Message) { m.ID, m.Attempts, m.Failures = 0, 0, 0 },
			put: func(tx store.Tx, m store.Message) error {
				_, err := tx.Enqueue(m)
				return err
			},
			get: func(tx store.Tx, m store.Message) (store.Message, error) {
				all, err := tx.Claim(far, 0, 1, m.Lane)
				m, err = last(all, err)
				m.ID, m.Attempts, m.Failures = 0, 0, 0 // their own cases look at them
				return m, err
			},
		}.cases(),

		kind[store.Remote]{
			name: "remote",
			fix:  func(r *store.Remote) { r.Message = 0 },
			put:  deliver,
			get: func(tx store.Tx, r store.Remote) (store.Remote, error) {
				got, err := tx.Delivered(r.To, r.ID)
				got.Message = 0
				return got, err
			},
		}.cases(),

		kind[store.Notice]{
			name: "notice",
			put:  func(tx store.Tx, n store.Notice) error { return tx.PutNotice(n) },
			get:  func(tx store.Tx, n store.Notice) (store.Notice, error) { return tx.Notice(n.Name) },
			keys: func(n store.Notice) store.Notice { return store.Notice{Name: n.Name} },
		}.cases(),
	)
}

// deliver sends a tracked message to where a Remote says.
func deliver(tx store.Tx, r store.Remote) error {
	track := r.Track
	if _, err := tx.Enqueue(store.Message{To: r.To, Kind: store.Send, Track: &track, At: when}); err != nil {
		return err
	}
	all, err := tx.Claim(when, time.Minute, 1, store.DigestLane)
	m, err := last(all, err)
	if err != nil {
		return err
	}
	return tx.Finish(m, store.Outcome{At: r.At, Remote: r.ID})
}

func revisionOf(tx store.Tx, id store.ModelID) uint64 {
	m, err := tx.Model(id)
	if err != nil {
		return 0
	}
	return m.Revision
}

func last[T any](all []T, err error) (T, error) {
	if err != nil || len(all) == 0 {
		var none T
		return none, errors.Join(err, errors.New("the list lacks the record"))
	}
	return all[len(all)-1], nil
}

func join(lists ...[]testCase) []testCase {
	var all []testCase
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

func (k kind[T]) filled(f *filler) T {
	if f.zone == nil {
		f.zone = time.UTC
	}
	v := filled[T](f)
	if k.fix != nil {
		k.fix(&v)
	}
	return v
}

func (k kind[T]) cases() []testCase {
	all := []testCase{
		{k.name + " keeps every field", k.keepsEveryField},
		{k.name + " reads inside its own write", k.readsOwnWrite},
		{k.name + " is a copy", k.isCopy},
		{k.name + " keeps times in UTC", k.keepsTimes},
	}
	if k.keys != nil {
		all = append(all, testCase{k.name + " is replaced whole", k.isReplaced})
	}
	return all
}

func (k kind[T]) read(t *testing.T, s store.Store, v T) T {
	t.Helper()
	var got T
	update(t, s, func(tx store.Tx) (err error) {
		got, err = k.get(tx, v)
		return err
	})
	return got
}

func (k kind[T]) keepsEveryField(t *testing.T, s store.Store) {
	v := k.filled(&filler{})
	update(t, s, func(tx store.Tx) error { return k.put(tx, v) })
	same(t, k.name, k.read(t, s, v), v)
}

func (k kind[T]) readsOwnWrite(t *testing.T, s store.Store) {
	v := k.filled(&filler{})
	var got T
	update(t, s, func(tx store.Tx) (err error) {
		if err := k.put(tx, v); err != nil {
			return err
		}
		got, err = k.get(tx, v)
		return err
	})
	same(t, k.name, got, v)
}

// isCopy spoils the value that was put and one that was read.
func (k kind[T]) isCopy(t *testing.T, s store.Store) {
	want := k.filled(&filler{})
	put := k.filled(&filler{})
	update(t, s, func(tx store.Tx) error {
		if err := k.put(tx, put); err != nil {
			return err
		}
		scribble(reflect.ValueOf(&put).Elem())
		got, err := k.get(tx, want)
		scribble(reflect.ValueOf(&got).Elem())
		return err
	})
	got := k.read(t, s, want)
	same(t, k.name+" after spoiling what was put", got, want)
	scribble(reflect.ValueOf(&got).Elem())
	same(t, k.name+" after spoiling what was read", k.read(t, s, want), want)
}

func (k kind[T]) keepsTimes(t *testing.T, s store.Store) {
	zone := time.FixedZone("+07", 7*3600)
	v := k.filled(&filler{zone: zone, rest: 789 * time.Nanosecond})
	want := k.filled(&filler{})
	update(t, s, func(tx store.Tx) error { return k.put(tx, v) })
	got := k.read(t, s, v)
	same(t, k.name, got, want)
	eachTime(reflect.ValueOf(got), func(at time.Time) {
		if at.Location() != time.UTC {
			t.Errorf("%s: a time came back in %v", k.name, at.Location())
		}
	})
}

// isReplaced puts a bare record over a full one.
func (k kind[T]) isReplaced(t *testing.T, s store.Store) {
	v := k.filled(&filler{})
	bare := k.keys(v)
	update(t, s, func(tx store.Tx) error { return k.put(tx, v) })
	update(t, s, func(tx store.Tx) error { return k.put(tx, bare) })
	same(t, fmt.Sprintf("bare %s", k.name), k.read(t, s, bare), bare)
}
