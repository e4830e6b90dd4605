package digest_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"danvan/bot/bottest"
	"danvan/bot/schedule"
	"danvan/flows/answer"
	"danvan/store"
)

// country is one in which a province has many models.
type country struct{ *bottest.Country }

// friday is when the digests of these benchmarks come.
func (c country) friday() time.Time { return time.Date(2026, 12, 11, 16, 0, 0, 0, c.Zone) }

// register puts models into a province's communes, each with a check and two
// updates.
func (c country) register(province store.UnitCode, models int) {
	c.TB.Helper()
	var units []store.Unit
	err := c.Store.View(c.TB.Context(), func(r store.Reader) (err error) {
		units, err = r.Units(province)
		return err
	})
	const slice = 2000
	for from := 0; from < models && err == nil; from += slice {
		err = c.Store.Update(c.TB.Context(), func(tx store.Tx) error {
			for i := from; i < min(from+slice, models); i++ {
				if err := c.registerOne(tx, i, units[i%len(units)].Code); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		c.TB.Fatal(err)
	}
}

func (c country) registerOne(tx store.Tx, i int, unit store.UnitCode) error {
	id, err := tx.NewID()
	if err != nil {
		return err
	}
	title := bottest.Titles[i%len(bottest.Titles)] + " " + strconv.Itoa(i)
	at := time.Date(2026, 6, 20+i%160, 9, 0, 0, 0, c.Zone)
	m := store.Model{
		ID: store.ModelID(id), Code: fmt.Sprintf("DVK-%s-2026-%06d", unit, i), Unit: unit,
		Entries: store.Entries{{
			Campaign:   "dvk-2026-2030",
			Field:      []string{"KT", "VHXH", "QPAN", "HTCT"}[i%4],
			TitleGroup: []string{"DVK", "DVK-NTM"}[i%2],
			Origin:     store.New,
		}},
		Year:  2026,
		Title: title, Fold: answer.Fold(title), Kind: []store.RegistrantKind{store.Collective, store.Individual}[i%7/6],
		State: store.Doing, RegisteredAt: at,
	}
	if i%20 == 19 {
		m.State = store.Waiting
		_, err := tx.PutModel(m)
		return err
	}
	review := store.Review{ID: store.ReviewID(id), Model: m.ID, Was: store.Waiting, State: store.Accepted, At: at.Add(24 * time.Hour)}
	if err := tx.AddReview(review); err != nil {
		return err
	}
	for n := range 2 {
		p := store.Progress{ID: store.ProgressID(n + 1), Model: m.ID, At: at.AddDate(0, 0, 7*(n+1)), Day: store.DateOf(at.AddDate(0, 0, 7*(n+1))), State: store.Doing, Basis: store.Added,
			Results: []store.Quantity{{Metric: "m2", Value: store.Decimal(1000 * (i%90 + 1))}}, Money: []store.Money{{VND: int64(i%50+1) * 1_000_000, Part: store.People}}}
		if err := tx.AddProgress(p); err != nil {
			return err
		}
	}
	_, err = tx.PutModel(m)
	return err
}

// supervise puts a supervisor into each of some units.
func (c country) supervise(units ...store.UnitCode) {
	c.TB.Helper()
	err := c.Store.Update(c.TB.Context(), func(tx store.Tx) error {
		for _, unit := range units {
			id, err := tx.NewID()
			post := store.Post{ID: store.MakePostID(unit, store.Supervisor), Unit: unit, Role: store.Supervisor, Holder: store.PersonID(id), Since: c.Now}
			person := store.Person{ID: post.Holder, Address: bottest.Address("lanh dao " + string(unit)), Language: "vi", Active: post.ID}
			if err := errors.Join(err, tx.PutPost(post), tx.PutPerson(person)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		c.TB.Fatal(err)
	}
}

// waits runs something again and again beside a benchmark and says how long it
// took at most, and at the 99th percentile.
func waits(do func() error) (stop func() (most, p99 time.Duration, err error)) {
	var all []time.Duration
	var failed error
	done := make(chan struct{})
	var work sync.WaitGroup
	work.Go(func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
			start := time.Now()
			if failed = do(); failed != nil {
				return
			}
			all = append(all, time.Since(start))
		}
	})
	return func() (most, p99 time.Duration, err error) {
		close(done)
		work.Wait()
		if len(all) == 0 {
			return 0, 0, failed
		}
		slices.Sort(all)
		return all[len(all)-1], all[len(all)*99/100], failed
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// BenchmarkProvincialDigest renders a province's digest out of the store, while
// somebody else reads and writes: domain.md's province has 102 communes.
func BenchmarkProvincialDigest(b *testing.B) {
	for _, models := range []int{12_000, 100_000} {
		b.Run(strconv.Itoa(models), func(b *testing.B) {
			c := country{bottest.NewCountry(b, 3321)}
			c.supervise("91")
			c.register("91", models)
			danvan := c.Bot(c.Store)
			m := store.Message{Kind: store.Send, Make: &store.Make{
				Kind: store.Card, Unit: "91", Campaign: "dvk-2026-2030", Period: bottest.Period, AsOf: c.friday(), Since: c.friday().AddDate(0, 0, -7),
				Language: "vi", Post: "91:supervisor", Board: 1, Revision: 1, Digest: true,
			}}
			view := waits(func() error {
				return c.Store.View(context.Background(), func(r store.Reader) error { _, err := r.Unit("91"); return err })
			})
			update := waits(func() error {
				return c.Store.Update(context.Background(), func(tx store.Tx) error { _, err := tx.NewID(); return err })
			})
			for b.Loop() {
				if _, err := danvan.Card(context.Background(), m); err != nil {
					b.Fatal(err)
				}
			}
			for what, stop := range map[string]func() (time.Duration, time.Duration, error){"reader": view, "writer": update} {
				most, p99, err := stop()
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(milliseconds(p99), what+"-p99-ms")
				b.ReportMetric(milliseconds(most), what+"-most-ms")
			}
		})
	}
}

// BenchmarkThousandsOfDigests hands 3,321 digests to the outbox at one strike of
// the clock, while officers go on registering.
func BenchmarkThousandsOfDigests(b *testing.B) {
	c := country{bottest.NewCountry(b, 3321)}
	var units []store.UnitCode
	err := c.Store.View(b.Context(), func(r store.Reader) error {
		provinces, err := r.Units("")
		for _, p := range provinces {
			communes, unitsErr := r.Units(p.Code)
			for _, u := range communes {
				units = append(units, u.Code)
			}
			err = errors.Join(err, unitsErr)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	c.supervise(units...)
	danvan := c.Bot(c.Store)
	now := c.friday()
	clock := schedule.New(schedule.Config{
		Store: c.Store, Bot: danvan, Now: func() time.Time { return now }, Wake: func() {}, Log: slog.New(slog.DiscardHandler),
	})
	n := 0
	turn := func() error {
		_, err := danvan.Handle(context.Background(), c.Says(n%3000, []string{"/dangky", "Ký túc xá vùng biên", "/mohinh"}[n%3]))
		n++
		return err
	}
	idle := waits(turn)
	time.Sleep(2 * time.Second)
	_, before, err := idle()
	if err != nil {
		b.Fatal(err)
	}
	var took, p99, most time.Duration
	digests := 0
	for b.Loop() {
		now = now.AddDate(0, 0, 7)
		stop := waits(turn)
		start := time.Now()
		if err := clock.Tick(context.Background(), now); err != nil {
			b.Fatal(err)
		}
		took += time.Since(start)
		m, p, err := stop()
		if err != nil {
			b.Fatal(err)
		}
		p99, most = max(p99, p), max(most, m)
		said, err := c.Deliver(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		for _, m := range said {
			if m.Make != nil && m.Make.Digest && m.Kind == store.Send {
				digests++
			}
		}
	}
	b.ReportMetric(float64(digests)/float64(b.N), "digests/op")
	b.ReportMetric(milliseconds(took)/float64(b.N), "tick-ms")
	b.ReportMetric(milliseconds(before), "idle-turn-p99-ms")
	b.ReportMetric(milliseconds(p99), "turn-p99-ms")
	b.ReportMetric(milliseconds(most), "turn-most-ms")
}
