package answer

import (
	"slices"
	"strconv"
	"time"

	"danvan/flows/answer/lunar"
	"danvan/store"
)

// Span is a stretch of days, both ends included.
type Span struct{ From, To store.Date }

// grain is how long the time is that a moment names.
type grain uint8

const (
	dayGrain grain = iota
	monthGrain
	monthsGrain // the first or the last months of a year
	quarterGrain
	weekGrain // number: how many weeks from the present one
	yearGrain
	fixedGrain // days that are known already: hôm qua
)

// edge is the part of a time that is meant: đầu, giữa, cuối.
type edge uint8

const (
	allOf edge = iota
	startOf
	middleOf
	endOf
)

// moment is a time as it was typed. What it means may hang on today and, in a
// span, on the year at the other end.
type moment struct {
	grain   grain
	day     int
	number  int // of the month, the quarter, or how many months; below 0: the last of the year
	year    int // 0: not told
	more    int // how many of the kind follow the first: quý II, III
	lunar   bool
	leap    bool
	either  bool // mùng 5 tháng 3: a day of either calendar
	edge    edge
	fixed   []store.Date
	confirm bool
	mixed   bool // 3-10/2026: a day, or a span of months
	bare    bool // a number only, 3 or 2026
	len     int  // tokens
	at      int  // the first of them
}

// spans says what the moment means. A year that was not told is given by the
// other end of a span, or is the present one.
func (m moment) spans(today store.Date, given int) ([]Span, *Invalid) {
	year := m.year
	if year == 0 {
		year = given
	}

	told := year != 0
	if !told {
		year = today.Year
	}
	if year < 1900 || year > 2199 {
		return nil, &Invalid{Key: dateYear, Args: map[string]any{"Year": strconv.Itoa(year)}}
	}

	switch m.grain {
	case fixedGrain:
		return daySpans(m.fixed), nil
	case weekGrain:
		from := mondayOf(today).AddDays(7 * m.number)
		return []Span{{from, from.AddDays(6)}}, nil
	case dayGrain:
		return m.days(today, year, told)
	}

	first, months, err := m.months()
	if err != nil {
		return nil, err
	}

	s := Span{From: store.Date{Year: year, Month: first, Day: 1}}
	s.To = endOfMonth(year, first+time.Month(months)-1)
	return []Span{cutEdge(s, m.edge, months)}, nil
}

// months says with which month a longer moment begins and how many it has.
func (m moment) months() (time.Month, int, *Invalid) {
	switch n := m.number; {
	case m.grain == yearGrain:
		return 1, 12 * (1 + m.more), nil
	case m.grain == quarterGrain && n >= 1 && n <= 4:
		return time.Month(3*n - 2), 3 * (1 + m.more), nil
	case m.grain == monthGrain && n >= 1 && n <= 12:
		return time.Month(n), 1 + m.more, nil
	case m.grain == monthsGrain && n >= 1 && n <= 12:
		return 1, n, nil
	case m.grain == monthsGrain && n <= -1 && n >= -12:
		return time.Month(13 + n), -n, nil
	}

	return 0, 0, &Invalid{Key: dateNoMonth, Args: map[string]any{"Month": max(m.number, 0)}}
}

// days says which days a day of a month can be.
func (m moment) days(today store.Date, year int, told bool) ([]Span, *Invalid) {
	if m.number == 0 {
		d := store.Date{Year: today.Year, Month: today.Month, Day: m.day}
		return validDay(d)
	}
	if m.lunar {
		return m.lunarDays(today, year, told)
	}
	if m.number > 12 || m.number < 1 {
		return nil, &Invalid{Key: dateNoMonth, Args: map[string]any{"Month": max(m.number, 0)}}
	}

	d := store.Date{Year: year, Month: time.Month(m.number), Day: m.day}
	spans, err := validDay(d)
	if err != nil {
		return nil, err
	}
	if other, far := farFrom(today, d, 300); far && !told && other.Valid() {
		spans = append(daySpans([]store.Date{other}), spans...)
	}

	if m.either {
		if moons, err := m.lunarDays(today, year, told); err == nil {
			spans = append(spans, moons...)
		}
	}

	return spans, nil
}

// lunarDays converts a day of the lunar calendar. Without a year, one that lies
// half a year off may be the next or the last one of its name.
func (m moment) lunarDays(today store.Date, year int, told bool) ([]Span, *Invalid) {
	if !told {
		year = lunar.Of(today).Year
	}

	d, ok := m.lunarDay(year)
	if !ok {
		return nil, &Invalid{Key: dateNoLunar, Args: map[string]any{"Day": max(m.day, 0), "Month": m.number, "Year": strconv.Itoa(year)}}
	}

	days := []store.Date{d}
	if other, far := farFrom(today, d, 183); far && !told {
		if o, ok := m.lunarDay(year + other.Year - d.Year); ok {
			days = append(days, o)
		}
	}

	return daySpans(days), nil
}

// lunarDay finds the day in a lunar year. The 30th of a short last month is
// its 29th: the eve of Tết is called so in any year.
func (m moment) lunarDay(year int) (store.Date, bool) {
	l := lunar.Date{Year: year, Month: m.number, Day: m.day, Leap: m.leap}
	d, ok := l.Solar()
	if !ok && m.day == 30 && m.number == 12 {
		l.Day = 29
		return l.Solar()
	}
	return d, ok
}

// unlikely reports whether the year that was told lies so far off that it may be
// a slip: 2062 for 2026.
func (m moment) unlikely(today store.Date) bool {
	return m.year != 0 && (m.year > today.Year+10 || m.year < today.Year-30)
}

// farFrom returns the same day of the year that is nearer to today, if d lies
// more than some days off.
func farFrom(today, d store.Date, most int) (store.Date, bool) {
	other := d
	switch {
	case today.AddDays(most).Before(d):
		other.Year--
	case d.Before(today.AddDays(-most)):
		other.Year++
	default:
		return d, false
	}
	return other, true
}

// mondayOf is the first day of a day's week.
func mondayOf(d store.Date) store.Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

func validDay(d store.Date) ([]Span, *Invalid) {
	if d.Valid() {
		return daySpans([]store.Date{d}), nil
	}
	last := endOfMonth(d.Year, d.Month)
	return nil, &Invalid{Key: dateNoSuchDay, Args: map[string]any{
		"Day": max(d.Day, 0), "Month": int(d.Month), "Year": strconv.Itoa(d.Year), "Last": last.Day, "LastDate": last,
	}}
}

func daySpans(days []store.Date) []Span {
	var spans []Span
	for _, d := range days {
		spans = append(spans, Span{d, d})
	}
	return spans
}

// endOfMonth returns the last day of a month; months beyond 12 belong to the next year.
func endOfMonth(year int, month time.Month) store.Date {
	return store.DateOf(time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC))
}

// sameDay moves a day some months on; the 31st becomes the last of a shorter month.
func sameDay(d store.Date, months int) store.Date {
	to := endOfMonth(d.Year, d.Month+time.Month(months))
	if d.Day < to.Day {
		to.Day = d.Day
	}
	return to
}

// cutEdge takes one day of a longer time.
func cutEdge(s Span, e edge, months int) Span {
	switch e {
	case startOf:
		return Span{s.From, s.From}
	case middleOf:
		middle := store.DateOf(time.Date(s.From.Year, s.From.Month+time.Month(months/2), 15-14*((months+1)%2), 0, 0, 0, 0, time.UTC))
		return Span{middle, middle}
	case endOf:
		return Span{s.To, s.To}
	}
	return s
}

// clockLen measures a time of the day, 0 if none stands at i: 17:30, 8h, 8 giờ 30.
func clockLen(toks []token, i int) int {
	if toks[i].kind != number || i+1 >= len(toks) {
		return 0
	}

	isSlash := func(t token) bool { return t.is("/") }
	switch next := toks[i+1]; {
	case next.is(":") && !next.gap && i+2 < len(toks) && toks[i+2].kind == number &&
		!toks[i+2].gap && len(toks[i].fold) < 3:
		return 3
	case next.is("h", "gio", "g"):
		// 8 giờ 30, but not 8 giờ 30/4: what has a stroke is a date.
		if i+2 < len(toks) && toks[i+2].kind == number && !slices.ContainsFunc(toks[i+2:min(i+4, len(toks))], isSlash) {
			return 3
		}
		return 2
	}

	return 0
}
