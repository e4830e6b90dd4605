package schedule_test

import (
	"fmt"
	"testing"
	"time"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// BenchmarkMinute reads a minute from the store and plans it, in the country
// with 20,000 people: one in which nothing is due though everybody has been
// reminded before, and one in which everybody is to be reminded. A look at each
// of the people is the calibration.
func BenchmarkMinute(b *testing.B) {
	w := newWorld(b)
	w.country()
	w.update(func(tx store.Tx) error {
		for id := store.PersonID(40_000); id < 40_000+20_000-2*3321-2*34-5; id++ {
			if err := tx.PutPerson(store.Person{ID: id, Address: store.Address{Channel: "test", Chat: fmt.Sprint(id)}, Language: "vi"}); err != nil {
				return err
			}
		}
		return nil
	})
	b.Run("20,000 people", func(b *testing.B) {
		for b.Loop() {
			must(b, w.store.View(b.Context(), func(r store.Reader) error {
				for id := range store.PersonID(13_285) {
					if _, err := r.Person(40_000 + id); err != nil {
						return err
					}
				}
				return nil
			}))
		}
	})
	watch := reporting.NewWatch(w.bot.Book())
	plan := func(b *testing.B, now time.Time, least, most int) {
		in, _, err := watch.Load(b.Context(), w.store, now)
		must(b, err)
		sends, err := reporting.Plan(b.Context(), w.store, in, deadline.Plan)
		must(b, err)
		if len(sends) < least || len(sends) > most {
			b.Fatalf("%d sends", len(sends))
		}
	}
	w.at("2026-12-07 08:00")
	b.Run("everybody is due", func(b *testing.B) {
		for b.Loop() {
			plan(b, w.now, 3321, 4000)
		}
	})
	must(b, w.clock.Tick(b.Context(), w.now))
	w.at("2026-12-07 08:01")
	b.Run("nothing is due", func(b *testing.B) {
		for b.Loop() {
			plan(b, w.now, 0, 0)
		}
	})
}
