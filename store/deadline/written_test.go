package deadline_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"danvan/store"
	"danvan/store/deadline"
)

// written turns a campaign's periods as ticks do at some instants.
func written(c store.Campaign, cal *deadline.Calendar, ticks ...time.Time) store.Campaign {
	for _, now := range ticks {
		for _, p := range deadline.Turned(c, cal, now) {
			c.Begun = slices.DeleteFunc(slices.Clone(c.Begun), func(q store.Period) bool { return q.ID == p.ID })
			c.Begun = append(c.Begun, p)
		}
	}
	return c
}

func TestTurned(t *testing.T) {
	t.Parallel()
	plan, p := halfYear(t)
	cal := calendar(t)
	begun := written(plan, cal, at(t, "2026-08-01 00:00"))
	if len(begun.Begun) != 2 || begun.Begun[1].ID != p.ID || !begun.Begun[1].ListedAt.Equal(at(t, "2026-08-01 00:00")) {
		t.Fatalf("begun are %v", begun.Begun)
	}
	if again := deadline.Turned(begun, cal, at(t, "2026-12-31 23:59")); len(again) > 0 {
		t.Errorf("half a year later %v are written again", again)
	}

	begun = written(begun, cal, at(t, "2027-01-01 00:00"))
	kept, _ := deadline.ByID(begun, cal, p.ID)
	if !kept.ListedAt.Equal(at(t, "2027-01-01 00:00")) || !kept.ClosedAt.IsZero() {
		t.Errorf("after the cut-off it is %+v", kept)
	}
	begun = written(begun, cal, at(t, "2027-01-20 00:00")) // the clock stood still
	kept, _ = deadline.ByID(begun, cal, p.ID)
	if !kept.ClosedAt.Equal(p.Locked) {
		t.Errorf("it is closed at %v, want its lock %v", kept.ClosedAt, p.Locked)
	}
	if all := deadline.Periods(begun, cal, kept.From, day(t, "2027-12-31")); len(all) != 3 {
		t.Errorf("the periods are %v", span(all))
	}
}

// TestDaysOffMoveWhatIsNotDue declares a day off while a report is awaited, and
// another one afterwards.
func TestDaysOffMoveWhatIsNotDue(t *testing.T) {
	t.Parallel()
	plan, p := halfYear(t)
	begun := written(plan, calendar(t), at(t, "2026-08-01 00:00"))
	off := deadline.NewCalendar([]store.SpecialDay{{Day: day(t, "2027-01-08"), Kind: store.DayOff}}, p.Due.Location())
	for now, want := range map[string]bool{"2027-01-08 16:59": true, "2027-01-08 17:00": false} {
		kept, _ := deadline.ByID(written(begun, off, at(t, now)), off, p.ID)
		if moved := !kept.Due.Equal(p.Due); moved != want {
			t.Errorf("at %s it is due %v", now, kept.Due)
		}
	}
}

// TestChangedRules wants a rule that changes to leave what has begun alone, and
// the periods after it to follow one another without a gap.
func TestChangedRules(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	rapid.Check(t, func(t *rapid.T) {
		rule := func(label string) store.PeriodRule {
			return store.PeriodRule{
				Kind:   rapid.SampledFrom([]store.PeriodKind{store.Month, store.Quarter, store.HalfYear, store.FullYear}).Draw(t, label),
				CutDay: rapid.IntRange(0, 31).Draw(t, label+" cut"), DueAfter: rapid.IntRange(0, 20).Draw(t, label+" due"),
				Shift: store.NextWorkingDay, Hour: rapid.IntRange(0, 23).Draw(t, label+" hour"), Lock: rapid.IntRange(0, 30).Draw(t, label+" lock"),
			}
		}
		c := store.Campaign{ID: "c", From: store.Date{Year: 2026, Month: 1, Day: 1}, To: store.Date{Year: 2030, Month: 12, Day: 31}}
		c.Rules = []store.PeriodRule{rule("first")}
		now := time.Date(2026, time.Month(rapid.IntRange(2, 40).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"), 9, 0, 0, 0, time.UTC)
		c = written(c, cal, now)
		before := deadline.Periods(c, cal, c.From, cal.Day(now))

		next := rule("second")
		next.Kind = c.Rules[0].Kind
		c.Rules, c.Unit, c.Obliged = []store.PeriodRule{next}, "91", []store.UnitKind{store.Ward}
		c = written(c, cal, now.Add(time.Minute))
		if d := cmp.Diff(before, deadline.Periods(c, cal, c.From, cal.Day(now))); d != "" {
			t.Fatalf("what has begun has changed:\n%s", d)
		}

		all := deadline.Periods(c, cal, c.From, c.To)
		for i, p := range all[1:] {
			if p.From != all[i].To.AddDays(1) || p.To.Before(p.From) {
				t.Fatalf("%s..%s after %s", p.From, p.To, all[i].To)
			}
		}
	})
}
