package deadline_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
)

// The people of the tests: each officer is known by the unit's number.
const (
	anCu        store.PersonID = 1 // officer of 001
	baChuc      store.PersonID = 2 // officer of 002
	phuTan      store.PersonID = 5 // officer of 005
	deputy      store.PersonID = 9
	coordinator store.PersonID = 50
	supervisor  store.PersonID = 60
)

// house is a province in which everybody is there.
func house(tb testing.TB, now string) deadline.Input {
	tb.Helper()
	plan, p := halfYear(tb)
	plan.Unit = "91"
	var posts []store.Post
	since := at(tb, "2026-03-01 08:00")
	for unit, person := range map[store.UnitCode]store.PersonID{"001": anCu, "002": baChuc, "005": phuTan} {
		posts = append(posts, store.Post{ID: store.MakePostID(unit, store.Officer), Unit: unit, Role: store.Officer, Holder: person, Since: since})
	}
	for role, person := range map[store.Role]store.PersonID{store.Coordinator: coordinator, store.Supervisor: supervisor} {
		posts = append(posts, store.Post{ID: store.MakePostID("91", role), Unit: "91", Role: role, Holder: person, Since: since})
	}
	in := deadline.Input{
		Calendar: calendar(tb), Quiet: deadline.Quiet{From: 20, To: 7}, Bound: 24 * time.Hour,
		Campaigns: []store.Campaign{plan}, Periods: []store.Period{p}, Org: org.New(units(tb), posts),
		People: map[store.PersonID]deadline.Person{},
	}
	in.Now = at(tb, now)
	oblige(tb, &in, nil, nil)
	return in
}

// oblige derives the obligations anew.
func oblige(tb testing.TB, in *deadline.Input, reports []store.Report, exceptions []store.Exception) {
	tb.Helper()
	in.Obligations = nil
	for _, p := range in.Periods {
		in.Obligations = append(in.Obligations, deadline.Obligations(in.Org, units(tb), p, in.Campaigns[0], reports, exceptions, in.Calendar, in.Now)...)
	}
}

// at the tick: what it sends, and what it leaves in the ledger.
func tick(tb testing.TB, in *deadline.Input, now string) []string {
	tb.Helper()
	in.Now = at(tb, now)
	sends := deadline.Plan(*in)
	for _, s := range sends {
		in.Ledger = append(in.Ledger, s.Lines...)
	}
	return said(sends)
}

// said writes sends as "1: remind -3 001 (2)", with the days left, and lines
// without a message as "1: -7 001 collapsed".
func said(sends []deadline.Send) []string {
	var out []string
	for _, s := range sends {
		for _, i := range s.Items {
			out = append(out, fmt.Sprintf("%d: %s %s %s (%d)", s.Person, i.Rule, i.Step, i.Unit, i.Days))
		}
		for _, l := range s.Lines {
			if l.Skipped != "" {
				out = append(out, fmt.Sprintf("%d: %s %s %s", s.Person, l.Step, strings.Trim(fmt.Sprint(l.Units), "[]"), l.Skipped))
			}
		}
	}
	return out
}

func wantSaid(tb testing.TB, got []string, want ...string) {
	tb.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		tb.Error(diff)
	}
}

// only leaves one unit to report.
func only(in *deadline.Input, unit store.UnitCode) {
	for _, o := range in.Obligations {
		if o.Unit == unit {
			in.Obligations = []deadline.Obligation{o}
			return
		}
	}
}

func TestLadder(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	wantSaid(t, tick(t, &in, "2026-12-29 07:59"))
	wantSaid(t, tick(t, &in, "2026-12-29 08:00"), "1: remind -7 001 (7)", "2: remind -7 002 (7)", "5: remind -7 005 (7)")
	wantSaid(t, tick(t, &in, "2026-12-29 08:01"))
	wantSaid(t, tick(t, &in, "2027-01-05 08:00"), "1: remind -3 001 (3)", "2: remind -3 002 (3)", "5: remind -3 005 (3)")
	oblige(t, &in, []store.Report{{Unit: "002", Period: in.Periods[0].ID, SubmittedAt: at(t, "2027-01-06 09:00")}}, nil)
	wantSaid(t, tick(t, &in, "2027-01-07 08:00"), "1: remind -1 001 (1)", "5: remind -1 005 (1)")
	wantSaid(t, tick(t, &in, "2027-01-08 08:00"), "1: remind due 001 (0)", "5: remind due 005 (0)")
	wantSaid(t, tick(t, &in, "2027-01-11 08:00"), "1: remind +1 001 (-1)", "5: remind +1 005 (-1)")
	oblige(t, &in, []store.Report{
		{Unit: "002", Period: in.Periods[0].ID, SubmittedAt: at(t, "2027-01-06 09:00")},
		{Unit: "005", Period: in.Periods[0].ID, SubmittedAt: at(t, "2027-01-12 09:00")},
	}, nil)
	wantSaid(t, tick(t, &in, "2027-01-13 08:00"), "60: escalate +3 001 (-3)")
	wantSaid(t, tick(t, &in, "2027-01-14 08:00"))
}

// TestNothingBeforeThePeriodBegins: the period of this ladder begins after its
// first rung.
func TestNothingBeforeThePeriodBegins(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	in.Periods[0].From = day(t, "2026-12-31")
	oblige(t, &in, nil, nil)
	only(&in, "001")
	wantSaid(t, tick(t, &in, "2026-12-31 07:30"))
	wantSaid(t, tick(t, &in, "2027-01-05 08:00"), "1: remind -3 001 (3)")
}

func TestDowntime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		now  string
		want []string
	}{
		{"back within the bound", "2026-12-30 07:00", []string{"1: remind -7 001 (6)"}},
		{"back too late", "2026-12-30 08:00", []string{"1: -7 001 late"}},
		{"days off do not count", "2027-01-08 07:59", []string{"1: remind -1 001 (0)", "1: -7 001 late", "1: -3 001 late"}},
		{"the last useful one stands for the rest", "2027-01-08 08:00", []string{"1: remind due 001 (0)", "1: -7 001 late", "1: -3 001 late", "1: -1 001 late"}},
		{"no countdown after the deadline", "2027-01-08 17:00", []string{"1: -7 001 late", "1: -3 001 late", "1: -1 001 late", "1: due 001 late"}},
		{"after a long one the supervisor is told too", "2027-01-13 09:00",
			[]string{"1: -7 001 late", "1: -3 001 late", "1: -1 001 late", "1: due 001 late", "1: +1 001 late", "60: escalate +3 001 (-3)"}},
		{"in the night nothing is sent", "2027-01-07 23:00", []string{"1: -7 001 late", "1: -3 001 late"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := house(t, "2026-12-28 08:00")
			only(&in, "001")
			wantSaid(t, tick(t, &in, c.now), c.want...)
			wantSaid(t, tick(t, &in, c.now))
		})
	}
}

func TestCollapse(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	in.Bound = 72 * time.Hour
	only(&in, "001")
	wantSaid(t, tick(t, &in, "2027-01-08 08:00"), "1: remind due 001 (0)", "1: -7 001 late", "1: -3 001 late", "1: -1 001 collapsed")
}

func TestOneMessageForEverything(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	both, _ := in.Org.Seat(store.MakePostID("002", store.Officer))
	both.Holder = anCu
	put(&in, both)
	year := store.PeriodRule{Kind: store.FullYear, DueAfter: 6, Working: true, Hour: 17, Lock: 5}
	in.Campaigns[0].Rules = append(in.Campaigns[0].Rules, year)
	in.Periods = deadline.Periods(in.Campaigns[0], in.Calendar, day(t, "2026-12-31"), day(t, "2026-12-31"))
	oblige(t, &in, nil, nil)
	in.Now = at(t, "2027-01-08 09:00")
	sends := deadline.Plan(in)
	if len(sends) == 0 || sends[0].Person != anCu {
		t.Fatalf("%v", said(sends))
	}
	wantSaid(t, said(sends[:1]),
		"1: remind due 001 (0)", "1: remind due 002 (0)", "1: remind -1 001 (1)", "1: remind -1 002 (1)",
		"1: -7 001 002 late", "1: -7 001 002 late", "1: -3 001 002 late", "1: -3 001 002 late", "1: -1 001 002 late")
}

func TestQuietHours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		quiet deadline.Quiet
		now   string
		want  []string
	}{
		{"over midnight, before its end", deadline.Quiet{From: 20, To: 9}, "2026-12-29 08:59", nil},
		{"over midnight, at its end", deadline.Quiet{From: 20, To: 9}, "2026-12-29 09:00", []string{"1: remind -7 001 (7)"}},
		{"within the day", deadline.Quiet{From: 7, To: 12}, "2026-12-29 11:59", nil},
		{"after it", deadline.Quiet{From: 7, To: 12}, "2026-12-29 12:00", []string{"1: remind -7 001 (7)"}},
		{"none", deadline.Quiet{}, "2026-12-29 08:00", []string{"1: remind -7 001 (7)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := house(t, "2026-12-28 08:00")
			in.Quiet = c.quiet
			only(&in, "001")
			wantSaid(t, tick(t, &in, c.now), c.want...)
		})
	}
}

func TestQuietLongerThanUseful(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	in.Quiet, in.Bound = deadline.Quiet{From: 7, To: 12}, 4*time.Hour
	only(&in, "001")
	wantSaid(t, tick(t, &in, "2026-12-29 11:59"))
	wantSaid(t, tick(t, &in, "2026-12-29 12:00"), "1: -7 001 quiet")
}

// TestQuietOverTheDeadline: held until the quiet hours end at the deadline, the
// morning's reminder is of no use any more.
func TestQuietOverTheDeadline(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	in.Quiet = deadline.Quiet{From: 7, To: 17}
	only(&in, "001")
	wantSaid(t, tick(t, &in, "2027-01-07 18:00"), "1: remind -1 001 (1)", "1: -7 001 late", "1: -3 001 late")
	wantSaid(t, tick(t, &in, "2027-01-08 16:59"))
	wantSaid(t, tick(t, &in, "2027-01-08 17:00"), "1: due 001 quiet")
	wantSaid(t, tick(t, &in, "2027-01-11 17:00"), "1: remind +1 001 (-1)")
}

func TestNotInTheMiddleOfAForm(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	only(&in, "001")
	in.People[anCu] = deadline.Person{Touched: at(t, "2026-12-29 07:55")}
	wantSaid(t, tick(t, &in, "2026-12-29 08:00"))
	wantSaid(t, tick(t, &in, "2026-12-29 08:09"))
	wantSaid(t, tick(t, &in, "2026-12-29 08:10"), "1: remind -7 001 (7)")
}

func TestSnooze(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	only(&in, "001")
	wantSaid(t, tick(t, &in, "2027-01-06 07:59"), "1: remind -3 001 (2)", "1: -7 001 late")
	later := store.Deferral{Person: anCu, Period: in.Periods[0].ID, At: at(t, "2027-01-06 08:05"), Until: at(t, "2027-01-07 09:30")}
	in.Deferrals = []store.Deferral{later}
	wantSaid(t, tick(t, &in, "2027-01-07 09:29"))
	wantSaid(t, tick(t, &in, "2027-01-07 09:30"), "1: remind later/2027-01-07T09:30 001 (1)", "1: -1 001 collapsed")
	wantSaid(t, tick(t, &in, "2027-01-07 09:31"))
	wantSaid(t, tick(t, &in, "2027-01-08 08:00"), "1: remind due 001 (0)")

	t.Run("past the deadline", func(t *testing.T) {
		in := house(t, "2026-12-28 08:00")
		only(&in, "001")
		later.Until = at(t, "2027-01-09 09:30") // a Saturday
		in.Deferrals = []store.Deferral{later}
		wantSaid(t, tick(t, &in, "2027-01-08 18:00"), "1: -7 001 late", "1: -3 001 late", "1: -1 001 deferred", "1: due 001 deferred")
		wantSaid(t, tick(t, &in, "2027-01-11 09:29"))
		wantSaid(t, tick(t, &in, "2027-01-11 09:30"), "1: remind later/2027-01-09T09:30 001 (-1)", "1: +1 001 collapsed")
	})
	t.Run("after reporting", func(t *testing.T) {
		in := house(t, "2026-12-28 08:00")
		in.Deferrals = []store.Deferral{later}
		oblige(t, &in, []store.Report{{Unit: "001", Period: later.Period, SubmittedAt: at(t, "2027-01-06 09:00")}}, nil)
		only(&in, "001")
		wantSaid(t, tick(t, &in, "2027-01-11 09:30"))
	})
}

func TestDeputy(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	only(&in, "001")
	post, _ := in.Org.Seat(store.MakePostID("001", store.Officer))
	post.Deputy, post.DeputyUntil = deputy, at(t, "2027-01-06 00:00")
	put(&in, post)
	wantSaid(t, tick(t, &in, "2026-12-29 08:00"), "9: remind -7 001 (7)")
	in.People[deputy] = deadline.Person{Unreachable: true}
	wantSaid(t, tick(t, &in, "2027-01-05 08:00"), "1: remind -3 001 (3)")
	in.People[deputy] = deadline.Person{}
	wantSaid(t, tick(t, &in, "2027-01-05 08:01")) // the holder was told
	wantSaid(t, tick(t, &in, "2027-01-07 08:00"), "1: remind -1 001 (1)")
}

func TestVacantPost(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	drop(&in, "001:officer")
	vacated, _ := in.Org.Seat(store.MakePostID("005", store.Officer))
	vacated.Holder = 0
	put(&in, vacated)
	wantSaid(t, tick(t, &in, "2026-12-29 08:00"), "2: remind -7 002 (7)", "50: vacant -7 001 (7)", "50: vacant -7 005 (7)")
	wantSaid(t, tick(t, &in, "2027-01-05 08:00"), "2: remind -3 002 (3)") // told once
	drop(&in, "002:officer")
	wantSaid(t, tick(t, &in, "2027-01-07 08:00"), "50: vacant -1 002 (1)")
}

func TestNobodyAbove(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	only(&in, "001")
	drop(&in, "001:officer", "91:coordinator", "91:supervisor")
	wantSaid(t, tick(t, &in, "2026-12-29 08:00"), "0: -7 001 nobody")
	wantSaid(t, tick(t, &in, "2026-12-29 08:01"))
	wantSaid(t, tick(t, &in, "2027-01-13 08:00"), "0: +3 001 nobody")
	wantSaid(t, tick(t, &in, "2027-01-13 08:01"))
}

func TestUnreachableOfficer(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	only(&in, "001")
	in.People[anCu] = deadline.Person{Unreachable: true}
	in.Now = at(t, "2026-12-29 08:00")
	if got := deadline.Plan(in); len(got) != 2 || len(got[1].Items) != 1 || got[1].Items[0].About != anCu {
		t.Errorf("%+v", got)
	}
	wantSaid(t, tick(t, &in, "2026-12-29 08:00"), "1: -7 001 unreachable", "50: unreachable -7 001 (7)")
	wantSaid(t, tick(t, &in, "2026-12-29 08:01"))
	wantSaid(t, tick(t, &in, "2027-01-05 08:00"), "1: -3 001 unreachable") // told once
	in.People[anCu] = deadline.Person{}
	wantSaid(t, tick(t, &in, "2027-01-07 08:00"), "1: remind -1 001 (1)")
}

func TestEscalation(t *testing.T) {
	t.Parallel()
	nearer := store.Post{ID: "002:supervisor", Unit: "002", Role: store.Supervisor, Holder: 61}
	for _, c := range []struct {
		name   string
		change func(*deadline.Input)
		want   []string
	}{
		{"to the nearest, each for theirs", func(in *deadline.Input) { put(in, nearer) },
			[]string{"60: escalate +3 001 (-3)", "60: escalate +3 005 (-3)", "61: escalate +3 002 (-3)"}},
		{"past one whom nothing reaches", func(in *deadline.Input) {
			put(in, nearer)
			in.People[61] = deadline.Person{Unreachable: true}
		}, []string{"60: escalate +3 001 (-3)", "60: escalate +3 002 (-3)", "60: escalate +3 005 (-3)"}},
		{"only to who watches the unit", func(in *deadline.Input) {
			post, _ := in.Org.Seat("91:supervisor")
			post.Portfolio.Units = []store.UnitCode{"002", "005"}
			put(in, post)
		}, []string{"0: +3 001 nobody", "60: escalate +3 002 (-3)", "60: escalate +3 005 (-3)"}},
		{"with paper that waits", func(in *deadline.Input) {
			paper := store.Report{Unit: "001", Period: in.Periods[0].ID, Paper: true, SubmittedAt: at(t, "2027-01-06 09:00")}
			oblige(t, in, []store.Report{paper}, nil)
			only(in, "001")
		}, []string{"60: escalate +3 001 (-3)"}},
		{"never", func(in *deadline.Input) { in.Campaigns[0].Escalate = 0 }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := house(t, "2026-12-28 08:00")
			c.change(&in)
			in.Campaigns[0].Ladder = nil
			wantSaid(t, tick(t, &in, "2027-01-13 08:00"), c.want...)
			wantSaid(t, tick(t, &in, "2027-01-13 08:01"))
		})
	}
}

func TestPaperStopsReminders(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	paper := store.Report{Unit: "001", Period: in.Periods[0].ID, Paper: true, SubmittedAt: at(t, "2027-01-04 09:00")}
	oblige(t, &in, []store.Report{paper}, nil)
	only(&in, "001")
	wantSaid(t, tick(t, &in, "2027-01-05 08:00"))
	paper.WithdrawnAt = at(t, "2027-01-06 10:00") // the coordinator never got it
	oblige(t, &in, []store.Report{paper}, nil)
	only(&in, "001")
	wantSaid(t, tick(t, &in, "2027-01-06 10:01")) // what struck before concerns nobody
	wantSaid(t, tick(t, &in, "2027-01-07 08:00"), "1: remind -1 001 (1)")
}

func TestExceptionsMoveReminders(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	grant := store.Exception{Unit: "001", Period: in.Periods[0].ID, Kind: store.Extension, Until: at(t, "2027-01-16 12:00"), At: at(t, "2027-01-07 09:00")}
	wantSaid(t, tick(t, &in, "2027-01-05 08:00")[:1], "1: remind -3 001 (3)")
	oblige(t, &in, nil, []store.Exception{grant})
	only(&in, "001")
	wantSaid(t, tick(t, &in, "2027-01-08 08:00"))
	wantSaid(t, tick(t, &in, "2027-01-12 08:00"), "1: remind -3/2027-01-16 001 (3)")
	wantSaid(t, tick(t, &in, "2027-01-14 08:00"), "1: remind -1/2027-01-16 001 (1)")
	wantSaid(t, tick(t, &in, "2027-01-15 08:00"), "1: remind due/2027-01-16 001 (0)") // its day is off: the morning before
	wantSaid(t, tick(t, &in, "2027-01-18 08:00"), "1: remind +1/2027-01-16 001 (-1)")
	wantSaid(t, tick(t, &in, "2027-01-20 08:00"), "60: escalate +3/2027-01-16 001 (-3)")

	grant.Kind, grant.Until = store.Exemption, at(t, "2027-01-15 17:00")
	oblige(t, &in, nil, []store.Exception{grant})
	only(&in, "001")
	in.Ledger = nil
	wantSaid(t, tick(t, &in, "2027-01-08 08:00"))
}

func TestHandover(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	only(&in, "001")
	post, _ := in.Org.Seat(store.MakePostID("001", store.Officer))
	post.Holder, post.Since = 7, at(t, "2027-01-05 09:00")
	put(&in, post)
	wantSaid(t, tick(t, &in, "2027-01-05 10:00")) // the rung struck for the one before
	wantSaid(t, tick(t, &in, "2027-01-07 08:00"), "7: remind -1 001 (1)")
}

func TestTwoRungsOnOneDay(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	only(&in, "001")
	in.Campaigns[0].Ladder = []store.Rung{{Days: 0, Hour: 8}, {Days: 0, Hour: 15}}
	wantSaid(t, tick(t, &in, "2027-01-08 08:00"), "1: remind due 001 (0)")
	wantSaid(t, tick(t, &in, "2027-01-08 15:00"), "1: remind due@15 001 (0)")
}

func TestNothingAfterTheLock(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	in.Campaigns[0].Ladder = []store.Rung{{Days: 5, Hour: 17}, {Days: 4, Hour: 18}}
	only(&in, "001")
	wantSaid(t, tick(t, &in, "2027-01-15 16:59"), "1: remind +4 001 (-5)", "60: +3 001 late")
	wantSaid(t, tick(t, &in, "2027-01-15 17:00"))
}
