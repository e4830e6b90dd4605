package campaigns

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/bot"
	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
)

// Changes is what a campaign changes, or would change.
type Changes struct {
	New      bool
	Changed  []string // places: "name", "rules"; none: nothing changes
	Errors   []store.Fault
	Warnings []store.Fault
	Next     []store.Period // what is due next, the first of each rule
}

// Import checks a campaign and, unless it is a dry run or something is wrong,
// writes it. Importing the same again changes nothing.
func Import(ctx context.Context, b *bot.Bot, c store.Campaign, now time.Time, dry bool) (Changes, error) {
	var out Changes
	err := b.Store.Update(ctx, func(tx store.Tx) error {
		o, err := b.Book().Org(tx)
		if err != nil {
			return err
		}
		if u, ok := o.Unit(c.Unit); ok {
			c.Unit = u.Code // its first code, whatever it is called by
		}

		old, err := tx.Campaign(c.ID)
		c.Begun, c.Known, c.Papers = old.Begun, old.Known, old.Papers
		if c.Announced, c.Unsaid = old.Announced, old.Unsaid; errors.Is(err, store.ErrNotFound) {
			c.Known = now
		} else if err != nil {
			return err
		}

		var edits []edit
		if out, edits, err = compare(b, o, tx, c, now); err != nil {
			return err
		}
		if dry || len(out.Errors) > 0 || len(edits) == 0 {
			return nil
		}

		if err := tx.PutCampaign(noted(c, edits)); err != nil {
			return err
		}
		for _, e := range edits {
			if err := tx.AddAudit(store.Audit{
				At: now, Subject: "campaign/" + string(c.ID), Action: "import", Field: e.place, Old: e.was, New: e.is,
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Changes{}, fmt.Errorf("import the campaign: %w", err)
	}
	return out, nil
}

// noted is a campaign that was announced with what it changes since: people are to be
// told of that.
func noted(c store.Campaign, edits []edit) store.Campaign {
	c.Unsaid = slices.Clone(c.Unsaid)
	for _, e := range edits {
		if c.Announced.Edition > 0 && !slices.Contains(c.Unsaid, e.place) {
			c.Unsaid = append(c.Unsaid, e.place)
		}
	}
	return c
}

// edit is a changed value of a campaign.
type edit struct{ place, was, is string }

// compare compares a campaign with the one that has its id, if there is one.
func compare(b *bot.Bot, o *org.Org, r store.Reader, c store.Campaign, now time.Time) (Changes, []edit, error) {
	out := Changes{Errors: c.Faults(answer.Documents, deadline.OfRule), Warnings: c.Warnings()}
	old, err := r.Campaign(c.ID)
	out.New = errors.Is(err, store.ErrNotFound)
	if err != nil && !out.New {
		return out, nil, err
	}
	if c.Unit != "" {
		if _, ok := o.Unit(c.Unit); !ok {
			out.Errors = append(out.Errors, store.Fault{Place: "unit", Key: "plan.unit", Args: text.Args{"Code": string(c.Unit)}})
		}
	}

	edits, err := difference(old, c)
	if err != nil {
		return out, nil, err
	}
	for _, e := range edits {
		out.Changed = append(out.Changed, e.place)
	}
	if len(out.Errors) > 0 {
		return out, edits, nil
	}

	if !out.New {
		faults, warnings, err := old.Losses(r, c, store.DateOf(now.In(b.Zone)), deadline.OfRule)
		if err != nil {
			return out, nil, err
		}
		out.Errors, out.Warnings = faults, append(out.Warnings, warnings...)
	}
	cal, err := b.Book().Calendar(r)
	if err != nil {
		return out, nil, err
	}
	if was := deadline.DueBefore(c, cal); len(was) > 0 && !c.Past {
		last := was[len(was)-1]
		out.Warnings = append(out.Warnings, store.Fault{Place: "past", Key: "plan.was_due", Args: text.Args{
			"Count": len(was), "To": last.To.DMY(), "Due": cal.Day(last.Due).DMY(),
		}})
	}
	out.Next = next(cal, c, now)
	return out, edits, nil
}

// next lists, for each rule, the period that is due next.
func next(cal *deadline.Calendar, c store.Campaign, now time.Time) []store.Period {
	today := cal.Day(now)

	var out []store.Period
	for _, rule := range c.Rules {
		one := c
		one.Rules = []store.PeriodRule{rule}
		for _, p := range deadline.Periods(one, cal, today.AddDays(-store.MaxFreeDue), today.AddDays(5*366)) {
			if p.Kind == rule.Kind && now.Before(p.Due) {
				out = append(out, p)
				break
			}
		}
	}
	return out
}

// difference lists the values that differ between two campaigns, by their
// places in a file.
func difference(old, c store.Campaign) ([]edit, error) {
	was, err := values(old)
	if err != nil {
		return nil, err
	}
	is, err := values(c)
	if err != nil {
		return nil, err
	}

	var out []edit
	for _, place := range []string{
		"document", "issuer", "name", "unit", "from", "to", "fields", "titles", "tags", "levels",
		"rules", "past", "obliged", "ladder", "escalate", "check_days", "papers",
	} {
		if was[place] != is[place] {
			out = append(out, edit{place, was[place], is[place]})
		}
	}
	return out, nil
}

// values are the values of a campaign as text by their places, to compare and
// to record; what is empty has none.
func values(c store.Campaign) (map[string]string, error) {
	raw := map[string]json.RawMessage{}
	b, err := json.Marshal(c)
	if err == nil {
		err = json.Unmarshal(b, &raw)
	}

	out := map[string]string{}
	for place, value := range raw {
		if body := string(value); body != "null" && body != `""` {
			out[place] = body
		}
	}
	return out, err
}

// PrintedDocument is a document's number in its canonical form, or as it was
// typed when it has none.
func PrintedDocument(typed string) string {
	if found := answer.Documents(typed); len(found) == 1 {
		return found[0]
	}
	return typed
}
