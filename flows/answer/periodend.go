package answer

import (
	"slices"

	"danvan/store"
)

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
