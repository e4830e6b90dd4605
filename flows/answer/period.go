package answer

import (
	"slices"
	"strings"
	"time"

	"danvan/store"
)

// Period reads a span of time: "03/2026–10/2026", "từ tháng 3 đến tháng 10", "6
// tháng cuối năm", "quý II", "5/3 - 30/11/2026", "đến hết năm". An end that was
// not told is assumed and to be confirmed.
func Period(text string, today store.Date) (Reading[Span], error) {
	p := period{toks: splitLists(scan(text)), today: today}
	p.toks = p.clause()
	p.since = len(p.toks) > 0 && since.at(p.toks, 0).len > 0
	if p.toks = trimFillers(p.toks); len(p.toks) == 0 {
		return Reading[Span]{}, refuse(periodNone, Clean(text))
	}

	for _, read := range []func() (Reading[Span], *Invalid, bool){p.schoolYear, p.whole, p.lasting, p.split, p.openEnded, p.pieces} {
		r, err, ok := read()
		if err != nil {
			err.Args["Text"] = Excerpt(Clean(text))
			return Reading[Span]{}, err
		}
		if ok {
			r.Values = distinct(r.Values)
			r.Confirm = r.Confirm || len(r.Values) > 1
			return r, nil
		}
	}

	return Reading[Span]{}, refuse(periodNone, Clean(text))
}

// clause is the part of a text before or behind its first comma that tells
// times, where the other tells none: sáng thứ 6 hằng tuần, từ T3 đến T10.
func (p period) clause() []token {
	at := slices.IndexFunc(p.toks, func(t token) bool { return t.is(",") })
	if at < 0 {
		return p.toks
	}
	head, tail := p.toks[:at], p.toks[at+1:]
	switch before, behind := p.tells(head), p.tells(tail); {
	case behind && !before:
		return tail
	case before && !behind:
		return head
	}
	return p.toks
}

// tells reports whether words tell a time or how long something takes.
func (p period) tells(toks []token) bool {
	for i := 0; i < len(toks); i++ {
		if n := max(clockLen(toks, i), weekdays.at(toks, i).len); n > 0 && !toks[i].is("t") {
			i += n - 1
			continue
		}
		_, count := spelled(toks, i)
		if toks[i].kind == number || roman.at(toks, i).len > 0 || count > 0 && spanWords.at(toks, i+count).len > 0 {
			return true
		}
	}
	return len(p.calendar(toks).moments()) > 0
}

// splitLists parts the numbers of tháng 9,10,11, which look like one.
func splitLists(toks []token) []token {
	var out []token
	for i, t := range toks {
		parts := strings.Split(t.fold, ",")
		if t.kind != number || len(parts) < 2 || calendarWord.before(toks, i).len == 0 && (i == 0 || !toks[i-1].is("t", "th", "q")) {
			out = append(out, t)
			continue
		}

		for j, part := range parts {
			if j > 0 {
				out = append(out, token{kind: sign, text: ",", fold: ","})
			}
			out = append(out, token{kind: number, text: part, fold: part, gap: t.gap && j == 0})
		}
	}
	return out
}

type period struct {
	toks  []token
	today store.Date
	since bool // it begins with "từ"
}

func (p period) calendar(toks []token) calendar { return calendar{toks, p.today, true} }

// schoolYear reads năm học 2026-2027, which schools plan by.
func (p period) schoolYear() (Reading[Span], *Invalid, bool) {
	c := p.calendar(p.toks)
	if !c.is(0, "nam") || !c.is(1, "hoc") {
		return Reading[Span]{}, nil, false
	}

	years, n := c.numbers(2)
	if next, m := c.numbers(2 + n + 1); n == 1 && c.is(3, "-") && m == 1 {
		years = append(years, next...)
	}
	if len(years) != 2 || readYear(years[1]) != readYear(years[0])+1 || !plausibleYear(years[0]) {
		return Reading[Span]{}, nil, false
	}

	from := store.Date{Year: readYear(years[0]), Month: time.September, Day: 1}
	return Reading[Span]{Values: []Span{{from, endOfMonth(from.Year+1, time.May)}}, Confirm: true}, nil, true
}

// whole reads a text that is one time: quý II, cả năm 2026, 6 tháng cuối năm.
func (p period) whole() (Reading[Span], *Invalid, bool) {
	var r Reading[Span]
	m, ok := p.exactly(p.toks)
	if !ok {
		m = p.calendar(p.toks).present(0)
		m.confirm, ok = true, m.len == len(p.toks)
	}
	if !ok || m.bare && m.grain == dayGrain || m.mixed || p.twoMonths(m) && p.toks[1].is("-") {
		return r, nil, false
	}

	spans, err := m.spans(p.today, 0)
	if m.edge == endOf {
		spans, err = p.until(m)
	}
	if err != nil {
		return r, err, false
	}
	if m.edge == endOf && p.toks[0].is("het") && p.today.Before(spans[0].To) && !p.since {
		r.Values = []Span{{p.today, spans[0].To}} // hết tháng 12
		return r, nil, true
	}
	if m.grain == dayGrain && m.year != 0 && !m.confirm && !p.today.Before(spans[0].To) && !p.since {
		r.Values = spans // one day that is past
		return r, nil, true
	}

	r.Confirm = m.confirm || len(spans) > 1
	if m.grain != dayGrain && m.grain != fixedGrain && m.edge == allOf {
		r.Values = p.onwards(spans)
		return r, nil, true
	}

	r.Confirm = true
	if p.twoMonths(m) {
		first := store.Date{Year: p.today.Year, Month: time.Month(m.day), Day: 1}
		r.Values = []Span{{first, endOfMonth(p.today.Year, time.Month(m.number))}}
	}

	if p.since {
		r.Values = p.onwards(spans)
		return r, nil, true
	}

	for _, s := range spans {
		if p.today.Before(s.To) {
			r.Values = append(r.Values, Span{p.today, s.To})
		}
		r.Values = append(r.Values, s)
	}

	return r, nil, true
}

// twoMonths reports whether a date like 3/10 can be the months March to October.
func (p period) twoMonths(m moment) bool {
	return m.grain == dayGrain && m.len == 3 && len(p.toks) == 3 && m.day > 0 && m.day < m.number && m.number <= 12 && !m.lunar
}

// onwards reads "từ tháng 3": to the end of that year, or the month alone.
func (p period) onwards(spans []Span) []Span {
	if !p.since {
		return spans
	}
	s := spans[0]
	return []Span{{s.From, endOfMonth(s.From.Year, time.December)}, s}
}

// exactly reads tokens that are one time and nothing else.
func (p period) exactly(toks []token) (moment, bool) {
	toks = trimFillers(toks)
	if len(toks) == 0 || len(toks) > 16 {
		return moment{}, false
	}
	if len(toks) == 1 && toks[0].is("gio") {
		return moment{grain: fixedGrain, fixed: []store.Date{p.today}, len: 1}, true // từ tháng 9 đến giờ
	}
	m, ok := p.calendar(toks).at(0)
	return m, ok && m.len == len(toks)
}

// split tries every connector, the words before the dashes, until both sides
// read as a time.
func (p period) split() (Reading[Span], *Invalid, bool) {
	const most = 12
	for _, dashes := range []bool{false, true} {
		tried := 0
		for i := 1; i < len(p.toks) && tried < most; i++ {
			f := connectors.at(p.toks, i)
			if f.len == 0 || (p.toks[i].kind == sign) != dashes {
				continue
			}

			tried++
			from, okFrom := p.end(p.toks[:i])
			to, okTo := p.end(p.toks[i+f.len:])
			if !okFrom || !okTo {
				continue
			}
			if r, err, ok := p.between(from, to); ok || err != nil {
				return r, err, ok
			}
		}
	}

	return Reading[Span]{}, nil, false
}

// end reads one end of a period; a Roman number alone is a quarter.
func (p period) end(toks []token) (moment, bool) {
	toks = trimFillers(toks)
	if f := roman.at(toks, 0); f.len > 0 {
		m := moment{grain: quarterGrain, number: f.means}
		n := f.len + p.calendar(toks).yearPart(f.len, &m)
		return m, n == len(toks)
	}
	return p.exactly(toks)
}

// between makes the span from one time to another. A bare number is of the
// kind of the other end: 3-10/2026 is March to October.
func (p period) between(from, to moment) (Reading[Span], *Invalid, bool) {
	var r Reading[Span]
	bothBare := from.bare && to.bare && from.grain == dayGrain && to.grain == dayGrain
	switch {
	case bothBare && (from.day > 12 || to.day > 12):
		from, to = from.as(dayGrain, 0), to.as(dayGrain, 0)
		r.Confirm = true
	case bothBare:
		from, to = from.as(monthGrain, 0), to.as(monthGrain, 0)
		r.Confirm = true
	}

	// từ 3 đến 10/2026: the months, or from the 3rd of this month to a day in October.
	r.Confirm = r.Confirm || from.bare && from.grain == dayGrain && to.grain == monthGrain

	from, to = from.like(to), to.like(from)
	if from.bare && from.grain == dayGrain || to.bare && to.grain == dayGrain {
		return r, nil, false
	}

	r.Confirm = r.Confirm || from.confirm || to.confirm || from.edge == middleOf || to.edge == middleOf
	starts, err := from.spans(p.today, to.year)
	if err != nil {
		return r, err, false
	}

	ends, err := to.spans(p.today, from.year)
	if err != nil {
		return r, err, false
	}

	s := Span{starts[0].From, ends[len(ends)-1].To}
	switch {
	case len(starts) > 1 || len(ends) > 1:
		// A year near its turn or a lunar day: every pair that runs forward.
		r.Confirm = true
		for _, a := range starts {
			for _, b := range ends {
				if !b.To.Before(a.From) {
					r.Values = append(r.Values, Span{a.From, b.To})
				}
			}
		}
		if len(r.Values) > 0 {
			return r, nil, true
		}

	case !s.To.Before(s.From):
		r.Values = []Span{s}
		return r, nil, true
	}

	return p.acrossNewYear(s, from, to, r)
}

// acrossNewYear reads tháng 11 đến tháng 3, where one end must be of another year.
func (p period) acrossNewYear(s Span, from, to moment, r Reading[Span]) (Reading[Span], *Invalid, bool) {
	later := Span{s.From, yearOn(s.To, 1)}
	earlier := Span{yearOn(s.From, -1), s.To}
	switch {
	case to.year != 0 && from.year == 0 && from.grain != fixedGrain:
		r.Values = []Span{earlier}
	case from.year != 0 && to.year == 0 && to.grain != fixedGrain:
		r.Values = []Span{later}
	case from.year == 0 && to.year == 0 && from.grain != fixedGrain && to.grain != fixedGrain:
		r.Values = []Span{later, earlier}
	}

	r.Values = slices.DeleteFunc(r.Values, func(s Span) bool { return s.To.Before(s.From) })
	if len(r.Values) == 0 {
		return r, &Invalid{Key: periodBackwards, Args: map[string]any{"From": s.From, "To": s.To}}, false
	}

	return r, nil, true
}

// yearOn moves a day to another year; the end of February stays the end.
func yearOn(d store.Date, years int) store.Date {
	last := d == endOfMonth(d.Year, d.Month)
	d.Year += years
	if last || !d.Valid() {
		return endOfMonth(d.Year, d.Month)
	}
	return d
}

// as makes a bare number a month or a day of a month.
func (m moment) as(g grain, month int) moment {
	n := moment{grain: g, number: m.day, len: m.len}
	if g == dayGrain {
		n.day, n.number = m.day, month
	}
	return n
}

// like gives a bare number the kind of the other end.
func (m moment) like(other moment) moment {
	if !m.bare || m.grain != dayGrain || other.bare {
		return m
	}
	switch other.grain {
	case monthGrain, quarterGrain:
		return m.as(other.grain, 0)
	case dayGrain:
		return m.as(dayGrain, other.number)
	}
	return m
}

// openEnded reads a period of which one end was told, or only how long it is.
func (p period) openEnded() (Reading[Span], *Invalid, bool) {
	r := Reading[Span]{Confirm: true}
	if f := connectors.at(p.toks, 0); f.len > 0 {
		m, ok := p.exactly(p.toks[f.len:])
		r.Confirm = m.confirm || m.edge == middleOf || p.toks[0].kind == sign
		if ok && m.bare && m.grain == dayGrain && p.toks[f.len-1].is("ngay") {
			m = m.as(dayGrain, 0)
		}
		if ok && !(m.bare && m.grain == dayGrain) {
			spans, err := p.until(m)
			for _, s := range spans {
				if !s.To.Before(p.today) {
					r.Values = append(r.Values, Span{p.today, s.To})
				}
			}

			if err == nil && len(r.Values) == 0 {
				err = &Invalid{Key: periodBackwards, Args: map[string]any{"From": p.today, "To": spans[0].To}}
			}
			return r, err, err == nil
		}
	}

	if d, n := p.duration(0); n > 0 && n == len(p.toks) {
		r.Values = []Span{d.from(p.today)}
		return r, nil, true
	}

	return r, nil, false
}

// until is an end that was told without a start. One that is past, and was told
// without its year, is the next of its name: đến 30/4, said in November.
func (p period) until(m moment) ([]Span, *Invalid) {
	spans, err := m.spans(p.today, 0)
	if err != nil || m.year != 0 || m.grain == fixedGrain || m.grain == weekGrain || !spans[len(spans)-1].To.Before(p.today) {
		return spans, err
	}

	m.year = p.today.Year + 1
	if m.grain == dayGrain && m.number == 0 {
		next := endOfMonth(p.today.Year, p.today.Month).AddDays(1)
		m.number, m.year = int(next.Month), next.Year
	}
	return m.spans(p.today, 0)
}

// lasting reads a start with how long it takes from there: 3 tháng kể từ
// 1/3/2026, từ tháng 12 làm 3 tháng.
func (p period) lasting() (Reading[Span], *Invalid, bool) {
	var r Reading[Span]
	for i := range p.toks {
		d, n := p.duration(i)
		rest := p.toks[min(i+n, len(p.toks)):]
		switch {
		case n == 0:
			continue

		case i == 0:
			if len(rest) > 0 && rest[0].is(",") {
				rest = rest[1:]
			}
			if since.at(rest, 0).len == 0 {
				return r, nil, false
			}
		case len(rest) > 0 || !p.since:
			continue

		default:
			rest = p.toks[:i]
			if rest[i-1].is(",") {
				rest = rest[:i-1]
			}
			rest = rest[:len(rest)-takes.before(rest, len(rest)).len]
		}

		m, ok := p.exactly(rest)
		if !ok || m.bare {
			continue
		}

		spans, err := m.spans(p.today, 0)
		for _, s := range spans {
			r.Values = append(r.Values, d.from(s.From))
		}
		r.Confirm = m.confirm || len(spans) > 1
		return r, err, err == nil
	}

	return r, nil, false
}

// takes stand between a start and how long it takes from there.
var takes = newLexicon([]entry[bool]{{"làm, làm trong, trong, kéo dài, thực hiện, thực hiện trong, trong vòng, (", true}})

// duration is a number of days or months.
type duration struct{ days, months int }

// duration reads 3 tháng, 60 ngày, một năm at a token.
func (p period) duration(i int) (d duration, n int) {
	c := p.calendar(p.toks)
	v, n := c.integer(i)
	if n == 0 || v == 0 || v > 60 || c.is(n+i+1, "dau", "cuoi", "truoc", "sau") {
		return d, 0
	}

	switch {
	case c.is(i+n, "thang"):
		d.months = v
	case c.is(i+n, "nam"):
		d.months = 12 * v
	case c.is(i+n, "tuan"):
		d.days = 7 * v
	case c.is(i+n, "ngay"):
		d.days = v
	default:
		return d, 0
	}
	return d, n + 1
}

// from is the stretch of a duration that begins on a day.
func (d duration) from(first store.Date) Span {
	end := first.AddDays(d.days)
	if d.months > 0 {
		end = sameDay(first, d.months)
	}
	return Span{first, end.AddDays(-1)}
}

// sameDay moves a day some months on; the 31st becomes the last of a shorter month.
func sameDay(d store.Date, months int) store.Date {
	to := endOfMonth(d.Year, d.Month+time.Month(months))
	if d.Day < to.Day {
		to.Day = d.Day
	}
	return to
}

// pieces takes the times that stand in a text with other words: the first and
// the last as the ends, or the only one.
func (p period) pieces() (Reading[Span], *Invalid, bool) {
	var found []moment
	all := p.calendar(p.toks).moments()
	for i := len(all) - 1; i >= 0; i-- {
		if i+1 < len(all) && all[i+1].grain == dayGrain {
			all[i] = all[i].like(all[i+1]) // 20, 21, 22/11
		}
		if !all[i].bare {
			found = append(found, all[i])
		}
	}
	slices.Reverse(found)

	r := Reading[Span]{Confirm: true}
	switch len(found) {
	case 0:
		return r, nil, false
	case 1:
		spans, err := found[0].spans(p.today, 0)
		if err != nil {
			return r, err, false
		}
		r.Values = spans
		return r, nil, true
	}

	r, err, ok := p.between(found[0], found[len(found)-1])
	r.Confirm = r.Confirm || len(found) > 2 || !has(finishes, p.toks[found[0].at+found[0].len:])
	return r, err, ok
}
