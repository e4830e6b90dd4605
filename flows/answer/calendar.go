package answer

import (
	"strconv"
	"strings"
	"time"

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

// monthsOfYear reads 6 tháng cuối năm 2026 and nửa đầu năm.
func (c calendar) monthsOfYear(i int) moment {
	v, n := c.integer(i)
	next := i + n + 1
	if c.is(i, "nua") && c.is(i+2, "nam") {
		v, next = 6, i+1
	} else if n == 0 || v < 1 || v > 12 || !c.is(i+n, "thang", "t", "th") {
		return moment{}
	}

	if !c.is(next, "dau", "cuoi") {
		return moment{}
	}

	m := moment{grain: monthsGrain, number: v}
	if c.is(next, "cuoi") {
		m.number = -v
	}

	next++
	if y := c.yearPart(next, &m); y > 0 {
		next += y
	} else if c.is(next, "nam") {
		next++
	}

	m.len = next - i
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
		d = store.DateOf(d.Time(time.UTC).AddDate(0, sign*v, 0))
	default:
		return moment{}
	}

	either := unit == "thang" && !back // the 15th of last month, or fifteen months ago
	return moment{grain: fixedGrain, fixed: []store.Date{d}, confirm: either, len: i - start}
}

// quarter reads quý II/2026.
func (c calendar) quarter(i int) moment {
	if !c.is(i, "qui", "q") {
		return moment{}
	}

	m := moment{grain: quarterGrain}
	next := i + 1
	if f := roman.at(c.toks, next); f.len > 0 {
		m.number = f.means
		next += f.len
	} else if v, n := c.integer(next); n > 0 && v >= 1 && v <= 4 {
		m.number = v
		next += n
	} else if near := nearness.at(c.toks, next); near.len > 0 {
		q := c.today.Year*4 + (int(c.today.Month)-1)/3 + near.means
		m.number, m.year = q%4+1, q/4
		next += near.len
	} else {
		return moment{}
	}

	if m.year == 0 {
		next += c.alsoPart(next, &m)
	}
	next += c.yearPart(next, &m)
	m.len = next - i
	return m
}

// month reads tháng 3/2026, tháng trước, tháng 9, 10 và 11, and T3/2026.
func (c calendar) month(i int) moment {
	m := moment{grain: monthGrain}
	if c.is(i, "t", "th") {
		return c.shortMonth(i)
	}
	if !c.is(i, "thang") {
		return m
	}

	n := c.monthPart(i, &m)
	if m.number == 0 {
		return moment{}
	}

	if m.year == 0 {
		n += c.alsoPart(i+n, &m)
	}
	m.len = n + c.yearPart(i+n, &m)
	return m
}

// shortMonth reads T3/2026, and T3 where a period is asked for.
func (c calendar) shortMonth(i int) moment {
	v, n := c.integer(i + 1)
	if n == 0 || c.toks[i+1].kind != number || v < 1 || v > 12 {
		return moment{}
	}

	m := moment{grain: monthGrain, number: v}
	n += 1
	if c.span {
		n += c.alsoPart(i+n, &m)
	}
	y := c.yearPart(i+n, &m)
	if y == 0 && !c.span && v < 8 {
		return moment{} // T3 is a Tuesday as well
	}
	m.len = n + y
	return m
}

// alsoPart reads what follows a month, a quarter or a year that is the first of
// several: quý II, III; tháng 9, 10 và 11. Where some are left out between them,
// the whole stretch is to be confirmed.
func (c calendar) alsoPart(i int, m *moment) int {
	start, last := i, m.first()
	for {
		next := i
		for next < i+2 && c.is(next, ",", "va", "+", "&") {
			next++
		}
		if next == i && m.grain == quarterGrain && c.is(next, "-") && !c.is(next+1, "qui", "q") {
			v, n := c.ordinal(next+1, m)
			if n == 0 || v <= last {
				break
			}
			m.more += v - last
			return next + 1 + n - start
		}
		if next == i {
			break
		}

		if c.is(next, "thang", "qui", "q", "nam", "t", "th") {
			next++
		}
		v, n := c.ordinal(next, m)
		if n == 0 || v <= last || c.is(next+n, "/") && c.is(next+n+2, "/") || c.counts(next+n) {
			break
		}

		m.confirm = m.confirm || v > last+1
		m.more += v - last
		last, i = v, next+n
	}
	return i - start
}

// first is the number by which a moment's kind is counted.
func (m moment) first() int {
	if m.grain == yearGrain {
		return m.year
	}
	return m.number
}

// ordinal reads the number of a further month, quarter or year.
func (c calendar) ordinal(i int, m *moment) (value, n int) {
	if f := roman.at(c.toks, i); f.len > 0 && m.grain == quarterGrain {
		return f.means, f.len
	}

	most := map[grain]int{monthGrain: 12, quarterGrain: 4, yearGrain: 2199}[m.grain]
	if v, n := c.integer(i); n > 0 && v >= 1 && v <= most && (m.grain != yearGrain || v >= 1900) {
		return v, n
	}
	return 0, 0
}

// counts reports whether a word stands at i that a number before it counts.
func (c calendar) counts(i int) bool {
	if i >= len(c.toks) || c.toks[i].kind != word {
		return false
	}
	return !c.is(i, "nam", "va", "den", "toi", "la", "a", "thi")
}

// monthPart reads "tháng" and its number into m and returns how many tokens it took.
func (c calendar) monthPart(i int, m *moment) int {
	i++
	if f := monthNames.at(c.toks, i); f.len > 0 {
		m.number, m.lunar = f.means, m.grain == dayGrain
		return 1 + f.len
	}

	if c.is(i, "sau") && c.toks[i].tone == "" {
		// The next month; without any diacritics it may be the sixth.
		m.confirm = c.toks[i-1].tone == ""
		next := store.DateOf(time.Date(c.today.Year, c.today.Month+1, 1, 0, 0, 0, 0, time.UTC))
		m.number, m.year = int(next.Month), next.Year
		return 2
	}
	if v, n := c.integer(i); n > 0 {
		m.number = v
		if v == 0 {
			m.number = -1
		}
		if c.is(i+n, "nhuan") {
			m.leap, m.lunar = true, true
			n++
		}
		return 1 + n
	}

	if i < len(c.toks) && c.toks[i].kind == number && strings.Count(c.toks[i].fold, ".") == 1 {
		month, year, _ := strings.Cut(c.toks[i].fold, ".")
		m.number, _ = strconv.Atoi(month)
		m.year = readYear(year)
		return 2
	}

	if near := nearness.at(c.toks, i); near.len > 0 {
		n := c.today.Year*12 + int(c.today.Month) - 1 + near.means
		m.number, m.year = n%12+1, n/12
		return 1 + near.len
	}

	return 1
}

// year reads năm 2026, cả năm, năm ngoái, sang năm, năm 2026 và 2027.
func (c calendar) year(i int) moment {
	if c.is(i, "sang") && c.is(i+1, "nam") && c.toks[i].tone == "" {
		return moment{grain: yearGrain, year: c.today.Year + 1, len: 2}
	}

	start := i
	all := c.is(i, "ca", "trong", "tron", "nguyen", "suot")
	if all {
		i++
	}
	m := moment{grain: yearGrain}
	if n := c.yearPart(i, &m); n > 0 && c.is(i, "nam") {
		m.len = i + n + c.alsoPart(i+n, &m) - start
	} else if all && c.is(i, "nam") {
		m.len = i + 1 - start
	}
	return m
}
