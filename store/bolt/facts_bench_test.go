package bolt_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"danvan/store"
	"danvan/store/bolt"
)

// withFacts is a store of n models in 130 units with the facts of a review and
// ten updates each. These themselves are not there: nothing here reads them.
func withFacts(b *testing.B, n int) *bolt.Store {
	b.Helper()
	s, _ := withModels(b, n)
	b.Cleanup(func() { _ = s.Close() })
	m, reviews, updates := busyModel(10)
	for from := 0; from < n; from += 2000 {
		err := s.DB().Update(func(tx *bbolt.Tx) error {
			for i := from; i < min(from+2000, n); i++ {
				other := benchModel(i)
				m.ID, m.Unit, m.Entries = other.ID, other.Unit, other.Entries
				fact, err := bolt.PackFact(m, reviews, updates)
				if err != nil {
					return err
				}
				if err := tx.Bucket([]byte("facts")).Put(binary.BigEndian.AppendUint64(nil, uint64(m.ID)), fact); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return s
}

// fold is about the least that a figure does with a fact.
func fold(ctx context.Context, s store.Store, q store.ModelQuery) (models int, sum store.Decimal, err error) {
	var page []store.Fact
	for q.Limit = 2000; models == 0 || len(page) == q.Limit; q.After = page[len(page)-1].ID {
		err := s.View(ctx, func(r store.Reader) (err error) {
			page, err = r.Facts(q)
			return err
		})
		if err != nil || len(page) == 0 {
			return models, sum, err
		}
		models += len(page)
		for _, f := range page {
			for _, step := range f.Steps {
				for _, r := range step.Results {
					sum += r.Value
				}
			}
		}
	}
	return models, sum, nil
}

// touch reads every byte of the packed facts: the calibration.
func touch(s *bolt.Store) (sum int, err error) {
	err = s.DB().View(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("facts")).ForEach(func(k, v []byte) error {
			for _, c := range v {
				sum += int(c)
			}
			return nil
		})
	})
	return sum, err
}

func BenchmarkFacts(b *testing.B) {
	var half []store.UnitCode
	for i := range 65 {
		half = append(half, store.UnitCode(fmt.Sprintf("%05d", i)))
	}
	for _, n := range []int{12_000, 100_000} {
		s := withFacts(b, n)
		b.Run(fmt.Sprintf("%d/touch", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := touch(s); err != nil {
					b.Fatal(err)
				}
			}
		})
		for name, q := range map[string]store.ModelQuery{
			"all":   {},
			"field": {Fields: []string{"HTCT"}},
			"half":  {In: store.NewSubtree(half...)},
			"unit":  {In: store.NewSubtree(half[42])},
		} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				b.ReportAllocs()
				found := 0
				for b.Loop() {
					models, _, err := fold(b.Context(), s, q)
					if err != nil {
						b.Fatal(err)
					}
					found = models
				}
				b.ReportMetric(float64(found), "found")
			})
		}
	}
}

// BenchmarkFactsMeanwhile folds 100,000 models again and again, and reports
// how long a turn and a new reader have to wait meanwhile, beside how long
// they wait when nothing else is done, and when the bytes are only touched.
func BenchmarkFactsMeanwhile(b *testing.B) {
	s := withFacts(b, 100_000)
	next := 0
	for name, work := range map[string]func() error{
		"alone":    nil,
		"touching": func() error { _, err := touch(s); return err },
		"folding":  func() error { _, _, err := fold(context.Background(), s, store.ModelQuery{}); return err },
	} {
		b.Run(name, func(b *testing.B) {
			var turns, readers []time.Duration
			times := 0
			for b.Loop() {
				times += meanwhile(b, s, work, &next, &turns, &readers)
			}
			for name, all := range map[string][]time.Duration{"turn": turns, "reader": readers} {
				slices.Sort(all)
				for at, which := range map[int]string{50: "p50", 99: "p99", 100: "worst"} {
					d := all[(len(all)-1)*at/100]
					b.ReportMetric(float64(d.Microseconds())/1000, which+"-"+name+"-ms")
				}
			}
			b.ReportMetric(float64(times)/float64(b.N), "times/op")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// meanwhile takes a turn and opens a reader every other millisecond, for three
// seconds.
func meanwhile(b *testing.B, s *bolt.Store, work func() error, next *int, turns, readers *[]time.Duration) (times int) {
	ctx, stop := context.WithTimeout(b.Context(), 3*time.Second)
	defer stop()
	every := func(waits *[]time.Duration, do func() error) func() {
		return func() {
			clock := time.NewTicker(2 * time.Millisecond)
			defer clock.Stop()
			for ctx.Err() == nil {
				start := time.Now()
				if err := do(); err != nil {
					b.Error(err)
				}
				*waits = append(*waits, time.Since(start))
				<-clock.C
			}
		}
	}
	var all sync.WaitGroup
	all.Go(every(turns, func() error {
		*next++
		return s.Update(context.Background(), turn(*next))
	}))
	all.Go(every(readers, func() error {
		return s.View(context.Background(), func(r store.Reader) error { _, err := r.Model(1); return err })
	}))
	for ; work != nil && ctx.Err() == nil; times++ {
		if err := work(); err != nil {
			b.Error(err)
		}
	}
	all.Wait()
	return times
}

// BenchmarkUpdate is an update of a model that has ten of them.
func BenchmarkUpdate(b *testing.B) {
	ours, raw := withFacts(b, 2000), withFacts(b, 2000)
	_, _, updates := busyModel(1)
	add := func(n int) func(store.Tx) error {
		return func(tx store.Tx) error {
			p := updates[0]
			p.ID, p.Model, p.At = store.ProgressID(1000+n), store.ModelID(1+n%2000), when.AddDate(1, 0, 0)
			return tx.AddProgress(p)
		}
	}
	sample := recordsOf(b, withFacts(b, 100), add(7))
	race(b,
		func(n int) error { return ours.Update(b.Context(), add(n)) },
		func(n int) error {
			return raw.DB().Update(func(tx *bbolt.Tx) error { return apply(tx, sample) })
		})
}

// BenchmarkLedger reads the lines of a period: 20,000 people, five steps.
func BenchmarkLedger(b *testing.B) {
	s := openTemp(b)
	err := s.Update(b.Context(), func(tx store.Tx) error {
		for i := range 100_000 {
			line := store.Sent{
				Rule: "remind", Period: "dvk-2026-2030/half/2026-12-31", Person: store.PersonID(i / 5), Step: fmt.Sprint("-", i%5),
				At: when.Add(time.Duration(i%5) * 24 * time.Hour), Due: when, Message: store.MessageID(i), Units: []store.UnitCode{"30709"},
			}
			if err := tx.AddSent(line); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("period", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			err := s.View(b.Context(), func(r store.Reader) error { _, err := r.Ledger("dvk-2026-2030/half/2026-12-31"); return err })
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("person", func(b *testing.B) {
		for b.Loop() {
			err := s.View(b.Context(), func(r store.Reader) error { _, err := r.LedgerOf(7, "dvk-2026-2030/half/2026-12-31"); return err })
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
