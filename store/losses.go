package store

import (
	"reflect"
	"slices"
)

// Losses returns what would be lost if the campaign became another: as faults
// the periods that have reports and the fields and titles that have models, as
// warnings the periods under way that would end. Those that were written stay as
// they are, and a warning says that another rule comes too late for them. Which periods a rule has is
// passed in.
func (c Campaign) Losses(
	r Reader, next Campaign, today Date, periods func(Campaign, PeriodRule) []Period,
) (faults, warnings []Fault, err error) {
	stays := map[PeriodID]bool{}
	for _, rule := range next.Rules {
		for _, p := range periods(next, rule) {
			stays[p.ID] = true
		}
	}

	for _, p := range c.Begun {
		stays[p.ID] = true
		if !today.Before(p.From) && p.ClosedAt.IsZero() && !slices.ContainsFunc(next.Rules, func(r PeriodRule) bool {
			return reflect.DeepEqual(r, p.Rule)
		}) {
			warnings = append(warnings, Fault{"rules", "plan.period_stays", span(p.From, p.To)})
		}
	}

	for _, rule := range c.Rules {
		for _, p := range periods(c, rule) {
			if stays[p.ID] || today.Before(p.From) {
				continue
			}
			reports, err := r.Reports(p.ID)
			if err != nil {
				return nil, nil, err
			}

			args := span(p.From, p.To)
			args["Count"] = len(reports)
			switch {
			case len(reports) > 0:
				faults = append(faults, Fault{"rules", "plan.orphans", args})
			case !p.To.AddDays(MaxDue).Before(today): // it may still be worked on
				warnings = append(warnings, Fault{"rules", "plan.period_goes", args})
			}
		}
	}

	used, err := c.usedOptions(r, next)
	return append(faults, used...), warnings, err
}

// The lists of a campaign that its models choose from, as a file of it names them.
const (
	FieldList = "fields"
	TitleList = "titles"
)

// usedOptions finds the fields and titles that another campaign would take from
// the models that have them.
func (c Campaign) usedOptions(r Reader, next Campaign) ([]Fault, error) {
	var out []Fault
	take := func(list string, gone []Option) error {
		for _, o := range gone {
			used, err := r.Uses(c.ID, list, o.Key)
			if err != nil {
				return err
			}
			if used {
				out = append(out, Fault{list, "plan.used", map[string]any{"Name": o.Label.In("vi"), "ID": o.Key}})
			}
		}
		return nil
	}
	err := take(FieldList, withoutOptions(c.Fields, next.Fields))
	if err == nil {
		err = take(TitleList, withoutOptions(c.Titles, next.Titles))
	}
	return out, err
}

// withoutOptions lists the options that another list does not have.
func withoutOptions(options, others []Option) []Option {
	return slices.DeleteFunc(slices.Clone(options), func(o Option) bool {
		return slices.ContainsFunc(others, func(n Option) bool { return n.Key == o.Key })
	})
}
