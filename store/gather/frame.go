package gather

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
)

// Frame is what figures stand in: the campaign, the period, the units, and who
// owes a report.
type Frame struct {
	Campaign store.Campaign
	Within   map[store.CampaignID]bool // the campaigns that are a part of it
	Period   store.Period
	Before   store.Period // the one before; without an id where the campaign has none
	Root     store.Unit   // without a code: the whole house
	Watched  bool         // the units are a portfolio
	// Units are those of the subtree in the order of the list of units, Subtree
	// their codes; Tree has those above the root too.
	Units   []store.Unit
	Subtree []store.UnitCode
	Tree    deadline.Tree
	// Obligations are those of the subtree; none for a campaign that wants no
	// reports.
	Obligations []deadline.Obligation
	Calendar    *deadline.Calendar
}

// Heading says whose figures they are.
func (f *Frame) Heading(zone *time.Location) figures.Heading {
	return figures.Heading{Unit: f.Root, Period: f.Period, Watched: f.Watched, Zone: zone}
}

// Missing lists the obligations that wait for a report.
func (f *Frame) Missing() []deadline.Obligation {
	return slices.DeleteFunc(slices.Clone(f.Obligations), func(o deadline.Obligation) bool {
		return o.State != deadline.Owed && o.State != deadline.Missing
	})
}

// ReadFrame reads a frame alone, for a transaction that has other work to do.
func ReadFrame(r store.Reader, ask Ask) (*Frame, error) {
	f := &Frame{}
	return f, f.read(r, ask)
}

func (f *Frame) read(r store.Reader, ask Ask) error {
	days, err := r.SpecialDays()
	if err != nil {
		return err
	}
	f.Calendar = deadline.NewCalendar(days, ask.Zone)
	if f.Campaign, err = r.Campaign(ask.Campaign); err != nil {
		return err
	}
	if f.Within, err = Within(r, f.Campaign); err != nil {
		return err
	}
	if err := f.findPeriod(ask); err != nil {
		return err
	}
	if err := f.readUnits(r, ask); err != nil {
		return err
	}
	return f.readObligations(r, ask)
}

// findPeriod finds the period and the one before it.
func (f *Frame) findPeriod(ask Ask) error {
	if ask.Period == "" {
		year := f.Calendar.Day(ask.AsOf).Year
		f.Period, f.Before = wholeYear(year), wholeYear(year-1)
		return nil
	}
	p, ok := deadline.ByID(f.Campaign, f.Calendar, ask.Period)
	if !ok {
		return fmt.Errorf("period %q: %w", ask.Period, store.ErrNotFound)
	}
	f.Period = p
	last := p.From.AddDays(-1)
	days := int(p.To.Time(time.UTC).Sub(p.From.Time(time.UTC)) / (24 * time.Hour))
	f.Before = store.Period{From: last.AddDays(-days), To: last} // as long, where the campaign has none
	for _, q := range deadline.Periods(f.Campaign, f.Calendar, last, last) {
		if q.Kind == p.Kind && q.To == last {
			f.Before = q
		}
	}
	return nil
}

func wholeYear(y int) store.Period {
	return store.Period{Kind: store.FullYear, From: store.Date{Year: y, Month: 1, Day: 1}, To: store.Date{Year: y, Month: 12, Day: 31}}
}

// readUnits reads the subtree, each unit once, and what is above it. Of a
// campaign that binds only a part of the subtree it is that part: nothing is
// said of the whole.
func (f *Frame) readUnits(r store.Reader, ask Ask) error {
	root := ask.Unit
	f.Tree = deadline.Tree{}
	if err := f.readAbove(r, root); err != nil {
		return err
	}
	part, err := under(r, f.Campaign.Unit, root)
	if err != nil {
		return err
	}
	roots := ask.Portfolio.Units
	if f.Watched = len(roots) > 0; !f.Watched {
		if part {
			root = f.Campaign.Unit
		}
		roots = []store.UnitCode{root}
	}
	if err := f.readAbove(r, root); err != nil {
		return err
	}
	f.Root = f.Tree[root]
	seen := map[store.UnitCode]bool{}
	for _, root := range roots {
		if root != "" {
			if err := f.readAbove(r, root); err != nil {
				return err
			}
			if !seen[root] {
				f.addUnit(f.Tree[root], seen)
			}
		}
		if err := f.readBelow(r, root, seen); err != nil {
			return err
		}
	}
	return nil
}

func (f *Frame) addUnit(u store.Unit, seen map[store.UnitCode]bool) {
	seen[u.Code] = true
	f.Tree[u.Code] = u
	f.Units, f.Subtree = append(f.Units, u), append(f.Subtree, u.Code)
}

// readAbove reads a unit and those above it into the tree.
func (f *Frame) readAbove(r store.Reader, code store.UnitCode) error {
	for code != "" {
		if _, known := f.Tree[code]; known {
			return nil
		}
		u, err := r.Unit(code)
		if err != nil {
			return err
		}
		f.Tree[code] = u
		code = u.Parent
	}
	return nil
}

func (f *Frame) readBelow(r store.Reader, root store.UnitCode, seen map[store.UnitCode]bool) error {
	children, err := r.Units(root)
	if err != nil {
		return err
	}
	for _, u := range children {
		if seen[u.Code] {
			continue
		}
		f.addUnit(u, seen)
		if err := f.readBelow(r, u.Code, seen); err != nil {
			return err
		}
	}
	return nil
}

// readObligations reads who of the subtree owes a report, and what was sent by
// the instant: what came later is not known yet.
func (f *Frame) readObligations(r store.Reader, ask Ask) error {
	if ask.Period == "" {
		return nil
	}
	reports, err := f.reports(r, ask.Period)
	if err != nil {
		return err
	}
	exceptions, err := r.Exceptions(ask.Period)
	if err != nil {
		return err
	}
	reports = slices.DeleteFunc(reports, func(v store.Report) bool { return v.SubmittedAt.After(ask.AsOf) })
	for i := range reports {
		if reports[i].WithdrawnAt.After(ask.AsOf) {
			reports[i].WithdrawnAt = time.Time{} // it still stood
		}
	}
	exceptions = slices.DeleteFunc(exceptions, func(v store.Exception) bool { return v.At.After(ask.AsOf) })
	known := slices.Clone(f.Units)
	for code := range f.Tree.Up(f.Root.Code) {
		if !slices.Contains(f.Subtree, code) {
			known = append(known, f.Tree[code])
		}
	}
	all := deadline.Obligations(f.Period, f.Campaign, known, reports, exceptions, f.Calendar, ask.AsOf)
	inside := make(map[store.UnitCode]bool, len(f.Subtree))
	for _, code := range f.Subtree {
		inside[code] = true
	}
	f.Obligations = slices.DeleteFunc(all, func(o deadline.Obligation) bool { return !inside[o.Unit] })
	return nil
}

// fewUnits is up to how many units reports are looked up one by one.
const fewUnits = 500

func (f *Frame) reports(r store.Reader, period store.PeriodID) ([]store.Report, error) {
	if len(f.Units) > fewUnits {
		return r.Reports(period)
	}
	var out []store.Report
	for _, u := range f.Units {
		v, err := r.Report(u.Code, period)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
