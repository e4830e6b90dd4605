package bolt_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"danvan/store"
	"danvan/store/bolt"
)

// busyModel is a model with a review and n updates, as an officer makes them.
func busyModel(n int) (store.Model, []store.Review, []store.Progress) {
	m := benchModel(4)
	m.Kind, m.Registrants = store.Collective, []store.Registrant{{Name: "Chi bộ ấp Phú Đa"}, {Name: "Ông Tám", Kind: store.Individual}}
	m.Entries[0].Origin, m.Entries[0].TitleGroup = store.New, "NTM"
	m.Tags, m.State = []string{"TG", "DT"}, store.Accepted
	var updates []store.Progress
	for i := range n {
		at := when.AddDate(0, 0, 7*i)
		updates = append(updates, store.Progress{
			ID: store.ProgressID(i + 1), Model: m.ID, At: at, Day: store.DateOf(at), Was: store.Doing, State: store.Doing, Basis: store.Added,
			Results:  []store.Quantity{{Metric: "m2", Value: store.Whole(int64(150 * i))}, {Metric: "workday", Value: store.Whole(20), Qualifier: store.Over}},
			Money:    []store.Money{{VND: 12_500_000, Part: store.People}},
			Evidence: []store.Evidence{{ID: "AgACAgUAAxkBAAIB"}},
		})
	}
	v := store.Review{ID: 900, Model: m.ID, At: when.AddDate(0, 0, -1), Was: store.Waiting, State: store.Accepted}
	return m, []store.Review{v}, updates
}

// FuzzFact feeds facts that a damaged file might hold: they are refused or
// read, never a panic; what can be read takes a step more, and one that is
// refused takes none.
func FuzzFact(f *testing.F) {
	for _, n := range []int{0, 3} {
		b, err := bolt.PackFact(busyModel(n))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)-3])
	}
	f.Add([]byte{2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Add([]byte{2, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		fact, err := bolt.UnpackFact(7, b)
		more := store.Progress{ID: 1 << 50, At: when.AddDate(1000, 0, 0), Was: "was", State: "is"}
		longer, addErr := bolt.AddToFact(b, more)
		if err != nil {
			return
		}
		if addErr != nil {
			t.Fatalf("a fact that can be read takes no step: %v", addErr)
		}
		again, err := bolt.UnpackFact(7, longer)
		if err != nil || len(again.Steps) != len(fact.Steps)+1 {
			t.Fatalf("%d steps and one more are %d, %v", len(fact.Steps), len(again.Steps), err)
		}
		i := slices.IndexFunc(again.Steps, func(s store.FactStep) bool { return s.Row == more.ID })
		again.Steps = slices.Delete(again.Steps, i, i+1)
		if len(fact.Steps) == 0 || i == 0 {
			again.State = fact.State // it is the first step's to say
		}
		if d := cmp.Diff(fact, again, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("the other steps changed (-want +got):\n%s", d)
		}
	})
}

// FuzzSent does the same for lines of the ledger.
func FuzzSent(f *testing.F) {
	f.Add(bolt.PackSent(store.Sent{}))
	f.Add(bolt.PackSent(store.Sent{Rule: "remind", Period: "dvk/half/2026-12-31", Person: 7, Step: "-3", At: when, Units: []store.UnitCode{"30709"}}))
	f.Add(bolt.PackSent(store.Sent{Rule: "nudge", Period: "dvk/half/2026-12-31", Person: 7, Step: "2026-12-17/30709", At: when, By: "91/coordinator"}))
	f.Add([]byte{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := bolt.UnpackSent(b)
		if err != nil {
			return
		}
		again, err := bolt.UnpackSent(bolt.PackSent(s))
		if d := cmp.Diff(s, again); d != "" || err != nil {
			t.Errorf("packed again, %v (-want +got):\n%s", err, d)
		}
	})
}
