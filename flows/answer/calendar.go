package answer

import (
	"strconv"

	"danvan/store"
)

// calendar reads times out of tokens. Its methods return a moment of length 0
// where none of their kind begins.
type calendar struct {
	toks  []token
	today store.Date
	// span says that a period is asked for: T3 is March and no Tuesday, and a
	// weekday by itself says when in a week something is done.
	span bool
}

// at reads the time that begins at token i.
func (c calendar) at(i int) (moment, bool) {
	for _, read := range []func(int) moment{
		c.relative, c.week, c.weekday, c.edged, c.feast, c.monthsOfYear, c.ago, c.quarter, c.dayOfMonth, c.numeric, c.month, c.year,
	} {
		if m := read(i); m.len > 0 {
			return m, true
		}
	}
	return moment{}, false
}

func (c calendar) is(i int, folds ...string) bool {
	return i >= 0 && i < len(c.toks) && c.toks[i].is(folds...)
}

// integer reads a short number in digits or in words; n is 0 if there is none.
func (c calendar) integer(i int) (value, n int) {
	if i >= len(c.toks) {
		return 0, 0
	}
	if t := c.toks[i]; t.kind == number {
		if len(t.fold) > 5 || !isDigits(t.fold) {
			return 0, 0
		}
		v, _ := strconv.Atoi(t.fold)
		return v, 1
	}
	v, n := spelled(c.toks, i)
	if n == 1 && v >= 2 && v <= 9 && i+1 < len(c.toks) {
		if unit, ok := shortUnits[c.toks[i+1].tone]; ok {
			return int(10*v) + unit, 2
		}
	}

	if last := i + n - 1; n > 1 && c.is(last, "nam") && c.is(last-1, "muoi") &&
		(c.toks[last].tone != "" || last+1 < len(c.toks) && c.toks[last+1].kind == number) {
		return int(v) - 5, n - 1 // tháng mười năm 2026: five behind ten is lăm
	}
	return int(v), n
}

// shortUnits follow a number of tens whose "mươi" is left out: hai mốt, ba lăm.
var shortUnits = map[string]int{"môt4": 1, "lăm0": 5}

// relative reads hôm qua.
func (c calendar) relative(i int) moment {
	f := relativeDays.at(c.toks, i)
	if f.len == 0 {
		return moment{}
	}
	name := f.means != 0 && f.len == 1 && !c.span && f.len < len(trimFillers(c.toks)) // chị Mai is no tomorrow
	return moment{grain: fixedGrain, fixed: []store.Date{c.today.AddDays(f.means)}, confirm: name, len: f.len}
}

// week reads tuần này, tuần trước.
func (c calendar) week(i int) moment {
	near := nearness.at(c.toks, i+1)
	if !c.is(i, "tuan") || near.len == 0 {
		return moment{}
	}
	return moment{grain: weekGrain, number: near.means, len: 1 + near.len}
}

// weekday reads thứ 6 tuần trước, and steps over the weekday of a full date.
func (c calendar) weekday(i int) moment {
	w := weekdays.at(c.toks, i)
	next := i + w.len
	if w.len == 0 || c.is(i, "t") && (c.is(next, "/") || c.span && !c.is(next, "tuan")) {
		return moment{}
	}

	date := next
	for c.is(date, "ngay", ",", "(", "-") {
		date++
	}

	if m := c.numeric(date); m.len > 0 && !m.bare {
		spans, err := m.spans(c.today, 0)
		m.confirm = m.confirm || err == nil && spans[0].From.Weekday() != w.means
		m.len += date - i
		return m
	}

	m := moment{grain: fixedGrain}
	this := mondayOf(c.today).AddDays((int(w.means) + 6) % 7)

	inWeek := c.is(next, "tuan")
	if inWeek {
		next++
	}

	near := nearness.at(c.toks, next)
	switch {
	case inWeek && near.len == 0:
		return moment{}
	case inWeek, near.len > 0 && near.means == 0:
		m.fixed = []store.Date{this.AddDays(7 * near.means)}
	case near.means < 0:
		m.fixed = []store.Date{lastOf(this, c.today)}
	case near.means > 0:
		m.fixed = []store.Date{lastOf(this, c.today).AddDays(7)}
	case c.span:
		return moment{}
	case c.is(i-1, "hom"):
		m.fixed = []store.Date{lastOf(this, c.today.AddDays(1))}
	default:
		last := lastOf(this, c.today.AddDays(1))
		m.fixed = []store.Date{last, last.AddDays(7)}
	}

	m.len = next + near.len - i
	return m
}

// lastOf returns the last of a weekday's days before another day.
func lastOf(d, before store.Date) store.Date {
	if d.Before(before) {
		return d
	}
	return d.AddDays(-7)
}

// edged reads cuối quý II, đầu năm, hết tháng này.
func (c calendar) edged(i int) moment {
	e := edges.at(c.toks, i)
	if e.len == 0 {
		return moment{}
	}

	next := i + e.len
	var m moment
	for _, read := range []func(int) moment{c.quarter, c.month, c.monthsOfYear, c.year, c.present} {
		if m = read(next); m.len > 0 {
			break
		}
	}

	if m.len == 0 && c.is(i, "het") {
		m, e.means = c.date(next), allOf // đến hết ngày 31/10
	}
	if m.len == 0 || m.bare {
		return moment{}
	}

	m.edge = e.means
	m.len += e.len
	return m
}

// date reads a day of a month in either way of writing.
func (c calendar) date(i int) moment {
	if m := c.dayOfMonth(i); m.len > 0 {
		return m
	}
	return c.numeric(i)
}

// present reads tháng, quý and năm without a number as the present ones.
func (c calendar) present(i int) moment {
	switch {
	case c.is(i, "thang"):
		return moment{grain: monthGrain, number: int(c.today.Month), year: c.today.Year, len: 1}
	case c.is(i, "qui"):
		return moment{grain: quarterGrain, number: (int(c.today.Month) + 2) / 3, year: c.today.Year, len: 1}
	case c.is(i, "nam"):
		return moment{grain: yearGrain, len: 1}
	}
	return moment{}
}

// feast reads giỗ Tổ and rằm tháng bảy.
func (c calendar) feast(i int) moment {
	m := moment{grain: dayGrain, lunar: true, confirm: true}
	if f := feasts.at(c.toks, i); f.len > 0 {
		m.day, m.number, m.len = f.means.day, f.means.month, f.len
	} else if c.is(i, "ram") && c.is(i+1, "thang") {
		m.day = 15
		m.len = 1 + c.monthPart(i+1, &m)
		if m.number == 0 {
			return moment{}
		}
	}

	if m.len > 0 {
		m.len += c.yearPart(i+m.len, &m)
	}
	return m
}

// ago reads 3 ngày trước, cách đây hai tuần.
func (c calendar) ago(i int) moment {
	start := i
	back := c.is(i, "cach") && c.is(i+1, "day", "nay")
	if back {
		i += 2
	}

	v, n := c.integer(i)
	i += n
	if n == 0 || v > 400 || i >= len(c.toks) {
		return moment{}
	}

	unit := c.toks[i].fold
	i++
	sign := -1
	switch {
	case back:
	case c.is(i, "truoc"):
		i++
	case c.is(i, "sau", "nua", "toi"):
		i++
		sign = 1
	default:
		return moment{}
	}

	d := c.today
	switch unit {
	case "ngay", "hom", "bua":
		d = d.AddDays(sign * v)
	case "tuan":
		d = d.AddDays(7 * sign * v)
	case "thang":
		d = sameDay(d, sign*v)
	default:
		return moment{}
	}

	either := unit == "thang" && !back // the 15th of last month, or fifteen months ago
	return moment{grain: fixedGrain, fixed: []store.Date{d}, confirm: either, len: i - start}
}

// moments finds the times in a text, in order, a few at most.
func (c calendar) moments() []moment {
	const most = 8
	var out []moment
	for i := 0; i < len(c.toks) && len(out) < most; {
		if n := clockLen(c.toks, i); n > 0 {
			i += n
			continue
		}
		if w := weekdays.at(c.toks, i); c.span && w.len > 0 && !c.is(i, "t") && c.weekday(i).len == 0 {
			i += w.len // every Friday
			continue
		}
		m, ok := c.at(i)
		if !ok {
			i++
			continue
		}

		m.at = i
		out = append(out, m)
		i += m.len
	}

	return out
}
