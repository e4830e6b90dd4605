package lunar_test

import (
	"testing"
	"time"

	"danvan/flows/answer/lunar"
	"danvan/store"
)

func day(year int, month time.Month, d int) store.Date {
	return store.Date{Year: year, Month: month, Day: d}
}

func TestKnownDays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		solar store.Date
		lunar lunar.Date
	}{
		"Tết 1968, the first at UTC+7":       {day(1968, 1, 29), lunar.Date{Year: 1968, Month: 1, Day: 1}},
		"Tết 1985, a month before Beijing":   {day(1985, 1, 21), lunar.Date{Year: 1985, Month: 1, Day: 1}},
		"Tết 2007, a day before Beijing":     {day(2007, 2, 17), lunar.Date{Year: 2007, Month: 1, Day: 1}},
		"Tết 2025":                           {day(2025, 1, 29), lunar.Date{Year: 2025, Month: 1, Day: 1}},
		"Tết 2026":                           {day(2026, 2, 17), lunar.Date{Year: 2026, Month: 1, Day: 1}},
		"Tết 2027":                           {day(2027, 2, 6), lunar.Date{Year: 2027, Month: 1, Day: 1}},
		"Tết 2028":                           {day(2028, 1, 26), lunar.Date{Year: 2028, Month: 1, Day: 1}},
		"Tết 2029":                           {day(2029, 2, 13), lunar.Date{Year: 2029, Month: 1, Day: 1}},
		"Tết 2030, a day before Beijing":     {day(2030, 2, 2), lunar.Date{Year: 2030, Month: 1, Day: 1}},
		"last day of the year Ất Tỵ":         {day(2026, 2, 16), lunar.Date{Year: 2025, Month: 12, Day: 29}},
		"Giỗ Tổ 2026":                        {day(2026, 4, 26), lunar.Date{Year: 2026, Month: 3, Day: 10}},
		"rằm tháng tám 2026":                 {day(2026, 9, 25), lunar.Date{Year: 2026, Month: 8, Day: 15}},
		"mùng 10 tháng giêng 2026":           {day(2026, 2, 26), lunar.Date{Year: 2026, Month: 1, Day: 10}},
		"first day of leap month 2, 2023":    {day(2023, 3, 22), lunar.Date{Year: 2023, Month: 2, Day: 1, Leap: true}},
		"first day of leap month 6, 2025":    {day(2025, 7, 25), lunar.Date{Year: 2025, Month: 6, Day: 1, Leap: true}},
		"the month after leap month 6":       {day(2025, 8, 23), lunar.Date{Year: 2025, Month: 7, Day: 1}},
		"leap month 11, 2033":                {day(2033, 12, 22), lunar.Date{Year: 2033, Month: 11, Day: 1, Leap: true}},
		"ông Công ông Táo 2026, 23 th. chạp": {day(2027, 1, 30), lunar.Date{Year: 2026, Month: 12, Day: 23}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := lunar.Of(c.solar); got != c.lunar {
				t.Errorf("Of(%v) = %+v, want %+v", c.solar, got, c.lunar)
			}
			if got, ok := c.lunar.Solar(); !ok || got != c.solar {
				t.Errorf("%+v.Solar() = %v, %v, want %v", c.lunar, got, ok, c.solar)
			}
		})
	}
}

func TestLeapMonths(t *testing.T) {
	t.Parallel()
	want := map[int]int{
		2001: 4, 2004: 2, 2006: 7, 2009: 5, 2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6,
		2028: 5, 2031: 3, 2033: 11, 2036: 6, 2039: 5, 2042: 2, 2044: 7, 2047: 5, 2050: 3,
	}
	for year := 2001; year <= 2050; year++ {
		leap := 0
		for month := 1; month <= 12; month++ {
			if _, ok := (lunar.Date{Year: year, Month: month, Day: 1, Leap: true}).Solar(); ok {
				leap = month
			}
		}
		if leap != want[year] {
			t.Errorf("leap month of %d = %d, want %d", year, leap, want[year])
		}
	}
}

func TestNoSuchDay(t *testing.T) {
	t.Parallel()
	for name, l := range map[string]lunar.Date{
		"month 0":            {Year: 2026, Month: 0, Day: 1},
		"month 13":           {Year: 2026, Month: 13, Day: 1},
		"day 0":              {Year: 2026, Month: 1, Day: 0},
		"day 31":             {Year: 2026, Month: 1, Day: 31},
		"30th of short chạp": {Year: 2025, Month: 12, Day: 30},
		"leap month missing": {Year: 2026, Month: 6, Day: 1, Leap: true},
	} {
		if got, ok := l.Solar(); ok {
			t.Errorf("%s: Solar() = %v, want none", name, got)
		}
	}
}

// Every day has a lunar date, those follow each other without a gap, and they
// lead back to the day.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	before := lunar.Of(day(2009, 12, 31))
	for d := day(2010, 1, 1); d.Year <= 2050; d = d.AddDays(1) {
		l := lunar.Of(d)
		if follows := l.Day == before.Day+1 || l.Day == 1 && before.Day >= 29; !follows {
			t.Fatalf("%v is %+v after %+v", d, l, before)
		}
		before = l
		if d.Day%14 != 0 {
			continue
		}
		if back, ok := l.Solar(); !ok || back != d {
			t.Fatalf("%v is %+v, which is %v, %v", d, l, back, ok)
		}
	}
}
