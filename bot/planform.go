package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// ownLists is the choice to type fields and titles instead of copying them.
const ownLists = "own"

// everywhere is the choice of the whole house as a campaign's unit.
const everywhere = "all"

// planOptions lists what the form of a campaign offers from the store.
func (l lookup) planOptions(source string) ([]flows.Option, error) {
	if source == forms.ListPlanUnits {
		return l.planUnits()
	}
	all, err := l.tx.Campaigns()
	if err != nil {
		return nil, err
	}
	var out []flows.Option
	if source == forms.ListPlans {
		out = append(out, l.fixedOption(forms.NewCampaign, "campaign.plan.new"))
	}
	for _, c := range all {
		if ok, err := l.mayPlan(c); err != nil {
			return nil, err
		} else if source == forms.ListPlans && !ok {
			continue
		}
		name := c.Name.In(l.lang())
		out = append(out, flows.Option{Key: string(c.ID), Label: flows.Label{Text: name}, Names: []string{name, c.Document, string(c.ID)}})
	}
	if source == forms.ListCopies {
		out = append(out, l.fixedOption(ownLists, "campaign.like.own"))
	}
	return out, nil
}

func (l lookup) fixedOption(key, text string) flows.Option {
	return flows.Option{Key: key, Label: flows.Label{Key: text}, Names: l.names(text)}
}

// planUnits are the units of the scope, and the whole house for whoever keeps
// all of it.
func (l lookup) planUnits() ([]flows.Option, error) {
	out, err := l.units()
	if err == nil && l.post.Unit == "" {
		out = append([]flows.Option{l.fixedOption(everywhere, "unit.everything")}, out...)
	}
	return out, err
}

// mayPlan says whether the post may change a campaign: its own unit's or that
// of one below.
func (t *turn) mayPlan(c store.Campaign) (bool, error) {
	if !t.may(planCampaigns) {
		return false, nil
	}
	return t.reaches(c.Unit)
}

// standards are the answers that a campaign begins with, each to be changed on
// the review card.
func (l lookup) standard(name string) (store.Answer, bool) {
	switch name {
	case forms.StandardUnit:
		return store.Answer{Keys: []string{string(l.post.Unit)}}, l.post.Unit != ""
	case forms.StandardCut:
		return store.Answer{Keys: []string{forms.CutEnd}}, true
	case forms.StandardDue:
		return store.Answer{Keys: []string{forms.Due5}}, true
	case forms.StandardShift:
		return store.Answer{Keys: []string{string(store.NextWorkingDay)}}, true
	case forms.StandardHour:
		return store.Answer{Text: "17"}, true
	case forms.StandardGrace:
		return store.Answer{Text: "0"}, true
	case forms.StandardLock:
		return store.Answer{Text: "10"}, true
	case forms.StandardLadder:
		return store.Answer{Text: writeLadder(l.own(), standardLadder())}, true
	case forms.StandardTell:
		return store.Answer{Text: "2"}, true
	case forms.StandardWho:
		return store.Answer{Keys: []string{string(store.Commune), string(store.Ward), string(store.SpecialZone)}}, true
	case forms.StandardCheck:
		return store.Answer{Text: "7"}, true
	}
	return store.Answer{}, false
}

// standardLadder reminds seven, three and one working days before, in the
// morning of the day, and the day after.
func standardLadder() []store.Rung {
	return []store.Rung{{Days: -7, Hour: 8}, {Days: -3, Hour: 8}, {Days: -1, Hour: 8}, {Days: 0, Hour: 8}, {Days: 1, Hour: 8}}
}

// planHolds decides the conditions of the form of a campaign.
func planHolds(name string, s *store.Session) (holds, known bool) {
	reports, _ := flows.Find(s, "reports")
	free := slices.Contains(reports.Keys, string(store.FreePeriod))
	switch name {
	case forms.TypesLists:
		return flows.Key(s, "plan") != forms.NewCampaign || flows.Key(s, "like") == ownLists, true
	case forms.HasReports:
		return len(reports.Keys) > 0, true
	case forms.HasRegular:
		return len(reports.Keys) > 1 || len(reports.Keys) == 1 && !free, true
	case forms.HasFree:
		return free, true
	}
	return false, false
}

// checkPlanAnswer refuses what the form of a campaign cannot read.
func (l lookup) checkPlanAnswer(check string, s *store.Session, a store.Answer) error {
	var bad *answer.Invalid
	switch check {
	case forms.CheckDocument:
		if len(answer.Documents(a.Text)) != 1 {
			bad = &answer.Invalid{Key: "campaign.no_document", Args: args{"Text": a.Text}}
		}
	case forms.CheckOptions:
		_, bad = readOptions(a.Text, nil)
	case forms.CheckFree:
		_, bad = readFree(a.Text, l.today)
	case forms.CheckCutDay:
		_, bad = readNumber(a.Text, 1, 31)
	case forms.CheckDue:
		_, _, bad = readDue(a.Text)
	case forms.CheckHour:
		_, bad = readNumber(a.Text, 0, 23)
	case forms.CheckDays:
		_, bad = readNumber(a.Text, 0, maxRung)
	case forms.CheckLadder:
		_, bad = readLadder(a.Text)
	default:
		return errors.New("unknown check " + check)
	}
	if bad != nil {
		return bad
	}
	return nil
}

// checkPlanSubmit refuses to write a campaign that would not do, and says why.
func (l lookup) checkPlanSubmit(s *store.Session) error {
	c, err := l.planOf(s)
	if err != nil {
		return err
	}
	changes, _, err := l.planChanges(l.tx, c, l.ev.At)
	if err != nil || len(changes.Errors) == 0 {
		return err
	}
	f := changes.Errors[0]
	return &answer.Invalid{Key: "campaign.refused", Args: args{"Why": flows.Label{Key: f.Key, Args: f.Args}}}
}

// choiceOfPlan names a choice of the form of a campaign; "" when it is none of
// its lists.
func (t *turn) choiceOfPlan(v voice, source, key string) string {
	switch {
	case key == ownLists || key == forms.NewCampaign:
		return v.words.Text(v.lang, map[string]string{ownLists: "campaign.like.own", forms.NewCampaign: "campaign.plan.new"}[key], nil)
	case source == forms.ListPlanUnits && key == everywhere:
		return v.words.Text(v.lang, "unit.everything", nil)
	case source == forms.ListPlanUnits:
		if u, err := t.tx.Unit(store.UnitCode(key)); err == nil {
			return u.Name
		}
	default:
		if c, err := t.tx.Campaign(store.CampaignID(key)); err == nil {
			return c.Name.In(v.lang)
		}
	}
	return key
}

// planAnswer writes a typed answer of the form of a campaign: numbers with what
// they count, lists in one line.
func (v voice) planAnswer(x flows.Settled) string {
	check := ""
	if len(x.Step.Checks) > 0 {
		check = x.Step.Checks[0]
	}
	n, bad := readNumber(x.Answer.Text, 0, 1000)
	switch {
	case x.Step.Kind == flows.LongText:
		return strings.Join(listItems(x.Answer.Text), "; ")
	case bad == nil && n == 0 && check == forms.CheckDays:
		return v.words.Text(v.lang, "campaign.nothing", nil)
	case bad == nil && check == forms.CheckDays:
		return v.words.Text(v.lang, "campaign.days", args{"Count": n, "Working": true})
	case bad == nil && check == forms.CheckHour:
		return v.words.Text(v.lang, "campaign.hour_of", args{"Hour": n})
	case bad == nil && check == forms.CheckCutDay:
		return v.words.Text(v.lang, "plans.cut_day", args{"Day": n})
	}
	return strings.Join(strings.Fields(x.Answer.Text), " ")
}

// number is the answer to a question for a number, 0 when it was not asked.
func number(s *store.Session, field string) int {
	a, _ := flows.Find(s, field)
	n, _ := readNumber(a.Text, 0, 1000) // it was checked when it was given
	return n
}

func itoa(n int) string { return strconv.Itoa(n) }
