package reporting

import (
	"fmt"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
)

// Card is what is known of a unit for a report that it owes: its models, and
// those of all below it, as they are at an instant. They are read once.
type Card struct {
	set    *Setting
	of     store.Campaign
	within map[store.CampaignID]bool
	in     *store.Subtree
	period store.Period
	asOf   time.Time
	fields []string
	facts  []store.Fact // in every field
	heads  []store.Head // of those under way, the newest first
}

// Card reads what is known for a report, for somebody who looks after some fields of
// work, or all where none is named. It returns store.ErrNotFound when its campaign is
// none any more.
func (s *Setting) Card(r store.Reader, o deadline.Obligation, now time.Time, fields ...string) (*Card, error) {
	of, err := s.Campaign(o.Period.Campaign)
	if err != nil {
		return nil, err
	}
	then := *s
	then.Org = s.Org.On(o.Period.Names(s.Calendar.Day(now)))
	c := &Card{set: &then, of: of, within: s.Within(of), in: then.Org.Below(o.Unit), period: o.Period, asOf: now, fields: fields}
	facts, err := r.Facts(models(of, c.within, c.in))
	if err != nil {
		return nil, fmt.Errorf("read the models of unit %q: %w", o.Unit, err)
	}
	c.facts = slices.DeleteFunc(facts, func(f store.Fact) bool { return !c.has(f.Entries) })

	q := models(of, c.within, c.in)
	q.States = store.StatesThat(store.State.UnderWay)
	if c.heads, err = r.Heads(q); err != nil {
		return nil, fmt.Errorf("list what is under way in unit %q: %w", o.Unit, err)
	}
	return c, nil
}

// Figures counts the period.
func (c *Card) Figures() *figures.Figures {
	return figures.Compute(figures.Query{
		Campaign: c.of, Within: c.within, Period: figures.Span{From: c.period.From, To: c.period.To}, Zone: c.set.Calendar.Zone(),
		AsOf: c.asOf, Subtree: c.in.Codes(), Fields: c.fields,
	}, c.facts, c.set.units(c.in))
}

// Stale lists the models under way of which nothing was heard since the period
// began, though they were there before; the newest first.
func (c *Card) Stale() []store.ModelID {
	began := c.set.Calendar.At(c.period.From, 0)
	there := map[store.ModelID]bool{}
	for _, f := range c.facts {
		there[f.ID] = f.Registered.Before(began)
	}

	var out []store.ModelID
	for _, h := range c.heads {
		if c.has(h.Entries) && h.Entries.InFields(c.fields) && h.ProgressAt.Before(began) && there[h.ID] {
			out = append(out, h.ID)
		}
	}
	return out
}

// has reports whether a model counts in the card's campaign.
func (c *Card) has(es store.Entries) bool {
	_, ok := es.Counted(c.of.ID, c.within)
	return ok
}

// Happened reports whether anything is known to have happened in the period, in
// whatever field, for the report is the unit's:
// then "không phát sinh" would not be so.
func (c *Card) Happened() bool {
	within := func(day store.Date) bool { return !day.Before(c.period.From) && !c.period.To.Before(day) }
	return slices.ContainsFunc(c.facts, func(f store.Fact) bool {
		return within(c.set.Calendar.Day(f.Registered)) ||
			slices.ContainsFunc(f.Steps, func(s store.FactStep) bool { return s.Row != 0 && !s.Nothing && within(s.Day) })
	})
}
