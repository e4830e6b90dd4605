package lunar

import (
	"math"
	"time"

	"danvan/store"
)

// Date is a day of the Vietnamese lunar calendar.
type Date struct {
	Year  int // the civil year in which its first month begins
	Month int // 1 (giêng) to 12 (chạp)
	Day   int // 1 to 30
	Leap  bool
}

// Of returns the lunar date of a day of the civil calendar.
func Of(d store.Date) Date {
	day := dayNumber(d)
	k := moonOn(day)
	number := monthAt(k, d.Year)
	number.Day = day - monthStart(k) + 1
	return number
}

// Solar returns the day of the civil calendar, or false when the lunar
// calendar has no such day: a 30th of a short month, a leap month that the
// year lacks.
func (l Date) Solar() (store.Date, bool) {
	if l.Month < 1 || l.Month > 12 || l.Day < 1 || l.Day > 30 {
		return store.Date{}, false
	}
	// The first month begins between 21 January and 20 February, so the wanted
	// one lies within the fourteen new moons from the end of January.
	first := moonOn(dayNumber(store.Date{Year: l.Year, Month: time.January, Day: 20}))
	for k := first; k <= first+14; k++ {
		d := civil(monthStart(k))
		m := monthAt(k, d.Year)
		if m.Year != l.Year || m.Month != l.Month || m.Leap != l.Leap {
			continue
		}
		if monthStart(k)+l.Day > monthStart(k+1) {
			return store.Date{}, false
		}
		return d.AddDays(l.Day - 1), true
	}
	return store.Date{}, false
}

// monthAt numbers the lunar month of new moon k, which touches a civil year.
func monthAt(k, year int) Date {
	solstice := year
	from := eleventh(solstice)
	if k < from {
		solstice--
		from = eleventh(solstice)
	}
	to := eleventh(solstice + 1)

	month, leap := 11+k-from, false
	if to-from == 13 {
		if repeated := leapMonth(from); k >= repeated {
			month--
			leap = k == repeated
		}
	}
	d := Date{Year: solstice, Month: month, Leap: leap}
	if month > 12 {
		d.Month -= 12
		d.Year++
	}
	return d
}

// eleventh returns the new moon whose month holds the winter solstice of a
// civil year.
func eleventh(year int) int {
	k := moonOn(dayNumber(store.Date{Year: year, Month: time.December, Day: 31}))
	if twelfth(monthStart(k)) != 8 {
		k--
	}
	return k
}

// leapMonth returns the first new moon after an eleventh month during whose
// month the sun stays in one twelfth of its path.
func leapMonth(eleventh int) int {
	k := eleventh + 1
	for twelfth(monthStart(k)) != twelfth(monthStart(k+1)) {
		k++
	}
	return k
}

// twelfth returns in which twelfth of the ecliptic (0 to 11, from the March
// equinox) the sun stands when a day begins.
func twelfth(day int) int { return int(sunLongitude(midnight(day)) / 30) }

// monthStart returns the day of new moon k.
func monthStart(k int) int { return int(math.Floor(newMoon(k) + offset)) }

// moonOn returns the last new moon on or before a day.
func moonOn(day int) int {
	k := int(math.Floor((float64(day)-firstMoon)/synodic)) + 1
	for monthStart(k) > day {
		k--
	}
	return k
}

// Days are counted like Julian days, but begin at midnight in Vietnam.
const (
	offset    = 0.5 + 7.0/24 - deltaT
	deltaT    = 69.0 / 86400 // dynamical minus universal time, good to seconds in 1976-2060
	firstMoon = 2451550.09766
	synodic   = 29.530588861
	epoch     = 2440588 // the number of 1970-01-01
)

func midnight(day int) float64 { return float64(day) - offset }

func dayNumber(d store.Date) int {
	return int(math.Floor(float64(d.Time(time.UTC).Unix())/86400)) + epoch
}

func civil(day int) store.Date {
	return store.DateOf(time.Unix(int64(day-epoch)*86400, 0).UTC())
}
