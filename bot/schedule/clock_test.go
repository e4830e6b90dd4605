package schedule_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/store"
)

// month lives from hour to hour through a period with its lock, by a clock that is set
// at some hours: by so much there, right again in the next hour, and the process may die
// in between. It returns how often everybody was told of what, and the ledger.
func month(t *testing.T, set map[string]time.Duration, dies bool) (told map[string]int, lines []string) {
	t.Helper()
	w := newWorld(t)
	w.watch()
	told = map[string]int{}
	strike := func() {
		must(t, w.clock.Tick(context.Background(), w.now))
		for person, messages := range w.sent() {
			for _, m := range messages {
				for _, x := range m.About {
					told[fmt.Sprint(person, x.Rule, x.Step, x.Unit, x.Period)]++
				}
				if len(m.About) == 0 {
					told[fmt.Sprint(person, " ", m.Key)]++
				}
			}
		}
	}

	w.at("2026-12-04 07:00")
	for range 27 * 24 {
		strike()
		right := w.now
		if by, is := set[right.Format("02 15")]; is {
			w.now = right.Add(by)
			strike()
			if w.now = right; dies {
				w.restart()
			}
		}
		w.now = right.Add(time.Hour)
	}

	for id := store.PersonID(1); id <= 5; id++ {
		for _, l := range w.ledger(id) {
			lines = append(lines, fmt.Sprint(id, " ", l))
		}
	}
	slices.Sort(lines)
	return told, lines
}

// TestClockIsSet sets the clock ahead and back by hours in the days in which people are
// reminded and get digests, across restarts too: nobody is told twice, and nobody less
// than by a clock that was always right.
func TestClockIsSet(t *testing.T) {
	t.Parallel()
	wantTold, wantLines := month(t, nil, false)
	if len(wantTold) < 10 {
		t.Fatalf("only this was told: %v", wantTold)
	}
	for _, by := range []time.Duration{time.Hour, 3 * time.Hour, 24 * time.Hour, -time.Hour, -3 * time.Hour, -20 * time.Hour, -31 * 24 * time.Hour} {
		for _, dies := range []bool{false, true} {
			t.Run(fmt.Sprint(by, dies), func(t *testing.T) {
				t.Parallel()
				set := map[string]time.Duration{}
				for _, hour := range []string{"04 15", "08 07", "09 09", "11 14", "12 22", "13 08", "15 06", "16 12", "17 07", "18 16", "30 15"} {
					set[hour] = by
				}
				told, lines := month(t, set, dies)
				if d := cmp.Diff(slices.Sorted(maps.Keys(wantTold)), slices.Sorted(maps.Keys(told))); d != "" {
					t.Errorf("what was told (-want +got):\n%s", d)
				}
				for what, n := range told {
					if n != 1 {
						t.Errorf("%s was told %d times", what, n)
					}
				}
				if d := cmp.Diff(wantLines, lines); d != "" {
					t.Errorf("the ledger (-want +got):\n%s", d)
				}
			})
		}
	}
}
