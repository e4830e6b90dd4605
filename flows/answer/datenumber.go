package answer

import (
	"strconv"
	"strings"
)

// dayOfMonth reads ngày 05 tháng 02 năm 26, mùng 10 tháng giêng, 30 Tết, ngày 5.
func (c calendar) dayOfMonth(i int) moment {
	start := i
	m := moment{grain: dayGrain}

	named := c.is(i, "ngay")
	moon := c.is(i, "mung", "mong")
	if named || moon {
		i++
		if date := c.numeric(i); date.len > 0 && !date.bare {
			date.len += i - start
			return date
		}
	}

	v, n := c.integer(i)
	if n == 0 {
		return moment{}
	}
	if m.day = v; v == 0 {
		m.day = -1
	}

	inWords := c.toks[i].kind == word
	i += n
	taken, ok := c.monthOf(i, &m)
	if !ok && !named && !moon || inWords && v > 31 {
		return moment{}
	}

	i += taken
	m.confirm = m.confirm || m.lunar || m.number == 0 && !named
	i += c.yearPart(i, &m)
	i += c.lunarPart(i, &m)
	m.either = moon && !m.lunar && moonFeasts[lunarDay{m.day, m.number}]
	m.len = i - start
	return m
}

// monthOf reads the month behind a day: tháng 3, Tết.
func (c calendar) monthOf(i int, m *moment) (taken int, ok bool) {
	if tet := newYear.at(c.toks, i); tet.len > 0 && m.day <= 30 {
		m.lunar, m.number = true, 1
		if m.day > 10 {
			m.number = 12
		}
		return tet.len, true
	}

	if c.is(i, "t", "th") {
		short := c.shortMonth(i)
		if short.len == 0 {
			v, n := c.integer(i + 1)
			short.number, short.len = v, 1+n
			if n == 0 || v < 1 || v > 7 {
				return 0, false
			}
		}
		m.number, m.year = short.number, short.year
		return short.len, true
	}
	if !c.is(i, "thang") {
		return 0, false
	}

	taken = c.monthPart(i, m)
	if m.number == 0 {
		return 0, false
	}

	return taken, true
}

// lunarPart reads "âm lịch" behind a date.
func (c calendar) lunarPart(i int, m *moment) int {
	open := 0
	if c.is(i, "(") {
		open = 1
	}

	f := lunarWords.at(c.toks, i+open)
	if f.len == 0 {
		return 0
	}

	m.lunar, m.confirm, m.either = true, true, false
	if open > 0 && c.is(i+1+f.len, ")") {
		open++
	}

	return open + f.len
}

// numeric reads 5/3, 15-6-2026, 15.6.26, 2026-11-22, 10/2026 and 05032026. A lone
// short number is bare: only its surroundings can say what it is.
func (c calendar) numeric(i int) moment {
	parts, n := c.numbers(i)
	if n == 0 {
		return moment{}
	}

	m := moment{grain: dayGrain, len: n}
	switch {
	case len(parts) == 3 && len(parts[0]) == 4:
		m.day, m.number, m.year = atoi(parts[2]), atoi(parts[1]), readYear(parts[0])
	case len(parts) == 3:
		m.day, m.number, m.year = atoi(parts[0]), atoi(parts[1]), readYear(parts[2])
	case len(parts) == 2 && len(parts[1]) >= 4:
		m.grain, m.number, m.year = monthGrain, atoi(parts[0]), readYear(parts[1])
	case len(parts) == 2 && len(parts[0]) >= 4:
		m.grain, m.number, m.year = monthGrain, atoi(parts[1]), readYear(parts[0])
	case len(parts) == 2:
		m.day, m.number = atoi(parts[0]), atoi(parts[1])
	default:
		return oneNumber(parts[0])
	}

	if m.grain == dayGrain && m.number > 12 && m.number <= 31 && m.day >= 1 && m.day <= 12 {
		m.day, m.number = m.number, m.day
		m.confirm = true
	}

	m.mixed = len(parts) == 3 && n == 5 && c.toks[i+1].fold != c.toks[i+3].fold
	if !c.is(i+m.len, "/", "-") {
		m.len += c.yearPart(i+m.len, &m)
	}

	m.len += c.lunarPart(i+m.len, &m)
	return m
}

// oneNumber reads a date without separators, a year, or a bare number.
func oneNumber(digits string) moment {
	m := moment{grain: dayGrain, confirm: true, len: 1}
	switch {
	case len(digits) == 8 && plausibleYear(digits) && plausibleMonth(digits[4:6]):
		m.year, m.number, m.day = readYear(digits[:4]), atoi(digits[4:6]), atoi(digits[6:])
	case len(digits) == 8:
		m.day, m.number, m.year = atoi(digits[:2]), atoi(digits[2:4]), readYear(digits[4:])
	case len(digits) == 6 && plausibleMonth(digits[2:4]):
		m.day, m.number, m.year = atoi(digits[:2]), atoi(digits[2:4]), readYear(digits[4:])
	case len(digits) == 4 && plausibleYear(digits):
		return moment{grain: yearGrain, year: atoi(digits), bare: true, len: 1}
	case len(digits) <= 2:
		return moment{grain: dayGrain, day: atoi(digits), confirm: true, bare: true, len: 1}
	default:
		return moment{}
	}

	return m
}

// atoi reads digits; 0 becomes -1, which no day or month is, so that a zero is
// not taken for something that was not told.
func atoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil || n == 0 {
		return -1
	}
	return n
}

// numbers collects up to three numbers that stand together like a date, and
// how many tokens they take.
func (c calendar) numbers(i int) (parts []string, n int) {
	if i >= len(c.toks) || c.toks[i].kind != number {
		return nil, 0
	}

	if dotted := strings.FieldsFunc(c.toks[i].fold, func(r rune) bool { return r == '.' || r == ',' }); len(dotted) > 1 {
		if len(dotted) > 3 || len(dotted) == 2 && strings.Contains(c.toks[i].fold, ",") || !isDigits(strings.Join(dotted, "")) {
			return nil, 0
		}
		return dotted, 1
	}

	if !isDigits(c.toks[i].fold) || len(c.toks[i].fold) > 8 {
		return nil, 0
	}

	parts, n = []string{c.toks[i].fold}, 1
	for len(parts) < 3 {
		k := i + n
		step := 2
		switch {
		case c.spaced(i, len(parts)):
			step = 1
		case len(parts) == 1 && c.romanMonth(k):
			parts, n = append(parts, romanMonths[c.toks[k+1].fold]), n+2
			continue
		case !c.is(k, "/", "-") || k+1 >= len(c.toks) || c.toks[k+1].kind != number || !isDigits(c.toks[k+1].fold):
			return parts, n
		case len(parts[0]) == 4 && len(c.toks[k+1].fold) > 2, len(parts[0]) > 4:
			return parts, n
		case len(parts) == 2 && c.toks[k].fold != c.toks[i+1].fold && (len(c.toks[k+1].fold) != 4 || len(parts[0]) > 2):
			return parts, n
		}

		parts = append(parts, c.toks[k+step-1].fold)
		n += step
	}

	return parts, n
}

// romanMonth reports whether a month in Roman numbers stands between strokes.
func (c calendar) romanMonth(k int) bool {
	return c.is(k, "/", "-") && k+2 < len(c.toks) && c.toks[k+1].kind == word && romanMonths[c.toks[k+1].fold] != "" &&
		c.toks[k].fold == c.toks[k+2].fold
}

// spaced reports whether a date with spaces for separators goes on: 5 3 2026.
func (c calendar) spaced(i, have int) bool {
	if i+2 >= len(c.toks) {
		return false
	}
	for _, t := range c.toks[i : i+3] {
		if t.kind != number || !isDigits(t.fold) {
			return false
		}
	}
	return len(c.toks[i].fold) <= 2 && len(c.toks[i+1].fold) <= 2 && len(c.toks[i+2].fold) == 4 && have < 3
}

// yearPart reads the year behind a date into m: /2026, năm 26, năm ngoái, 2026.
func (c calendar) yearPart(i int, m *moment) int {
	if m.year != 0 || i >= len(c.toks) {
		return 0
	}

	at := i
	if c.is(i, "/", "-", "nam") {
		at++
	}

	if c.is(i, "nam") {
		if near := nearness.at(c.toks, at); near.len > 0 {
			m.year = c.today.Year + near.means
			return 1 + near.len
		}
	}

	if c.is(i, "nam") {
		if v, n := c.spelledYear(at); n > 0 {
			m.year = v
			return 1 + n
		}
	}
	if at >= len(c.toks) || c.toks[at].kind != number || !isDigits(c.toks[at].fold) {
		return 0
	}

	digits := c.toks[at].fold
	if len(digits) != 4 && !(len(digits) == 2 && c.is(i, "/", "nam")) || len(digits) == 4 && !c.is(i, "/") && !plausibleYear(digits) {
		return 0
	}

	m.year = readYear(digits)
	return at + 1 - i
}

// spelledYear reads hai nghìn không trăm hai mươi sáu.
func (c calendar) spelledYear(i int) (year, n int) {
	v, n := spelled(c.toks, i)
	if v != 2 || !c.is(i+n, "nghin", "ngan") {
		return 0, 0
	}

	n++
	if c.is(i+n, "khong") && c.is(i+n+1, "tram") {
		n += 2
	}
	if c.is(i+n, "le", "linh") {
		n++
	}
	rest, m := spelled(c.toks[i+n:], 0)
	if m == 0 || rest > 99 {
		return 0, 0
	}
	return 2000 + int(rest), n + m
}

func plausibleMonth(digits string) bool { return digits >= "01" && digits <= "12" }

func plausibleYear(digits string) bool {
	return strings.HasPrefix(digits, "19") || strings.HasPrefix(digits, "20")
}

// readYear reads a year of two or four digits. What is neither is kept, to be refused.
func readYear(digits string) int {
	if len(digits) > 6 {
		return 1
	}

	y, err := strconv.Atoi(digits)
	switch {
	case err != nil || y == 0 && len(digits) != 2:
		return 1
	case len(digits) == 2 && y < 70:
		return 2000 + y
	case len(digits) == 2:
		return 1900 + y
	}

	return y
}
