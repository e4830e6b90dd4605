package deadline_test

import (
	"testing"

	"danvan/store"
	"danvan/store/deadline"
)

// TestPapersAreAskedAboutAgain asks the coordinator every other working day
// about reports on paper, all of a day in one message, until they are settled.
func TestPapersAreAskedAboutAgain(t *testing.T) {
	t.Parallel()
	in := house(t, "2027-01-04 08:00")
	paper := func(unit store.UnitCode, when string, confirmed bool) store.Report {
		return store.Report{Unit: unit, Period: in.Periods[0].ID, Paper: true, Confirmed: confirmed, SubmittedAt: at(t, when)}
	}
	in.Campaigns[0].Ladder, in.Campaigns[0].Escalate = nil, 0
	both := []store.Report{paper("001", "2027-01-06 09:00", false), paper("002", "2027-01-06 15:00", false)}
	oblige(t, &in, both, nil)

	wantSaid(t, tick(t, &in, "2027-01-07 09:00")) // asked yesterday, when it was told
	wantSaid(t, tick(t, &in, "2027-01-08 07:59"))
	wantSaid(t, tick(t, &in, "2027-01-08 08:00"), "50: confirm 2027-01-08 001 (0)", "50: confirm 2027-01-08 002 (0)")
	wantSaid(t, tick(t, &in, "2027-01-08 08:01"))
	wantSaid(t, tick(t, &in, "2027-01-10 09:00")) // Sunday
	wantSaid(t, tick(t, &in, "2027-01-11 09:00"))
	oblige(t, &in, []store.Report{both[0], paper("002", "2027-01-06 15:00", true)}, nil)
	wantSaid(t, tick(t, &in, "2027-01-12 08:00"), "50: confirm 2027-01-12 001 (-2)")

	in.Now = at(t, "2027-01-13 08:00")
	var days []string
	for _, s := range deadline.Preview(in, at(t, "2027-01-16 08:00")) {
		if len(s.Items) > 0 && s.Items[0].Rule == deadline.Confirm {
			days = append(days, s.At.Format("02/01 15:04"))
		}
	}
	wantSaid(t, days, "14/01 08:00")

	in.Periods[0].ClosedAt = at(t, "2027-01-13 10:00")
	oblige(t, &in, both[:1], nil)
	wantSaid(t, tick(t, &in, "2027-01-14 08:00"))
}

// TestPapersAskWhoConfirms wants the nearest coordinator who does not report for
// the unit.
func TestPapersAskWhoConfirms(t *testing.T) {
	t.Parallel()
	in := house(t, "2027-01-04 08:00")
	in.Campaigns[0].Ladder, in.Campaigns[0].Escalate = nil, 0
	put(&in, store.Post{ID: "001:coordinator", Unit: "001", Role: store.Coordinator, Holder: deputy})
	oblige(t, &in, []store.Report{{Unit: "001", Period: in.Periods[0].ID, Paper: true, SubmittedAt: at(t, "2027-01-05 09:00")}}, nil)
	wantSaid(t, tick(t, &in, "2027-01-07 08:00"), "50: confirm 2027-01-07 001 (1)")

	drop(&in, "91:coordinator")
	in.Ledger = nil
	wantSaid(t, tick(t, &in, "2027-01-07 08:00"))
}

// TestNobodyIsRemindedOfAClosedPeriod closes a period by hand: no reminder of it
// goes out but to who was given more time.
func TestNobodyIsRemindedOfAClosedPeriod(t *testing.T) {
	t.Parallel()
	in := house(t, "2027-01-04 08:00")
	in.Periods[0].ClosedAt = at(t, "2027-01-06 10:00")
	more := store.Exception{Unit: "005", Period: in.Periods[0].ID, Kind: store.Extension, Until: at(t, "2027-01-20 17:00"), At: at(t, "2027-01-06 09:00")}
	oblige(t, &in, nil, []store.Exception{more})

	in.Now = at(t, "2027-01-07 08:00")
	for _, s := range deadline.Preview(in, at(t, "2027-02-20 08:00")) {
		for _, it := range s.Items {
			if it.Unit != "005" && it.Rule != deadline.Digest {
				t.Errorf("%s: %d is told %s of %s", s.At, s.Person, it.Rule, it.Unit)
			}
		}
	}
	wantSaid(t, tick(t, &in, "2027-01-15 08:00"), "5: remind -3/2027-01-20 005 (3)", "5: -7/2027-01-20 005 late")

	reasons := deadline.Explain(in, anCu, in.Periods[0].ID)
	if len(reasons) != 1 || reasons[0].Key != deadline.IsOver {
		t.Errorf("got %+v", reasons)
	}
}
