package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/deadline"
)

// PlanChanges is what a campaign changes, or would change.
type PlanChanges struct {
	New      bool
	Changed  []string // places: "name", "rules"; none: nothing changes
	Errors   []PlanFault
	Warnings []PlanFault
	Next     []store.Period // what is due next, the first of each rule
}

// ImportCampaign checks a campaign and, unless it is a dry run or something is
// wrong, writes it. Importing the same again changes nothing.
func (b *Bot) ImportCampaign(ctx context.Context, c store.Campaign, now time.Time, dry bool) (PlanChanges, error) {
	var out PlanChanges
	err := b.Store.Update(ctx, func(tx store.Tx) error {
		var err error
		var old store.Campaign
		if out, old, err = b.planChanges(tx, c, now); err != nil {
			return err
		}
		if dry || len(out.Errors) > 0 || len(out.Changed) == 0 {
			return nil
		}
		if err := tx.PutCampaign(c); err != nil {
			return err
		}
		was, is := planValues(old), planValues(c)
		for _, place := range out.Changed {
			if err := tx.AddAudit(store.Audit{At: now, Subject: "campaign/" + string(c.ID), Action: "import",
				Field: place, Old: was[place], New: is[place]}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return PlanChanges{}, fmt.Errorf("import the campaign: %w", err)
	}
	return out, nil
}

// planChanges compares a campaign with the one that has its id, and returns
// that too; the zero value when there is none.
func (b *Bot) planChanges(r store.Reader, c store.Campaign, now time.Time) (PlanChanges, store.Campaign, error) {
	out := PlanChanges{Errors: checkPlan(c), Warnings: warnPlan(c)}
	old, err := r.Campaign(c.ID)
	out.New = errors.Is(err, store.ErrNotFound)
	if err != nil && !out.New {
		return out, old, err
	}
	if c.Unit != "" {
		if _, err := r.Unit(c.Unit); errors.Is(err, store.ErrNotFound) {
			out.Errors = append(out.Errors, PlanFault{"unit", "plan.unit", args{"Code": string(c.Unit)}})
		} else if err != nil {
			return out, old, err
		}
	}
	was, is := planValues(old), planValues(c)
	for _, place := range planPlaces {
		if was[place] != is[place] {
			out.Changed = append(out.Changed, place)
		}
	}
	if len(out.Errors) > 0 {
		return out, old, nil
	}
	if !out.New {
		if err := out.keep(r, old, c, store.DateOf(now.In(b.Zone))); err != nil {
			return out, old, err
		}
	}
	out.Next, err = b.nextPeriods(r, c, now)
	return out, old, err
}

// keep refuses what would lose records: a period that has reports, a field or
// title that has models. It warns of periods that are under way and end.
func (p *PlanChanges) keep(r store.Reader, old, c store.Campaign, today store.Date) error {
	stays := map[store.PeriodID]bool{}
	for _, period := range planPeriods(c) {
		stays[period.ID] = true
	}
	for _, period := range planPeriods(old) {
		if stays[period.ID] || today.Before(period.From) {
			continue
		}
		reports, err := r.Reports(period.ID)
		if err != nil {
			return err
		}
		a := args{"From": vnDate(period.From), "To": vnDate(period.To), "Count": len(reports)}
		switch {
		case len(reports) > 0:
			p.Errors = append(p.Errors, PlanFault{"rules", "plan.orphans", a})
		case !period.To.AddDays(maxDue).Before(today):
			p.Warnings = append(p.Warnings, PlanFault{"rules", "plan.period_goes", a})
		}
	}
	return p.keepOptions(r, old, c)
}

// keepOptions refuses to take a field or a title from the models that have it.
func (p *PlanChanges) keepOptions(r store.Reader, old, c store.Campaign) error {
	for _, o := range withoutOptions(old.Fields, c.Fields) {
		heads, err := r.Heads(store.ModelQuery{Campaign: c.ID, Fields: []string{o.Key}, Limit: 1})
		if err != nil {
			return err
		}
		if len(heads) > 0 {
			p.Errors = append(p.Errors, PlanFault{"fields", "plan.used", args{"Name": o.Label.In("vi"), "ID": o.Key}})
		}
	}
	gone := withoutOptions(old.Titles, c.Titles)
	if len(gone) == 0 {
		return nil
	}
	heads, err := r.Facts(store.ModelQuery{Campaign: c.ID})
	if err != nil {
		return err
	}
	for _, o := range gone {
		if slices.ContainsFunc(heads, func(f store.Fact) bool { return f.TitleGroup == o.Key }) {
			p.Errors = append(p.Errors, PlanFault{"titles", "plan.used", args{"Name": o.Label.In("vi"), "ID": o.Key}})
		}
	}
	return nil
}

// withoutOptions lists the old options that the new list does not have.
func withoutOptions(old, now []store.Option) []store.Option {
	return slices.DeleteFunc(slices.Clone(old), func(o store.Option) bool {
		return slices.ContainsFunc(now, func(n store.Option) bool { return n.Key == o.Key })
	})
}

// nextPeriods lists, for each rule, the period that is due next.
func (b *Bot) nextPeriods(r store.Reader, c store.Campaign, now time.Time) ([]store.Period, error) {
	days, err := r.SpecialDays()
	if err != nil {
		return nil, err
	}
	cal := deadline.NewCalendar(days, b.Zone)
	today := store.DateOf(now.In(b.Zone))
	var out []store.Period
	for _, rule := range c.Rules {
		one := c
		one.Rules = []store.PeriodRule{rule}
		for _, p := range deadline.Periods(one, cal, today.AddDays(-maxFreeDue), today.AddDays(5*366)) {
			if now.Before(p.Due) {
				out = append(out, p)
				break
			}
		}
	}
	return out, nil
}

// planPlaces are the values of a campaign that are compared, by their places.
var planPlaces = []string{
	"document", "issuer", "name", "unit", "from", "to", "fields", "titles", "tags", "levels", "rules", "obliged", "ladder", "escalate", "check_days",
}

// planValues are the values of a campaign as text by their places, to compare
// and to record; what is empty has none.
func planValues(c store.Campaign) map[string]string {
	b, err := json.Marshal(c)
	raw := map[string]json.RawMessage{}
	if err == nil {
		err = json.Unmarshal(b, &raw)
	}
	if err != nil {
		panic("bot: a campaign is plain data: " + err.Error())
	}
	out := map[string]string{}
	for place, value := range raw {
		if text := string(value); text != "null" && text != `""` {
			out[place] = text
		}
	}
	return out
}

// PrintedDocument is a document's number in its canonical form, or as it was
// typed when it has none.
func PrintedDocument(typed string) string {
	if found := answer.Documents(typed); len(found) == 1 {
		return found[0]
	}
	return typed
}
