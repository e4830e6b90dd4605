package figures_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"danvan/store"
	"danvan/store/figures"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// compute makes figures of random facts for the half-year.
func compute(t *rapid.T, list []store.Fact) *figures.Figures {
	q := half()
	q.AsOf = at(2024, 7, 1, 0).AddDate(0, 0, rapid.IntRange(-40, 60).Draw(t, "as of"))
	return figures.Compute(q, list, units())
}

func TestTotalsClose(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := compute(t, facts().Draw(t, "facts"))
		for _, c := range f.Checks() {
			if !c.OK() {
				t.Errorf("%s by %s: total %d, sum %d", c.Key, c.Of, c.Total, c.Sum)
			}
		}
		outside := 0
		for _, s := range []figures.Set{figures.Waiting, figures.Returned, figures.Rejected, figures.Merged, figures.Earlier, figures.Lapsed} {
			outside += f.Count(s)
			for _, id := range f.Why(figures.Key{Set: s}) {
				if slices.Contains(f.Why(figures.Key{Set: figures.Registered}), id) {
					t.Errorf("model %d is %s and counts in the totals", id, s)
				}
			}
		}
		if rows := len(f.All()); rows != f.Count(figures.Registered)+outside {
			t.Errorf("%d rows, %d registered, %d outside", rows, f.Count(figures.Registered), outside)
		}
	})
}

// TestEveryNumberIsExplained holds that the tables, Value and Why say the same.
func TestEveryNumberIsExplained(t *testing.T) {
	t.Parallel()
	v := voice(t, "vi")
	rapid.Check(t, func(t *rapid.T) {
		list := facts().Draw(t, "facts")
		f := compute(t, list)
		before := figures.Compute(half(), list, units())
		for _, table := range f.Tables(v, halfHeading(), figures.Against{Previous: before}) {
			for _, r := range table.Rows {
				for _, c := range r.Cells {
					if c.Key != (figures.Key{}) {
						explained(t, f, table.ID, c)
					}
				}
			}
		}
	})
}

func explained(t *rapid.T, f *figures.Figures, table string, c figures.Cell) {
	if got := f.Value(c.Key); got != c.N {
		t.Errorf("%s: %s says %d, counted %d", table, c.Key, c.N, got)
	}
	if why := f.Why(c.Key); c.Key.Metric == "" && int64(len(why)) != c.N {
		t.Errorf("%s: %s says %d, %d models explain it", table, c.Key, c.N, len(why))
	} else if !slices.IsSorted(why) {
		t.Errorf("%s: %s: models out of order", table, c.Key)
	}
	if k, err := figures.ParseKey(c.Key.String()); err != nil || k != c.Key {
		t.Errorf("key %q reads as %v, %v", c.Key.String(), k, err)
	}
}

func TestTheOrderOfFactsChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := facts().Draw(t, "facts")
		q := half()
		want := freeze(t, figures.Compute(q, list, units()))
		shuffled := rapid.Permutation(list).Draw(t, "shuffled")
		slices := figures.Begin(q, units())
		cut := rapid.IntRange(0, len(shuffled)).Draw(t, "cut")
		slices.Add(shuffled[:cut])
		slices.Add(shuffled[cut:])
		if got := freeze(t, slices.Figures()); !bytes.Equal(want, got) {
			t.Errorf("other bytes:\n%s\n%s", want, got)
		}
	})
}

func freeze(t interface {
	Helper()
	Fatal(...any)
}, f *figures.Figures) []byte {
	t.Helper()
	b, err := f.Freeze()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestLaterFactsChangeNothing holds that figures as of an instant stay what
// they are whatever is reported, registered or decided later.
func TestLaterFactsChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := facts().Draw(t, "facts")
		q := half()
		known := slices.Clone(list)
		for i := range known {
			known[i].Steps = slices.DeleteFunc(slices.Clone(known[i].Steps), func(s store.FactStep) bool { return s.At.After(q.AsOf) })
		}
		known = slices.DeleteFunc(known, func(f store.Fact) bool { return f.Registered.After(q.AsOf) })
		want, got := freeze(t, figures.Compute(q, known, units())), freeze(t, figures.Compute(q, list, units()))
		if !bytes.Equal(want, got) {
			t.Errorf("closed figures changed:\n%s\n%s", want, got)
		}
	})
}

func TestMergeAndUnmergeIsTheIdentity(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := facts().Draw(t, "facts")
		list = append(list, fact(t, store.ModelID(len(list)+1)))
		q := half()
		q.AsOf = at(2025, 12, 1, 0)
		which := rapid.IntRange(0, len(list)-1).Draw(t, "which")
		// Merged at the last, and undone: the state of the step is the one that
		// the model had.
		last := list[which].Registered
		was := store.Waiting
		if n := len(list[which].Steps); n > 0 {
			last, was = list[which].Steps[n-1].At, list[which].Steps[n-1].State
		}
		if was == store.Merged || was == store.Rejected {
			t.Skip("cannot be merged")
		}
		want := freeze(t, figures.Compute(q, list, units()))
		undone := slices.Clone(list)
		undone[which] = one(list[which], check(last.Add(time.Hour), store.Merged))
		if f := figures.Compute(q, undone, units()); slices.Contains(f.Why(figures.Key{Set: figures.Registered}), list[which].ID) {
			t.Errorf("model %d is merged and counts", list[which].ID)
		}
		undone[which] = one(undone[which], check(last.Add(2*time.Hour), was))
		if diff := cmp.Diff(string(want), string(freeze(t, figures.Compute(q, undone, units())))); diff != "" {
			t.Error(diff)
		}
	})
}

func TestThawIsTheOppositeOfFreeze(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := compute(t, facts().Draw(t, "facts"))
		s, err := f.Snapshot("dvk/half/2024-06-30", "40", at(2024, 7, 1, 0))
		if err != nil {
			t.Fatal(err)
		}
		g, err := figures.Thaw(s)
		if err != nil {
			t.Fatal(err)
		}
		if again := freeze(t, g); !bytes.Equal(s.Figures, again) {
			t.Errorf("%s\n%s", s.Figures, again)
		}
		if diff := cmp.Diff(f.Amounts(), g.Amounts()); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(f.Lines, g.Lines); diff != "" {
			t.Error(diff)
		}
		if got := figures.Adjusted(f, g); len(got) != 0 {
			t.Errorf("adjusted without a change: %v", got)
		}
	})
}

// TestAdjustmentsAreTheDifference holds that what is said to have changed is
// what did.
func TestAdjustmentsAreTheDifference(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := facts().Draw(t, "facts")
		q := half()
		then := figures.Compute(q, list, units())
		q.AsOf = at(2025, 12, 1, 0)
		now := figures.Compute(q, list, units())
		told := map[figures.Key]bool{}
		for _, a := range figures.Adjusted(then, now) {
			told[a.Key] = true
			if a.From != then.Value(a.Key) || a.To != now.Value(a.Key) || len(a.Models) == 0 {
				t.Errorf("%s: %+v", a.Key, a)
			}
		}
		for _, s := range figures.Sets() {
			k := figures.Key{Set: s}
			if !cmp.Equal(then.Why(k), now.Why(k)) != told[k] {
				t.Errorf("%s: %v then, %v now, told %v", k, then.Why(k), now.Why(k), told[k])
			}
		}
	})
}
