package schedule_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"danvan/store"
)

// country adds to a world 34 provinces with 3,321 communes, an officer and a
// coordinator in each, and a supervisor and a coordinator in each province.
func (w *world) country() {
	post := func(tx store.Tx, id int, unit store.UnitCode, role store.Role) {
		must(w.tb, w.hire(tx, store.PersonID(id), unit, role))
	}
	for p := range 34 {
		w.update(func(tx store.Tx) error {
			code := store.UnitCode(fmt.Sprintf("p%02d", p))
			must(w.tb, tx.PutUnit(store.Unit{Code: code, Name: "Tỉnh " + string(code), Kind: store.Province}))
			post(tx, 100_000+p, code, store.Supervisor)
			post(tx, 200_000+p, code, store.Coordinator)
			for i := p; i < 3321; i += 34 {
				unit := store.UnitCode(fmt.Sprintf("%05d", 10_000+i))
				must(w.tb, tx.PutUnit(store.Unit{Code: unit, Name: "Xã " + string(unit), Kind: store.Commune, Parent: code}))
				post(tx, 10_000+i, unit, store.Officer)
				post(tx, 20_000+i, unit, store.Coordinator)
			}
			return nil
		})
	}
}

// BenchmarkTick lets the clock strike in a country of 3,321 communes: in a
// minute in which nothing is due, though everybody has been reminded before, and
// once in the minute in which all of them are, with what it takes to look at each
// reminder once more and let it go.
func BenchmarkTick(b *testing.B) {
	w := newWorld(b)
	w.country()
	strike := func(when string) time.Duration {
		w.at(when)
		began := time.Now()
		must(b, w.clock.Tick(context.Background(), w.now))
		return time.Since(began)
	}
	strike("2026-12-01 08:00")
	b.Run("quiet", func(b *testing.B) {
		for b.Loop() {
			strike("2026-12-01 08:01")
		}
	})
	everybody := strike("2026-12-07 08:00")
	began := time.Now()
	told := len(w.sent())
	looked := time.Since(began)
	b.Run("after everybody was reminded", func(b *testing.B) {
		for b.Loop() {
			strike("2026-12-07 08:01")
		}
		b.ReportMetric(everybody.Seconds(), "s/everybody")
		b.ReportMetric(looked.Seconds()*1000/float64(told), "ms/delivery")
	})
	b.Run("read the house again", func(b *testing.B) {
		for b.Loop() {
			w.update(func(tx store.Tx) error {
				return tx.PutUnit(store.Unit{Code: "101", Name: "Xã 101", Kind: store.Commune, Parent: "10"})
			})
			strike("2026-12-07 08:01")
		}
	})
}
