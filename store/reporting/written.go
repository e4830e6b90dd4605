package reporting

import (
	"slices"

	"danvan/store"
	"danvan/store/deadline"
)

// Owing lists the units that owe a period's report by the rule that it was
// written with, as the organisation is now.
func (s *Setting) Owing(p store.Period) []store.UnitCode {
	var out []store.UnitCode
	for _, o := range deadline.Obligations(s.Org, s.Org.Units(), p, store.Campaign{}, nil, nil, s.Calendar, p.WrittenAt) {
		out = append(out, o.Unit)
	}
	return out
}

// Listed leaves of some units those that were listed as owing a period when it
// ended: whoever is put on the list of units later does not owe what is over.
func Listed(r store.Reader, cal *deadline.Calendar, p store.Period, units []store.Unit) ([]store.Unit, error) {
	if p.ListedAt.Before(cal.At(p.To.AddDays(1), 0)) {
		return units, nil
	}
	owing, err := r.Obliged(p.ID)
	return slices.DeleteFunc(slices.Clone(units), func(u store.Unit) bool {
		_, listed := slices.BinarySearch(owing, u.Code)
		return !listed
	}), err
}
