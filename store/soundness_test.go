package store_test

import (
	"errors"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"danvan/store"
	"danvan/store/deadline"
)

// sound is a campaign without a fault, for a test to spoil.
func sound() store.Campaign {
	option := func(key string) store.Option { return store.Option{Key: key, Label: store.Label{"vi": key}} }
	rule := func(kind store.PeriodKind) store.PeriodRule {
		return store.PeriodRule{Kind: kind, CutDay: 14, DueAfter: 5, Shift: store.NextWorkingDay, Hour: 17, Lock: 10}
	}
	return store.Campaign{
		ID: "dvk-2026", Document: "05-CT/TU", Issuer: "Tỉnh ủy", Name: store.Label{"vi": "Dân vận khéo"},
		From: store.Date{Year: 2026, Month: 1, Day: 1}, To: store.Date{Year: 2030, Month: 12, Day: 31},
		Fields: []store.Option{option("KT"), option("VHXH")}, Titles: []store.Option{option("DVK")},
		Rules:  []store.PeriodRule{rule(store.HalfYear), rule(store.FullYear)},
		Ladder: []store.Rung{{Days: -3, Hour: 8}, {Days: 1, Hour: 8}}, Escalate: 2, CheckDays: 7,
	}
}

// numbers finds the numbers of documents, as simply as a test may.
func numbers(text string) []string {
	return regexp.MustCompile(`\d+-[A-Z]+/[A-Z]+`).FindAllString(text, -1)
}

func free(dates ...store.FreeDates) func(*store.Campaign) {
	return func(c *store.Campaign) {
		c.Rules[0] = store.PeriodRule{Kind: store.FreePeriod, Shift: store.NextWorkingDay, Hour: 17, Free: dates}
	}
}

var (
	march = store.Date{Year: 2026, Month: 3, Day: 1}
	april = store.FreeDates{Name: "Đợt", From: march, To: march.AddDays(30)}
)

// faults are the ways to spoil a sound campaign: the key of the fault, and the
// place that is named.
var faults = []struct {
	key, place string
	spoil      func(*store.Campaign)
}{
	{"plan.bad_id", "id", func(c *store.Campaign) { c.ID = "Kế hoạch 14" }},
	{"plan.no_name", "name", func(c *store.Campaign) { c.Name = store.Label{"en": "A campaign"} }},
	{"plan.document", "document", func(c *store.Campaign) { c.Document = "kế hoạch" }},
	{"plan.document", "document", func(c *store.Campaign) { c.Document = "05-CT/TU, 06-CT/TU" }},
	{"plan.no_issuer", "issuer", func(c *store.Campaign) { c.Issuer = "" }},
	{"plan.no_date", "from", func(c *store.Campaign) { c.From = store.Date{Year: 2026, Month: 2, Day: 30} }},
	{"plan.no_date", "to", func(c *store.Campaign) { c.To = store.Date{} }},
	{"plan.backwards", "to", func(c *store.Campaign) { c.From, c.To = c.To, c.From }},
	{"plan.too_long", "to", func(c *store.Campaign) { c.To.Year = 2126 }},
	{"plan.empty_list", "titles", func(c *store.Campaign) { c.Titles = nil }},
	{"plan.option_key", "fields.2.key", func(c *store.Campaign) { c.Fields[1].Key = "văn hóa" }},
	{"plan.twice", "fields.2.key", func(c *store.Campaign) { c.Fields[1].Key = c.Fields[0].Key }},
	{"plan.no_label", "titles.1.label", func(c *store.Campaign) { c.Titles[0].Label = nil }},
	{"plan.unit_kind", "obliged.1", func(c *store.Campaign) { c.Obliged = []store.UnitKind{"huyện"} }},
	{"plan.kind", "rules.1.kind", func(c *store.Campaign) { c.Rules[0].Kind = "tuần" }},
	{"plan.rule_twice", "rules.2.kind", func(c *store.Campaign) { c.Rules[1].Kind = store.HalfYear }},
	{"plan.number", "rules.1.hour", func(c *store.Campaign) { c.Rules[0].Hour = 24 }},
	{"plan.number", "rules.1.lock", func(c *store.Campaign) { c.Rules[0].Grace, c.Rules[0].Lock = 5, 4 }},
	{"plan.number", "rules.2.due_after", func(c *store.Campaign) { c.Rules[1].DueAfter = store.MaxDue + 1 }},
	{"plan.number", "ladder.1.days", func(c *store.Campaign) { c.Ladder[0].Days = -store.MaxRung - 1 }},
	{"plan.number", "check_days", func(c *store.Campaign) { c.CheckDays = -1 }},
	{"plan.shift", "rules.1.shift", func(c *store.Campaign) { c.Rules[0].Shift = "" }},
	{"plan.free_elsewhere", "rules.1.free.1", func(c *store.Campaign) { c.Rules[0].Free = []store.FreeDates{{}} }},
	{"plan.no_period", "rules.1", func(c *store.Campaign) {
		c.Rules[0].Kind, c.From, c.To = store.NineMonths, store.Date{Year: 2030, Month: 10, Day: 1}, store.Date{Year: 2030, Month: 11, Day: 30}
	}},
	{"plan.number", "rules.1.only.1", func(c *store.Campaign) { c.Rules[0].Only = []int{3} }},
	{"plan.only_order", "rules.1.only.2", func(c *store.Campaign) { c.Rules[0].Only = []int{2, 1} }},
	{"plan.only_order", "rules.1.only.2", func(c *store.Campaign) { c.Rules[0].Only = []int{1, 1} }},
	{"plan.only_elsewhere", "rules.2.only", func(c *store.Campaign) { c.Rules[1].Only = []int{1} }},
	{"plan.free_none", "rules.1.free", free()},
	{"plan.free_name", "rules.1.free.1.name", free(store.FreeDates{From: april.From, To: april.To})},
	{"plan.no_date", "rules.1.free.1.to", free(store.FreeDates{Name: "Đợt", From: april.From})},
	{"plan.backwards", "rules.1.free.1.to", free(store.FreeDates{Name: "Đợt", From: april.To, To: april.From})},
	{"plan.free_twice", "rules.1.free.2.to", free(april, april)},
	{"plan.free_due", "rules.1.free.1.due", free(store.FreeDates{Name: "Đợt", From: april.From, To: april.To, Due: april.From})},
	{"plan.rung_twice", "ladder.3", func(c *store.Campaign) { c.Ladder = append(c.Ladder, c.Ladder[0]) }},
}

func TestCampaignFaults(t *testing.T) {
	t.Parallel()
	c := sound()
	if found := c.Faults(numbers, deadline.OfRule); len(found) > 0 {
		t.Errorf("of a sound campaign: %v", found)
	}
	for _, f := range faults {
		c := sound()
		f.spoil(&c)
		found := c.Faults(numbers, deadline.OfRule)
		if !slices.ContainsFunc(found, func(o store.Fault) bool { return o.Key == f.key && o.Place == f.place }) {
			t.Errorf("got %v, want %s at %s", found, f.key, f.place)
		}
	}
}

// warnings are what is allowed in a campaign and yet told.
var warnings = []struct {
	key, place string
	change     func(*store.Campaign)
}{
	{"plan.no_ladder", "ladder", func(c *store.Campaign) { c.Ladder = nil }},
	{"plan.no_rules", "rules", func(c *store.Campaign) { c.Rules = nil }},
	{"plan.year_end_twice", "rules.1", func(c *store.Campaign) { c.Rules[0].Only = nil }},
	{"plan.quiet_hour", "ladder.2.hour", func(c *store.Campaign) { c.Ladder[1].Hour = 21 }},
}

func TestCampaignWarnings(t *testing.T) {
	t.Parallel()
	calm := func() store.Campaign {
		c := sound()
		c.Rules[0].Only = []int{1}
		return c
	}
	if found := calm().Warnings(); len(found) > 0 {
		t.Errorf("of a sound campaign: %v", found)
	}
	for _, w := range warnings {
		c := calm()
		w.change(&c)
		if found := c.Warnings(); len(found) != 1 || found[0].Key != w.key || found[0].Place != w.place {
			t.Errorf("got %v, want %s at %s", found, w.key, w.place)
		}
	}
}

// kept is a store of what a campaign may have been used for.
type kept struct {
	store.Reader
	reports map[store.PeriodID]int
	facts   []store.Fact
	err     error
}

func (k kept) Reports(id store.PeriodID) ([]store.Report, error) {
	return make([]store.Report, k.reports[id]), k.err
}

func (k kept) Uses(c store.CampaignID, list, option string) (bool, error) {
	return slices.ContainsFunc(k.facts, func(f store.Fact) bool {
		e, _ := f.Entries.Of(c)
		return list == store.FieldList && e.Field == option || list == store.TitleList && e.TitleGroup == option
	}), k.err
}

var losses = []struct {
	name             string
	change           func(*store.Campaign)
	faults, warnings []store.Fault
}{
	{name: "nothing changes", change: func(*store.Campaign) {}},
	{name: "a clock changes", change: func(c *store.Campaign) { c.Rules[0].Lock = 20 }},
	{name: "a period has reports", change: func(c *store.Campaign) { c.Rules = c.Rules[1:] }, faults: []store.Fault{
		{Place: "rules", Key: "plan.orphans", Args: map[string]any{"From": "01/01/2026", "To": "14/06/2026", "Count": 2}},
	}, warnings: []store.Fault{
		{Place: "rules", Key: "plan.period_goes", Args: map[string]any{"From": "15/06/2026", "To": "14/12/2026", "Count": 0}},
	}},
	{name: "a period under way ends", change: func(c *store.Campaign) { c.Rules = c.Rules[:1] }, warnings: []store.Fault{
		{Place: "rules", Key: "plan.period_goes", Args: map[string]any{"From": "01/01/2026", "To": "14/12/2026", "Count": 0}},
	}},
	{name: "a field and a title are used", change: func(c *store.Campaign) { c.Fields, c.Titles = nil, nil }, faults: []store.Fault{
		{Place: "fields", Key: "plan.used", Args: map[string]any{"Name": "VHXH", "ID": "VHXH"}},
		{Place: "titles", Key: "plan.used", Args: map[string]any{"Name": "DVK", "ID": "DVK"}},
	}},
}

func TestCampaignLosses(t *testing.T) {
	t.Parallel()
	today := store.Date{Year: 2026, Month: 11, Day: 23}
	r := kept{
		reports: map[store.PeriodID]int{"dvk-2026/half/2026-06-14": 2},
		facts:   []store.Fact{{ID: 5, Entries: store.Entries{{Campaign: "dvk-2026", Field: "VHXH", TitleGroup: "DVK"}}}},
	}
	for _, l := range losses {
		next := sound()
		l.change(&next)
		faults, warnings, err := sound().Losses(r, next, today, deadline.OfRule)
		if err != nil || !reflect.DeepEqual(faults, l.faults) || !reflect.DeepEqual(warnings, l.warnings) {
			t.Errorf("%s: got %v and %v, %v; want %v and %v", l.name, faults, warnings, err, l.faults, l.warnings)
		}

		r := kept{err: errors.New("no disk")}
		if _, _, err := sound().Losses(r, next, today, deadline.OfRule); len(l.faults)+len(l.warnings) > 0 && !errors.Is(err, r.err) {
			t.Errorf("%s: %v", l.name, err)
		}
	}
}

// TestBegunPeriodsStay changes the rules of a campaign one of whose periods was
// written, with a report, and another one closed.
func TestBegunPeriodsStay(t *testing.T) {
	t.Parallel()
	today := store.Date{Year: 2026, Month: 11, Day: 23}
	old := sound()
	for _, p := range deadline.OfRule(old, old.Rules[0])[:2] {
		p.Rule = old.Rules[0]
		if p.To.Before(today) {
			p.ClosedAt = p.Locked
		}
		old.Begun = append(old.Begun, p)
	}
	r := kept{reports: map[store.PeriodID]int{old.Begun[0].ID: 1, old.Begun[1].ID: 1}}

	for lock, want := range map[int][]store.Fault{
		old.Rules[0].Lock: nil,
		21:                {{Place: "rules", Key: "plan.period_stays", Args: map[string]any{"From": "15/06/2026", "To": "14/12/2026"}}},
	} {
		next := old
		next.Rules = slices.Clone(old.Rules)
		next.Rules[0].Lock = lock
		faults, warnings, err := old.Losses(r, next, today, deadline.OfRule)
		if err != nil || len(faults) > 0 || !reflect.DeepEqual(warnings, want) {
			t.Errorf("lock %d: %v and %v, %v; want %v", lock, faults, warnings, err, want)
		}
	}
}

// TestEveryComplaintIsTested finds the keys in the code that no table above
// leads to.
func TestEveryComplaintIsTested(t *testing.T) {
	t.Parallel()
	tested := []string{"plan.orphans", "plan.period_goes", "plan.period_stays", "plan.used"}
	for _, f := range faults {
		tested = append(tested, f.key)
	}
	for _, w := range warnings {
		tested = append(tested, w.key)
	}
	for _, file := range []string{"soundness.go", "losses.go"} {
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range regexp.MustCompile(`"plan\.\w+"`).FindAllString(string(code), -1) {
			if key = strings.Trim(key, `"`); !slices.Contains(tested, key) {
				t.Errorf("%s: nothing leads to %s", file, key)
			}
		}
	}
}
