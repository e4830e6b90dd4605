package figures_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"danvan/store"
	"danvan/store/figures"
)

// province makes n models of 102 places with ten updates each, half a year's
// worth before the period and half in it.
func province(n int) (figures.Query, []store.Fact, []store.Unit) {
	places := []store.Unit{{Code: "91", Name: "Tỉnh An Giang", Kind: store.Province}}
	for i := range 101 {
		places = append(places, store.Unit{Code: store.UnitCode(fmt.Sprintf("%05d", 30000+i)), Name: fmt.Sprintf("Xã %d", i), Kind: store.Commune, Parent: "91"})
	}
	q := half()
	q.Subtree = codes(places)
	q.Submissions = nil
	list := make([]store.Fact, n)
	for i := range list {
		f := accepted(store.ModelID(i + 1))
		f.Unit = places[i%len(places)].Code
		f.Entries[0].Field = []string{"KT", "VHXH", "QPAN", "HTCT"}[i%4]
		f.Registered = at(2023, 7, 1, 0).Add(time.Duration(i%8000) * time.Hour)
		f.Registrants = []store.Registrant{{Name: fmt.Sprintf("Chi bộ ấp số %d", i%(n/3+1))}}
		f.Steps[0].At = f.Registered.Add(time.Hour)
		for j := range 10 {
			s := update(store.ProgressID(j+1), f.Registered.Add(time.Duration(j+1)*240*time.Hour), store.Doing)
			s.Basis = []store.Basis{store.Added, store.Cumulative}[j%2]
			s.Results = []store.Quantity{{Metric: "m2", Value: store.Whole(int64(100 + j))}, {Metric: "workday", Value: store.Whole(12)}}
			s.Money = []store.Money{{VND: 5_000_000, Part: store.People}}
			f.Steps = append(f.Steps, s)
		}
		list[i] = f
	}
	return q, list, places
}

// BenchmarkCalibration walks the same steps and adds up one number: the least
// that figures could cost.
func BenchmarkCalibration(b *testing.B) {
	for _, n := range []int{12_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			_, list, _ := province(n)
			b.ReportAllocs()
			for b.Loop() {
				var total int64
				for i := range list {
					for j := range list[i].Steps {
						for _, q := range list[i].Steps[j].Results {
							total += int64(q.Value)
						}
					}
				}
				if total == 0 {
					b.Fatal("nothing was added")
				}
			}
		})
	}
}

func BenchmarkCompute(b *testing.B) {
	for _, n := range []int{12_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			q, list, places := province(n)
			b.ReportAllocs()
			for b.Loop() {
				if f := figures.Compute(q, list, places); f.Count(figures.Registered) == 0 {
					b.Fatal("nothing was counted")
				}
			}
		})
	}
}

// BenchmarkDigest makes everything that a digest says: three periods, the
// tables with their comparison, the sentence and the reconciliation.
func BenchmarkDigest(b *testing.B) {
	for _, n := range []int{12_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			q, list, places := province(n)
			v := voice(b, "vi")
			b.ReportAllocs()
			for b.Loop() {
				digest(q, list, places, v)
			}
		})
	}
}

func digest(q figures.Query, list []store.Fact, places []store.Unit, v figures.Voice) ([]figures.Table, string) {
	periods := []figures.Span{q.Period, {From: day(2023, 7, 1), To: day(2023, 12, 31)}, q.Period.YearBefore()}
	made := make([]*figures.Figures, len(periods))
	var wait sync.WaitGroup
	for i, p := range periods {
		wait.Go(func() {
			query := q
			query.Period = p
			made[i] = figures.Compute(query, list, places)
		})
	}
	wait.Wait()
	f := made[0]
	return f.Tables(v, halfHeading(), figures.Against{Previous: made[1], YearBefore: made[2]}), f.Sentence(v, halfHeading()) + f.Reconciled(v)
}

func BenchmarkFreeze(b *testing.B) {
	q, list, places := province(12_000)
	f := figures.Compute(q, list, places)
	b.ReportAllocs()
	for b.Loop() {
		z, err := f.Freeze()
		must(b, err)
		b.SetBytes(int64(len(z)))
	}
}

func BenchmarkThaw(b *testing.B) {
	q, list, places := province(12_000)
	s, err := figures.Compute(q, list, places).Snapshot("p", "91", q.AsOf)
	must(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_, err := figures.Thaw(s)
		must(b, err)
	}
}
