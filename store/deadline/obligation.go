package deadline

import (
	"slices"
	"time"

	"danvan/store"
)

// State is how a unit stands with a report.
type State string

// The states.
const (
	Owed      State = "owed"      // not submitted, and still on time
	Submitted State = "submitted" // on time; "không phát sinh" is a report
	Late      State = "late"      // submitted after that
	Missing   State = "missing"   // not submitted, and no longer on time
	Exempt    State = "exempt"
)

// Obligation is a unit's duty to report on a period, with what became of it.
type Obligation struct {
	Unit   store.UnitCode
	Period store.Period
	// The clocks of this unit: the period's, moved by an extension.
	Due    time.Time
	OnTime time.Time
	Locked time.Time

	State State // at the instant that Obligations was asked about
	// Report is what the unit last sent, counting or not; nil: nothing.
	Report *store.Report
	// Extension and Exemption are the last of their kind; nil: none.
	Extension *store.Exception
	Exemption *store.Exception

	known time.Time // when its campaign was
}

// obligedKinds are the kinds of unit that owe a campaign's reports when it
// names none.
var obligedKinds = []store.UnitKind{store.Commune, store.Ward, store.SpecialZone}

// ObligedKinds are the kinds of unit that owe a campaign's reports.
func ObligedKinds(c store.Campaign) []store.UnitKind {
	if len(c.Obliged) == 0 {
		return obligedKinds
	}
	return c.Obliged
}

// Obligations returns who owes the report of a campaign's period, and how they
// stand at an instant, in the order of units: those of an obliged kind in the
// campaign's subtree that were in force at the cut-off. Kinds and subtree are
// those that the period was written with. The organisation knows
// what is above the units; reports and exceptions are the period's.
//
// An extension moves the three clocks, the grace and the lock in working days;
// one that is earlier than the rule's due time moves nothing, and so takes an
// earlier one back. An exemption lasts until its end; when that comes before
// the lock, the unit owes the report again from then on. Of several exceptions
// of a kind the last holds.
func Obligations(o Org, units []store.Unit, p store.Period, c store.Campaign, reports []store.Report, exceptions []store.Exception,
	cal *Calendar, now time.Time) []Obligation {
	kinds, root := ObligedKinds(c), c.Unit
	if !p.WrittenAt.IsZero() {
		kinds, root = p.Obliged, p.Unit
	}
	sent := make(map[store.UnitCode]*store.Report, len(reports))
	for _, r := range reports {
		if r.Period == p.ID {
			sent[r.Unit] = &r
		}
	}
	except := make(map[store.UnitCode][]store.Exception)
	for _, e := range exceptions {
		if e.Period == p.ID {
			except[e.Unit] = append(except[e.Unit], e)
		}
	}

	out := make([]Obligation, 0, len(units))
	for _, u := range units {
		if !slices.Contains(kinds, u.On(p.To).Kind) || !u.InForce(p.To) || !o.Under(u.Code, root) {
			continue
		}
		d := Obligation{Unit: u.Code, Period: p, Due: p.Due, OnTime: p.OnTime, Locked: p.Locked, Report: sent[u.Code], known: c.Known}
		for _, e := range except[u.Code] {
			d.except(e, cal)
		}
		d.State = d.At(now)
		out = append(out, d)
	}
	return out
}

// except applies an exception.
func (o *Obligation) except(e store.Exception, cal *Calendar) {
	switch e.Kind {
	case store.Exemption:
		o.Exemption = &e
	case store.Extension:
		o.Extension, o.Due, o.OnTime, o.Locked = nil, o.Period.Due, o.Period.OnTime, o.Period.Locked
		if e.Until.After(o.Due) {
			o.Extension, o.Due = &e, e.Until.In(cal.zone).Truncate(time.Minute)
			o.OnTime = moved(o.Period.OnTime, o.Period.Due, o.Due, cal)
			o.Locked = moved(o.Period.Locked, o.Period.Due, o.Due, cal)
		}
	}
}

// moved returns the clock that comes as many working days after to as t does
// after from.
func moved(t, from, to time.Time, cal *Calendar) time.Time {
	n := cal.WorkingBetween(cal.Day(from), cal.Day(t))
	day := cal.AddWorking(cal.Day(to), n)
	return time.Date(day.Year, day.Month, day.Day, to.Hour(), to.Minute(), to.Second(), to.Nanosecond(), cal.zone)
}

// At returns the state at an instant at which nothing but the time has changed.
func (o Obligation) At(now time.Time) State {
	switch {
	case o.exempt(now):
		return Exempt
	case o.Report == nil || !o.Report.Counts():
		if now.Before(o.OnTime) {
			return Owed
		}
		return Missing
	case o.Report.SubmittedAt.After(o.OnTime):
		return Late
	default:
		return Submitted
	}
}

// exempt reports whether the exemption holds. One that lasts until the lock holds
// for good, so that a closed period never changes.
func (o Obligation) exempt(now time.Time) bool {
	return o.Exemption != nil && (now.Before(o.Exemption.Until) || !o.Exemption.Until.Before(o.Locked))
}

// Settled says why nothing is to be done about the report now: HasSubmitted,
// IsExempt or OnPaper; "" when it is wanted.
func (o Obligation) Settled(now time.Time) string {
	switch {
	case o.exempt(now):
		return IsExempt
	case !o.open(now):
		return HasSubmitted
	case o.onPaper():
		return OnPaper
	}
	return ""
}

// Open leaves those of some obligations whose report has not come, the ones that
// are said to be on paper among them, and says which those are: that is what is
// counted and named as missing, wherever it is.
func Open(obligations []Obligation) (open, papers []store.UnitCode) {
	for _, o := range obligations {
		if o.State != Owed && o.State != Missing {
			continue
		}
		open = append(open, o.Unit)
		if o.onPaper() {
			papers = append(papers, o.Unit)
		}
	}
	return open, papers
}

// open reports whether the report is still wanted.
func (o Obligation) open(now time.Time) bool {
	s := o.At(now)
	return s == Owed || s == Missing
}

// closed reports whether nobody is told of the report any more before its lock:
// its period was closed by hand, and the unit was not given more time.
func (o Obligation) closed(now time.Time) bool {
	return o.Period.Closed(now) && o.Period.ClosedAt.Before(o.Period.Locked) && o.Extension == nil
}

// Over reports whether it is too late to remind anybody of the report.
func (o Obligation) Over(now time.Time) bool { return o.closed(now) || !now.Before(o.Locked) }

// onPaper reports whether a report on paper waits for the coordinator's word. The
// officer has done what there was to do and is left alone.
func (o Obligation) onPaper() bool {
	return o.Report != nil && o.Report.Unconfirmed()
}

// since returns when the report last began to be wanted. What was due before
// concerned nobody.
func (o Obligation) since(cal *Calendar) time.Time {
	t := cal.At(o.Period.From, 0)
	later := func(u time.Time) {
		if u.After(t) {
			t = u
		}
	}
	later(o.known)
	if o.Report != nil {
		later(o.Report.WithdrawnAt)
	}
	if o.Extension != nil {
		later(o.Extension.At)
	}
	if o.Exemption != nil {
		later(o.Exemption.Until)
	}
	return t
}

// Tally counts how a period's obligations stand (domain.md, table T11).
type Tally struct {
	Obliged int // without the exempt: the denominator of every rate
	OnTime  int
	Late    int
	Owed    int
	Missing int
	Nothing int // of OnTime and Late: "không phát sinh"
	Exempt  int
}

// Count counts obligations by their State.
func Count(obligations []Obligation) Tally {
	var t Tally
	for _, o := range obligations {
		switch o.State {
		case Exempt:
			t.Exempt++
			continue
		case Submitted:
			t.OnTime++
		case Late:
			t.Late++
		case Owed:
			t.Owed++
		case Missing:
			t.Missing++
		}

		t.Obliged++
		if (o.State == Submitted || o.State == Late) && o.Report.Nothing {
			t.Nothing++
		}
	}
	return t
}

// Submitted counts the reports, on time or late. It is never more than Obliged.
func (t Tally) Submitted() int { return t.OnTime + t.Late }
