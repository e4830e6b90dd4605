package deadline_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
)

// units are a province with three communes, an agency under one of them, and a
// commune of another province.
func units(tb testing.TB) []store.Unit {
	tb.Helper()
	return []store.Unit{
		{Code: "91", Kind: store.Province},
		{Code: "001", Kind: store.Commune, Parent: "91"},
		{Code: "002", Kind: store.Ward, Parent: "91"},
		{Code: "003", Kind: store.SpecialZone, Parent: "91", ValidTo: day(tb, "2026-12-30")},
		{Code: "004", Kind: store.Organisation, Parent: "002"},
		{Code: "005", Kind: store.Commune, Parent: "91", ValidFrom: day(tb, "2026-12-31")},
		{Code: "40", Kind: store.Province},
		{Code: "401", Kind: store.Commune, Parent: "40"},
	}
}

// obligations are those of units that are in no store.
func obligations(units []store.Unit, p store.Period, c store.Campaign, reports []store.Report, exceptions []store.Exception,
	cal *deadline.Calendar, now time.Time) []deadline.Obligation {
	return deadline.Obligations(org.New(units, nil), units, p, c, reports, exceptions, cal, now)
}

// halfYear is a campaign whose second half of 2026 is due on Friday 8/1/2027 at
// 17:00, on time until Tuesday and locked on Friday after that.
func halfYear(tb testing.TB) (store.Campaign, store.Period) {
	tb.Helper()
	c := campaign(tb, "2026-01-01", "2030-12-31", store.PeriodRule{
		Kind: store.HalfYear, DueAfter: 5, Working: true, Hour: 17, Grace: 2, Lock: 5,
	})
	c.Ladder = []store.Rung{{Days: -7, Hour: 8}, {Days: -3, Hour: 8}, {Days: -1, Hour: 8}, {Days: 0, Hour: 8}, {Days: 1, Hour: 8}}
	c.Escalate = 3
	p, ok := deadline.ByID(c, calendar(tb), "dvk/half/2026-12-31")
	if !ok || !p.Due.Equal(at(tb, "2027-01-08 17:00")) || !p.OnTime.Equal(at(tb, "2027-01-12 17:00")) || !p.Locked.Equal(at(tb, "2027-01-15 17:00")) {
		tb.Fatalf("the period is %v", p)
	}
	return c, p
}

func codes(obligations []deadline.Obligation) []store.UnitCode {
	var out []store.UnitCode
	for _, o := range obligations {
		out = append(out, o.Unit)
	}
	return out
}

func TestWhoIsObliged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		binds   store.UnitCode
		obliged []store.UnitKind
		want    []store.UnitCode
	}{
		{"every commune, ward and zone in force at the cut-off", "", nil, []store.UnitCode{"001", "002", "005", "401"}},
		{"of one province", "91", nil, []store.UnitCode{"001", "002", "005"}},
		{"a ward's own plan", "002", nil, []store.UnitCode{"002"}},
		{"agencies under a ward", "002", []store.UnitKind{store.Organisation}, []store.UnitCode{"004"}},
		{"provinces", "", []store.UnitKind{store.Province}, []store.UnitCode{"91", "40"}},
		{"nobody there", "999", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			plan, p := halfYear(t)
			plan.Unit, plan.Obliged = c.binds, c.obliged
			got := codes(obligations(units(t), p, plan, nil, nil, calendar(t), p.Due))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	plan, p := halfYear(t)
	report := func(when string, change func(*store.Report)) []store.Report {
		r := store.Report{Unit: "001", Period: p.ID, SubmittedAt: at(t, when)}
		if change != nil {
			change(&r)
		}
		return []store.Report{r}
	}
	exempt := func(until string) []store.Exception {
		return []store.Exception{{Unit: "001", Period: p.ID, Kind: store.Exemption, Until: at(t, until), At: at(t, "2027-01-04 08:00")}}
	}
	extend := func(until ...string) []store.Exception {
		var out []store.Exception
		for _, u := range until {
			out = append(out, store.Exception{Unit: "001", Period: p.ID, Kind: store.Extension, Until: at(t, u), At: at(t, "2027-01-04 08:00")})
		}
		return out
	}
	for _, c := range []struct {
		name       string
		reports    []store.Report
		exceptions []store.Exception
		now        string
		want       deadline.State
	}{
		{"before the due time", nil, nil, "2027-01-08 16:59", deadline.Owed},
		{"within the grace", nil, nil, "2027-01-12 16:59", deadline.Owed},
		{"after it", nil, nil, "2027-01-12 17:00", deadline.Missing},
		{"on time", report("2027-01-12 17:00", nil), nil, "2027-01-20 08:00", deadline.Submitted},
		{"late", report("2027-01-12 17:01", nil), nil, "2027-01-20 08:00", deadline.Late},
		{"nothing to report is a report", report("2027-01-04 08:00", func(r *store.Report) { r.Nothing = true }), nil, "2027-01-05 08:00", deadline.Submitted},
		{"withdrawn", report("2027-01-04 08:00", func(r *store.Report) { r.WithdrawnAt = at(t, "2027-01-05 08:00") }), nil, "2027-01-06 08:00", deadline.Owed},
		{"on paper, not confirmed", report("2027-01-04 08:00", func(r *store.Report) { r.Paper = true }), nil, "2027-01-20 08:00", deadline.Missing},
		{"on paper, confirmed", report("2027-01-04 08:00", func(r *store.Report) { r.Paper, r.Confirmed = true, true }), nil, "2027-01-20 08:00", deadline.Submitted},
		{"of another period", report("2027-01-04 08:00", func(r *store.Report) { r.Period = "dvk/half/2026-06-30" }), nil, "2027-01-20 08:00", deadline.Missing},
		{"exempt", nil, exempt("2027-01-15 17:00"), "2027-01-13 08:00", deadline.Exempt},
		{"exempt until the lock is exempt for good", nil, exempt("2027-01-15 17:00"), "2028-01-01 08:00", deadline.Exempt},
		{"an exemption that ended", nil, exempt("2027-01-06 08:00"), "2027-01-06 08:00", deadline.Owed},
		{"extended", nil, extend("2027-01-20 17:00"), "2027-01-22 16:59", deadline.Owed},
		{"an extension has its grace", nil, extend("2027-01-20 17:00"), "2027-01-22 17:00", deadline.Missing},
		{"late against an extension", report("2027-01-22 17:01", nil), extend("2027-01-20 17:00"), "2027-01-25 08:00", deadline.Late},
		{"on time for an extension", report("2027-01-20 17:00", nil), extend("2027-01-20 17:00"), "2027-01-25 08:00", deadline.Submitted},
		{"an extension taken back", nil, extend("2027-01-20 17:00", "2027-01-04 08:00"), "2027-01-12 17:00", deadline.Missing},
		{"the last extension holds", nil, extend("2027-01-20 17:00", "2027-01-18 17:00"), "2027-01-20 17:00", deadline.Missing},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := obligations(units(t)[:2], p, plan, c.reports, c.exceptions, calendar(t), at(t, c.now))
			if len(got) != 1 || got[0].State != c.want {
				t.Errorf("%v, not %s", got, c.want)
			}
		})
	}
}

func TestExtensionMovesEveryClock(t *testing.T) {
	t.Parallel()
	plan, p := halfYear(t)
	for _, c := range []struct{ until, onTime, locked string }{
		{"2027-01-20 17:00", "2027-01-22 17:00", "2027-01-27 17:00"},
		{"2027-02-03 11:30", "2027-02-11 11:30", "2027-02-16 11:30"}, // over Tết
		{"2027-01-23 12:00", "2027-01-26 12:00", "2027-01-29 12:00"}, // a Saturday
	} {
		granted := []store.Exception{{Unit: "001", Period: p.ID, Kind: store.Extension, Until: at(t, c.until).Add(20 * time.Second).UTC()}}
		o := obligations(units(t)[:2], p, plan, nil, granted, calendar(t), p.Due)[0]
		for i, got := range []time.Time{o.Due, o.OnTime, o.Locked} {
			if want := []string{c.until, c.onTime, c.locked}[i]; !got.Equal(at(t, want)) {
				t.Errorf("until %s: clock %d is %s, not %s", c.until, i, got, want)
			}
		}
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	report := &store.Report{Nothing: true}
	got := deadline.Count([]deadline.Obligation{
		{State: deadline.Submitted, Report: report}, {State: deadline.Submitted, Report: &store.Report{}}, {State: deadline.Late, Report: report},
		{State: deadline.Owed}, {State: deadline.Missing}, {State: deadline.Exempt},
	})
	want := deadline.Tally{Obliged: 5, OnTime: 2, Late: 1, Owed: 1, Missing: 1, Nothing: 2, Exempt: 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestRateIsNeverOverOne is what befell a register that counted every report
// over the units that happened to be obliged.
func TestRateIsNeverOverOne(t *testing.T) {
	t.Parallel()
	plan, p := halfYear(t)
	all, cal := units(t), calendar(t)
	rapid.Check(t, func(t *rapid.T) {
		var reports []store.Report
		var exceptions []store.Exception
		for _, u := range all {
			if rapid.Bool().Draw(t, "reports") {
				reports = append(reports, store.Report{Unit: u.Code, Period: p.ID, SubmittedAt: p.From.Time(zone).Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "day")) * 24 * time.Hour)})
			}
			if rapid.Bool().Draw(t, "excepted") {
				exceptions = append(exceptions, store.Exception{
					Unit: u.Code, Period: p.ID, Kind: rapid.SampledFrom([]store.ExceptionKind{store.Exemption, store.Extension}).Draw(t, "kind"),
					Until: p.Due.Add(time.Duration(rapid.IntRange(-200, 400).Draw(t, "until")) * time.Hour),
				})
			}
		}
		now := p.Due.Add(time.Duration(rapid.IntRange(-500, 2000).Draw(t, "now")) * time.Hour)
		tally := deadline.Count(obligations(all, p, plan, reports, exceptions, cal, now))
		if tally.Submitted() > tally.Obliged {
			t.Fatalf("%d reports of %d who were obliged", tally.Submitted(), tally.Obliged)
		}
		if tally.Obliged != tally.OnTime+tally.Late+tally.Owed+tally.Missing || tally.Obliged+tally.Exempt != 4 {
			t.Fatalf("%+v does not add up", tally)
		}
	})
}
