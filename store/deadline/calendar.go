package deadline

import (
	"time"

	"danvan/store"
)

// Calendar tells working days from days off, and where a day begins.
type Calendar struct {
	zone    *time.Location
	special map[store.Date]bool // whether the day is worked
}

// NewCalendar returns the calendar of a time zone in which Monday to Friday
// are worked unless the special days say otherwise.
func NewCalendar(days []store.SpecialDay, zone *time.Location) *Calendar {
	c := &Calendar{zone: zone, special: make(map[store.Date]bool, len(days))}
	for _, d := range days {
		c.special[d.Day] = d.Kind == store.DayWorked
	}
	return c
}

// Zone is where days begin.
func (c *Calendar) Zone() *time.Location { return c.zone }

// Working reports whether a day is worked.
func (c *Calendar) Working(d store.Date) bool {
	if worked, ok := c.special[d]; ok {
		return worked
	}
	w := d.Weekday()
	return w != time.Saturday && w != time.Sunday
}

// OnOrAfter returns the day itself if it is worked, or the next that is.
func (c *Calendar) OnOrAfter(d store.Date) store.Date {
	for !c.Working(d) {
		d = d.AddDays(1)
	}
	return d
}

// OnOrBefore returns the day itself if it is worked, or the last that was.
func (c *Calendar) OnOrBefore(d store.Date) store.Date {
	for !c.Working(d) {
		d = d.AddDays(-1)
	}
	return d
}

// AddWorking returns the n-th working day after d, or before it when n is
// negative; d itself, worked or not, when n is 0.
func (c *Calendar) AddWorking(d store.Date, n int) store.Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d = d.AddDays(step)
		if c.Working(d) {
			n--
		}
	}
	return d
}

// WorkingBetween counts the working days after a until b, which is how many
// are left on day a when b is the day due: 0 on the day itself, 1 on a Friday
// for the Monday. It is negative when b is past.
func (c *Calendar) WorkingBetween(a, b store.Date) int {
	if b.Before(a) {
		return -c.WorkingBetween(b, a)
	}
	n := 0
	for d := a; d.Before(b); {
		d = d.AddDays(1)
		if c.Working(d) {
			n++
		}
	}
	return n
}

// Day returns the day of an instant.
func (c *Calendar) Day(t time.Time) store.Date { return store.DateOf(t.In(c.zone)) }

// Hour is the hour of an instant.
func (c *Calendar) Hour(t time.Time) int { return t.In(c.zone).Hour() }

// At returns the instant at which an hour strikes on a day.
func (c *Calendar) At(d store.Date, hour int) time.Time {
	return time.Date(d.Year, d.Month, d.Day, hour, 0, 0, 0, c.zone)
}

// WorkingAfter returns the instant that is span later when days off do not
// count: 24 hours after Friday 16:00 is Monday 16:00.
func (c *Calendar) WorkingAfter(t time.Time, span time.Duration) time.Time {
	day := c.Day(t)
	if !c.Working(day) {
		day = c.OnOrAfter(day)
		t = c.At(day, 0)
	}
	for {
		midnight := c.At(day.AddDays(1), 0)
		left := midnight.Sub(t)
		if span < left {
			return t.Add(span)
		}
		span -= left
		day = c.OnOrAfter(day.AddDays(1))
		t = c.At(day, 0)
	}
}
