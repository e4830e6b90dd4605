package deadline

import (
	"cmp"
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
func Periods(c store.Campaign, cal *Calendar, from, to store.Date) []store.Period {
	var out []store.Period
	for _, rule := range c.Rules {
		for _, s := range stretches(c, rule, from.Year-1, to.Year+1) {
			if s.to.Before(from) || to.Before(s.from) {
				continue
			}
			p := period(c.ID, rule, s, cal)
			if !slices.ContainsFunc(out, func(o store.Period) bool { return o.ID == p.ID }) {
				out = append(out, p)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b store.Period) int { return compareDates(a.To, b.To) })
	return out
}

// OfRule returns all the periods of one rule of a campaign, the free ones outside
// its dates too. Which they are does not depend on days off; their clocks do,
// and are those of a calendar without any.
func OfRule(c store.Campaign, rule store.PeriodRule) []store.Period {
	c.Rules = []store.PeriodRule{rule}
	from, to := c.From, c.To
	if rule.Kind == store.FreePeriod {
		from, to = store.Date{}, store.Date{Year: 9999}
	}
	return Periods(c, NewCalendar(nil, time.UTC), from, to)
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

// Current returns the period that a unit works on now for each of a
// campaign's rules: the one that ended last while it is not locked, else the
// one that runs. A rule between two free periods has none.
func Current(c store.Campaign, cal *Calendar, now time.Time) []store.Period {
	today := cal.Day(now)
	var out []store.Period
	for _, rule := range c.Rules {
		c.Rules = []store.PeriodRule{rule}
		var running, ended *store.Period
		for _, p := range Periods(c, cal, today.AddDays(-lookBack), today) {
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
	months := lengths[rule.Kind]
	if months == 0 {
		return nil
	}
	for year := first; year <= last; year++ {
		for end := months; end <= 12; end += months {
			if s, ok := clip(c, rule, year, end, months); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

// lengths are the months of each kind of period.
var lengths = map[store.PeriodKind]int{
	store.Month: 1, store.Quarter: 3, store.HalfYear: 6, store.NineMonths: 9, store.FullYear: 12,
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

func compareDates(a, b store.Date) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day))
}
