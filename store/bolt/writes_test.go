package bolt_test

import (
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"danvan/store"
	"danvan/store/bolt"
)

// record is one put, or a delete if value is nil.
type record struct {
	bucket     string
	key, value []byte
}

// recordsOf returns what a closure writes, by comparing the file before and
// after it.
func recordsOf(tb testing.TB, s *bolt.Store, fn func(store.Tx) error) []record {
	tb.Helper()
	before := dump(tb, s)
	if err := s.Update(tb.Context(), fn); err != nil {
		tb.Fatal(err)
	}
	after := dump(tb, s)
	var all []record
	for k, v := range after {
		if old, ok := before[k]; !ok || old != v {
			all = append(all, record{k[0], []byte(k[1]), []byte(v)})
		}
	}
	for k := range before {
		if _, ok := after[k]; !ok {
			all = append(all, record{k[0], []byte(k[1]), nil})
		}
	}
	return all
}

func dump(tb testing.TB, s *bolt.Store) map[[2]string]string {
	tb.Helper()
	all := map[[2]string]string{}
	err := s.DB().View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, bucket *bbolt.Bucket) error {
			return bucket.ForEach(func(k, v []byte) error {
				all[[2]string{string(name), string(k)}] = string(v)
				return nil
			})
		})
	})
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

type writing struct {
	name          string
	fn            func(store.Tx) error
	puts, deletes []string
}

func (c writing) check(t *testing.T, s *bolt.Store) {
	t.Helper()
	puts, deletes := writes(t, s, c.fn)
	if !slices.Equal(puts, c.puts) || !slices.Equal(deletes, c.deletes) {
		t.Errorf("%s puts into %v and deletes from %v, want %v and %v", c.name, puts, deletes, c.puts, c.deletes)
	}
}

// TestWrites holds the numbers of the package doc: what a turn and a delivery
// put and delete.
func TestWrites(t *testing.T) {
	t.Parallel()
	s := openTemp(t)
	var batch []store.Message
	finish := func(tx store.Tx) error { return tx.Finish(batch[0], store.Outcome{At: when, Remote: "77"}) }
	claim := func(tx store.Tx) (err error) {
		batch, err = tx.Claim(when, time.Minute, 1, store.DigestLane)
		return err
	}
	enqueue := func(m store.Message) func(store.Tx) error {
		m.To, m.At = address(1), when
		return func(tx store.Tx) error { _, err := tx.Enqueue(m); return err }
	}
	session := func(revision uint64) func(store.Tx) error {
		return func(tx store.Tx) error { return tx.PutSession(draft(1, revision)) }
	}
	for _, c := range []writing{
		{"accept", func(tx store.Tx) error { return tx.Accept("telegram/1", when) }, []string{"events"}, nil},
		{"new draft", session(1), []string{"sessions", "sessions_by_post"}, nil},
		{"next answer", session(2), []string{"sessions"}, nil},
		{"message", enqueue(store.Message{Track: &store.Track{}}), []string{"outbox", "ready"}, nil},
		{"message behind it", enqueue(store.Message{}), []string{"outbox"}, nil},
		{"message with a key", enqueue(store.Message{Key: "k"}), []string{"message_keys", "outbox"}, nil},
		{"claim", claim, []string{"chats", "parked"}, []string{"ready"}},
		{"finish a tracked one", finish, []string{"delivered", "ready", "remotes"}, []string{"chats", "outbox", "parked"}},
		{"claim the next", claim, []string{"chats", "parked"}, []string{"ready"}},
		{"finish the next", finish, []string{"ready"}, []string{"chats", "outbox", "parked"}},
		{"claim the last", claim, []string{"chats", "parked"}, []string{"ready"}},
		{"finish the last", finish, nil, []string{"chats", "outbox", "parked"}},
	} {
		c.check(t, s)
	}
}

// TestWritesOfFacts holds what models, what happens to them and the records of
// a period write.
func TestWritesOfFacts(t *testing.T) {
	t.Parallel()
	s := openTemp(t)
	m := store.Model{ID: 1, Code: "DVK-1", Unit: "30709", State: store.Waiting}
	put := func(change func(*store.Model)) func(store.Tx) error {
		return func(tx store.Tx) error {
			changed := m
			change(&changed)
			kept, err := tx.PutModel(changed)
			m = kept
			return err
		}
	}
	putUnit := func(name string) func(store.Tx) error {
		return func(tx store.Tx) error { return tx.PutUnit(store.Unit{Code: "1", Name: name}) }
	}
	for _, c := range []writing{
		{"new model", put(func(*store.Model) {}), []string{"facts", "heads", "models", "models_by_code", "models_by_unit", "unchecked"}, nil},
		{"accepted", put(func(m *store.Model) { m.State = store.Accepted }), []string{"facts", "heads", "models"}, []string{"unchecked"}},
		{"last day", put(func(m *store.Model) { m.To = store.DateOf(when) }), []string{"facts", "models", "terms"}, nil},
		{"new text", put(func(m *store.Model) { m.Content = "more" }), []string{"models"}, nil},
		{"new title", put(func(m *store.Model) { m.Title = "better" }), []string{"heads", "models"}, nil},
		{"new kind", put(func(m *store.Model) { m.Kind = store.Individual }), []string{"facts", "models"}, nil},
		{"new field", put(func(m *store.Model) { m.Entries = store.Entries{{Field: "KT"}} }),
			[]string{"facts", "heads", "model_options", "model_options", "models"}, nil},
		{"update", func(tx store.Tx) error { return tx.AddProgress(store.Progress{ID: 2, Model: 1, At: when}) }, []string{"facts", "progress"}, nil},
		{"review", func(tx store.Tx) error { return tx.AddReview(store.Review{ID: 3, Model: 1, At: when}) }, []string{"facts", "reviews"}, nil},
		{"new unit", putUnit("a"), []string{"changes", "editions", "meta", "unit_children", "units"}, nil},
		{"new name", putUnit("b"), []string{"changes", "editions", "meta", "units"}, []string{"changes"}},
		{"handed over", func(tx store.Tx) error { return tx.PutPost(store.Post{ID: "1:officer", Holder: 1}) },
			[]string{"changes", "editions", "meta", "posts", "posts_by_holder", "posts_by_role", "posts_by_unit"}, nil},
		{"special day", func(tx store.Tx) error { return tx.PutSpecialDay(store.SpecialDay{Day: store.DateOf(when)}) }, []string{"meta", "special_days"}, nil},
		{"report", func(tx store.Tx) error { _, err := tx.PutReport(store.Report{Unit: "1", Period: "p"}); return err }, []string{"report_editions", "reports"}, nil},
		{"exception", func(tx store.Tx) error { return tx.AddException(store.Exception{Unit: "1", Period: "p"}) }, []string{"exceptions"}, nil},
		{"line", func(tx store.Tx) error { return tx.AddSent(store.Sent{Rule: "remind", Period: "p"}) }, []string{"ledger"}, nil},
		{"deferral", func(tx store.Tx) error { return tx.PutDeferral(store.Deferral{Period: "p"}) }, []string{"deferrals"}, nil},
		{"audit line", func(tx store.Tx) error { return tx.AddAudit(store.Audit{ID: 1, Subject: "model/1"}) }, []string{"audit", "meta"}, nil},
		{"with values", func(tx store.Tx) error { return tx.AddAudit(store.Audit{ID: 2, Subject: "model/1", New: "done"}) },
			[]string{"audit", "audit_values", "meta"}, nil},
		{"snapshot", func(tx store.Tx) error { return tx.PutSnapshot(store.Snapshot{Period: "p"}) }, []string{"snapshots"}, nil},
	} {
		c.check(t, s)
	}
}

// writes names the buckets that a closure puts into and deletes from, once for
// each key.
func writes(t *testing.T, s *bolt.Store, fn func(store.Tx) error) (puts, deletes []string) {
	t.Helper()
	for _, r := range recordsOf(t, s, fn) {
		if r.value == nil {
			deletes = append(deletes, r.bucket)
		} else {
			puts = append(puts, r.bucket)
		}
	}
	slices.Sort(puts)
	slices.Sort(deletes)
	return puts, deletes
}
