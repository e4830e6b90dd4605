package reporting

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
)

// Bound is how long after its time something is still worth sending, counted
// in working days: the house's rule, which no campaign changes.
const Bound = 24 * time.Hour

// Quiet are the house's quiet hours: from eight in the evening until seven.
func Quiet() deadline.Quiet { return deadline.Quiet{From: 20, To: 7} }

// Setting is what changes rarely, as a transaction sees it, with the units of a
// day. It is shared and not to be changed.
type Setting struct {
	Org       *org.Org
	Calendar  *deadline.Calendar
	Campaigns []store.Campaign
}

// Read returns the Setting that a transaction sees at an instant.
func Read(r store.Reader, b *org.Book, now time.Time) (*Setting, error) {
	o, err := b.OrgOn(r, store.DateOf(now.In(b.Zone())))
	if err != nil {
		return nil, err
	}
	cal, err := b.Calendar(r)
	if err != nil {
		return nil, err
	}
	campaigns, err := r.Campaigns()
	if err != nil {
		return nil, fmt.Errorf("read the campaigns: %w", err)
	}
	return &Setting{o, cal, campaigns}, nil
}

// Now returns the Setting as it is at an instant, and lets the Book keep it.
func Now(ctx context.Context, s store.Store, b *org.Book, now time.Time) (*Setting, error) {
	var set *Setting
	err := s.View(ctx, func(r store.Reader) (err error) {
		if _, err = b.Keep(r); err != nil {
			return err
		}
		set, err = Read(r, b, now)
		return err
	})
	return set, err
}

// Campaign returns a campaign; store.ErrNotFound if it is none.
func (s *Setting) Campaign(id store.CampaignID) (store.Campaign, error) {
	i := slices.IndexFunc(s.Campaigns, func(c store.Campaign) bool { return c.ID == id })
	if i < 0 {
		return store.Campaign{}, fmt.Errorf("campaign %q: %w", id, store.ErrNotFound)
	}
	return s.Campaigns[i], nil
}

// Within lists the campaigns that are a part of one: of its subtree and its
// time, and of the same unit those that began later. A model is registered
// under the campaign nearest to its unit, or those that its officer chose, and
// counts once in every campaign that one of them is a part of (domain.md §7.5).
func (s *Setting) Within(c store.Campaign) map[store.CampaignID]bool {
	out := map[store.CampaignID]bool{}
	for _, d := range s.Campaigns {
		apart := c.To.Before(d.From) || d.To.Before(c.From)
		if d.ID != c.ID && !apart && (d.Unit != c.Unit || c.From.Before(d.From)) && s.Org.Under(d.Unit, c.Unit) {
			out[d.ID] = true
		}
	}
	return out
}

// models asks for the models of some units that count in a campaign. A query
// names only one: where others are a part of it, what is found is to be sifted.
func models(c store.Campaign, within map[store.CampaignID]bool, in *store.Subtree) store.ModelQuery {
	q := store.ModelQuery{Campaign: c.ID, In: in}
	if len(within) > 0 {
		q.Campaign = ""
	}
	return q
}

// units lists the units of a subtree.
func (s *Setting) units(in *store.Subtree) []store.Unit {
	if in == nil {
		return s.Org.Units()
	}
	out := make([]store.Unit, 0, in.Len())
	for _, code := range in.Codes() {
		u, _ := s.Org.Unit(code)
		out = append(out, u)
	}
	return out
}

// Period is a period with its campaign.
type Period struct {
	store.Period
	Of store.Campaign
}

// Periods lists the periods of every campaign that Plan may have something to
// do for between two instants, with their campaigns.
func (s *Setting) Periods(from, until time.Time) []Period {
	var out []Period
	for _, c := range s.Campaigns {
		for _, p := range deadline.Live(c, s.Calendar, from, until) {
			out = append(out, Period{p, c})
		}
	}
	return out
}

// Obligations reads who of some units owes the report of a period.
func (s *Setting) Obligations(r store.Reader, p Period, now time.Time, in *store.Subtree) ([]deadline.Obligation, error) {
	units, err := Listed(r, s.Calendar, p.Period, s.units(in))
	if err != nil {
		return nil, err
	}
	reports, err := readReports(r, p.ID, units)
	if err != nil {
		return nil, err
	}
	exceptions, err := r.Exceptions(p.ID)
	if err != nil {
		return nil, fmt.Errorf("read exceptions of %s: %w", p.ID, err)
	}
	return deadline.Obligations(s.Org, units, p.Period, p.Of, reports, exceptions, s.Calendar, now), nil
}

// fewUnits is up to how many units reports are looked up one by one.
const fewUnits = 500

func readReports(r store.Reader, period store.PeriodID, units []store.Unit) ([]store.Report, error) {
	if len(units) > fewUnits {
		return r.Reports(period)
	}
	var out []store.Report
	for _, u := range units {
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
