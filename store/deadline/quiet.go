package deadline

import (
	"time"

	"danvan/store"
)

// Quiet are the hours of the day in which nobody is disturbed: from From
// o'clock until To o'clock, over midnight when From is the later. Equal hours
// mean that there are none.
type Quiet struct {
	From int
	To   int
}

// holds reports whether an hour is a quiet one.
func (q Quiet) holds(hour int) bool {
	if q.From <= q.To {
		return q.From <= hour && hour < q.To
	}
	return hour >= q.From || hour < q.To
}

// open reports whether people may be disturbed at an instant.
func (c *Calendar) open(t time.Time, q Quiet) bool {
	t = t.In(c.zone)
	return c.Working(store.DateOf(t)) && !q.holds(t.Hour())
}

// Opens returns the first instant, t or later, at which people may be
// disturbed.
func (c *Calendar) Opens(t time.Time, q Quiet) time.Time {
	if c.open(t, q) {
		return t
	}
	day := c.Day(t)
	if c.Working(day) && q.From > q.To && t.In(c.zone).Hour() >= q.From {
		day = day.AddDays(1) // the quiet hours go on over midnight
	}
	if worked := c.OnOrAfter(day); worked != day {
		day = worked
		t = c.At(day, 0)
	}
	if midnight := c.At(day, 0); !t.After(midnight) && !q.holds(0) {
		return midnight
	}
	return c.At(day, q.To)
}

// onWorkingDay moves an instant on a day off to the same hour of the next
// working day, so that nobody is disturbed at its midnight.
func (c *Calendar) onWorkingDay(t time.Time) time.Time {
	day := c.Day(t)
	if c.Working(day) {
		return t
	}
	t = t.In(c.zone)
	day = c.OnOrAfter(day)
	return time.Date(day.Year, day.Month, day.Day, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), c.zone)
}
