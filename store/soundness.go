package store

import (
	"fmt"
	"regexp"
	"slices"
)

// Fault says what is wrong with a campaign, by catalogue key, and where: the
// place of the value as a file has it, "rules.2.hour", lists counted from 1.
type Fault struct {
	Place string
	Key   string
	Args  map[string]any
}

// The bounds of a campaign's numbers. A report that is wanted later than the
// planner looks back would never be reminded of.
const (
	MaxDue     = 60  // days from the cut-off to the due day
	MaxLock    = 92  // working days from the due day to the lock
	MaxRung    = 60  // working days between the due day and a reminder
	MaxFreeDue = 300 // days from the end of a free period to its due day
	maxCheck   = 60
	maxYears   = 30
)

// The ids of periods begin with the campaign's, those of figures contain the
// keys of options: both have to fit a button.
var (
	soundID  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,23}$`)
	soundKey = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z_-]{0,15}$`)
)

// SoundKey reports whether a text can be the key of an option.
func SoundKey(key string) bool { return soundKey.MatchString(key) }

// Faults returns everything that is wrong with a campaign by itself. How the
// numbers of documents are written, and which periods a rule has, is passed in.
func (c Campaign) Faults(documents func(string) []string, periods func(Campaign, PeriodRule) []Period) []Fault {
	s := &soundness{Campaign: c, periods: periods}
	if !soundID.MatchString(string(c.ID)) {
		s.fault("id", "plan.bad_id", map[string]any{"ID": string(c.ID)})
	}
	if c.Name["vi"] == "" {
		s.fault("name", "plan.no_name", nil)
	}
	if len(documents(c.Document)) != 1 {
		s.fault("document", "plan.document", map[string]any{"Text": c.Document})
	}
	if c.Issuer == "" {
		s.fault("issuer", "plan.no_issuer", nil)
	}
	dated := s.dates()

	s.options("fields", c.Fields, true)
	s.options("titles", c.Titles, true)
	s.options("tags", c.Tags, false)
	s.options("levels", c.Levels, false)
	for i, kind := range c.Obliged {
		if !slices.Contains(UnitKinds, kind) {
			s.fault(at("obliged", i), "plan.unit_kind", map[string]any{"Kind": string(kind)})
		}
	}

	for i, r := range c.Rules {
		s.rule(i, r, dated)
	}
	s.ladder()
	s.within("escalate", c.Escalate, 0, MaxRung)
	s.within("check_days", c.CheckDays, 0, maxCheck)
	return s.found
}

// Warnings returns what is allowed in a campaign and seldom meant.
func (c Campaign) Warnings() []Fault {
	s := &soundness{}
	if len(c.Rules) > 0 && len(c.Ladder) == 0 {
		s.fault("ladder", "plan.no_ladder", nil)
	}
	if len(c.Rules) == 0 {
		s.fault("rules", "plan.no_rules", nil)
	}
	for i, r := range c.Rules { // two reports that are nearly the same, in one week
		if r.Kind == HalfYear && r.Wants(2) && slices.ContainsFunc(c.Rules, func(y PeriodRule) bool { return y.Kind == FullYear }) {
			s.fault(at("rules", i), "plan.year_end_twice", nil)
		}
	}
	for i, r := range c.Ladder {
		if r.Hour < 7 || r.Hour >= 20 { // the reminder waits for the morning
			s.fault(at("ladder", i)+".hour", "plan.quiet_hour", map[string]any{"Hour": r.Hour})
		}
	}
	return s.found
}

// soundness collects the faults of one campaign.
type soundness struct {
	Campaign
	periods func(Campaign, PeriodRule) []Period
	found   []Fault
}

func (s *soundness) fault(place, key string, args map[string]any) {
	s.found = append(s.found, Fault{place, key, args})
}

// at is the place of a value in a list.
func at(list string, i int) string { return fmt.Sprintf("%s.%d", list, i+1) }

// within wants a number between two.
func (s *soundness) within(place string, n, from, to int) {
	if n < from || n > to {
		s.fault(place, "plan.number", map[string]any{"N": n, "From": from, "To": to})
	}
}

// span are the arguments of a text about two days.
func span(from, to Date) map[string]any { return map[string]any{"From": from.DMY(), "To": to.DMY()} }

// dates wants a span and reports whether there is one.
func (s *soundness) dates() bool {
	switch {
	case !s.From.Valid():
		s.fault("from", "plan.no_date", nil)
	case !s.To.Valid():
		s.fault("to", "plan.no_date", nil)
	case s.To.Before(s.From):
		s.fault("to", "plan.backwards", span(s.From, s.To))
	case s.To.Year-s.From.Year > maxYears:
		s.fault("to", "plan.too_long", span(s.From, s.To))
	default:
		return true
	}
	return false
}

func (s *soundness) options(list string, options []Option, needed bool) {
	if needed && len(options) == 0 {
		s.fault(list, "plan.empty_list", nil)
	}

	seen := map[string]bool{}
	for i, o := range options {
		name := map[string]any{"Name": o.Key}
		switch {
		case !SoundKey(o.Key):
			s.fault(at(list, i)+".key", "plan.option_key", name)
		case seen[o.Key]:
			s.fault(at(list, i)+".key", "plan.twice", name)
		case o.Label["vi"] == "":
			s.fault(at(list, i)+".label", "plan.no_label", name)
		}
		seen[o.Key] = true
	}
}

func (s *soundness) rule(i int, r PeriodRule, dated bool) {
	place, kind := at("rules", i), map[string]any{"Kind": string(r.Kind)}
	if !slices.Contains(PeriodKinds, r.Kind) {
		s.fault(place+".kind", "plan.kind", kind)
		return
	}
	// Two rules of a kind would give two periods the same id.
	if slices.ContainsFunc(s.Rules[:i], func(o PeriodRule) bool { return o.Kind == r.Kind }) {
		s.fault(place+".kind", "plan.rule_twice", kind)
	}

	s.within(place+".cut_day", r.CutDay, 0, 31)
	s.within(place+".due_after", r.DueAfter, 0, MaxDue)
	if r.Shift != PreviousWorkingDay && r.Shift != NextWorkingDay {
		s.fault(place+".shift", "plan.shift", map[string]any{"Text": string(r.Shift)})
	}
	s.within(place+".hour", r.Hour, 0, 23)
	s.within(place+".grace", r.Grace, 0, MaxLock)
	s.within(place+".lock", r.Lock, r.Grace, MaxLock)
	s.only(place, r)

	switch {
	case r.Kind == FreePeriod:
		s.free(place, r)
	case len(r.Free) > 0:
		s.fault(place+".free.1", "plan.free_elsewhere", kind)
	case dated && len(s.periods(s.Campaign, r)) == 0:
		args := span(s.From, s.To)
		args["Kind"] = string(r.Kind)
		s.fault(place, "plan.no_period", args)
	}
}

// only wants some of the periods of a year, in their order, of a kind that has several.
func (s *soundness) only(place string, r PeriodRule) {
	if len(r.Only) > 0 && r.Kind.Yearly() < 2 {
		s.fault(place+".only", "plan.only_elsewhere", map[string]any{"Kind": string(r.Kind)})
		return
	}
	for i, n := range r.Only {
		s.within(at(place+".only", i), n, 1, r.Kind.Yearly())
		if i > 0 && n <= r.Only[i-1] {
			s.fault(at(place+".only", i), "plan.only_order", map[string]any{"N": n})
		}
	}
}

// free wants every free period with dates of its own and a cut-off of its own,
// since that is what a period's id is made of.
func (s *soundness) free(place string, r PeriodRule) {
	if len(r.Free) == 0 {
		s.fault(place+".free", "plan.free_none", nil)
	}

	first := map[Date]int{}
	for i, f := range r.Free {
		here := at(place+".free", i)
		switch {
		case f.Name == "":
			s.fault(here+".name", "plan.free_name", nil)
		case !f.From.Valid():
			s.fault(here+".from", "plan.no_date", nil)
		case !f.To.Valid():
			s.fault(here+".to", "plan.no_date", nil)
		case f.To.Before(f.From):
			s.fault(here+".to", "plan.backwards", span(f.From, f.To))
		case first[f.To] > 0:
			s.fault(here+".to", "plan.free_twice", map[string]any{"Day": f.To.DMY(), "N": first[f.To]})
		case !f.Due.IsZero() && (!f.Due.Valid() || f.Due.Before(f.To) || f.To.AddDays(MaxFreeDue).Before(f.Due)):
			s.fault(here+".due", "plan.free_due", map[string]any{"To": f.To.DMY(), "Days": MaxFreeDue})
		}

		if first[f.To] == 0 {
			first[f.To] = i + 1
		}
	}
}

func (s *soundness) ladder() {
	for i, r := range s.Ladder {
		s.within(at("ladder", i)+".days", r.Days, -MaxRung, MaxRung)
		s.within(at("ladder", i)+".hour", r.Hour, 0, 23)
		if slices.Contains(s.Ladder[:i], r) {
			s.fault(at("ladder", i), "plan.rung_twice", map[string]any{"Days": r.Days, "Hour": r.Hour})
		}
	}
}
