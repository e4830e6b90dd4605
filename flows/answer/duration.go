package answer

import "danvan/store"

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
