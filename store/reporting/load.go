package reporting

import (
	"context"
	"errors"
	"fmt"
	"time"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
	"danvan/store/org"
)

// Ask says whose figures are wanted, and of when.
type Ask struct {
	Campaign store.CampaignID
	Period   store.PeriodID // "": the year of AsOf
	// Unit is the root of the subtree, unless the portfolio has units; "" is
	// the whole house.
	Unit      store.UnitCode
	Portfolio store.Portfolio
	AsOf      time.Time
	// Current asks for the units of AsOf, whatever they were in the period.
	Current bool
	// Since asks for the same figures as of an earlier instant, Against for
	// those of earlier periods.
	Since   time.Time
	Against Against
	Metrics []string // the order of the units of measure
}

// Against says which earlier periods are compared with.
type Against uint8

// The comparisons.
const (
	Alone    Against = iota // none
	Previous                // the period before
	Both                    // and the same one a year before
)

// Of returns what a message refers to.
func Of(m store.Make, against Against, metrics []string) Ask {
	return Ask{
		Campaign: m.Campaign, Period: m.Period, Unit: m.Unit, Portfolio: m.Portfolio, AsOf: m.AsOf, Since: m.Since,
		Current: m.Current, Against: against, Metrics: metrics,
	}
}

// Found is what was asked for.
type Found struct {
	*Frame
	Now     *figures.Figures // of a closed period those that were frozen
	Since   *figures.Figures // nil: not asked for
	Against figures.Against  // nil in it: not asked for, or nothing is known of that time

	// Adjusted are the figures of a closed period as they would be by now, with
	// all that came after FrozenAt; nil: Now is not frozen.
	Adjusted *figures.Figures
	FrozenAt time.Time

	// Waiting and Returned are the models that wait for somebody, by id.
	Waiting, Returned []Pending
}

// Pending is a model that waits for a check or for its officer.
type Pending struct {
	Model store.ModelID
	Unit  store.UnitCode
	Since time.Time
}

// Load reads and counts. It returns store.ErrNotFound when the campaign, the
// period or the unit is none (any more).
func Load(ctx context.Context, s store.Store, b *org.Book, ask Ask) (*Found, error) {
	set, err := Now(ctx, s, b, ask.AsOf)
	if err != nil {
		return nil, err
	}

	out := &Found{}
	err = s.View(ctx, func(r store.Reader) (err error) {
		out.Frame, err = set.Frame(r, ask)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read whose figures are wanted: %w", err)
	}

	frozen, err := out.thaw(ctx, s, ask)
	if err != nil {
		return nil, err
	}
	if err := out.count(ctx, s, ask, out.runs(ask)); err != nil {
		return nil, fmt.Errorf("count the facts: %w", err)
	}
	if frozen != nil {
		out.FrozenAt = frozen.AsOf
		out.Adjusted, out.Now = out.Now, frozen
	}
	if ask.Current {
		out.redraw()
	}
	out.compare()
	return out, nil
}

// redraw puts the figures on the map of today.
func (f *Found) redraw() {
	now := func(code store.UnitCode) store.Unit {
		u, ok := f.Org.Unit(f.Org.Heir(code))
		if !ok {
			u = store.Unit{Code: code, Name: string(code)}
		}
		return u
	}
	for _, of := range []**figures.Figures{&f.Now, &f.Since, &f.Adjusted, &f.Against.Previous, &f.Against.YearBefore} {
		*of = (*of).OnMap(now)
	}
}

// compare drops what there is nothing to compare with: a period before the
// campaign began, or one of which nothing is known.
func (f *Found) compare() {
	outside := f.Before.ID == "" && f.Period.ID != ""
	if p := f.Against.Previous; p != nil && (outside || len(p.All()) == 0) {
		f.Against.Previous = nil
	}
	if y := f.Against.YearBefore; y != nil && len(y.All()) == 0 {
		f.Against.YearBefore = nil
	}
}

// runs are the computations that one reading of the facts feeds, and where
// their figures go.
func (f *Found) runs(ask Ask) []run {
	q := f.query(ask)
	list := []run{{query: q, to: &f.Now}}
	if !ask.Since.IsZero() {
		earlier := q
		earlier.AsOf, earlier.Submissions = ask.Since, nil
		list = append(list, run{query: earlier, to: &f.Since})
	}
	add := func(p figures.Span, to **figures.Figures) {
		earlier := q
		earlier.Period, earlier.Submissions = p, nil
		list = append(list, run{query: earlier, to: to})
	}
	if ask.Against >= Previous && f.Against.Previous == nil {
		add(figures.Span{From: f.Before.From, To: f.Before.To}, &f.Against.Previous)
	}
	if ask.Against == Both {
		add(q.Period.YearBefore(), &f.Against.YearBefore)
	}
	return list
}

// run is one computation.
type run struct {
	query figures.Query
	to    **figures.Figures
	c     *figures.Computation
}

// query is the question for the figures that were asked for.
func (f *Found) query(ask Ask) figures.Query {
	return figures.Query{
		Campaign: f.Of, Within: f.Within, Period: figures.Span{From: f.Period.From, To: f.Period.To}, Zone: f.Calendar.Zone(),
		AsOf: ask.AsOf, Subtree: f.Subtree.Codes(), Fields: ask.Portfolio.Fields, Metrics: ask.Metrics, Submissions: f.submissions(),
	}
}

// submissions are the obligations as the figures count them.
func (f *Frame) submissions() []figures.Submission {
	outcomes := map[deadline.State]figures.Outcome{
		deadline.Submitted: figures.OnTime, deadline.Late: figures.Late, deadline.Exempt: figures.Exempt,
		deadline.Owed: figures.Missing, deadline.Missing: figures.Missing,
	}
	out := make([]figures.Submission, len(f.Obligations))
	for i, o := range f.Obligations {
		out[i] = figures.Submission{Unit: o.Unit, Outcome: outcomes[o.State]}
		if o.Report != nil && o.Report.Counts() {
			out[i].At = o.Report.SubmittedAt
		}
		out[i].Nothing = (o.State == deadline.Submitted || o.State == deadline.Late) && o.Report.Nothing
	}
	return out
}

// thaw reads the figures that were frozen for the period, nil when none were by
// then, and for the one before: they no longer change.
func (f *Found) thaw(ctx context.Context, s store.Store, ask Ask) (*figures.Figures, error) {
	var frozen, before *store.Snapshot
	err := s.View(ctx, func(r store.Reader) (err error) {
		if frozen, err = f.snapshot(r, f.Period.ID); err != nil || ask.Against == Alone {
			return err
		}
		before, err = f.snapshot(r, f.Before.ID)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what was frozen: %w", err)
	}

	if before != nil {
		if f.Against.Previous, err = f.narrowed(*before, ask); err != nil {
			return nil, err
		}
	}
	if frozen == nil || frozen.At.After(ask.AsOf) {
		return nil, nil
	}
	return f.narrowed(*frozen, ask)
}

// narrowed is the part of frozen figures that was asked for.
func (f *Found) narrowed(s store.Snapshot, ask Ask) (*figures.Figures, error) {
	all, err := figures.Thaw(s)
	if err != nil || s.Unit == f.Root.Code && !f.Watched && len(ask.Portfolio.Fields) == 0 {
		return all, err
	}
	return all.Narrow(f.Subtree.Has, ask.Portfolio.Fields), nil
}

// snapshot finds what was frozen for a period: for the unit that is asked about,
// or the nearest one above it. Parts of it are taken out of that, a portfolio's
// too, so that no figure of a closed period is counted anew.
func (f *Found) snapshot(r store.Reader, period store.PeriodID) (*store.Snapshot, error) {
	if period == "" {
		return nil, nil
	}
	var at []store.UnitCode
	for u := range f.Org.Up(f.Root.Code) {
		at = append(at, u.Code)
	}
	for _, unit := range append(at, "") {
		s, err := r.Snapshot(period, unit)
		if !errors.Is(err, store.ErrNotFound) {
			return &s, err
		}
	}
	return nil, nil
}

// AsAt is the same of another instant.
func (a Ask) AsAt(t time.Time) Ask {
	a.AsOf = t
	return a
}
