package deadline

import (
	"slices"
	"time"

	"danvan/store"
)

// Periods returns the periods of all of a campaign's rules that have a day in
// common with from to to, by their cut-offs and then in the order of the rules.
//
// Months, quarters, halves, nine months and years end on the cut day of their
// last month, which is June or December for a half (NĐ 09/2019 as domain.md
// §2.3 restates it: with 14 the first half is 15/12 to 14/6), clamped to the
// month's length. They are clipped to the campaign: the first begins with it,
// the last is cut off with it. A piece of less than a quarter of a whole period
// is none: at the head its days are added to the period after it, at the tail
// nothing is owed for them. A campaign inside one period is one piece, however
// short. Free periods stay as they were typed.
//
// Two periods of a kind with one cut-off would have the same id; the first
// stands.
//
// Periods that have begun are as they were written (store.Campaign.Begun),
// whatever the rules say by now; those of the rules go on where they end.
//
// What was due before the campaign was known is no period, unless the campaign
// says that it is (store.Campaign.Past): nobody owes it, and nothing counts it.
func Periods(c store.Campaign, cal *Calendar, from, to store.Date) []store.Period {
	var out []store.Period
	for _, p := range c.Begun {
		if !p.To.Before(from) && !to.Before(p.From) {
			p.Due, p.OnTime, p.Locked = p.Due.In(cal.zone), p.OnTime.In(cal.zone), p.Locked.In(cal.zone)
			out = append(out, p)
		}
	}

	for _, rule := range c.Rules {
		for _, s := range upcoming(c, rule, from.Year-1, to.Year+1) {
			if s.to.Before(from) || to.Before(s.from) {
				continue
			}
			p := period(c.ID, rule, s, cal)
			if !slices.ContainsFunc(out, func(o store.Period) bool { return o.ID == p.ID }) {
				out = append(out, p)
			}
		}
	}
	if !c.Past {
		out = slices.DeleteFunc(out, func(p store.Period) bool { return p.Due.Before(c.Known) })
	}
	slices.SortStableFunc(out, func(a, b store.Period) int { return a.To.Compare(b.To) })
	return out
}

// DueBefore lists the periods of a campaign that were due before it was known.
func DueBefore(c store.Campaign, cal *Calendar) []store.Period {
	if c.Known.IsZero() {
		return nil
	}
	c.Past = true
	all := Periods(c, cal, c.From.AddDays(-lookBack), cal.Day(c.Known))
	return slices.DeleteFunc(all, func(p store.Period) bool { return !p.Due.Before(c.Known) })
}

// upcoming lists a rule's periods that end in the years first to last and are
// not written. A rule that has changed goes on after the last one that was: what
// is left of the period across that is cut as at the campaign's head.
func upcoming(c store.Campaign, rule store.PeriodRule, first, last int) []stretch {
	var end store.Date
	for _, p := range c.Begun {
		if p.Kind == rule.Kind && end.Before(p.To) {
			end = p.To
		}
	}
	if end.IsZero() {
		return stretches(c, rule, first, last)
	}
	if rule.Kind == store.FreePeriod {
		return slices.DeleteFunc(stretches(c, rule, first, last), func(s stretch) bool { return replaced(c, s) })
	}

	var out []stretch
	next, cut := end.AddDays(1), false
	for _, s := range stretches(c, rule, min(first, end.Year), last) {
		if !end.Before(s.to) {
			continue
		}
		if rest := (stretch{from: next, to: s.to}); s.from.Before(next) || cut {
			if cut = !cut && short(rest, s); cut {
				continue // its days go to the one after it
			}
			s.from = next
		}
		out = append(out, s)
	}
	return out
}

// replaced reports whether a free period is one that has begun, with other dates.
func replaced(c store.Campaign, s stretch) bool {
	return slices.ContainsFunc(c.Begun, func(p store.Period) bool {
		return p.Kind == store.FreePeriod && p.Name == s.name && !p.To.Before(s.from) && !s.to.Before(p.From)
	})
}

// Timed returns a period that was written with the clocks that its own rule sets
// by a calendar.
func Timed(p store.Period, cal *Calendar) store.Period {
	s := stretch{from: p.From, to: p.To, name: p.Name}
	for _, f := range p.Rule.Free {
		if f.To == p.To {
			s.due = f.Due
		}
	}
	q := period(p.Campaign, p.Rule, s, cal)
	p.Due, p.OnTime, p.Locked = q.Due, q.OnTime, q.Locked
	return p
}

// OfRule returns all the periods of one rule of a campaign, the free ones outside
// its dates too, and those that were due before it was known. Which they are does not depend on days off; their clocks do,
// and are those of a calendar without any.
func OfRule(c store.Campaign, rule store.PeriodRule) []store.Period {
	c.Rules, c.Past = []store.PeriodRule{rule}, true
	from, to := c.From, c.To
	if rule.Kind == store.FreePeriod {
		from, to = store.Date{}, store.Date{Year: 9999}
	}
	return ofKind(c, NewCalendar(nil, time.UTC), rule.Kind, from, to)
}

// ofKind is Periods of one kind alone.
func ofKind(c store.Campaign, cal *Calendar, kind store.PeriodKind, from, to store.Date) []store.Period {
	c.Rules = slices.DeleteFunc(slices.Clone(c.Rules), func(r store.PeriodRule) bool { return r.Kind != kind })
	c.Begun = slices.DeleteFunc(slices.Clone(c.Begun), func(p store.Period) bool { return p.Kind != kind })
	return Periods(c, cal, from, to)
}

// ByID returns the period of a campaign that has an id.
func ByID(c store.Campaign, cal *Calendar, id store.PeriodID) (store.Period, bool) {
	var cut store.Date
	if i := len(id) - len(time.DateOnly); i < 0 || cut.UnmarshalText([]byte(id[i:])) != nil {
		return store.Period{}, false
	}
	for _, p := range Periods(c, cal, cut, cut) {
		if p.ID == id {
			return p, true
		}
	}
	return store.Period{}, false
}

// Current returns the period that a unit works on now for each kind that a
// campaign has: the one that ended last while it is not locked, else the
// one that runs. A rule between two free periods has none.
func Current(c store.Campaign, cal *Calendar, now time.Time) []store.Period {
	today := cal.Day(now)
	var out []store.Period
	for _, kind := range store.PeriodKinds {
		var running, ended *store.Period
		for _, p := range ofKind(c, cal, kind, today.AddDays(-lookBack), today) {
			switch {
			case p.To.Before(today):
				ended = &p
			case running == nil:
				running = &p
			}
		}

		if ended != nil && now.Before(ended.Locked) {
			out = append(out, *ended)
		} else if running != nil {
			out = append(out, *running)
		}
	}
	return out
}

// lookBack is how many days after its end a period may still be worked on.
const lookBack = 400

// Live returns the periods that Plan may have something to do for between two
// instants: begun by until, and not locked for longer than MaxExtension at from.
func Live(c store.Campaign, cal *Calendar, from, until time.Time) []store.Period {
	live := Periods(c, cal, cal.Day(from).AddDays(-lookBack), cal.Day(until))
	return slices.DeleteFunc(live, func(p store.Period) bool {
		return !from.Before(p.Locked.AddDate(0, 0, MaxExtension))
	})
}

// MaxExtension is how many days after its lock a period's reminders may still
// be moved by extensions; one that goes further is not reminded of.
const MaxExtension = store.MaxLock

// stretch is a piece of time to report on.
type stretch struct {
	from, to store.Date
	name     string
	due      store.Date
}

// stretches lists a rule's periods that end in the years first to last, in
// their order; all of them when they are free.
func stretches(c store.Campaign, rule store.PeriodRule, first, last int) []stretch {
	var out []stretch
	if rule.Kind == store.FreePeriod {
		for _, f := range rule.Free {
			out = append(out, stretch{from: f.From, to: f.To, name: f.Name, due: f.Due})
		}
		return out
	}
	months := rule.Kind.Months()
	if months == 0 {
		return nil
	}
	for year := first; year <= last; year++ {
		for end := months; end <= 12; end += months {
			if s, ok := clip(c, rule, year, end, months); ok && rule.Wants(end/months) {
				out = append(out, s)
			}
		}
	}
	return out
}

// clip returns what the campaign leaves of the period of some months that ends
// in a month, or false when that is nothing or too little.
func clip(c store.Campaign, rule store.PeriodRule, year, end, months int) (stretch, bool) {
	whole := wholePeriod(rule, year, end, months)
	s := whole
	if s.from.Before(c.From) {
		s.from = c.From
	}
	if c.To.Before(s.to) {
		s.to = c.To
	}
	if s.to.Before(s.from) {
		return stretch{}, false
	}

	// Nine months begin anew each year; the others follow one another, so the
	// days of a head that was too short would be lost.
	before := wholePeriod(rule, year, end-months, months)
	head := stretch{from: c.From, to: before.to}
	if rule.Kind != store.NineMonths && days(head) > 0 && short(head, before) {
		s.from = c.From
	}
	inside := s.from == c.From && s.to == c.To
	return s, inside || !short(s, whole)
}

// wholePeriod returns the period of some months that ends in a month, which may
// lie outside 1 to 12 and then in another year.
func wholePeriod(rule store.PeriodRule, year, end, months int) stretch {
	return stretch{from: cutOff(year, end-months, rule.CutDay).AddDays(1), to: cutOff(year, end, rule.CutDay)}
}

// short reports whether a piece of a period is too little to report on.
func short(piece, whole stretch) bool { return 4*days(piece) < days(whole) }

// cutOff returns the day on which periods that end in a month are cut off. The
// month may lie outside 1 to 12, and then in another year.
func cutOff(year, month, day int) store.Date {
	last := store.DateOf(time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC))
	if day > 0 && day < last.Day {
		last.Day = day
	}
	return last
}

// days counts the days of a stretch.
func days(s stretch) int {
	return int(s.to.Time(time.UTC).Sub(s.from.Time(time.UTC))/(24*time.Hour)) + 1
}

// period sets a stretch's clocks by its rule.
func period(campaign store.CampaignID, rule store.PeriodRule, s stretch, cal *Calendar) store.Period {
	due := s.due
	switch {
	case !due.IsZero():
	case rule.Working:
		due = cal.AddWorking(s.to, rule.DueAfter)
	default:
		due = s.to.AddDays(rule.DueAfter)
	}
	if rule.Shift == store.PreviousWorkingDay {
		due = cal.OnOrBefore(due)
	} else {
		due = cal.OnOrAfter(due)
	}

	return store.Period{
		ID:       store.PeriodID(string(campaign) + "/" + string(rule.Kind) + "/" + s.to.String()),
		Campaign: campaign, Kind: rule.Kind, Name: s.name, From: s.from, To: s.to,
		Due:    cal.At(due, rule.Hour),
		OnTime: cal.At(cal.AddWorking(due, rule.Grace), rule.Hour),
		Locked: cal.At(cal.AddWorking(due, max(rule.Grace, rule.Lock)), rule.Hour),
	}
}
