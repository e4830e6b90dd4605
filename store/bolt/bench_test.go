package bolt_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"danvan/store"
	"danvan/store/bolt"
)

// The disk is noisy, so every benchmark that commits is interleaved with raw
// bbolt Updates of the same keys and bytes in a file that was prepared in the
// same way, and reports the ratio of the medians.

// draft is a session of fifteen answers, about 2 kB of JSON.
func draft(id store.SessionID, revision uint64) store.Session {
	s := store.Session{
		ID: id, Post: "30709:officer", Person: 7, Form: "register", Version: 3, Hash: "c0ffee12",
		Revision: revision, At: "content", Card: 812, Created: when, Touched: when,
	}
	for i := range 15 {
		s.Answers = append(s.Answers, store.Answer{
			Field: fmt.Sprintf("field_%d", i), Source: fmt.Sprint(40_000 + i),
			Text: strings.Repeat("Vận động nhân dân hiến đất làm đường ", 2),
		})
	}
	return s
}

// question is a reply with buttons, about 1 kB of JSON.
func question(chat int) store.Message {
	m := store.Message{
		To: address(chat), Kind: store.Send, At: when, Track: &store.Track{Session: 5, Field: "content", Revision: 9},
		Text: strings.Repeat("<b>Nội dung</b> của mô hình là gì? ", 12),
	}
	for i := range 4 {
		m.Buttons = append(m.Buttons, []store.Button{{Text: "Để sau, tôi chưa rõ", Data: fmt.Sprintf("a:k3f9x2:9:content:%d", i)}})
	}
	return m
}

const benchSessions = 2000

func turn(n int) func(store.Tx) error {
	return func(tx store.Tx) error {
		if err := tx.Accept(fmt.Sprintf("telegram/%d", 500_000_000+n), when); err != nil {
			return err
		}
		if err := tx.PutSession(draft(store.SessionID(1+n%benchSessions), uint64(n))); err != nil {
			return err
		}
		_, err := tx.Enqueue(question(n))
		return err
	}
}

// benchStore is a store with drafts in it.
func benchStore(b *testing.B) *bolt.Store {
	b.Helper()
	s := openTemp(b)
	err := s.Update(b.Context(), func(tx store.Tx) error {
		for id := range benchSessions {
			if err := tx.PutSession(draft(store.SessionID(id+1), 1)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// apply does with bbolt alone what a closure did through the store.
func apply(tx *bbolt.Tx, records []record) error {
	var errs []error
	for _, r := range records {
		bucket := tx.Bucket([]byte(r.bucket))
		if r.value == nil {
			errs = append(errs, bucket.Delete(r.key))
		} else {
			errs = append(errs, bucket.Put(r.key, r.value))
		}
	}
	return errors.Join(errs...)
}

// race takes turns between two ways of doing the same and reports the ratio of
// their medians.
func race(b *testing.B, ours, raw func(n int) error) {
	b.Helper()
	var a, z []time.Duration
	for n := 0; b.Loop(); n++ {
		start := time.Now()
		if err := ours(n); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		if err := raw(n); err != nil {
			b.Fatal(err)
		}
		a, z = append(a, middle.Sub(start)), append(z, time.Since(middle))
	}
	slices.Sort(a)
	slices.Sort(z)
	b.ReportMetric(float64(a[len(a)/2].Microseconds()), "ours-µs")
	b.ReportMetric(float64(z[len(z)/2].Microseconds()), "raw-µs")
	b.ReportMetric(float64(a[len(a)/2])/float64(z[len(z)/2]), "ours/raw")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkIdleTurn is one officer alone: a durable turn, waited for.
func BenchmarkIdleTurn(b *testing.B) {
	ours, raw := benchStore(b), benchStore(b)
	sample := benchStore(b)
	var all [][]record
	for n := range 64 {
		all = append(all, recordsOf(b, sample, turn(n)))
	}
	race(b,
		func(n int) error { return ours.Update(b.Context(), turn(n)) },
		func(n int) error {
			return raw.DB().Update(func(tx *bbolt.Tx) error {
				if _, err := tx.Bucket([]byte("meta")).NextSequence(); err != nil {
					return err
				}
				return apply(tx, fresh(all[n%len(all)], n))
			})
		})
}

// fresh gives the keys that grow their next value, so that a repeated sample
// appends as the original did.
func fresh(sample []record, n int) []record {
	all := slices.Clone(sample)
	for i, r := range all {
		switch r.bucket {
		case "events", "outbox", "ready":
			all[i].key = fmt.Appendf(nil, "%.*s%08d", max(len(r.key)-8, 0), r.key, n)
		}
	}
	return all
}

// BenchmarkIdleDelivery is one row that is queued, claimed and finished, in
// three commits.
func BenchmarkIdleDelivery(b *testing.B) {
	ours, raw := benchStore(b), benchStore(b)
	sample := benchStore(b)
	enqueueOne := func(tx store.Tx) error { _, err := tx.Enqueue(question(1)); return err }
	var batch []store.Message
	claimOne := func(tx store.Tx) (err error) {
		batch, err = tx.Claim(when, time.Minute, 10, store.DigestLane)
		return err
	}
	finishOne := func(tx store.Tx) error { return tx.Finish(batch[0], store.Outcome{At: when, Remote: "1"}) }
	row := recordsOf(b, sample, enqueueOne)
	claimed, finished := recordsOf(b, sample, claimOne), recordsOf(b, sample, finishOne)
	race(b,
		func(int) error {
			return errors.Join(
				ours.Update(b.Context(), enqueueOne), ours.Update(b.Context(), claimOne), ours.Update(b.Context(), finishOne))
		},
		func(int) error {
			var errs []error
			for _, records := range [][]record{row, claimed, finished} {
				errs = append(errs, raw.DB().Update(func(tx *bbolt.Tx) error { return apply(tx, records) }))
			}
			return errors.Join(errs...)
		})
}

// BenchmarkCrowd is 256 people at once. The calibration writes the same
// records, as many per commit as the writer grouped, from one goroutine.
func BenchmarkCrowd(b *testing.B) {
	s, raw := benchStore(b), benchStore(b)
	sample := recordsOf(b, benchStore(b), turn(0))
	var next atomic.Int64
	commits := s.Commits()
	start := time.Now()
	b.SetParallelism(128) // for each of two processors
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := s.Update(context.Background(), turn(int(next.Add(1)))); err != nil {
				b.Error(err)
				return
			}
		}
	})
	ours := float64(b.N) / time.Since(start).Seconds()
	perCommit := max(b.N/max(s.Commits()-commits, 1), 1)
	start = time.Now()
	for n := 0; n < b.N; n += perCommit {
		err := raw.DB().Update(func(tx *bbolt.Tx) error {
			var errs []error
			for i := range perCommit {
				errs = append(errs, apply(tx, fresh(sample, n+i)))
			}
			return errors.Join(errs...)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(ours, "turns/s")
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "raw-turns/s")
	b.ReportMetric(float64(perCommit), "turns/commit")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkCrowdDelivery is a sender with 32 rows in flight: one claim, then
// finishes from as many goroutines.
func BenchmarkCrowdDelivery(b *testing.B) {
	s := benchStore(b)
	err := s.Update(b.Context(), func(tx store.Tx) error {
		for n := range b.N {
			if _, err := tx.Enqueue(question(n)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	start := time.Now()
	for sent := 0; sent < b.N; {
		var batch []store.Message
		err := s.Update(b.Context(), func(tx store.Tx) (err error) {
			batch, err = tx.Claim(when, time.Minute, 32, store.DigestLane)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		sent += len(batch)
		var all sync.WaitGroup
		for _, m := range batch {
			all.Go(func() {
				err := s.Update(context.Background(), func(tx store.Tx) error {
					return tx.Finish(m, store.Outcome{At: when, Remote: fmt.Sprint(m.ID)})
				})
				if err != nil {
					b.Error(err)
				}
			})
		}
		all.Wait()
	}
	b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "deliveries/s")
	b.ReportMetric(0, "ns/op")
}

// withModels is a store of n models in 130 units, at a path of its own.
func withModels(b *testing.B, n int) (s *bolt.Store, path string) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "danvan.db")
	s, err := bolt.Open(path, bolt.Options{})
	for from := 0; err == nil && from < n; from += 2000 {
		err = s.Update(b.Context(), func(tx store.Tx) error {
			for i := from; i < min(from+2000, n); i++ {
				if _, err := tx.PutModel(benchModel(i)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil {
		b.Fatal(err)
	}
	return s, path
}

func benchModel(i int) store.Model {
	long := strings.Repeat("Tuyên truyền, vận động nhân dân cùng tham gia. ", 4)
	return store.Model{
		ID: store.ModelID(i + 1), Code: fmt.Sprintf("DVK-%05d-2026-%04d", i%130, i/130), Unit: store.UnitCode(fmt.Sprintf("%05d", i%130)),
		Entries: store.Entries{{Campaign: "2026", Field: []string{"KT", "VHXH", "QPAN", "HTCT"}[i%4]}},
		Year:    2026, Title: "Tuyến đường hoa nông thôn mới kiểu mẫu", Fold: fmt.Sprint("tuyen duong hoa nong thon moi kieu mau ", i),
		State: store.States[i%8], Place: "Ấp Phú Đa", Problem: long, Target: long, Content: long,
		RegisteredAt: when, ProgressAt: when,
	}
}

func BenchmarkHeads(b *testing.B) {
	for _, n := range []int{12_000, 100_000} {
		s, _ := withModels(b, n)
		defer func() { _ = s.Close() }()
		b.Run(fmt.Sprintf("%d/touch", n), func(b *testing.B) { // the calibration
			for b.Loop() {
				err := s.DB().View(func(tx *bbolt.Tx) error {
					return tx.Bucket([]byte("heads")).ForEach(func(k, v []byte) error { return nil })
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
		for name, q := range map[string]store.ModelQuery{
			"all":      {},
			"filtered": {States: []store.State{store.Doing}, Fields: []string{"HTCT", "QPAN"}, Words: []string{"hoa", "99"}},
			"newest10": {States: []store.State{store.Doing}, Limit: 10},
			"unit":     {In: store.NewSubtree("00042")},
		} {
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				b.ReportAllocs()
				found := 0
				for b.Loop() {
					err := s.View(b.Context(), func(r store.Reader) error {
						all, err := r.Heads(q)
						found = len(all)
						return err
					})
					if err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(found), "found")
			})
		}
	}
}

// BenchmarkSearch is what somebody waits for who types a few words: 100,000
// models in a province of 130 units, of which few or none match.
func BenchmarkSearch(b *testing.B) {
	s, _ := withModels(b, 100_000)
	defer mustClose(b, s)
	province := make([]store.UnitCode, 130)
	for i := range province {
		province[i] = store.UnitCode(fmt.Sprintf("%05d", i))
	}
	for _, words := range [][]string{{"hoa"}, {"kieu", "mau", "99999"}, {"cay", "xanh"}} {
		for name, in := range map[string]*store.Subtree{"everywhere": nil, "province": store.NewSubtree(province...)} {
			b.Run(strings.Join(words, "+")+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					err := s.View(b.Context(), func(r store.Reader) error {
						_, err := r.Heads(store.ModelQuery{In: in, Words: words, Limit: 8})
						return err
					})
					if err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkOpen100kModels(b *testing.B) {
	s, path := withModels(b, 100_000)
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := bolt.Open(path, bolt.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLongReader holds one reader for two seconds and reports the longest
// that a turn and a new reader had to wait meanwhile.
func BenchmarkLongReader(b *testing.B) {
	s := benchStore(b)
	for b.Loop() {
		release := make(chan struct{})
		var all sync.WaitGroup
		all.Go(func() {
			_ = s.View(context.Background(), func(store.Reader) error { <-release; return nil })
		})
		var write, read time.Duration
		turns := 0
		all.Go(func() {
			write, turns = worst(release, func(n int) error { return s.Update(context.Background(), turn(n)) })
		})
		all.Go(func() {
			read, _ = worst(release, func(int) error {
				return s.View(context.Background(), func(r store.Reader) error { _, err := r.Session(1); return err })
			})
		})
		time.Sleep(2 * time.Second)
		close(release)
		all.Wait()
		b.ReportMetric(float64(write.Microseconds())/1000, "worst-turn-ms")
		b.ReportMetric(float64(read.Microseconds())/1000, "worst-reader-ms")
		b.ReportMetric(float64(turns)/2, "turns/s")
	}
}

// worst repeats something until the channel is closed.
func worst(until chan struct{}, do func(n int) error) (longest time.Duration, n int) {
	for base := int(time.Now().UnixNano() % 1e8); ; n++ {
		select {
		case <-until:
			return longest, n
		default:
		}
		start := time.Now()
		if err := do(base + n); err != nil {
			return time.Hour, n
		}
		longest = max(longest, time.Since(start))
	}
}

// BenchmarkCodec is what a turn and a delivery pay for JSON.
func BenchmarkCodec(b *testing.B) {
	s := benchStore(b)
	b.Run("get session", func(b *testing.B) {
		for b.Loop() {
			err := s.View(b.Context(), func(r store.Reader) error { _, err := r.Session(7); return err })
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("put session", func(b *testing.B) { // without a commit
		for b.Loop() {
			err := s.Update(b.Context(), func(tx store.Tx) error {
				return errors.Join(tx.PutSession(draft(7, 2)), errStop)
			})
			if err == nil {
				b.Fatal("it was kept")
			}
		}
	})
}

// BenchmarkHandover is what the writer's goroutine costs a lone caller: an
// update that writes nothing.
func BenchmarkHandover(b *testing.B) {
	s := benchStore(b)
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			_ = s.Update(b.Context(), func(store.Tx) error { return nil })
		}
	})
	b.Run("raw", func(b *testing.B) {
		for b.Loop() {
			_ = s.DB().Update(func(*bbolt.Tx) error { return errStop })
		}
	})
}
