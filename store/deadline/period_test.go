package deadline_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"danvan/store"
	"danvan/store/deadline"
)

// span writes periods as "half 2026-01-01..2026-06-30".
func span(periods []store.Period) []string {
	var out []string
	for _, p := range periods {
		out = append(out, fmt.Sprintf("%s %s..%s", p.Kind, p.From, p.To))
	}
	return out
}

func campaign(tb testing.TB, from, to string, rules ...store.PeriodRule) store.Campaign {
	tb.Helper()
	return store.Campaign{ID: "dvk", From: day(tb, from), To: day(tb, to), Rules: rules}
}

func TestPeriodsOfEveryKind(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	for _, c := range []struct {
		name     string
		rule     store.PeriodRule
		from, to string // asked for
		want     []string
	}{
		{"months, with a leap year", store.PeriodRule{Kind: store.Month}, "2028-01-31", "2028-04-01", []string{
			"month 2028-01-01..2028-01-31", "month 2028-02-01..2028-02-29", "month 2028-03-01..2028-03-31", "month 2028-04-01..2028-04-30"}},
		{"February without the leap day", store.PeriodRule{Kind: store.Month}, "2027-02-28", "2027-02-28", []string{"month 2027-02-01..2027-02-28"}},
		{"day 31 is each month's last", store.PeriodRule{Kind: store.Month, CutDay: 31}, "2026-02-28", "2026-05-01", []string{
			"month 2026-02-01..2026-02-28", "month 2026-03-01..2026-03-31", "month 2026-04-01..2026-04-30", "month 2026-05-01..2026-05-31"}},
		{"day 30 in February, common and leap", store.PeriodRule{Kind: store.Month, CutDay: 30}, "2027-02-27", "2027-03-01", []string{
			"month 2027-01-31..2027-02-28", "month 2027-03-01..2027-03-30"}},
		{"day 29 in a leap year", store.PeriodRule{Kind: store.Month, CutDay: 29}, "2028-02-29", "2028-03-01", []string{
			"month 2028-01-30..2028-02-29", "month 2028-03-01..2028-03-29"}},
		{"months from the 15th", store.PeriodRule{Kind: store.Month, CutDay: 14}, "2026-12-14", "2027-01-14", []string{
			"month 2026-11-15..2026-12-14", "month 2026-12-15..2027-01-14"}},
		{"quarters", store.PeriodRule{Kind: store.Quarter}, "2027-01-01", "2027-12-31", []string{
			"quarter 2027-01-01..2027-03-31", "quarter 2027-04-01..2027-06-30", "quarter 2027-07-01..2027-09-30", "quarter 2027-10-01..2027-12-31"}},
		{"quarters from the 15th", store.PeriodRule{Kind: store.Quarter, CutDay: 14}, "2027-03-14", "2027-03-15", []string{
			"quarter 2026-12-15..2027-03-14", "quarter 2027-03-15..2027-06-14"}},
		{"halves: the first ends in June", store.PeriodRule{Kind: store.HalfYear}, "2027-06-30", "2027-07-01", []string{
			"half 2027-01-01..2027-06-30", "half 2027-07-01..2027-12-31"}},
		{"the second half over its end", store.PeriodRule{Kind: store.HalfYear}, "2027-12-31", "2028-01-01", []string{
			"half 2027-07-01..2027-12-31", "half 2028-01-01..2028-06-30"}},
		{"halves from the 15th (NĐ 09/2019)", store.PeriodRule{Kind: store.HalfYear, CutDay: 14}, "2027-06-14", "2027-12-15", []string{
			"half 2026-12-15..2027-06-14", "half 2027-06-15..2027-12-14", "half 2027-12-15..2028-06-14"}},
		{"first halves alone", store.PeriodRule{Kind: store.HalfYear, CutDay: 14, Only: []int{1}}, "2027-01-01", "2028-12-01", []string{
			"half 2026-12-15..2027-06-14", "half 2027-12-15..2028-06-14"}},
		{"quarters but the last", store.PeriodRule{Kind: store.Quarter, Only: []int{1, 2, 3}}, "2027-07-01", "2028-02-01", []string{
			"quarter 2027-07-01..2027-09-30", "quarter 2028-01-01..2028-03-31"}},
		{"nine months", store.PeriodRule{Kind: store.NineMonths}, "2027-01-01", "2027-12-31", []string{"nine 2027-01-01..2027-09-30"}},
		{"nine months from the 15th", store.PeriodRule{Kind: store.NineMonths, CutDay: 14}, "2027-01-01", "2027-12-31", []string{
			"nine 2026-12-15..2027-09-14", "nine 2027-12-15..2028-09-14"}},
		{"between nine months and the next", store.PeriodRule{Kind: store.NineMonths}, "2027-10-01", "2027-12-31", nil},
		{"years", store.PeriodRule{Kind: store.FullYear}, "2027-12-31", "2028-01-01", []string{
			"year 2027-01-01..2027-12-31", "year 2028-01-01..2028-12-31"}},
		{"years from 15/12 to 14/12", store.PeriodRule{Kind: store.FullYear, CutDay: 14}, "2027-12-14", "2027-12-15", []string{
			"year 2026-12-15..2027-12-14", "year 2027-12-15..2028-12-14"}},
		{"free dates", store.PeriodRule{Kind: store.FreePeriod, Free: []store.FreeDates{
			{Name: "Sơ kết", From: day(t, "2026-03-10"), To: day(t, "2027-05-20")},
			{Name: "Tổng kết", From: day(t, "2027-05-21"), To: day(t, "2028-07-01")},
		}}, "2027-01-01", "2027-05-20", []string{"free 2026-03-10..2027-05-20"}},
		{"an unknown kind", store.PeriodRule{Kind: "week"}, "2027-01-01", "2027-12-31", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := deadline.Periods(campaign(t, "2020-01-01", "2035-12-31", c.rule), cal, day(t, c.from), day(t, c.to))
			if diff := cmp.Diff(c.want, span(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPeriodsAreClippedToTheCampaign(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	year, half, nine := store.PeriodRule{Kind: store.FullYear}, store.PeriodRule{Kind: store.HalfYear}, store.PeriodRule{Kind: store.NineMonths}
	fromThe15th := store.PeriodRule{Kind: store.FullYear, CutDay: 14}
	for _, c := range []struct {
		name     string
		from, to string
		rule     store.PeriodRule
		want     []string
	}{
		{"whole years fit", "2026-01-01", "2027-12-31", year, []string{"year 2026-01-01..2026-12-31", "year 2027-01-01..2027-12-31"}},
		{"it begins and ends within one", "2026-03-01", "2027-10-15", half, []string{
			"half 2026-03-01..2026-06-30", "half 2026-07-01..2026-12-31", "half 2027-01-01..2027-06-30", "half 2027-07-01..2027-10-15"}},
		{"a head of eleven days joins what follows", "2026-06-20", "2026-12-31", half, []string{"half 2026-06-20..2026-12-31"}},
		{"a year's rest of five months stands", "2026-08-01", "2027-12-31", year, []string{"year 2026-08-01..2026-12-31", "year 2027-01-01..2027-12-31"}},
		{"a tail of seventeen days owes nothing", "2026-01-01", "2027-12-31", fromThe15th, []string{"year 2026-01-01..2026-12-14", "year 2026-12-15..2027-12-14"}},
		{"a campaign inside one period", "2026-11-01", "2026-11-20", year, []string{"year 2026-11-01..2026-11-20"}},
		{"a head too short for nine months", "2026-08-01", "2027-12-31", nine, []string{"nine 2027-01-01..2027-09-30"}},
		{"free dates stay as typed", "2026-11-01", "2026-12-31", store.PeriodRule{Kind: store.FreePeriod, Free: []store.FreeDates{{From: day(t, "2026-01-01"), To: day(t, "2027-06-30")}}},
			[]string{"free 2026-01-01..2027-06-30"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := deadline.Periods(campaign(t, c.from, c.to, c.rule), cal, day(t, "2020-01-01"), day(t, "2035-12-31"))
			if diff := cmp.Diff(c.want, span(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPeriodsFollowOneAnother wants no day lost and none counted twice between
// a campaign's first day and its last cut-off, whatever the rule.
func TestPeriodsFollowOneAnother(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	rapid.Check(t, func(t *rapid.T) {
		from := store.Date{Year: 2025, Month: time.January, Day: 1}.AddDays(rapid.IntRange(0, 700).Draw(t, "from"))
		to := from.AddDays(rapid.IntRange(0, 2000).Draw(t, "days"))
		c := store.Campaign{ID: "c", From: from, To: to, Rules: []store.PeriodRule{{
			Kind:   rapid.SampledFrom([]store.PeriodKind{store.Month, store.Quarter, store.HalfYear, store.FullYear}).Draw(t, "kind"),
			CutDay: rapid.IntRange(0, 31).Draw(t, "cut"),
		}}}
		periods := deadline.Periods(c, cal, from.AddDays(-900), to.AddDays(900))
		if len(periods) == 0 {
			t.Fatalf("a campaign from %s to %s owes nothing", from, to)
		}
		next := from
		for _, p := range periods {
			if p.From != next || p.To.Before(p.From) || to.Before(p.To) {
				t.Fatalf("%s..%s after %s in %s..%s", p.From, p.To, next, from, to)
			}
			if p.ID != store.PeriodID(fmt.Sprintf("c/%s/%s", p.Kind, p.To)) {
				t.Fatalf("%s has the id %s", p.To, p.ID)
			}
			if got, ok := deadline.ByID(c, cal, p.ID); !ok || !cmp.Equal(got, p) {
				t.Fatalf("%s is found as %v, %t", p.ID, got, ok)
			}
			next = p.To.AddDays(1)
		}
	})
}

func TestClocks(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	for _, c := range []struct {
		name                string
		rule                store.PeriodRule
		cut                 string
		due, onTime, locked string
	}{
		{"two working days, as state agencies have", store.PeriodRule{Kind: store.FullYear, CutDay: 14, DueAfter: 2, Working: true, Hour: 17, Lock: 5},
			"2026-12-14", "2026-12-16 17:00", "2026-12-16 17:00", "2026-12-23 17:00"},
		{"working days over Tết", store.PeriodRule{Kind: store.Month, CutDay: 12, DueAfter: 2, Working: true, Hour: 17, Grace: 1, Lock: 3},
			"2026-02-12", "2026-02-23 17:00", "2026-02-24 17:00", "2026-02-26 17:00"},
		{"days, moved to Monday", store.PeriodRule{Kind: store.Month, DueAfter: 5, Shift: store.NextWorkingDay, Hour: 16},
			"2026-11-30", "2026-12-07 16:00", "2026-12-07 16:00", "2026-12-07 16:00"},
		{"days, moved to Friday", store.PeriodRule{Kind: store.Month, DueAfter: 5, Shift: store.PreviousWorkingDay, Hour: 16},
			"2026-11-30", "2026-12-04 16:00", "2026-12-04 16:00", "2026-12-04 16:00"},
		{"without a shift it is the next day", store.PeriodRule{Kind: store.Month, DueAfter: 5, Hour: 16},
			"2026-11-30", "2026-12-07 16:00", "2026-12-07 16:00", "2026-12-07 16:00"},
		{"onto the new holiday", store.PeriodRule{Kind: store.Month, CutDay: 20, DueAfter: 4, Shift: store.NextWorkingDay, Hour: 16},
			"2026-11-20", "2026-11-25 16:00", "2026-11-25 16:00", "2026-11-25 16:00"},
		{"on the cut-off itself", store.PeriodRule{Kind: store.Quarter, Hour: 11, Lock: 1},
			"2026-06-30", "2026-06-30 11:00", "2026-06-30 11:00", "2026-07-01 11:00"},
		{"a lock before the grace ends with it", store.PeriodRule{Kind: store.Quarter, Hour: 11, Grace: 2, Lock: 1},
			"2026-06-30", "2026-06-30 11:00", "2026-07-02 11:00", "2026-07-02 11:00"},
		{"a due day of its own, on a Sunday", store.PeriodRule{Kind: store.FreePeriod, Hour: 9, Lock: 1, DueAfter: 30,
			Free: []store.FreeDates{{From: day(t, "2026-01-01"), To: day(t, "2026-05-31"), Due: day(t, "2026-06-07")}}},
			"2026-05-31", "2026-06-08 09:00", "2026-06-08 09:00", "2026-06-09 09:00"},
		{"free, by the rule", store.PeriodRule{Kind: store.FreePeriod, Hour: 9, DueAfter: 30, Free: []store.FreeDates{{From: day(t, "2026-01-01"), To: day(t, "2026-05-31")}}},
			"2026-05-31", "2026-06-30 09:00", "2026-06-30 09:00", "2026-06-30 09:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			id := store.PeriodID(fmt.Sprintf("dvk/%s/%s", c.rule.Kind, c.cut))
			p, ok := deadline.ByID(campaign(t, "2024-01-01", "2030-12-31", c.rule), cal, id)
			if !ok {
				t.Fatalf("there is no period %s", id)
			}
			for i, got := range []time.Time{p.Due, p.OnTime, p.Locked} {
				if want := []string{c.due, c.onTime, c.locked}[i]; !got.Equal(at(t, want)) {
					t.Errorf("clock %d is %s, not %s", i, got, want)
				}
			}
		})
	}
}

func TestByIDOfNoPeriod(t *testing.T) {
	t.Parallel()
	c := campaign(t, "2026-01-01", "2026-12-31", store.PeriodRule{Kind: store.HalfYear})
	for _, id := range []store.PeriodID{"", "dvk", "dvk/half/2026-06-29", "dvk/year/2026-12-31", "other/half/2026-06-30", "dvk/half/2026-13-45", "dvk/half/2027-06-30"} {
		if p, ok := deadline.ByID(c, calendar(t), id); ok {
			t.Errorf("%q is %v", id, p)
		}
	}
}

func TestPeriodsOfTwoRules(t *testing.T) {
	t.Parallel()
	month, year := store.PeriodRule{Kind: store.Month}, store.PeriodRule{Kind: store.FullYear}
	again := store.PeriodRule{Kind: store.Month, DueAfter: 9}
	c := campaign(t, "2026-01-01", "2030-12-31", year, month, again)
	got := deadline.Periods(c, calendar(t), day(t, "2026-12-01"), day(t, "2026-12-31"))
	want := []string{"year 2026-01-01..2026-12-31", "month 2026-12-01..2026-12-31"}
	if diff := cmp.Diff(want, span(got)); diff != "" {
		t.Error(diff)
	}
	if got[1].Due.Day() != 31 {
		t.Errorf("the second rule of a kind won: due %s", got[1].Due)
	}
}

// TestCurrent is the lesson of a report on the period that contains now: what
// is worked on is the one that just ended.
func TestCurrent(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	half := store.PeriodRule{Kind: store.HalfYear, CutDay: 14, DueAfter: 2, Working: true, Hour: 17, Lock: 5}
	year := store.PeriodRule{Kind: store.FullYear, DueAfter: 5, Working: true, Hour: 17, Lock: 10}
	free := store.PeriodRule{Kind: store.FreePeriod, Hour: 17, Lock: 1, Free: []store.FreeDates{
		{From: day(t, "2026-03-01"), To: day(t, "2026-03-31")}, {From: day(t, "2026-06-01"), To: day(t, "2026-06-30")}}}
	c := campaign(t, "2026-01-01", "2030-12-31", half, year, free)
	for _, tt := range []struct{ now, want string }{
		{"2026-03-15 10:00", "half 2026-01-01..2026-06-14, year 2026-01-01..2026-12-31, free 2026-03-01..2026-03-31"},
		{"2026-03-31 23:59", "half 2026-01-01..2026-06-14, year 2026-01-01..2026-12-31, free 2026-03-01..2026-03-31"},
		{"2026-04-01 17:00", "half 2026-01-01..2026-06-14, year 2026-01-01..2026-12-31"},
		{"2026-06-14 23:59", "half 2026-01-01..2026-06-14, year 2026-01-01..2026-12-31, free 2026-06-01..2026-06-30"},
		{"2026-06-15 00:00", "half 2026-01-01..2026-06-14, year 2026-01-01..2026-12-31, free 2026-06-01..2026-06-30"},
		{"2026-06-23 16:59", "half 2026-01-01..2026-06-14, year 2026-01-01..2026-12-31, free 2026-06-01..2026-06-30"},
		{"2026-06-23 17:00", "half 2026-06-15..2026-12-14, year 2026-01-01..2026-12-31, free 2026-06-01..2026-06-30"},
		{"2027-01-01 05:00", "half 2026-12-15..2027-06-14, year 2026-01-01..2026-12-31"},
		{"2025-12-31 23:59", ""},
		{"2026-01-01 00:00", "half 2026-01-01..2026-06-14, year 2026-01-01..2026-12-31"},
	} {
		now := at(t, tt.now).UTC() // the server's zone must not matter
		if got := strings.Join(span(deadline.Current(c, cal, now)), ", "); got != tt.want {
			t.Errorf("%s: %s, not %s", tt.now, got, tt.want)
		}
	}
}

func TestOfRule(t *testing.T) {
	t.Parallel()
	half := store.PeriodRule{Kind: store.HalfYear}
	round := store.PeriodRule{Kind: store.FreePeriod, Free: []store.FreeDates{
		{Name: "trước", From: day(t, "2025-11-01"), To: day(t, "2025-11-30")},
		{Name: "sau", From: day(t, "2027-02-01"), To: day(t, "2027-02-28")},
	}}
	c := campaign(t, "2026-01-01", "2026-12-31", half, round)

	want := []string{"half 2026-01-01..2026-06-30", "half 2026-07-01..2026-12-31"}
	if diff := cmp.Diff(want, span(deadline.OfRule(c, half))); diff != "" {
		t.Error(diff)
	}
	want = []string{"free 2025-11-01..2025-11-30", "free 2027-02-01..2027-02-28"} // outside the campaign, and yet there
	if diff := cmp.Diff(want, span(deadline.OfRule(c, round))); diff != "" {
		t.Error(diff)
	}
}

func TestLive(t *testing.T) {
	t.Parallel()
	c := campaign(t, "2024-01-01", "2030-12-31", store.PeriodRule{Kind: store.HalfYear, DueAfter: 2, Working: true, Hour: 17, Lock: 5})
	got := deadline.Live(c, calendar(t), at(t, "2026-10-15 08:00"), at(t, "2027-01-01 00:00"))
	want := []string{"half 2026-07-01..2026-12-31", "half 2027-01-01..2027-06-30"}
	if diff := cmp.Diff(want, span(got)); diff != "" {
		t.Error(diff)
	}
	// An extension may still move the half that was locked on 9 July.
	got = deadline.Live(c, calendar(t), at(t, "2026-10-01 08:00"), at(t, "2026-10-01 08:00"))
	if want = append([]string{"half 2026-01-01..2026-06-30"}, want[0]); cmp.Diff(want, span(got)) != "" {
		t.Error(cmp.Diff(want, span(got)))
	}
}
