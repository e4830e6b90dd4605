package bot

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"danvan/flows/forms"
	"danvan/store"
)

// planPage is how many campaigns one page of the list shows.
const planPage = 8

// listPlans shows the campaigns that concern the post.
func (t *turn) listPlans() error {
	if err := t.showPlans(0, false); err != nil {
		return err
	}
	return t.again()
}

// plansHere are the campaigns of the post's scope and those that bind it from
// above: the running ones first, then the newest.
func (t *turn) plansHere() ([]store.Campaign, error) {
	all, err := t.tx.Campaigns()
	if err != nil {
		return nil, err
	}
	var out []store.Campaign
	for _, c := range all {
		may, err := t.reaches(c.Unit)
		if err != nil {
			return nil, err
		}
		binds, err := above(t.tx, c.Unit, t.post.Unit)
		if err != nil {
			return nil, err
		}
		if may || binds {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b store.Campaign) int {
		switch {
		case a.Running(t.today) != b.Running(t.today):
			if a.Running(t.today) {
				return -1
			}
			return 1
		case a.From != b.From && a.From.Before(b.From):
			return 1
		case a.From != b.From:
			return -1
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return out, nil
}

func (t *turn) showPlans(page int, inPlace bool) error {
	list, err := t.plansHere()
	if err != nil {
		return err
	}
	pages := max(1, (len(list)+planPage-1)/planPage)
	page = min(max(page, 0), pages-1)
	var lines []args
	var buttons []store.Button
	for i := page * planPage; i < min(len(list), (page+1)*planPage); i++ {
		c := list[i]
		unit, err := t.unit(c.Unit)
		if err != nil {
			return err
		}
		lines = append(lines, args{
			"N": i + 1, "Name": c.Name.In(t.lang()), "Document": PrintedDocument(c.Document), "Unit": unit,
			"From": c.From, "To": c.To, "Ended": c.To.Before(t.today), "Future": t.today.Before(c.From),
		})
		buttons = append(buttons, store.Button{Text: strconv.Itoa(i + 1), Data: pressPlan + "c." + string(c.ID)})
	}
	rows := inRows(buttons, 4)
	rows = append(rows, t.pager(page, pages, numbered(pressPlan+"l."))...)
	rows = append(rows, row(green(t.button("plans.new", pressPlan+"n.", nil))))
	return t.show(store.Message{
		Text:    t.text("plans.list", args{"Of": len(list), "Lines": t.lines("plans.line", lines), "Page": page + 1, "Pages": pages}),
		Buttons: rows,
	}, inPlace)
}

// pressedPlan obeys the buttons of the campaigns. Who may look and who may
// change is asked anew for each press.
func (t *turn) pressedPlan(rest string) error {
	if !t.may(planCampaigns) {
		return t.toast("press.not_yours", nil)
	}
	what, id, _ := strings.Cut(rest, ".")
	switch what {
	case "l":
		page, _ := strconv.Atoi(id) // the first page for what is no number
		return t.showPlans(page, true)
	case "n":
		return t.beginPlan(store.Campaign{})
	case "c", "e":
		return t.pressedCampaign(what, store.CampaignID(id))
	}
	return t.toast("press.unknown", nil)
}

func (t *turn) pressedCampaign(what string, id store.CampaignID) error {
	c, err := t.tx.Campaign(id)
	if errors.Is(err, store.ErrNotFound) {
		return t.toast("press.not_yours", nil)
	}
	if err != nil {
		return err
	}
	may, err := t.mayPlan(c)
	if err != nil {
		return err
	}
	binds, err := above(t.tx, c.Unit, t.post.Unit)
	if err != nil {
		return err
	}
	switch {
	case !may && !binds || what == "e" && !may:
		return t.toast("press.not_yours", nil)
	case what == "e":
		return t.beginPlan(c)
	}
	return t.showPlan(c, may)
}

// beginPlan opens the form of a campaign; the zero value is a new one.
func (t *turn) beginPlan(c store.Campaign) error {
	answers := []store.Answer{{Field: "plan", Keys: []string{forms.NewCampaign}, Given: true}}
	if c.ID != "" {
		answers = t.planAnswers(c)
	}
	return t.begin(forms.CampaignID, func(s *store.Session) { s.Answers = answers })
}

// showPlan shows a campaign whole: what it asks, of whom, and what is due next.
func (t *turn) showPlan(c store.Campaign, may bool) error {
	unit, err := t.unit(c.Unit)
	if err != nil {
		return err
	}
	next, err := t.nextPeriods(t.tx, c, t.ev.At)
	if err != nil {
		return err
	}
	rules, err := t.ruleLines(c, next)
	if err != nil {
		return err
	}
	v := t.own()
	text := t.text("plans.card", args{
		"Name": c.Name.In(t.lang()), "Document": PrintedDocument(c.Document), "Issuer": c.Issuer, "Unit": unit, "From": c.From, "To": c.To,
		"Fields": v.options(c.Fields), "Titles": v.options(c.Titles), "Rules": rules, "Reports": len(c.Rules),
		"Who": v.unitKinds(c.Obliged), "Ladder": v.ladder(c.Ladder), "Escalate": c.Escalate, "Check": c.CheckDays,
	})
	rows := [][]store.Button{row(t.button("plans.back", pressPlan+"l.0", nil))}
	if may {
		rows = append([][]store.Button{row(t.button("plans.change", pressPlan+"e."+string(c.ID), nil))}, rows...)
	}
	return t.show(store.Message{Text: text, Buttons: rows}, true)
}

// ruleLines say each report of a campaign and when it is due next.
func (t *turn) ruleLines(c store.Campaign, next []store.Period) (markup, error) {
	cal, err := t.calendar()
	if err != nil {
		return "", err
	}
	v := t.own()
	var lines []args
	for _, r := range c.Rules {
		a := args{"Kind": v.key("campaign.reports.", string(r.Kind)), "Cut": v.cutDay(r), "Due": v.dueRule(r), "Hour": r.Hour, "Grace": r.Grace, "Lock": r.Lock, "Next": false}
		for _, p := range next {
			if p.Kind == r.Kind {
				a["Next"], a["From"], a["To"], a["Name"] = true, p.From, p.To, p.Name
				a["Day"], a["Left"] = dayOf(p.Due), cal.WorkingBetween(t.today, store.DateOf(p.Due))
			}
		}
		lines = append(lines, a)
	}
	return t.lines("plans.rule", lines), nil
}

// planWritten says what was written, what became of the periods, and when the
// next reports are due.
func (t *turn) planWritten(c store.Campaign, changes PlanChanges) error {
	rules, err := t.ruleLines(c, changes.Next)
	if err != nil {
		return err
	}
	return t.offer("plans.written", args{
		"New": changes.New, "Name": c.Name.In(t.lang()), "Document": PrintedDocument(c.Document), "Rules": rules, "Reports": len(c.Rules),
		"Warnings": t.warnings(changes), "Warned": len(changes.Warnings),
	}, [][]store.Button{row(t.button("plans.show", pressPlan+"c."+string(c.ID), nil), t.button("plans.back", pressPlan+"l.0", nil))})
}

// planAdvice says on the review card what a change would lead to.
func (t *turn) planAdvice(s *store.Session) (string, error) {
	c, err := t.planOf(s)
	if err != nil {
		return "", err
	}
	changes, _, err := t.planChanges(t.tx, c, t.ev.At)
	return string(t.warnings(changes)), err
}

func (t *turn) warnings(changes PlanChanges) markup {
	lines := make([]args, len(changes.Warnings))
	for i, w := range changes.Warnings {
		lines[i] = args{"Text": markup(capital(t.text(w.Key, w.Args)))}
	}
	return t.lines("plans.warning", lines)
}

func (v voice) options(list []store.Option) string {
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = o.Label.In(v.lang)
	}
	return strings.Join(out, ", ")
}

// unitKinds names those who owe a campaign's reports.
func (v voice) unitKinds(kinds []store.UnitKind) string {
	if len(kinds) == 0 {
		kinds = []store.UnitKind{store.Commune, store.Ward, store.SpecialZone}
	}
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = strings.ToLower(v.key("campaign.who.", string(k)))
	}
	return strings.Join(out, ", ")
}

// ladder says a ladder in words: before, on the day, after.
func (v voice) ladder(ladder []store.Rung) string {
	var before, after []string
	on := false
	for _, r := range ladder {
		switch {
		case r.Days < 0:
			before = append(before, strconv.Itoa(-r.Days))
		case r.Days == 0:
			on = true
		default:
			after = append(after, strconv.Itoa(r.Days))
		}
	}
	return v.words.Text(v.lang, "plans.ladder", args{"Before": strings.Join(before, ", "), "On": on, "After": strings.Join(after, ", ")})
}

func (v voice) cutDay(r store.PeriodRule) string {
	switch {
	case r.Kind == store.FreePeriod:
		return ""
	case r.CutDay == 0:
		return v.words.Text(v.lang, "plans.cut_end", nil)
	}
	return v.words.Text(v.lang, "plans.cut_day", args{"Day": r.CutDay})
}

func (v voice) dueRule(r store.PeriodRule) string {
	if r.DueAfter == 0 {
		return v.words.Text(v.lang, "plans.due_same", nil)
	}
	return v.words.Text(v.lang, "plans.due_after", args{"Count": r.DueAfter, "Working": r.Working})
}
