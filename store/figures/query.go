package figures

import (
	"time"

	"danvan/store"
)

// SilentDays is after how many days without a word a model counts as silent
// (domain.md §5, T12).
const SilentDays = 60

// Query says which figures are wanted.
type Query struct {
	Campaign store.Campaign
	// Within are the campaigns that are a part of it, whose models count too.
	Within map[store.CampaignID]bool
	Period Span
	Zone   *time.Location // where a day begins and ends
	// AsOf is the instant: what was reported or decided later does not count.
	AsOf time.Time
	// Subtree lists the units in the order of their lines. Models of other
	// units do not count.
	Subtree []store.UnitCode
	// Fields narrows the figures to a portfolio; empty is every field.
	Fields []string
	// Metrics is the order of the units of measure; others follow by key.
	Metrics []string
	// Submissions says which reports were owed for the period and what came of
	// them, in the order in which they are to be shown.
	Submissions []Submission
}

// Span is a period from its first to its last day, both inclusive.
type Span struct {
	From store.Date `json:"from"`
	To   store.Date `json:"to"`
}

// YearBefore is the same period a year before; the end of February stays the
// end of February.
func (s Span) YearBefore() Span {
	return Span{From: yearBefore(s.From), To: yearBefore(s.To.AddDays(1)).AddDays(-1)}
}

func yearBefore(d store.Date) store.Date {
	d.Year--
	if !d.Valid() {
		d.Day--
	}
	return d
}

// frame is a query as the replay of a fact needs it.
type frame struct {
	campaign   store.CampaignID
	within     map[store.CampaignID]bool
	from, end  time.Time // the first instant of the period, and the first after it
	first, to  store.Date
	last       store.Date // of its days, the last one that the figures know of
	asOf       time.Time
	heardSince time.Time  // what was heard before is silence,
	heardDay   store.Date // in days
}

func newFrame(q Query) frame {
	fr := frame{
		campaign: q.Campaign.ID, within: q.Within, first: q.Period.From, to: q.Period.To, asOf: q.AsOf,
		from: q.Period.From.Time(q.Zone), end: q.Period.To.AddDays(1).Time(q.Zone),
	}
	fr.last = q.Period.To
	if q.AsOf.Before(fr.end) {
		fr.last = store.DateOf(q.AsOf.In(q.Zone))
	}
	fr.heardDay = fr.last.AddDays(-SilentDays)
	fr.heardSince = fr.heardDay.Time(q.Zone)
	return fr
}
