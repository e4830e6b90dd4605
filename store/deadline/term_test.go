package deadline_test

import (
	"testing"

	"danvan/store"
	"danvan/store/deadline"
)

// ending is a house in which models of two units of one officer end on Wednesday
// 23/12/2026 and on Saturday 26/12/2026.
func ending(tb testing.TB) deadline.Input {
	tb.Helper()
	in := house(tb, "2026-12-01 08:00")
	in.Periods, in.Obligations = nil, nil
	in.Terms = []store.Term{{To: day(tb, "2026-12-23"), Unit: "001"}, {To: day(tb, "2026-12-26"), Unit: "001"}}
	return in
}

func TestModelsThatEnd(t *testing.T) {
	t.Parallel()
	in := ending(t)
	wantSaid(t, tick(t, &in, "2026-12-15 16:59"))
	wantSaid(t, tick(t, &in, "2026-12-16 07:59"))
	wantSaid(t, tick(t, &in, "2026-12-16 08:00"), "1: end 2026-12-23/-5 001 (5)")
	wantSaid(t, tick(t, &in, "2026-12-17 08:00"))
	wantSaid(t, tick(t, &in, "2026-12-21 11:00"), "1: end 2026-12-26/-5 001 (4)") // nobody looked on Friday
	wantSaid(t, tick(t, &in, "2026-12-24 08:00"), "1: end 2026-12-23/+1 001 (-1)")
	wantSaid(t, tick(t, &in, "2026-12-29 09:00"), "1: end 2026-12-26/+1 001 (-2)") // a day late
	in.Ledger = nil
	wantSaid(t, tick(t, &in, "2027-01-04 09:00")) // too late for either
}

// TestEndsOfTwoDays wants of two last days both told at once.
func TestEndsOfTwoDays(t *testing.T) {
	t.Parallel()
	in := ending(t)
	in.Terms[1].To = day(t, "2026-12-31")
	wantSaid(t, tick(t, &in, "2026-12-24 08:00"), "1: end 2026-12-23/+1 001 (-1)", "1: end 2026-12-31/-5 001 (5)")
}

// TestTermsAt wants every last day read of which a tick may have to tell.
func TestTermsAt(t *testing.T) {
	t.Parallel()
	in := ending(t)
	for to := day(t, "2026-12-01"); to.Before(day(t, "2027-03-01")); to = to.AddDays(1) {
		in.Terms = []store.Term{{To: to, Unit: "001"}}
		for now := day(t, "2026-11-25"); now.Before(day(t, "2027-03-08")); now = now.AddDays(1) {
			in.Now, in.Ledger = in.Calendar.At(now, 9), nil
			first, last := deadline.TermsAt(in.Calendar, now, now)
			if told := len(deadline.Plan(in)) > 0; told && (to.Before(first) || last.Before(to)) {
				t.Errorf("on %s models that end on %s are told of; those from %s to %s are read", now, to, first, last)
			}
		}
	}
}
