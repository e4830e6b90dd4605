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
