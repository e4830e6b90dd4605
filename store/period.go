package store

import (
	"slices"
	"strings"
	"time"
)

// PeriodKind is the length of a reporting period.
type PeriodKind string

// The kinds of period. A free period has dates of its own.
const (
	Month      PeriodKind = "month"
	Quarter    PeriodKind = "quarter"
	HalfYear   PeriodKind = "half"
	NineMonths PeriodKind = "nine"
	FullYear   PeriodKind = "year"
	FreePeriod PeriodKind = "free"
)

// PeriodKinds lists every kind.
var PeriodKinds = []PeriodKind{Month, Quarter, HalfYear, NineMonths, FullYear, FreePeriod}

// Months is how long a period of the kind is; 0 where it has dates of its own.
func (k PeriodKind) Months() int {
	switch k {
	case Month:
		return 1
	case Quarter:
		return 3
	case HalfYear:
		return 6
	case NineMonths:
		return 9
	case FullYear:
		return 12
	}
	return 0
}

// Yearly is how many periods of the kind follow one another in a year.
func (k PeriodKind) Yearly() int {
	if n := k.Months(); n > 0 {
		return 12 / n
	}
	return 0
}

// Shift is where a due day goes that is no working day.
type Shift string

// The shifts.
const (
	PreviousWorkingDay Shift = "previous"
	NextWorkingDay     Shift = "next"
)

// PeriodRule says which reports a campaign wants and when. The three clocks
// follow one another: due, on time until, locked after.
type PeriodRule struct {
	Kind PeriodKind `json:"kind"`
	// CutDay is the day of the month on which periods end; 0 is the month's
	// last day. With 14 a year runs from 15/12 to 14/12 (NĐ 09/2019).
	CutDay int `json:"cut_day,omitempty"`
	// Only says which of a year's months, quarters or halves are reported on,
	// counted from 1 in their order; empty: all of them.
	Only []int `json:"only,omitempty"`
	// Free lists the periods of a rule of kind FreePeriod.
	Free []FreeDates `json:"free,omitempty"`

	// DueAfter is how many days after the cut-off a report is due: working
	// days when Working is set. A due day that is none is shifted.
	DueAfter int   `json:"due_after"`
	Working  bool  `json:"working,omitempty"`
	Shift    Shift `json:"shift"`
	// Hour is the hour of the day at which the clocks strike.
	Hour int `json:"hour"`
	// Grace is how many working days a report still counts as on time, Lock
	// after how many, counted from the due day, it can no longer be changed.
	Grace int `json:"grace,omitempty"`
	Lock  int `json:"lock"`
}

// Wants reports whether a year's nth period is reported on.
func (r PeriodRule) Wants(n int) bool { return len(r.Only) == 0 || slices.Contains(r.Only, n) }

// FreeDates is a period with dates of its own.
type FreeDates struct {
	Name string `json:"name"`
	From Date   `json:"from"`
	To   Date   `json:"to"`
	Due  Date   `json:"due,omitzero"` // zero: by the rule
}

// PeriodID names a period: "dvk-2026-2030/half/2026-12-31", by its cut-off.
type PeriodID string

// Campaign is the campaign that the period is one of.
func (id PeriodID) Campaign() CampaignID {
	s := string(id)
	for range 2 {
		s = s[:max(0, strings.LastIndex(s, "/"))]
	}
	return CampaignID(s)
}

// Period is one reporting period with its three clocks. It is written when it
// begins, by the rule as that stood then: what becomes of the rule concerns the
// periods after it.
type Period struct {
	ID       PeriodID   `json:"id"`
	Campaign CampaignID `json:"campaign"`
	Kind     PeriodKind `json:"kind"`
	Name     string     `json:"name,omitempty"` // of a free period
	From     Date       `json:"from"`
	To       Date       `json:"to"`     // the cut-off, inclusive
	Due      time.Time  `json:"due"`    // reminders count towards it
	OnTime   time.Time  `json:"ontime"` // until then a report is on time
	Locked   time.Time  `json:"locked"` // after that it cannot be changed

	// WrittenAt is when it was written; zero: it has not begun, and is what its
	// campaign says today. Rule, Unit and Obliged are what the campaign said then.
	WrittenAt time.Time  `json:"written_at,omitzero"`
	ListedAt  time.Time  `json:"listed_at,omitzero"` // when it was last said who owes it
	Rule      PeriodRule `json:"rule,omitzero"`
	Unit      UnitCode   `json:"unit,omitempty"`
	Obliged   []UnitKind `json:"obliged,omitempty"`

	// ClosedAt is when its figures were closed, once and for good: what came
	// later is an adjustment. ClosedBy is 0 where nobody did before the lock.
	ClosedAt   time.Time `json:"closed_at,omitzero"`
	ClosedBy   PersonID  `json:"closed_by,omitempty"`
	ClosedPost PostID    `json:"closed_post,omitempty"`
	// Medians are those of its figures as they were closed, until those of a later
	// period are kept.
	Medians []Median `json:"medians,omitempty"`
}

// Median is what half of the models of a field had of a metric at least, and half
// at most, of those that had any.
type Median struct {
	Field  string `json:"field"`
	Metric string `json:"metric"` // as package figures calls it
	Value  int64  `json:"value"`
}

// Names is the day as of which a period's units are named: its last, and today
// while it runs. A report of August says what they were called in August.
func (p Period) Names(today Date) Date {
	if today.Before(p.To) {
		return today
	}
	return p.To
}

// Closed reports whether the period was closed by an instant.
func (p Period) Closed(at time.Time) bool { return !p.ClosedAt.IsZero() && !at.Before(p.ClosedAt) }

// ReportID identifies a report.
type ReportID uint64

// Report is what a unit submitted for a period: one edition of it, for every
// change makes another one and all are kept.
type Report struct {
	ID       ReportID `json:"id"`
	Revision uint64   `json:"rev"`
	Unit     UnitCode `json:"unit"`
	Period   PeriodID `json:"period"`
	// At is when it became what it is: sent, changed, confirmed or taken back.
	At time.Time `json:"at,omitzero"`

	Nothing bool `json:"nothing,omitempty"` // "không phát sinh"
	Paper   bool `json:"paper,omitempty"`   // sent on paper; a coordinator confirms it
	// Confirmed says that the coordinator has the paper.
	Confirmed  bool   `json:"confirmed,omitempty"`
	Difficulty string `json:"difficulty,omitempty"`
	Proposal   string `json:"proposal,omitempty"`

	By          PersonID  `json:"by"`
	Post        PostID    `json:"post"`
	SubmittedAt time.Time `json:"submitted_at"`
	WithdrawnAt time.Time `json:"withdrawn_at,omitzero"` // zero: it counts
}

// Counts reports whether the report stands.
func (r Report) Counts() bool { return r.WithdrawnAt.IsZero() && (!r.Paper || r.Confirmed) }

// Unconfirmed reports whether it went by paper, and waits for the coordinator's word.
func (r Report) Unconfirmed() bool { return r.WithdrawnAt.IsZero() && r.Paper && !r.Confirmed }

// ExceptionKind is how a unit's duty differs from the rule.
type ExceptionKind string

// The kinds of exception.
const (
	Extension ExceptionKind = "extension"
	Exemption ExceptionKind = "exemption"
)

// Exception lets a unit report later for a period, or not at all. It needs a
// role, a reason, and an end.
type Exception struct {
	Unit   UnitCode      `json:"unit"`
	Period PeriodID      `json:"period"`
	Kind   ExceptionKind `json:"kind"`
	Until  time.Time     `json:"until"` // an extension's new due time; an exemption's end
	Reason string        `json:"reason"`
	By     PersonID      `json:"by"`
	Post   PostID        `json:"post"`
	At     time.Time     `json:"at"`
}
