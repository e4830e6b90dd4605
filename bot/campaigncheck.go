package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/deadline"
)

// PlanFault says what is wrong with a campaign, by catalogue key, and where:
// the place of the value as a file has it, "rules.2.hour", lists counted from 1.
type PlanFault struct {
	Place string
	Key   string
	Args  map[string]any
}

// The bounds of a campaign's numbers. A report that is wanted later than the
// planner looks back (deadline.Live) would never be reminded of.
const (
	maxDue     = 60 // days after the cut-off
	maxLock    = deadline.MaxExtension
	maxRung    = 60 // working days from the due day
	maxCheck   = 60
	maxFreeDue = 300 // days from the end of a free period to its due day
)

// goodPlanID keeps the ids of periods short enough for a button.
var goodPlanID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,23}$`)

// goodOptionKey keeps the keys of fields and titles so too.
var goodOptionKey = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z_-]{0,15}$`)

// planCheck collects the faults of one campaign.
type planCheck struct {
	c     store.Campaign
	found []PlanFault
}

func (p *planCheck) fault(place, key string, a args) {
	p.found = append(p.found, PlanFault{place, key, a})
}

// in wants a number between two.
func (p *planCheck) in(place string, n, from, to int) {
	if n < from || n > to {
		p.fault(place, "plan.number", args{"N": n, "From": from, "To": to})
	}
}

// checkPlan returns everything that is wrong with a campaign by itself, without
// looking at the store.
func checkPlan(c store.Campaign) []PlanFault {
	p := &planCheck{c: c}
	if !goodPlanID.MatchString(string(c.ID)) {
		p.fault("id", "plan.bad_id", args{"ID": string(c.ID)})
	}
	if c.Name["vi"] == "" {
		p.fault("name", "plan.no_name", nil)
	}
	if len(answer.Documents(c.Document)) != 1 {
		p.fault("document", "plan.document", args{"Text": c.Document})
	}
	if c.Issuer == "" {
		p.fault("issuer", "plan.no_issuer", nil)
	}
	dated := p.dates()
	p.options("fields", c.Fields, true)
	p.options("titles", c.Titles, true)
	p.options("tags", c.Tags, false)
	p.options("levels", c.Levels, false)
	for i, kind := range c.Obliged {
		if !slices.Contains(store.UnitKinds, kind) {
			p.fault(fmt.Sprintf("obliged.%d", i+1), "plan.unit_kind", args{"Kind": string(kind)})
		}
	}
	for i, r := range c.Rules {
		p.rule(fmt.Sprintf("rules.%d", i+1), r, dated)
	}
	p.ladder()
	p.in("escalate", c.Escalate, 0, maxRung)
	p.in("check_days", c.CheckDays, 0, maxCheck)
	return p.found
}

// dates wants a span and says whether there is one.
func (p *planCheck) dates() bool {
	switch {
	case !p.c.From.Valid():
		p.fault("from", "plan.no_date", nil)
	case !p.c.To.Valid():
		p.fault("to", "plan.no_date", nil)
	case p.c.To.Before(p.c.From):
		p.fault("to", "plan.backwards", args{"From": vnDate(p.c.From), "To": vnDate(p.c.To)})
	case p.c.To.Year-p.c.From.Year > 30:
		p.fault("to", "plan.too_long", args{"From": vnDate(p.c.From), "To": vnDate(p.c.To)})
	default:
		return true
	}
	return false
}

func (p *planCheck) options(list string, options []store.Option, needed bool) {
	if needed && len(options) == 0 {
		p.fault(list, "plan.empty_list", nil)
	}
	seen := map[string]bool{}
	for i, o := range options {
		place := fmt.Sprintf("%s.%d", list, i+1)
		switch {
		case !goodOptionKey.MatchString(o.Key):
			p.fault(place+".key", "plan.option_key", args{"Name": o.Key})
		case seen[o.Key]:
			p.fault(place+".key", "plan.twice", args{"Name": o.Key})
		case o.Label["vi"] == "":
			p.fault(place+".label", "plan.no_label", args{"Name": o.Key})
		}
		seen[o.Key] = true
	}
}

func (p *planCheck) rule(place string, r store.PeriodRule, dated bool) {
	if !slices.Contains(store.PeriodKinds, r.Kind) {
		p.fault(place+".kind", "plan.kind", args{"Kind": string(r.Kind)})
		return
	}
	if first := slices.IndexFunc(p.c.Rules, func(o store.PeriodRule) bool { return o.Kind == r.Kind }); place != fmt.Sprintf("rules.%d", first+1) {
		p.fault(place+".kind", "plan.rule_twice", args{"Kind": string(r.Kind)})
	}
	p.in(place+".cut_day", r.CutDay, 0, 31)
	p.in(place+".due_after", r.DueAfter, 0, maxDue)
	if r.Shift != store.PreviousWorkingDay && r.Shift != store.NextWorkingDay {
		p.fault(place+".shift", "plan.shift", args{"Text": string(r.Shift)})
	}
	p.in(place+".hour", r.Hour, 0, 23)
	p.in(place+".grace", r.Grace, 0, maxLock)
	p.in(place+".lock", r.Lock, r.Grace, maxLock)
	switch {
	case r.Kind == store.FreePeriod:
		p.free(place, r)
	case len(r.Free) > 0:
		p.fault(place+".free.1", "plan.free_elsewhere", args{"Kind": string(r.Kind)})
	case dated && len(rulePeriods(p.c, r)) == 0:
		p.fault(place, "plan.no_period", args{"Kind": string(r.Kind), "From": vnDate(p.c.From), "To": vnDate(p.c.To)})
	}
}

// free wants every free period with dates of its own and a cut-off of its own,
// since that is what a period's id is made of.
func (p *planCheck) free(place string, r store.PeriodRule) {
	if len(r.Free) == 0 {
		p.fault(place+".free", "plan.free_none", nil)
	}
	first := map[store.Date]int{}
	for i, f := range r.Free {
		at := fmt.Sprintf("%s.free.%d", place, i+1)
		switch {
		case f.Name == "":
			p.fault(at+".name", "plan.free_name", nil)
		case !f.From.Valid():
			p.fault(at+".from", "plan.no_date", nil)
		case !f.To.Valid():
			p.fault(at+".to", "plan.no_date", nil)
		case f.To.Before(f.From):
			p.fault(at+".to", "plan.backwards", args{"From": vnDate(f.From), "To": vnDate(f.To)})
		case first[f.To] > 0:
			p.fault(at+".to", "plan.free_twice", args{"Day": vnDate(f.To), "N": first[f.To]})
		case !f.Due.IsZero() && (!f.Due.Valid() || f.Due.Before(f.To) || f.To.AddDays(maxFreeDue).Before(f.Due)):
			p.fault(at+".due", "plan.free_due", args{"To": vnDate(f.To), "Days": maxFreeDue})
		}
		if first[f.To] == 0 {
			first[f.To] = i + 1
		}
	}
}

func (p *planCheck) ladder() {
	for i, r := range p.c.Ladder {
		place := fmt.Sprintf("ladder.%d", i+1)
		p.in(place+".days", r.Days, -maxRung, maxRung)
		p.in(place+".hour", r.Hour, 0, 23)
		if slices.Contains(p.c.Ladder[:i], r) {
			p.fault(place, "plan.rung_twice", args{"Days": r.Days, "Hour": r.Hour})
		}
	}
}

// warnPlan returns what is no fault and yet seldom meant.
func warnPlan(c store.Campaign) []PlanFault {
	p := &planCheck{c: c}
	if len(c.Rules) > 0 && len(c.Ladder) == 0 {
		p.fault("ladder", "plan.no_ladder", nil)
	}
	if len(c.Rules) == 0 {
		p.fault("rules", "plan.no_rules", nil)
	}
	for i, r := range c.Ladder {
		if r.Hour < 7 || r.Hour >= 20 {
			p.fault(fmt.Sprintf("ladder.%d.hour", i+1), "plan.quiet_hour", args{"Hour": r.Hour})
		}
	}
	return p.found
}

// rulePeriods lists all the periods of one rule of a campaign. Which they are
// does not depend on days off.
func rulePeriods(c store.Campaign, r store.PeriodRule) []store.Period {
	c.Rules = []store.PeriodRule{r}
	from, to := c.From, c.To
	for _, f := range r.Free {
		if f.From.Before(from) {
			from = f.From
		}
		if to.Before(f.To) {
			to = f.To
		}
	}
	return deadline.Periods(c, deadline.NewCalendar(nil, time.UTC), from, to)
}

// planPeriods lists all the periods of a campaign.
func planPeriods(c store.Campaign) []store.Period {
	var out []store.Period
	for _, r := range c.Rules {
		out = append(out, rulePeriods(c, r)...)
	}
	return out
}

// vnDate writes a day as people do in both languages.
func vnDate(d store.Date) string { return voice{}.date(d) }

// PlanKeys lists the catalogue keys of what can be said about a campaign's
// file.
func PlanKeys() []string {
	return strings.Fields(`plan.unreadable plan.unknown_key plan.number plan.bad_id plan.no_name plan.document plan.no_issuer
		plan.no_date plan.backwards plan.too_long plan.empty_list plan.option_key plan.twice plan.no_label plan.unit_kind plan.kind
		plan.rule_twice plan.shift plan.free_elsewhere plan.no_period plan.free_none plan.free_name plan.free_twice plan.free_due
		plan.rung_twice plan.no_ladder plan.no_rules plan.quiet_hour plan.unit plan.orphans plan.used plan.period_goes`)
}
