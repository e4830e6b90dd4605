package shipped_test

import (
	"io"
	"path/filepath"
	"testing"
	"time"

	"danvan/bot/shipped"
	"danvan/store"
	"danvan/store/bolt"
	"danvan/store/deadline"
	"danvan/store/org"
)

var ict = time.FixedZone("ICT", 7*3600)

// TestTrialStart begins four working days before the reports are due, and never
// in the past.
func TestTrialStart(t *testing.T) {
	t.Parallel()
	for now, want := range map[string]string{
		"2026-11-22 14:00": "2026-12-10 09:00",
		"2026-12-10 08:59": "2026-12-10 09:00",
		"2026-12-10 09:00": "2027-06-10 09:00",
		"2027-01-15 10:00": "2027-06-10 09:00",
		"2031-01-15 10:00": "2031-01-15 10:00",
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", now, ict)
		if err != nil {
			t.Fatal(err)
		}
		got, err := shipped.TrialStart(at)
		if err != nil || got.Format("2006-01-02 15:04") != want {
			t.Errorf("at %s: %s, %v; want %s", now, got.Format("2006-01-02 15:04"), err, want)
		}
	}
}

// TestFillPeriods counts how the units of the trial stand with their reports.
func TestFillPeriods(t *testing.T) {
	t.Parallel()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "p.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, s)
	now := time.Date(2026, 12, 10, 9, 0, 0, 0, ict)
	if err := shipped.FillTrial(t.Context(), s, now, "vi"); err != nil {
		t.Fatal(err)
	}
	if err := shipped.AddDays(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time changes nothing
		if err := shipped.FillPeriods(t.Context(), s, now); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[store.PeriodID]map[deadline.State]int{
			"dvk-2026-2030/half/2026-06-14": {deadline.Submitted: 226, deadline.Late: 5, deadline.Missing: 1},
			"dvk-2026-2030/year/2026-12-14": {deadline.Submitted: 225, deadline.Owed: 6, deadline.Exempt: 1},
		} {
			got := map[deadline.State]int{}
			for _, o := range obligations(t, s, id, now) {
				got[o.State]++
			}
			for state, n := range want {
				if got[state] != n {
					t.Errorf("%s: %d are %s, want %d", id, got[state], state, n)
				}
			}
		}
	}
}

// obligations are those of a period of the campaign that binds everyone.
func obligations(t *testing.T, s store.Store, id store.PeriodID, now time.Time) (out []deadline.Obligation) {
	t.Helper()
	campaigns, err := shipped.Campaigns()
	if err != nil {
		t.Fatal(err)
	}
	days, err := shipped.Days()
	if err != nil {
		t.Fatal(err)
	}
	cal := deadline.NewCalendar(days, ict)
	p, ok := deadline.ByID(campaigns[0], cal, id)
	if !ok {
		t.Fatalf("no period %s", id)
	}
	if err := s.View(t.Context(), func(r store.Reader) error {
		var units []store.Unit
		for _, above := range []store.UnitCode{"", "40", "91"} {
			below, err := r.Units(above)
			if err != nil {
				return err
			}
			units = append(units, below...)
		}
		reports, err := r.Reports(id)
		if err != nil {
			return err
		}
		exceptions, err := r.Exceptions(id)
		out = deadline.Obligations(org.New(units, nil), units, p, campaigns[0], reports, exceptions, cal, now)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// mustClose closes what a test has opened.
func mustClose(t testing.TB, c io.Closer) {
	t.Helper()
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}
