package deadline_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"danvan/bot/shipped"
	"danvan/store"
	"danvan/store/deadline"
)

// zone is Asia/Ho_Chi_Minh, which has no summer time.
var zone = time.FixedZone("+07", 7*60*60)

// calendar returns the shipped calendar.
func calendar(tb testing.TB) *deadline.Calendar {
	tb.Helper()
	days, err := shipped.Days()
	if err != nil {
		tb.Fatal(err)
	}
	return deadline.NewCalendar(days, zone)
}

func day(tb testing.TB, text string) store.Date {
	tb.Helper()
	var d store.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		tb.Fatal(err)
	}
	return d
}

// at reads "2026-11-27 16:30" in the zone.
func at(tb testing.TB, text string) time.Time {
	tb.Helper()
	t, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

func TestAddWorking(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	for _, c := range []struct {
		name string
		from string
		n    int
		want string
	}{
		{"a weekday", "2026-11-25", 1, "2026-11-26"},
		{"over a weekend", "2026-11-27", 1, "2026-11-30"},
		{"from a Saturday", "2026-11-28", 1, "2026-11-30"},
		{"back over a weekend", "2026-11-30", -1, "2026-11-27"},
		{"nothing, even from a Sunday", "2026-11-29", 0, "2026-11-29"},
		{"the new holiday of 24 November", "2026-11-23", 1, "2026-11-25"},
		{"back over it", "2026-11-25", -1, "2026-11-23"},
		{"over Tết 2026, nine days off", "2026-02-13", 1, "2026-02-23"},
		{"back over Tết", "2026-02-23", -2, "2026-02-12"},
		{"a make-up Saturday", "2026-08-21", 1, "2026-08-22"},
		{"a swapped Monday", "2026-08-28", 1, "2026-09-03"},
		{"the day made up for Giỗ Tổ", "2026-04-24", 1, "2026-04-28"},
		{"over the new year", "2026-12-31", 1, "2027-01-04"},
		{"a leap day", "2028-02-28", 1, "2028-02-29"},
	} {
		if got := cal.AddWorking(day(t, c.from), c.n); got.String() != c.want {
			t.Errorf("%s: %s%+d is %s, not %s", c.name, c.from, c.n, got, c.want)
		}
	}
}

func TestWorkingBetween(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"2026-11-27", "2026-11-27", 0}, // hôm nay
		{"2026-11-25", "2026-11-27", 2},
		{"2026-11-20", "2026-11-27", 4}, // not the 24th
		{"2026-11-28", "2026-11-30", 1}, // on a Saturday, until Monday
		{"2026-11-28", "2026-11-29", 0},
		{"2026-11-30", "2026-11-27", -1},
		{"2026-02-13", "2026-02-23", 1},
	} {
		if got := cal.WorkingBetween(day(t, c.from), day(t, c.to)); got != c.want {
			t.Errorf("from %s to %s are %d working days, not %d", c.from, c.to, got, c.want)
		}
	}
}

func TestOnOrBeforeAndAfter(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	for _, c := range [][3]string{
		{"2026-11-27", "2026-11-27", "2026-11-27"},
		{"2026-11-28", "2026-11-27", "2026-11-30"},
		{"2026-02-18", "2026-02-13", "2026-02-23"},
		{"2026-08-22", "2026-08-22", "2026-08-22"},
		{"2027-05-01", "2027-04-29", "2027-05-04"},
	} {
		before, after := cal.OnOrBefore(day(t, c[0])), cal.OnOrAfter(day(t, c[0]))
		if before.String() != c[1] || after.String() != c[2] {
			t.Errorf("around %s: %s and %s, not %s and %s", c[0], before, after, c[1], c[2])
		}
	}
}

// TestDayOfEarlyHours is the bug of servers in UTC: until 07:00 they take today
// for yesterday.
func TestDayOfEarlyHours(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	for _, text := range []string{"2026-11-30 00:00", "2026-11-30 00:01", "2026-11-30 06:59", "2026-11-30 07:00", "2026-11-30 23:59"} {
		if got := cal.Day(at(t, text).UTC()); got.String() != "2026-11-30" {
			t.Errorf("%s is on %s", text, got)
		}
	}
	if got := cal.At(day(t, "2026-11-30"), 6).UTC(); got.Format("2006-01-02 15:04") != "2026-11-29 23:00" {
		t.Errorf("06:00 is %s", got)
	}
}

func TestWorkingAfter(t *testing.T) {
	t.Parallel()
	cal := calendar(t)
	for _, c := range []struct {
		from string
		span time.Duration
		want string
	}{
		{"2026-11-25 16:00", 3 * time.Hour, "2026-11-25 19:00"},
		{"2026-11-25 16:00", 24 * time.Hour, "2026-11-26 16:00"},
		{"2026-11-27 16:00", 24 * time.Hour, "2026-11-30 16:00"},
		{"2026-11-27 16:00", 8 * time.Hour, "2026-11-30 00:00"},
		{"2026-11-28 16:00", time.Hour, "2026-11-30 01:00"},
		{"2026-02-13 12:00", 36 * time.Hour, "2026-02-24 00:00"},
	} {
		if got := cal.WorkingAfter(at(t, c.from), c.span); !got.Equal(at(t, c.want)) {
			t.Errorf("%s after %s is %s, not %s", c.span, c.from, got, c.want)
		}
	}
}

func TestCalendarProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := store.Date{Year: 2026, Month: time.January, Day: 1}
		var days []store.SpecialDay
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, 400), 0, 60).Draw(t, "special") {
			kind := rapid.SampledFrom([]store.DayKind{store.DayOff, store.DayWorked}).Draw(t, "kind")
			days = append(days, store.SpecialDay{Day: start.AddDays(n), Kind: kind})
		}
		cal := deadline.NewCalendar(days, zone)
		from := cal.OnOrAfter(start.AddDays(rapid.IntRange(0, 400).Draw(t, "from")))
		n := rapid.IntRange(-40, 40).Draw(t, "n")
		to := cal.AddWorking(from, n)
		if !cal.Working(to) {
			t.Fatalf("%s%+d is %s, a day off", from, n, to)
		}
		if got := cal.WorkingBetween(from, to); got != n {
			t.Fatalf("between %s and %s are %d working days, not %d", from, to, got, n)
		}
		if back := cal.AddWorking(to, -n); back != from {
			t.Fatalf("%s%+d and back is %s", from, n, back)
		}
		span := time.Duration(rapid.IntRange(0, 100).Draw(t, "hours")) * time.Hour
		later := cal.WorkingAfter(cal.At(from, 9), span)
		if !cal.Working(cal.Day(later)) || later.Before(cal.At(from, 9).Add(span)) {
			t.Fatalf("%s after %s 09:00 is %s", span, from, later)
		}
	})
}
