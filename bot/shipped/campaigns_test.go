package shipped_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"danvan/bot/shipped"
	"danvan/store"
	"danvan/store/bolt"
	"danvan/store/deadline"
)

// TestShippedPeriods wants the shipped campaigns' reports of two years with
// their due days.
func TestShippedPeriods(t *testing.T) {
	t.Parallel()
	campaigns, err := shipped.Campaigns()
	if err != nil {
		t.Fatal(err)
	}
	days, err := shipped.Days()
	if err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("ICT", 7*3600)
	cal := deadline.NewCalendar(days, zone)
	var got []string
	for _, c := range campaigns {
		for _, p := range deadline.Periods(c, cal, store.Date{Year: 2026, Month: 6, Day: 1}, store.Date{Year: 2027, Month: 1, Day: 31}) {
			got = append(got, string(p.ID)+" from "+p.From.String()+" due "+p.Due.In(zone).Format("Mon 2006-01-02 15:04"))
		}
	}
	want := []string{
		"dvk-2026-2030/half/2026-06-14 from 2026-01-01 due Tue 2026-06-16 17:00",
		"dvk-2026-2030/year/2026-12-14 from 2026-01-01 due Wed 2026-12-16 17:00",
		"dvk-2026-2030/half/2027-06-14 from 2026-12-15 due Wed 2027-06-16 17:00",
		"dvk-2026-2030/year/2027-12-14 from 2026-12-15 due Thu 2027-12-16 17:00",
		"dvk-long-xuyen-2026/quarter/2026-06-30 from 2026-04-01 due Tue 2026-07-07 17:00",
		"dvk-long-xuyen-2026/quarter/2026-09-30 from 2026-07-01 due Wed 2026-10-07 17:00",
		"dvk-long-xuyen-2026/quarter/2026-12-31 from 2026-10-01 due Fri 2027-01-08 17:00",
		"dvk-long-xuyen-2026/quarter/2027-03-31 from 2027-01-01 due Wed 2027-04-07 17:00",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

// TestAddDaysOnce wants the days in an empty calendar and a calendar that
// somebody keeps left alone.
func TestAddDaysOnce(t *testing.T) {
	t.Parallel()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "d.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, s)
	count := func() (n int) {
		if err := s.View(t.Context(), func(r store.Reader) error {
			days, err := r.SpecialDays()
			n = len(days)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for range 2 {
		if err := shipped.AddDays(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		days, err := shipped.Days()
		if err != nil || count() != len(days) && count() != len(days)-1 {
			t.Fatalf("%d days, %v", count(), err)
		}
		if err := s.Update(t.Context(), func(tx store.Tx) error { return tx.DeleteSpecialDay(days[0].Day) }); err != nil {
			t.Fatal(err)
		}
	}
	if days, _ := shipped.Days(); count() != len(days)-1 {
		t.Errorf("a day that was taken out came back: %d days", count())
	}
}
