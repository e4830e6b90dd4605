package deadline_test

import (
	"testing"

	"danvan/store"
	"danvan/store/deadline"
)

// TestKnownInMidPeriod has a campaign come into the house while its second half
// runs: nobody owes the first, which was due before, unless it says so.
func TestKnownInMidPeriod(t *testing.T) {
	t.Parallel()
	plan, second := halfYear(t)
	cal, from, to := calendar(t), day(t, "2026-01-01"), day(t, "2026-12-31")
	for _, c := range []struct {
		name, known string
		past        bool
		want        []string
	}{
		{"always", "", false, []string{"half 2026-01-01..2026-06-30", "half 2026-07-01..2026-12-31"}},
		{"before the first was due", "2026-07-07 16:00", false, []string{"half 2026-01-01..2026-06-30", "half 2026-07-01..2026-12-31"}},
		{"after it", "2026-07-07 17:01", false, []string{"half 2026-07-01..2026-12-31"}},
		{"after it, which is owed all the same", "2026-10-01 09:00", true, []string{"half 2026-01-01..2026-06-30", "half 2026-07-01..2026-12-31"}},
	} {
		plan.Known, plan.Past = at(t, "2025-12-01 00:00"), c.past
		if c.known != "" {
			plan.Known = at(t, c.known)
		}
		wantSaid(t, span(deadline.Periods(plan, cal, from, to)), c.want...)
		begun := written(plan, cal, at(t, "2026-10-01 10:00"))
		if len(begun.Begun) != 2 {
			t.Errorf("%s: written are %v", c.name, span(begun.Begun))
		}
		wantSaid(t, span(deadline.Periods(begun, cal, from, to)), c.want...)
		if p, ok := deadline.ByID(begun, cal, "dvk/half/2026-06-30"); ok != (len(c.want) == 2) {
			t.Errorf("%s: the first half is %v", c.name, p)
		}
		if now := deadline.Current(begun, cal, at(t, "2026-10-01 10:00")); len(now) != 1 || now[0].ID != second.ID {
			t.Errorf("%s: worked on is %v", c.name, span(now))
		}
	}
}

// TestKnownAfterARung has a campaign become known between two rungs of a ladder:
// the first is none at all, and who owes the report is the same.
func TestKnownAfterARung(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	in.Campaigns[0].Known = at(t, "2026-12-30 09:00")
	oblige(t, &in, nil, nil)
	wantSaid(t, tick(t, &in, "2026-12-30 09:00"))
	wantSaid(t, tick(t, &in, "2027-01-05 08:00"), "1: remind -3 001 (3)", "2: remind -3 002 (3)", "5: remind -3 005 (3)")
	if n := deadline.Count(in.Obligations); n.Obliged != 3 {
		t.Errorf("%d units are obliged", n.Obliged)
	}
}

// TestWrittenBeforeItWasAnnounced drops a period that was written when a campaign
// came, and was due when it was announced.
func TestWrittenBeforeItWasAnnounced(t *testing.T) {
	t.Parallel()
	plan, _ := halfYear(t)
	cal := calendar(t)
	plan.Known = at(t, "2026-07-01 09:00")
	plan = written(plan, cal, at(t, "2026-07-01 10:00"))
	plan.Known = at(t, "2026-08-01 09:00")
	wantSaid(t, span(deadline.Periods(plan, cal, day(t, "2026-01-01"), day(t, "2026-12-31"))), "half 2026-07-01..2026-12-31")
	if all := deadline.OfRule(plan, plan.Rules[0]); len(all) != 10 || all[0].To != (store.Date{Year: 2026, Month: 6, Day: 30}) {
		t.Errorf("of the rule are %v", span(all))
	}
}
