package store

import "slices"

// Losses returns what would be lost if the campaign became another: as faults
// the periods that have reports and the fields and titles that have models, as
// warnings the periods under way that would end. Which periods a rule has is
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

// usedOptions finds the fields and titles that another campaign would take from
// the models that have them.
func (c Campaign) usedOptions(r Reader, next Campaign) ([]Fault, error) {
	var out []Fault
	used := func(place string, o Option) {
		out = append(out, Fault{place, "plan.used", map[string]any{"Name": o.Label.In("vi"), "ID": o.Key}})
	}

	for _, o := range withoutOptions(c.Fields, next.Fields) {
		heads, err := r.Heads(ModelQuery{Campaign: c.ID, Fields: []string{o.Key}, Limit: 1})
		if err != nil {
			return nil, err
		}
		if len(heads) > 0 {
			used("fields", o)
		}
	}

	gone := withoutOptions(c.Titles, next.Titles)
	if len(gone) == 0 {
		return out, nil
	}
	facts, err := r.Facts(ModelQuery{Campaign: c.ID})
	if err != nil {
		return nil, err
	}
	for _, o := range gone {
		if slices.ContainsFunc(facts, func(f Fact) bool {
			e, _ := f.Entries.Of(c.ID)
			return e.TitleGroup == o.Key
		}) {
			used("titles", o)
		}
	}
	return out, nil
}

// withoutOptions lists the options that another list does not have.
func withoutOptions(options, others []Option) []Option {
	return slices.DeleteFunc(slices.Clone(options), func(o Option) bool {
		return slices.ContainsFunc(others, func(n Option) bool { return n.Key == o.Key })
	})
}
