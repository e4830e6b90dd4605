package answer

import "danvan/store"

// Day reads one day: "5/3", "ngày 05 tháng 02 năm 26", "hôm qua", "cuối quý II",
// "rằm tháng bảy". A day without a year is of today's year. What was worked out
// (relative days, edges of longer times, lunar days) is to be confirmed; of
// several days in the text each is a reading.
func Day(text string, today store.Date) (Reading[store.Date], error) {
	toks := scan(text)
	found := calendar{toks: toks, today: today}.moments()

	var r Reading[store.Date]
	var coarse bool
	for i, m := range found {
		if i > 0 && m.grain == dayGrain && m.number == 0 && found[i-1].grain == monthGrain {
			m.number, m.year = found[i-1].number, found[i-1].year // tháng 11 ngày 22
		}
		if m.bare && m.grain == dayGrain && len(toks) > 1 {
			next := toks[min(m.at+m.len, len(toks)):]
			r.Confirm = r.Confirm || len(next) > 1 && next[0].is("den", "toi", "-", "va", ",") && next[1].kind != word // từ 5 đến 7/10
			continue
		}

		spans, err := m.spans(today, 0)
		if err != nil {
			err.Args["Text"] = Excerpt(Clean(text))
			return Reading[store.Date]{}, err
		}
		if m.edge == allOf && m.grain != dayGrain && m.grain != fixedGrain {
			coarse = true
			continue
		}

		for _, s := range spans {
			r.Values = append(r.Values, s.From)
		}

		r.Confirm = r.Confirm || m.confirm || m.edge == startOf || m.edge == middleOf || m.unlikely(today) || i == 0 && bounds(toks, m) ||
			m.grain == dayGrain && m.number == 0 && today.Before(r.Values[0])
	}

	r.Values = distinct(r.Values)
	switch {
	case len(r.Values) > 0:
		r.Confirm = r.Confirm || len(r.Values) > 1
		return r, nil
	case coarse || hasWeekWord(toks):
		return r, refuse(dateNoDay, Clean(text))
	}

	return r, refuse(dateNone, Clean(text))
}

// bounds reports whether a text says that something is before or after its only
// day: trước 25/12/2026.
func bounds(toks []token, m moment) bool {
	return len(toks) == m.len+1 && toks[0].is("truoc", "sau") || len(toks) == m.len+2 && toks[0].is("truoc", "sau") && toks[1].is("ngay")
}

// hasWeekWord reports whether a text speaks of a week or a day that it does not name.
func hasWeekWord(toks []token) bool {
	f, _ := spanWords.first(toks)
	return f.len > 0
}
