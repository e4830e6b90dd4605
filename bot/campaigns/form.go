package campaigns

import (
	"errors"
	"slices"
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
	"danvan/store/deadline"
)

// ownLists is the choice to type fields and titles instead of copying them.
const ownLists = "own"

// everywhere is the choice of the whole house as a campaign's unit.
const everywhere = "all"

// everything offers the whole house as a campaign's unit.
func everything(v text.Voice) flows.Option {
	name := flows.Label{Key: "unit.everything"}
	return flows.Option{Key: everywhere, Label: flows.Label{Text: text.Capital(v.Label(name))}, Names: v.Says(name)}
}

// form is the home of the form of a campaign.
type form struct{ about.Basic }

func newForm() form { return form{about.Basic{Of: forms.Campaign()}} }

// Options lists campaigns, and units that may have one.
func (f form) Options(t *bot.Turn, s *store.Session, st *flows.Step, ask flows.Ask) (flows.Options, error) {
	switch st.Source {
	case forms.ListPlanUnits:
		if t.Post.Unit != "" {
			return about.UnitOptions(t, ask), nil
		}
		return about.UnitOptions(t, ask, everything(t.Voice)), nil
	case forms.ListPlans, forms.ListCopies:
		all, err := turn{t}.campaignOptions(st.Source)
		return flows.Among(all, ask), err
	}
	return f.Basic.Options(t, s, st, ask)
}

// campaignOptions lists the campaigns that may be changed and a new one, or
// those whose lists may be copied and none of them.
func (t turn) campaignOptions(source string) ([]flows.Option, error) {
	all, err := t.Tx.Campaigns()
	if err != nil {
		return nil, err
	}
	var out []flows.Option
	if source == forms.ListPlans {
		out = append(out, t.FixedOption(forms.NewCampaign, "campaign.plan.new"))
	}

	for _, c := range all {
		if source == forms.ListPlans && !t.mayChange(c) {
			continue
		}
		name := c.Name.In(t.Lang)
		out = append(out, flows.Option{Key: string(c.ID), Label: flows.Label{Text: name}, Names: []string{name, c.Document, string(c.ID)}})
	}
	if source == forms.ListCopies && len(all) == 0 {
		out = append(out, t.FixedOption(fromTemplate, "campaign.like.template"))
	}
	if source == forms.ListCopies {
		out = append(out, t.FixedOption(ownLists, "campaign.like.own"))
	}
	return out, nil
}

// Choice names a unit or a campaign.
func (f form) Choice(t *bot.Turn, v text.Voice, st *flows.Step, key string) string {
	switch {
	case st.Source == "":
		return f.Basic.Choice(t, v, st, key)
	case key == fromTemplate:
		return v.Plain("campaign.like.template", nil)
	case key == ownLists:
		return v.Plain("campaign.like.own", nil)
	case key == forms.NewCampaign:
		return v.Plain("campaign.plan.new", nil)
	case st.Source == forms.ListPlanUnits && key == everywhere:
		return text.Capital(v.Plain("unit.everything", nil))
	case st.Source == forms.ListPlanUnits:
		return about.UnitChoice(t, key)
	}
	if c, err := t.Tx.Campaign(store.CampaignID(key)); err == nil {
		return c.Name.In(v.Lang)
	}
	return key
}

// Default returns what a campaign usually says: it is not asked, and stands on
// the review card to be changed there.
func (form) Default(t *bot.Turn, _ *store.Session, name string) (store.Answer, bool, error) {
	var a store.Answer
	switch name {
	case forms.StandardUnit:
		a.Keys = []string{string(t.Post.Unit)}
		return a, t.Post.Unit != "", nil
	case forms.StandardCut:
		a.Keys = []string{forms.CutEnd}
	case forms.StandardDue:
		a.Keys = []string{forms.Due5}
	case forms.StandardShift:
		a.Keys = []string{string(store.NextWorkingDay)}

	case forms.StandardHour:
		a.Text = "17"
	case forms.StandardGrace:
		a.Text = "0"
	case forms.StandardLock:
		a.Text = "10"
	case forms.StandardLadder:
		a.Text = writeLadder(t.Voice, usualLadder())
	case forms.StandardTell:
		a.Text = "2"
	case forms.StandardCheck:
		a.Text = "7"

	case forms.StandardWho:
		a.Keys = unitKindKeys(usuallyObliged())
	case forms.StandardPast:
		a.Keys = []string{forms.PastNo}
	default:
		return a, false, nil
	}
	return a, true, nil
}

// usualLadder reminds seven, three and one working days before, in the morning
// of the day, and the day after.
func usualLadder() []store.Rung {
	return []store.Rung{{Days: -7, Hour: 8}, {Days: -3, Hour: 8}, {Days: -1, Hour: 8}, {Days: 0, Hour: 8}, {Days: 1, Hour: 8}}
}

// Holds decides which questions about lists and reports are asked.
func (f form) Holds(t *bot.Turn, s *store.Session, name string) (bool, error) {
	reports, _ := flows.Find(s, "reports")
	free := slices.Contains(reports.Keys, string(store.FreePeriod))
	switch name {
	case forms.TypesLists:
		return flows.Key(s, "plan") != forms.NewCampaign || flows.Key(s, "like") == ownLists, nil
	case forms.HasReports:
		return len(reports.Keys) > 0, nil
	case forms.HasRegular:
		return len(reports.Keys) > 1 || len(reports.Keys) == 1 && !free, nil
	case forms.HasFree:
		return free, nil
	case forms.WasDue:
		return turn{t}.wasDue(s)
	}
	return f.Basic.Holds(t, s, name)
}

// wasDue reports whether the campaign that a session makes has reports that were
// due before it was known.
func (t turn) wasDue(s *store.Session) (bool, error) {
	if span, ok := flows.Find(s, "span"); !ok || span.From.IsZero() {
		return false, nil
	}
	c, err := t.campaignOf(s)
	if err != nil {
		return false, err
	}
	cal, err := t.Calendar()
	return len(deadline.DueBefore(c, cal)) > 0, err
}

// Doubt refuses what cannot be read, and a campaign that would not do.
func (f form) Doubt(t *bot.Turn, s *store.Session, check string, a store.Answer) (*store.Doubt, error) {
	var bad *answer.Invalid
	switch check {
	case flows.CheckSubmit:
		return nil, turn{t}.checkSubmit(s)
	case forms.CheckDocument:
		if len(answer.Documents(a.Text)) != 1 {
			bad = &answer.Invalid{Key: "campaign.no_document", Args: text.Args{"Text": a.Text}}
		}
	case forms.CheckOptions:
		_, bad = readOptions(a.Text, nil)
	case forms.CheckFree:
		_, bad = readFree(a.Text, t.Today)

	case forms.CheckCutDay:
		_, bad = readNumber(a.Text, 1, 31)
	case forms.CheckDue:
		_, _, bad = readDue(a.Text)
	case forms.CheckHour:
		_, bad = readNumber(a.Text, 0, 23)
	case forms.CheckDays:
		_, bad = readNumber(a.Text, 0, store.MaxRung)
	case forms.CheckLadder:
		_, bad = readLadder(a.Text)
	default:
		return f.Basic.Doubt(t, s, check, a)
	}
	if bad != nil {
		return nil, bad
	}
	return nil, nil
}

// checkSubmit refuses to write a campaign that would not do, and says why.
func (t turn) checkSubmit(s *store.Session) error {
	changes, err := t.changesOf(s)
	if err == nil && len(changes.Errors) == 0 {
		changes, err = t.changesNow(s)
	}
	if err != nil || len(changes.Errors) == 0 {
		return err
	}
	f := changes.Errors[0]
	return &answer.Invalid{Key: "campaign.refused", Args: text.Args{"Why": flows.Label{Key: f.Key, Args: f.Args}}}
}

// changesOf is what the campaign that a session makes changes, as the review card
// shows it: it is looked up ahead of the turn.
func (t turn) changesOf(s *store.Session) (Changes, error) {
	c, err := t.campaignOf(s)
	if err != nil {
		return Changes{}, err
	}
	return bot.Ahead(t.Turn, "compare "+string(c.ID), func(r store.Reader) (Changes, error) {
		changes, _, err := compare(t.Bot, t.Org, r, c, t.Event.At)
		return changes, err
	})
}

// changesNow reads in the turn itself what decides whether the campaign is written:
// a report may have come since. What would orphan none costs few reads.
func (t turn) changesNow(s *store.Session) (Changes, error) {
	c, err := t.campaignOf(s)
	if err != nil {
		return Changes{}, err
	}
	changes, _, err := compare(t.Bot, t.Org, t.Tx, c, t.Event.At)
	return changes, err
}

// Typed writes numbers with what they count, and lists in one line.
func (f form) Typed(v text.Voice, x flows.Settled) string {
	if slices.Contains(x.Step.Checks, forms.CheckLadder) {
		if rungs, bad := readLadder(x.Answer.Text); bad == nil {
			return ladder(v, rungs)
		}
	}
	if x.Step.Kind == flows.LongText {
		return strings.Join(listItems(x.Answer.Text), "; ")
	}
	n, bad := readNumber(x.Answer.Text, 0, 1000)
	if bad != nil || len(x.Step.Checks) == 0 {
		return f.Basic.Typed(v, x)
	}

	switch check := x.Step.Checks[0]; {
	case check == forms.CheckDays && n == 0:
		return v.Plain("campaign.nothing", nil)
	case check == forms.CheckDays:
		return v.Plain("campaign.days", text.Args{"Count": n, "Working": true})
	case check == forms.CheckHour:
		return v.Plain("campaign.hour_of", text.Args{"Hour": n})
	case check == forms.CheckCutDay:
		return v.Plain("plans.cut_day", text.Args{"Day": n})
	}
	return f.Basic.Typed(v, x)
}

// Advice says what a change would lead to.
func (form) Advice(t *bot.Turn, s *store.Session) (string, error) {
	changes, err := turn{t}.changesOf(s)
	return string(turn{t}.warnings(changes)), err
}

// Name is the form's with the campaign's.
func (f form) Name(t *bot.Turn, s *store.Session) (string, error) {
	if a, ok := flows.Find(s, "name"); ok {
		return t.Plain("draft.check", text.Args{"Form": t.FormName(f.Of.ID), "Title": a.Text}), nil
	}
	return f.Basic.Name(t, s)
}

// Submit writes what the session makes of a campaign.
func (form) Submit(t *bot.Turn, s store.Session) error { return turn{t}.submit(s) }

func (t turn) submit(s store.Session) error {
	c, err := t.campaignOf(&s)
	if err != nil {
		return err
	}
	old, err := t.Tx.Campaign(c.ID)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	// A campaign can be moved only between units that are the post's.
	for _, at := range []store.Campaign{c, old} {
		if at.ID != "" && !t.mayChange(at) {
			return t.Refuse(access.PlanCampaigns)
		}
	}

	edits, err := difference(old, c)
	if err != nil {
		return err
	}
	if len(edits) == 0 {
		return t.Tell("plans.same", text.Args{"Name": c.Name.In(t.Lang)})
	}
	c = noted(c, edits)
	if err := t.Tx.PutCampaign(c); err != nil {
		return err
	}
	for _, e := range edits {
		if err := t.Record("campaign/"+string(c.ID), "change", e.place, e.was, e.is); err != nil {
			return err
		}
	}

	changes, err := t.changesOf(&s)
	if err != nil {
		return err
	}
	if err := t.written(c, changes); err != nil || !unsaid(c, t.Today) {
		return err
	}
	return t.offerAnnouncement(c, false)
}
