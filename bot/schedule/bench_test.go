package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"danvan/bot/shipped"
	"danvan/store"
	"danvan/store/agenda"
	"danvan/store/deadline"
)

// BenchmarkMinute is a minute of the clock over a real store with all 3,321
// communes, an officer, a coordinator and a supervisor in each, 20,000 people,
// and two periods that are live: one in which nothing is due, whole, as far as
// it reads and plans, and one in which everybody is to be reminded, read and
// planned. A pass over the store's people is the calibration.
func BenchmarkMinute(b *testing.B) {
	w := newCountryClock(b)
	load := func(b *testing.B, now time.Time) []deadline.Send {
		in, _, err := w.bot.Book().Load(b.Context(), w.store, now)
		must(b, err)
		sends, err := agenda.Plan(b.Context(), w.store, in, deadline.Plan)
		must(b, err)
		return sends
	}
	b.Run("people", func(b *testing.B) {
		for b.Loop() {
			must(b, w.store.View(b.Context(), func(r store.Reader) error {
				for id := range store.PersonID(20_000) {
					if _, err := r.Person(id + 1); err != nil {
						return err
					}
				}
				return nil
			}))
		}
	})
	w.at("2026-12-07 08:00") // seven working days before
	b.Run("everybody is due", func(b *testing.B) {
		for b.Loop() {
			if n := len(load(b, w.now)); n < 3321 {
				b.Fatalf("%d sends", n)
			}
		}
	})
	must(b, w.clock.Tick(b.Context(), w.now))
	w.at("2026-12-07 08:01")
	must(b, w.clock.Tick(b.Context(), w.now))
	b.Run("nothing is due", func(b *testing.B) {
		for b.Loop() {
			if n := len(load(b, w.now)); n > 0 {
				b.Fatalf("%d sends", n)
			}
		}
	})
	b.Run("a whole tick", func(b *testing.B) {
		for b.Loop() {
			must(b, w.clock.Tick(b.Context(), w.now))
		}
	})
	b.Run("after a change of posts", func(b *testing.B) { // everything is read again
		for b.Loop() {
			must(b, w.file.Update(b.Context(), func(tx store.Tx) error {
				p, err := tx.Post(store.MakePostID("30709", store.Officer))
				return errors.Join(err, tx.PutPost(p))
			}))
			load(b, w.now)
		}
	})
}

// newCountryClock is the world with the whole country in it.
func newCountryClock(b *testing.B) *world {
	w := newWorld(b)
	units, err := shipped.Units()
	must(b, err)
	campaigns, err := shipped.Campaigns()
	must(b, err)
	next := store.PersonID(100)
	hire := func(tx store.Tx, unit store.UnitCode, role store.Role) error {
		next++
		return w.hire(tx, next, unit, role)
	}
	must(b, w.file.Update(context.Background(), func(tx store.Tx) error {
		next = 100
		c := campaigns[0]
		old, err := tx.Campaign("dvk")
		old.Rules, old.Ladder = nil, nil // the small world's is at rest
		errs := []error{err, tx.PutCampaign(old), tx.PutCampaign(c)}
		for _, u := range units {
			errs = append(errs, tx.PutUnit(u), hire(tx, u.Code, store.Coordinator), hire(tx, u.Code, store.Supervisor))
			if u.Kind != store.Province {
				errs = append(errs, hire(tx, u.Code, store.Officer))
			}
		}
		for id := store.PersonID(6); id <= 20_000; id++ {
			if id <= 100 || id > next {
				errs = append(errs, tx.PutPerson(store.Person{ID: id, Address: store.Address{Channel: "test", Chat: fmt.Sprint(id)}, Language: "vi"}))
			}
		}
		return errors.Join(errs...)
	}))
	return w
}
