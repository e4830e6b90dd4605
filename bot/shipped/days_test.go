package shipped_test

import (
	"strings"
	"testing"
	"time"

	"danvan/bot/shipped"
	"danvan/flows/answer/lunar"
	"danvan/store"
)

func TestDaysFollowTheMoonAndTheLaw(t *testing.T) {
	t.Parallel()
	days, err := shipped.Days()
	if err != nil {
		t.Fatal(err)
	}
	off := map[store.Date]bool{}
	for i, d := range days {
		off[d.Day] = d.Kind == store.DayOff
		if i > 0 && !days[i-1].Day.Before(d.Day) {
			t.Errorf("%s comes after %s", d.Day, days[i-1].Day)
		}
		if d.Kind != store.DayOff && d.Kind != store.DayWorked {
			t.Errorf("%s: kind %q", d.Day, d.Kind)
		}
		if weekend := d.Day.Weekday() == time.Saturday || d.Day.Weekday() == time.Sunday; d.Kind == store.DayWorked && !weekend {
			t.Errorf("%s is worked anyway", d.Day)
		}
		if said := strings.Contains(d.Name, "dự kiến") || strings.Contains(d.Name, "đề xuất"); said == d.Official {
			t.Errorf("%s %q: official is %t", d.Day, d.Name, d.Official)
		}
	}
	for _, year := range []int{2026, 2027} {
		wanted := []store.Date{
			{Year: year, Month: time.January, Day: 1}, {Year: year, Month: time.April, Day: 30}, {Year: year, Month: time.May, Day: 1},
			{Year: year, Month: time.September, Day: 2}, {Year: year, Month: time.November, Day: 24},
			solar(t, year, 3, 10), solar(t, year, 1, 1), solar(t, year, 1, 2), solar(t, year, 1, 3), solar(t, year, 1, 4), solar(t, year, 1, 1).AddDays(-1),
		}
		for _, d := range wanted {
			if !off[d] {
				t.Errorf("%s is no day off", d)
			}
		}
	}
}

// TestWeekendHolidaysAreCompensated wants the next day that would be worked to
// be off for every holiday on a weekend but Tết, whose days are set together.
func TestWeekendHolidaysAreCompensated(t *testing.T) {
	t.Parallel()
	days, err := shipped.Days()
	if err != nil {
		t.Fatal(err)
	}
	off := map[store.Date]bool{}
	for _, d := range days {
		off[d.Day] = d.Kind == store.DayOff
	}
	seen := 0
	for _, d := range days {
		if d.Kind != store.DayOff || strings.Contains(d.Name, "Tết Nguyên đán") {
			continue
		}
		monday := d.Day
		for monday.Weekday() == time.Saturday || monday.Weekday() == time.Sunday {
			monday = monday.AddDays(1)
		}
		if monday != d.Day {
			seen++
			if !off[monday] {
				t.Errorf("%s %s is not made up for on %s", d.Day, d.Name, monday)
			}
		}
	}
	if seen != 2 {
		t.Errorf("%d holidays on weekends, not Giỗ Tổ 2026 and 1/5/2027", seen)
	}
}

func solar(t *testing.T, year, month, day int) store.Date {
	t.Helper()
	d, ok := lunar.Date{Year: year, Month: month, Day: day}.Solar()
	if !ok {
		t.Fatalf("no day %d of lunar month %d in %d", day, month, year)
	}
	return d
}
