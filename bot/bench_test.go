package bot_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"danvan/bot"
	"danvan/bot/bottest"
	"danvan/store"

	"go.etcd.io/bbolt"
	"golang.org/x/sync/errgroup"
)

// The disk is noisy, so what commits is measured beside bbolt alone, which
// writes the same keys and bytes in the same run.

// crowd is how many people are at work at once.
const crowd = 256

// BenchmarkIdleTurn is one officer alone who registers models: each answer is
// a turn, waited for until it is durable. What is said is delivered between the
// turns, and not measured. raw is an Update of the same records.
func BenchmarkIdleTurn(b *testing.B) {
	c := bottest.NewCountry(b, 2000)
	danvan := c.Bot(c.Store)
	handle := func(ev bot.Event) error { _, err := danvan.Handle(b.Context(), ev); return err }
	var turns, deliveries [][]record
	for _, text := range bottest.Typed(0) {
		turns = append(turns, recordsOf(c, func() error { return handle(c.Says(0, text)) }))
		deliveries = append(deliveries, recordsOf(c, func() error { _, err := c.Deliver(b.Context()); return err }))
	}
	raw := copied(c)
	var ours, theirs []time.Duration
	for n := 0; b.Loop(); n++ {
		form, step := 1+n/len(turns), n%len(turns)
		ev := c.Says(form%1999+1, bottest.Typed(form)[step])
		start := time.Now()
		err := handle(ev)
		middle := time.Now()
		err = errors.Join(err, raw.Update(apply(turns[step])))
		ours, theirs = append(ours, middle.Sub(start)), append(theirs, time.Since(middle))
		said, failed := c.Deliver(b.Context())
		if err := errors.Join(err, failed, raw.Update(apply(deliveries[step]))); err != nil {
			b.Fatal(err)
		}
		if step == len(turns)-1 && !strings.Contains(said[len(said)-1].Text, "DVK-") {
			b.Fatalf("the form did not lead to a code but to %q", said[len(said)-1].Text)
		}
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	at := func(all []time.Duration, part float64) float64 {
		return float64(all[int(part*float64(len(all)))]) / 1000
	}
	b.ReportMetric(at(ours, 0.5), "ours-µs")
	b.ReportMetric(at(theirs, 0.5), "raw-µs")
	b.ReportMetric(at(ours, 0.5)/at(theirs, 0.5), "ours/raw")
	// What other work on the machine disturbs least.
	b.ReportMetric(at(ours, 0.1)/at(theirs, 0.1), "fastest-tenth-ours/raw")
	b.ReportMetric(0, "ns/op")
}

// apply does with bbolt alone what a turn did.
func apply(records []record) func(*bbolt.Tx) error {
	return func(tx *bbolt.Tx) error {
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
}

// BenchmarkCrowd is 256 officers who register models at once. raw writes the
// records of their turns, all of one question in a commit.
func BenchmarkCrowd(b *testing.B) {
	c := bottest.NewCountry(b, crowd)
	danvan := c.Bot(c.Store)
	var rounds [][]record
	for step := range bottest.Typed(0) {
		rounds = append(rounds, recordsOf(c, func() error {
			var all errgroup.Group
			for officer := range crowd {
				all.Go(func() error {
					_, err := danvan.Handle(b.Context(), c.Says(officer, bottest.Typed(0)[step]))
					return err
				})
			}
			return all.Wait()
		}))
	}
	raw := copied(c)
	before := commits(b, raw)
	var next atomic.Int64
	b.ResetTimer()
	start := time.Now()
	b.SetParallelism(crowd / 2) // for each of two processors
	b.RunParallel(func(pb *testing.PB) {
		officer := int(next.Add(1) - 1)
		for n := 1; ; n++ {
			for _, text := range bottest.Typed(n) {
				if !pb.Next() {
					return
				}
				if _, err := danvan.Handle(context.Background(), c.Says(officer, text)); err != nil {
					b.Error(err)
				}
			}
		}
	})
	ours := float64(b.N) / time.Since(start).Seconds()
	b.StopTimer()
	if made, err := models(b.Context(), c); err != nil || made < b.N/len(rounds) {
		b.Fatalf("%d turns made %d models: %v", b.N, made-crowd, err)
	}
	group := b.N / max(commits(b, copied(c))-before, 1)
	start = time.Now()
	n := 0
	for ; n*crowd < b.N; n++ {
		if err := raw.Update(apply(rounds[n%len(rounds)])); err != nil {
			b.Fatal(err)
		}
	}
	theirs := float64(n*crowd) / time.Since(start).Seconds()
	b.ReportMetric(ours, "turns/s")
	b.ReportMetric(theirs, "raw-turns/s")
	b.ReportMetric(ours/theirs, "ours/raw")
	b.ReportMetric(float64(group), "turns/commit")
	b.ReportMetric(0, "ns/op")
}

// commits is how many commits a file has seen.
func commits(b *testing.B, db *bbolt.DB) (n int) {
	b.Helper()
	if err := db.View(func(tx *bbolt.Tx) error { n = tx.ID(); return nil }); err != nil {
		b.Fatal(err)
	}
	return n
}

// rehearsed runs turns and takes them back.
type rehearsed struct{ store.Store }

var errRehearsed = errors.New("taken back")

func (r rehearsed) Update(ctx context.Context, fn func(store.Tx) error) error {
	err := r.Store.Update(ctx, func(tx store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
}

// BenchmarkTurn is what a turn costs without its commit: engine, rights,
// rendering, codec. One officer stands at each step of the registration.
func BenchmarkTurn(b *testing.B) {
	steps := bottest.Typed(0)
	c := bottest.NewCountry(b, 2000)
	live, danvan := c.Bot(c.Store), c.Bot(rehearsed{c.Store})
	for officer := range steps {
		for _, text := range steps[:officer] {
			if _, err := live.Handle(b.Context(), c.Says(officer, text)); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := c.Deliver(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	measure := func(b *testing.B, step func(n int) int) {
		b.ReportAllocs()
		since := processor()
		n := 0
		for ; b.Loop(); n++ {
			if _, err := danvan.Handle(b.Context(), c.Says(step(n), steps[step(n)])); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64((processor()-since).Microseconds())/float64(n), "cpu-µs/op")
	}
	b.Run("all", func(b *testing.B) { measure(b, func(n int) int { return n % len(steps) }) })
	for step, text := range steps {
		b.Run(fmt.Sprintf("%02d %.12s", step+1, text), func(b *testing.B) { measure(b, func(int) int { return step }) })
	}
}

// processor returns the time that this process has used on all processors. On
// a machine with other work it tells more than the clock.
func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// models counts what was registered.
func models(ctx context.Context, c *bottest.Country) (n int, err error) {
	err = c.Store.View(ctx, func(r store.Reader) error {
		heads, err := r.Heads(store.ModelQuery{})
		n = len(heads)
		return err
	})
	return n, err
}

// copied is a copy of the store's file, opened with bbolt alone and the same
// settings.
func copied(c *bottest.Country) *bbolt.DB {
	c.TB.Helper()
	path := c.Copy()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoFreelistSync: true, InitialMmapSize: 8 << 30})
	if err != nil {
		c.TB.Fatal(err)
	}
	c.TB.Cleanup(func() { bottest.Must(c.TB, errors.Join(db.Close(), os.Remove(path))) })
	return db
}

// record is one put into a bucket, or a delete if value is nil.
type record struct {
	bucket     string
	key, value []byte
}

// recordsOf returns what something writes, by comparing the file before and
// after it.
func recordsOf(c *bottest.Country, do func() error) []record {
	c.TB.Helper()
	before := dump(c)
	if err := do(); err != nil {
		c.TB.Fatal(err)
	}
	after := dump(c)
	var all []record
	for at, v := range after {
		if old, ok := before[at]; !ok || old != v {
			bucket, key, _ := strings.Cut(at, "/")
			all = append(all, record{bucket, []byte(key), []byte(v)})
		}
	}
	maps.DeleteFunc(before, func(at, _ string) bool { _, there := after[at]; return there })
	for at := range before {
		bucket, key, _ := strings.Cut(at, "/")
		all = append(all, record{bucket: bucket, key: []byte(key)})
	}
	return all
}

// dump is the whole file: bucket/key and value.
func dump(c *bottest.Country) map[string]string {
	c.TB.Helper()
	all := map[string]string{}
	db := copied(c)
	err := db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, bucket *bbolt.Bucket) error {
			return bucket.ForEach(func(k, v []byte) error {
				all[string(name)+"/"+string(k)] = string(v)
				return nil
			})
		})
	})
	if err := errors.Join(err, db.Close()); err != nil {
		c.TB.Fatal(err)
	}
	return all
}
