package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"danvan/store"
)

func headCases() []testCase {
	return []testCase{
		{"every field", headKeepsFields},
		{"follow their model", headsFollow},
		{"any query", anyQuery},
		{"only nearby", onlyNearby},
	}
}

func heads(t *testing.T, s store.Store, q store.ModelQuery) []store.Head {
	t.Helper()
	return read(t, s, func(r store.Reader) ([]store.Head, error) { return r.Heads(q) })
}

func headKeepsFields(t *testing.T, s store.Store) {
	m := filled[store.Model](&filler{zone: when.Location()})
	m.Revision = 0
	m = putModel(t, s, m)
	bare := putModel(t, s, store.Model{ID: m.ID + 1})
	same(t, "heads", heads(t, s, store.ModelQuery{}), []store.Head{bare.Head(), m.Head()})
}

func headsFollow(t *testing.T, s store.Store) {
	m := putModel(t, s, store.Model{ID: 5, Unit: "1", State: store.Waiting, Fold: "duong be tong"})
	m.Unit, m.State, m.Fold = "12", store.Accepted, "duong hoa"
	m = putModel(t, s, m)
	same(t, "of the old unit", heads(t, s, store.ModelQuery{In: store.NewSubtree("1")}), nil)
	same(t, "of the new unit", heads(t, s, store.ModelQuery{In: store.NewSubtree("12")}), []store.Head{m.Head()})
	same(t, "in the old state", heads(t, s, store.ModelQuery{States: []store.State{store.Waiting}}), nil)
	same(t, "with the old words", heads(t, s, store.ModelQuery{Words: []string{"tong"}}), nil)
}

// onlyNearby looks at as many models as it may, and at no more.
func onlyNearby(t *testing.T, s store.Store) {
	for i := range 3 {
		putModel(t, s, store.Model{ID: store.ModelID(i + 1), Unit: "1", State: store.Waiting})
	}
	many := store.NewSubtree("1")
	for i := range 100 {
		many = store.NewSubtree(append(many.Codes(), store.UnitCode(fmt.Sprint("9", i)))...)
	}

	for name, q := range map[string]store.ModelQuery{
		"of a unit": {In: store.NewSubtree("1")}, "of many units": {In: many}, "of all": {}, "that wait": {Unchecked: true},
	} {
		q.Nearby = 3
		same(t, name+", near enough", len(heads(t, s, q)), 3)
		q.Nearby = 2
		err := s.View(t.Context(), func(r store.Reader) error {
			_, err := r.Heads(q)
			return err
		})
		if !errors.Is(err, store.ErrFar) {
			t.Errorf("%s, too far: %v, want %v", name, err, store.ErrFar)
		}
	}
}

// anyQuery compares with a filter that a reader can check by eye.
func anyQuery(t *testing.T, s store.Store) {
	all, unchecked := scatterModels(t, s, 120)
	rapid.Check(t, func(rt *rapid.T) {
		q := drawQuery(rt)
		var got []store.Head
		err := s.View(t.Context(), func(r store.Reader) (err error) {
			got, err = r.Heads(q)
			return err
		})
		if err != nil {
			rt.Fatalf("heads: %v", err)
		}
		want := filterHeads(all, unchecked, q)
		if !slices.EqualFunc(got, want, func(a, b store.Head) bool { return reflect.DeepEqual(a, b) }) {
			rt.Fatalf("query %+v\ngot  %v\nwant %v", q, got, want)
		}
	})
}

var (
	someUnits  = []store.UnitCode{"1", "10", "100", "30709", ""}
	someFields = []string{"KT", "VHXH", "QPAN", ""}
	// Of some models the campaign and the field that are wanted are those of two
	// entries: that is no match.
	someEntries = []store.Entries{
		{{Campaign: "0", Field: "KT"}}, {{Campaign: "1", Field: "VHXH"}}, {{Campaign: "0", Field: "QPAN"}, {Campaign: "1", Field: "KT"}},
		{{Campaign: "1"}}, {{Campaign: "1", Field: "KT"}, {Campaign: "0", Field: "VHXH"}}, nil,
	}
	someWords = []string{"duong", "hoa", "be tong", "ha", "o"}
)

// scatterModels keeps n models whose parts go through all combinations, and
// returns their heads, newest first, and which of them wait for a check. Each
// was waiting once: what waits no longer must not be found.
func scatterModels(t *testing.T, s store.Store, n int) ([]store.Head, map[store.ModelID]bool) {
	t.Helper()
	var all []store.Head
	unchecked := map[store.ModelID]bool{}
	update(t, s, func(tx store.Tx) error {
		all = nil
		for i := range n {
			id := store.ModelID(1 + (i*77)%1000) // not in the order of ids
			m, err := tx.PutModel(store.Model{
				ID: id, Code: fmt.Sprint("DVK-", id), Unit: someUnits[i%len(someUnits)],
				Entries: someEntries[i%len(someEntries)],
				Year:    2024 + i%3, State: store.Waiting,
				Title: "Đường", Fold: someWords[i%4] + " " + someWords[i%3], ProgressAt: when,
			})

			if err != nil {
				return err
			}

			if m.State = store.States[i%len(store.States)]; i%4 == 0 {
				m.ConfirmedAt = when
			}
			if m, err = tx.PutModel(m); err != nil {
				return err
			}
			unchecked[m.ID] = m.State == store.Waiting || m.State == store.Done && i%4 != 0
			all = append(all, m.Head())
		}
		return nil
	})

	slices.SortFunc(all, func(a, b store.Head) int { return int(b.ID) - int(a.ID) })
	return all, unchecked
}

func drawQuery(rt *rapid.T) store.ModelQuery {
	var in *store.Subtree
	if rapid.Bool().Draw(rt, "subtree") {
		in = store.NewSubtree(rapid.SliceOfN(rapid.SampledFrom(append(someUnits, "3070")), 0, 4).Draw(rt, "in")...)
		for i := range rapid.SampledFrom([]int{0, 0, 100}).Draw(rt, "more") { // of which nothing is known
			in = store.NewSubtree(append(in.Codes(), store.UnitCode(fmt.Sprint("9", i)))...)
		}
	}
	return store.ModelQuery{
		In:        in,
		Campaign:  rapid.SampledFrom([]store.CampaignID{"", "0", "1", "2"}).Draw(rt, "campaign"),
		States:    rapid.SliceOfN(rapid.SampledFrom(store.States), 0, 3).Draw(rt, "states"),
		Fields:    rapid.SliceOfN(rapid.SampledFrom(someFields), 0, 2).Draw(rt, "fields"),
		Year:      rapid.SampledFrom([]int{0, 2024, 2025, 2030}).Draw(rt, "year"),
		Words:     rapid.SliceOfN(rapid.SampledFrom(someWords), 0, 2).Draw(rt, "words"),
		Unchecked: rapid.Bool().Draw(rt, "unchecked"),
		After:     rapid.SampledFrom([]store.ModelID{0, 0, 77, 500, 1 << 40}).Draw(rt, "after"),
		Limit:     rapid.IntRange(0, 8).Draw(rt, "limit"),
	}
}

// hasEntry reports whether a model has an entry that a query wants.
func hasEntry(h store.Head, q store.ModelQuery) bool {
	if q.Campaign == "" && len(q.Fields) == 0 {
		return true
	}
	return slices.ContainsFunc(h.Entries, func(e store.Entry) bool {
		return (q.Campaign == "" || q.Campaign == e.Campaign) && (len(q.Fields) == 0 || slices.Contains(q.Fields, e.Field))
	})
}

func filterHeads(all []store.Head, unchecked map[store.ModelID]bool, q store.ModelQuery) []store.Head {
	var found []store.Head
	for _, h := range all {
		matches := (q.In == nil || slices.Contains(q.In.Codes(), h.Unit)) && hasEntry(h, q) &&
			(len(q.States) == 0 || slices.Contains(q.States, h.State)) &&
			(q.Year == 0 || q.Year == h.Year) && h.ID > q.After && (!q.Unchecked || unchecked[h.ID]) &&
			!slices.ContainsFunc(q.Words, func(w string) bool { return !strings.Contains(h.Fold, w) })
		if matches && (q.Limit == 0 || len(found) < q.Limit) {
			found = append(found, h)
		}
	}
	return found
}
