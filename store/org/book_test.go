package org_test

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"danvan/store"
	"danvan/store/org"
)

// counting counts the records that a transaction reads.
type counting struct {
	store.Reader
	reads *int
}

func count[T any](c counting, list []T, err error) ([]T, error) {
	*c.reads += len(list) + 1 // the one at which the list ends
	return list, err
}

func (c counting) Editions() (store.Editions, error) { *c.reads++; return c.Reader.Editions() }

func (c counting) Unit(code store.UnitCode) (store.Unit, error) {
	*c.reads++
	return c.Reader.Unit(code)
}

func (c counting) Post(id store.PostID) (store.Post, error) { *c.reads++; return c.Reader.Post(id) }

func (c counting) Units(parent store.UnitCode) ([]store.Unit, error) {
	list, err := c.Reader.Units(parent)
	return count(c, list, err)
}

func (c counting) UnitsSince(e uint64) ([]store.Unit, error) {
	list, err := c.Reader.UnitsSince(e)
	return count(c, list, err)
}

func (c counting) PostsSince(e uint64) ([]store.Post, error) {
	list, err := c.Reader.PostsSince(e)
	return count(c, list, err)
}

func (c counting) PostsAt(unit store.UnitCode) ([]store.Post, error) {
	list, err := c.Reader.PostsAt(unit)
	return count(c, list, err)
}

func (c counting) PostsAs(role store.Role) ([]store.Post, error) {
	list, err := c.Reader.PostsAs(role)
	return count(c, list, err)
}

// country is 34 provinces with some communes and some seats.
func country(tb testing.TB, communes, seats int) store.Store {
	tb.Helper()
	s := open(tb)
	unit := func(i int) store.UnitCode { return store.UnitCode(fmt.Sprintf("%05d", i)) }
	update(tb, s, func(tx store.Tx) error {
		var errs []error
		for i := range 34 + communes {
			u := store.Unit{Code: unit(i), Name: "Xã", Kind: store.Commune, Parent: unit(i % 34)}
			if i < 34 {
				u.Kind, u.Parent = store.Province, ""
			}
			errs = append(errs, tx.PutUnit(u))
		}
		for i := range seats {
			errs = append(errs, tx.PutPost(seat(unit(i%3000), store.Officer, i/3000+1, store.PersonID(i+1))))
		}
		return errors.Join(errs...)
	})
	return s
}

// TestAnEnrolmentDay fills seats one after another in a large country: each is
// seen at once, and costs a handful of reads; what is rolled back leaves nothing.
func TestAnEnrolmentDay(t *testing.T) {
	t.Parallel()
	s, book := country(t, 3321, 20_000), org.NewBook(zone)
	first := refresh(t, book, s)
	if len(first.Units()) != 3355 || len(first.SeatsAs(store.Officer)) != 20_000 {
		t.Fatalf("%d units, %d seats", len(first.Units()), len(first.SeatsAs(store.Officer)))
	}

	refused := errors.New("refused")
	for i := range 300 { // more than lie over the others
		p := seat(store.UnitCode(fmt.Sprintf("%05d", 3000+i%200)), store.Officer, i/200+1, store.PersonID(30_000+i))
		if i%50 == 0 {
			p = seat("00007", store.Officer, 1, store.PersonID(30_000+i)) // handed over
		}
		reads := 0
		enrol := func(tx store.Tx) error {
			r := counting{tx, &reads}
			before, err := book.Org(r)
			if err == nil {
				err = tx.PutPost(p)
			}
			after, afterErr := book.Org(r)
			if was, _ := before.Seat(p.ID); was.Holder == p.Holder {
				t.Errorf("%s was filled before", p.ID)
			}
			if is, ok := after.Seat(p.ID); !ok || is.Holder != p.Holder {
				t.Errorf("a transaction does not see %s filled: %v", p.ID, is)
			}
			return errors.Join(err, afterErr)
		}
		if i%100 == 0 {
			err := s.Update(t.Context(), func(tx store.Tx) error { return errors.Join(enrol(tx), refused) })
			if !errors.Is(err, refused) {
				t.Fatal(err)
			}
		}
		update(t, s, enrol)
		refresh(t, book, s)
		if reads > 14 {
			t.Fatalf("enrolment %d took %d reads", i, reads)
		}
	}

	if p, _ := first.Seat("00007:officer"); p.Holder != 8 {
		t.Errorf("an organisation changed after it was made: %v", p)
	}
	alike(t, refresh(t, book, s), refresh(t, org.NewBook(zone), s))
}

// TestNothingChanged wants what is kept given again.
func TestNothingChanged(t *testing.T) {
	t.Parallel()
	s, book := open(t), org.NewBook(zone)
	update(t, s, func(tx store.Tx) error { return tx.PutUnit(store.Unit{Code: "10", Kind: store.Province}) })
	first := refresh(t, book, s)
	update(t, s, func(tx store.Tx) error {
		return errors.Join(tx.PutCampaign(store.Campaign{ID: "dvk"}), tx.PutPerson(store.Person{ID: 1}))
	})
	reads := 0
	err := s.View(t.Context(), func(r store.Reader) error {
		o, err := book.Org(counting{r, &reads})
		if o != first {
			t.Error("another organisation, though nothing of it changed")
		}
		return err
	})
	if err != nil || reads != 1 || refresh(t, book, s) != first {
		t.Errorf("%v, %d reads", err, reads)
	}
}

// meeting is a reader of the units that waits a moment for another one, and
// notes whether one came.
type meeting struct {
	store.Reader
	other chan struct{}
	met   *atomic.Bool
}

func (m meeting) UnitsSince(e uint64) ([]store.Unit, error) {
	select {
	case m.other <- struct{}{}:
		m.met.Store(true)
	case <-m.other:
	case <-time.After(100 * time.Millisecond):
	}
	return m.Reader.UnitsSince(e)
}

// TestReadOnce has two want the organisation at once, before it is kept: one
// reads it for both.
func TestReadOnce(t *testing.T) {
	t.Parallel()
	s, book, met := country(t, 10, 10), org.NewBook(zone), &atomic.Bool{}
	other := make(chan struct{})
	var both errgroup.Group
	for range 2 {
		both.Go(func() error {
			return s.View(t.Context(), func(r store.Reader) error {
				_, err := book.Keep(meeting{r, other, met})
				return err
			})
		})
	}
	if err := both.Wait(); err != nil || met.Load() {
		t.Errorf("%v, both read: %v", err, met.Load())
	}
}

// TestCalendar is read again when a day changes, and seen inside the transaction
// that changes it, which may be rolled back.
func TestCalendar(t *testing.T) {
	t.Parallel()
	s, book := open(t), org.NewBook(zone)
	refresh(t, book, s)
	monday := store.Date{Year: 2026, Month: 11, Day: 30}
	works := func(r store.Reader, want bool) error {
		cal, err := book.Calendar(r)
		if err == nil && cal.Working(monday) != want {
			t.Errorf("the Monday is worked: want %v", want)
		}
		return err
	}
	refused := errors.New("refused")
	off := func(tx store.Tx) error {
		return errors.Join(works(tx, true), tx.PutSpecialDay(store.SpecialDay{Day: monday, Kind: store.DayOff}), works(tx, false))
	}
	if err := s.Update(t.Context(), func(tx store.Tx) error { return errors.Join(off(tx), refused) }); !errors.Is(err, refused) {
		t.Fatal(err)
	}
	refresh(t, book, s)
	update(t, s, off)
	for range 2 {
		if err := s.View(t.Context(), func(r store.Reader) error { return works(r, false) }); err != nil {
			t.Fatal(err)
		}
		refresh(t, book, s)
	}
}

// TestAnOldReader goes on with what it sees after others have moved on.
func TestAnOldReader(t *testing.T) {
	t.Parallel()
	s, book := country(t, 100, 100), org.NewBook(zone)
	refresh(t, book, s)
	err := s.View(t.Context(), func(r store.Reader) error {
		for i := range 2 {
			update(t, s, func(tx store.Tx) error { return tx.PutPost(seat("00007", store.Officer, 1, store.PersonID(900+i))) })
			refresh(t, book, s)
		}
		reads := 0
		o, err := book.Org(counting{r, &reads})
		if p, _ := o.Seat("00007:officer"); p.Holder != 8 || reads > 10 {
			t.Errorf("an old reader sees %d, after %d reads", p.Holder, reads)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestAnyChange puts units and posts at random: what the book makes of the
// changes is what is read anew.
func TestAnyChange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s, book := open(t), org.NewBook(zone)
		units := []store.UnitCode{"", "1", "11", "12", "111", "2"}
		for range rapid.IntRange(1, 8).Draw(rt, "transactions") {
			update(t, s, func(tx store.Tx) error {
				for range rapid.IntRange(1, 5).Draw(rt, "changes") {
					var err error
					unit := rapid.SampledFrom(units[1:]).Draw(rt, "unit")
					if rapid.Bool().Draw(rt, "of a unit") {
						err = tx.PutUnit(store.Unit{Code: unit, Kind: store.Commune, Parent: rapid.SampledFrom(units).Draw(rt, "parent")})
					} else {
						holder := store.PersonID(rapid.IntRange(0, 3).Draw(rt, "holder"))
						p := seat(unit, rapid.SampledFrom(store.Roles).Draw(rt, "role"), rapid.IntRange(1, 2).Draw(rt, "n"), holder)
						p.Unit = rapid.SampledFrom(units).Draw(rt, "moved")
						err = tx.PutPost(p)
					}
					if err != nil {
						return err
					}
				}
				inside, err := book.Org(tx)
				anew, newErr := org.NewBook(zone).Org(tx)
				alike(rt, inside, anew)
				return errors.Join(err, newErr)
			})
			if rapid.Bool().Draw(rt, "refresh") {
				refresh(t, book, s)
			}
		}
	})
}

// alike wants two organisations to say the same.
func alike(tb interface{ Errorf(string, ...any) }, got, want *org.Org) {
	if d := cmp.Diff(want.Units(), got.Units()); d != "" {
		tb.Errorf("units (-want +got):\n%s", d)
	}
	for _, role := range store.Roles {
		if d := cmp.Diff(want.SeatsAs(role), got.SeatsAs(role)); d != "" {
			tb.Errorf("in role %s (-want +got):\n%s", role, d)
		}
	}
	for _, u := range append(slices.Clone(want.Units()), store.Unit{}) {
		if d := cmp.Diff(want.SeatsAt(u.Code), got.SeatsAt(u.Code)); d != "" {
			tb.Errorf("at %s (-want +got):\n%s", u.Code, d)
		}
	}
	n := 0
	for p := range want.Seats() {
		n++
		if is, ok := got.Seat(p.ID); !ok || !cmp.Equal(is, p) {
			tb.Errorf("seat %s is %v, want %v", p.ID, is, p)
		}
	}
	if m := len(slices.Collect(got.Seats())); m != n {
		tb.Errorf("%d seats, want %d", m, n)
	}
}
