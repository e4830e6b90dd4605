package gather

import (
	"errors"

	"danvan/store"
)

// Within lists the campaigns that are a part of one: of its subtree and its
// time, and of the same unit those that began later. A model is registered
// under the campaign nearest to its unit, once, and counts in every campaign
// that this is a part of (domain.md §7.5).
func Within(r store.Reader, c store.Campaign) (map[store.CampaignID]bool, error) {
	all, err := r.Campaigns()
	if err != nil {
		return nil, err
	}
	out := map[store.CampaignID]bool{}
	for _, d := range all {
		if d.ID == c.ID || c.To.Before(d.From) || d.To.Before(c.From) || d.Unit == c.Unit && !c.From.Before(d.From) {
			continue
		}
		ok, err := under(r, d.Unit, c.Unit)
		if err != nil {
			return nil, err
		}
		if ok {
			out[d.ID] = true
		}
	}
	return out, nil
}

// under says whether a unit is another one or below it; "" is above all.
func under(r store.Reader, unit, top store.UnitCode) (bool, error) {
	for unit != top {
		if unit == "" {
			return false, nil
		}
		u, err := r.Unit(unit)
		if errors.Is(err, store.ErrNotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		unit = u.Parent
	}
	return true, nil
}

// Narrow leaves out of a query the campaign where others are a part of it, for
// it names only one; what it finds is to be sifted then.
func Narrow(q store.ModelQuery, within map[store.CampaignID]bool) store.ModelQuery {
	if len(within) > 0 {
		q.Campaign = ""
	}
	return q
}
