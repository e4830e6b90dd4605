package reporting

import (
	"fmt"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
)

// Frame is what figures stand in: the campaign, the period, the units as of its
// end, and who owes a report.
type Frame struct {
	*Setting
	Of      store.Campaign
	Within  map[store.CampaignID]bool // the campaigns that are a part of it
	Period  store.Period
	Before  store.Period // the one before; without an id where the campaign has none
	Root    store.Unit   // without a code: the whole house
	Watched bool         // the units are a portfolio
	Subtree *store.Subtree
	Units   []store.Unit // of the subtree
	// Obligations are those of the subtree; none for a campaign that wants no
	// reports.
	Obligations []deadline.Obligation
	// Redrawn says that units of it have ended since the period began, so that
	// Ask.Current makes a difference.
	Redrawn bool
	// SentLate are those whose report came, or came to count, after the period
	// was closed.
	SentLate []deadline.Obligation
}

// Heading says whose figures they are.
func (f *Frame) Heading() figures.Heading {
	return figures.Heading{Unit: f.Root, Period: f.Period, Watched: f.Watched, Zone: f.Calendar.Zone(), Movement: f.Of.Name}
}

// Frame reads a frame alone, for a transaction that has other work to do. It
// returns store.ErrNotFound when the campaign, the period or the unit is none.
func (s *Setting) Frame(r store.Reader, ask Ask) (*Frame, error) {
	of, err := s.Campaign(ask.Campaign)
	if err != nil {
		return nil, err
	}
	f := &Frame{Setting: s, Of: of, Within: s.Within(of)}
	if err := f.findPeriod(ask); err != nil {
		return nil, err
	}

	if !ask.Current {
		then := *s
		then.Org = s.Org.On(f.Period.Names(s.Calendar.Day(ask.AsOf)))
		f.Setting = &then
	}
	if err := f.findUnits(ask); err != nil {
		return nil, err
	}
	f.Redrawn = s.redrawn(f.Root.Code, f.Period)
	return f, f.readObligations(r, ask)
}

// findPeriod finds the period and the one before it.
func (f *Frame) findPeriod(ask Ask) error {
	if ask.Period == "" {
		year := f.Calendar.Day(ask.AsOf).Year
		f.Period, f.Before = wholeYear(year), wholeYear(year-1)
		return nil
	}
	p, ok := deadline.ByID(f.Of, f.Calendar, ask.Period)
	if !ok {
		return fmt.Errorf("period %q: %w", ask.Period, store.ErrNotFound)
	}
	f.Period = p

	last := p.From.AddDays(-1)
	days := int(p.To.Time(time.UTC).Sub(p.From.Time(time.UTC)) / (24 * time.Hour))
	f.Before = store.Period{From: last.AddDays(-days), To: last} // as long, where the campaign has none
	for _, q := range deadline.Periods(f.Of, f.Calendar, last, last) {
		if q.Kind == p.Kind && q.To == last {
			f.Before = q
		}
	}
	return nil
}

// redrawn reports whether units that are a unit's today, or below it, have others
// do what they did in a period.
func (s *Setting) redrawn(root store.UnitCode, p store.Period) bool {
	return slices.ContainsFunc(s.Org.Below(root).Codes(), func(code store.UnitCode) bool {
		u, _ := s.Org.Unit(code)
		return s.Org.Heir(code) != code && !u.ValidTo.Before(p.From)
	})
}

func wholeYear(y int) store.Period {
	return store.Period{Kind: store.FullYear, From: store.Date{Year: y, Month: 1, Day: 1}, To: store.Date{Year: y, Month: 12, Day: 31}}
}

// findUnits finds the subtree. Of a campaign that binds only a part of it it is
// that part: nothing is said of the whole.
func (f *Frame) findUnits(ask Ask) error {
	root, roots := ask.Unit, ask.Portfolio.Units
	if f.Watched = len(roots) > 0; !f.Watched {
		if f.Org.Under(f.Of.Unit, root) {
			root = f.Of.Unit
		}
		roots = []store.UnitCode{root}
	}
	for _, code := range slices.Concat(roots, []store.UnitCode{root}) {
		if _, ok := f.Org.Unit(code); !ok && code != "" {
			return fmt.Errorf("unit %q: %w", code, store.ErrNotFound)
		}
	}
	f.Root, _ = f.Org.Unit(root)
	f.Subtree = f.Org.Below(roots...)
	f.Units = f.units(f.Subtree)
	return nil
}

// readObligations reads who of the subtree owes a report, and what was sent by
// the instant: what came later is not known yet. Of a closed period that is the
// instant at which it was closed, and SentLate says who changed after that.
func (f *Frame) readObligations(r store.Reader, ask Ask) error {
	if ask.Period == "" {
		return nil
	}
	units, err := Listed(r, f.Calendar, f.Period, f.Units)
	if err != nil {
		return err
	}
	reports, err := readReports(r, ask.Period, units)
	if err != nil {
		return err
	}
	exceptions, err := r.Exceptions(ask.Period)
	if err != nil {
		return err
	}

	of := func(at time.Time) ([]deadline.Obligation, error) {
		then, err := asOf(r, reports, at)
		granted := slices.DeleteFunc(slices.Clone(exceptions), func(v store.Exception) bool { return v.At.After(at) })
		return deadline.Obligations(f.Org, units, f.Period, f.Of, then, granted, f.Calendar, at), err
	}
	if !f.Period.Closed(ask.AsOf) {
		f.Obligations, err = of(ask.AsOf)
		return err
	}
	if f.Obligations, err = of(f.Period.ClosedAt); err != nil {
		return err
	}
	now, err := of(ask.AsOf)
	for i, o := range now {
		if o.Report != nil && o.Report.Counts() && f.Obligations[i].State != o.State {
			f.SentLate = append(f.SentLate, o)
		}
	}
	return err
}

// asOf returns what reports were at an instant, without those that were not sent
// by then.
func asOf(r store.Reader, reports []store.Report, at time.Time) ([]store.Report, error) {
	var out []store.Report
	for _, v := range reports {
		if v.At.After(at) {
			all, err := r.ReportEditions(v.Unit, v.Period)
			if err != nil {
				return nil, err
			}
			all = slices.DeleteFunc(all, func(e store.Report) bool { return e.At.After(at) })
			if len(all) == 0 {
				continue
			}
			v = all[len(all)-1]
		}
		if !v.SubmittedAt.After(at) {
			out = append(out, v)
		}
	}
	return out, nil
}
