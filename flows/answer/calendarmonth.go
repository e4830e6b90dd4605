package answer

import (
	"strconv"
	"strings"
	"time"

	"danvan/store"
)

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
