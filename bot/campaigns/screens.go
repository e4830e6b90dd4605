package campaigns

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows/forms"
	"danvan/store"
	"danvan/store/deadline"
)

// list shows the campaigns that concern the post.
func (t turn) list() error {
	if err := t.showList(0, false); err != nil {
		return err
	}
	return t.Again()
}

// mayChange reports whether the post may change a campaign: its own unit's or
// that of one below.
func (t turn) mayChange(c store.Campaign) bool {
	return t.May(access.PlanCampaigns) && t.Reaches(c.Unit)
}

// binds reports whether a campaign binds the post's unit.
func (t turn) binds(c store.Campaign) bool { return t.Org.Under(t.Post.Unit, c.Unit) }

// here are the campaigns of the post's scope and those that bind it from above:
// the running ones first, then the newest.
func (t turn) here() ([]store.Campaign, error) {
	all, err := t.Tx.Campaigns()
	if err != nil {
		return nil, err
	}
	var out []store.Campaign
	for _, c := range all {
		if t.Reaches(c.Unit) || t.binds(c) {
			out = append(out, c)
		}
	}

	over := func(c store.Campaign) int {
		if c.Running(t.Today) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out, func(a, b store.Campaign) int {
		return cmp.Or(over(a)-over(b), b.From.Compare(a.From), strings.Compare(string(a.ID), string(b.ID)))
	})
	return out, nil
}

func (t turn) showList(page int, inPlace bool) error {
	list, err := t.here()
	if err != nil {
		return err
	}
	p := text.PageOf(len(list), text.ListPage, page)

	var lines []text.Args
	var buttons []store.Button
	for i := p.From; i < p.To; i++ {
		c := list[i]
		unit := t.UnitName(c.Unit)
		lines = append(lines, text.Args{
			"N": i + 1, "Name": c.Name.In(t.Lang), "Document": PrintedDocument(c.Document), "Unit": unit,
			"From": c.From, "To": c.To, "Ended": c.To.Before(t.Today), "Future": t.Today.Before(c.From),
		})
		buttons = append(buttons, store.Button{Text: strconv.Itoa(i + 1), Data: link.Campaign.To("c", string(c.ID))})
	}

	rows := text.InRows(buttons, 4)
	rows = append(rows, t.Pager(p, text.Numbered(link.Campaign.To("l", "")))...)
	if len(list) == 0 {
		rows = append(rows, t.firstButtons())
	} else {
		rows = append(rows, text.Row(text.Green(t.Button("plans.new", link.Campaign.To("n"), nil))))
	}
	return t.Show(store.Message{
		Text:    t.Text("plans.list", text.Args{"Of": len(list), "Lines": t.Lines("plans.line", lines), "Page": p.At + 1, "Pages": p.Of}),
		Buttons: rows,
	}, inPlace)
}

// backToList is the button to the list.
func (t turn) backToList() store.Button {
	return t.Button("plans.back", link.Campaign.To("l", "0"), nil)
}

// pressed obeys the buttons of the campaigns. Who may look and who may change
// is asked anew for each press.
func (t turn) pressed(about string) error {
	if !t.May(access.PlanCampaigns) {
		return t.Toast("press.not_yours", nil)
	}
	what, id, _ := strings.Cut(about, ".")
	switch what {
	case "l":
		page, _ := strconv.Atoi(id) // the first page for what is no number
		return t.showList(page, true)
	case "n":
		return t.begin(store.Campaign{})
	case "t":
		return t.beginTemplate()
	case "c", "e", "a":
		return t.pressedOne(what, store.CampaignID(id), "")
	case "p", "u", "w":
		fence, id, _ := strings.Cut(id, ".")
		return t.pressedOne(what, store.CampaignID(id), fence)
	}
	return t.Toast("press.unknown", nil)
}

// pressedOne shows a campaign to those whom it concerns, and opens its form and what is
// announced of it for those who may change it. fence is a page or an edition.
func (t turn) pressedOne(what string, id store.CampaignID, fence string) error {
	c, err := t.Tx.Campaign(id)
	if errors.Is(err, store.ErrNotFound) {
		return t.Toast("press.not_yours", nil)
	}
	if err != nil {
		return err
	}

	may := t.mayChange(c)
	switch {
	case !may && (what != "c" || !t.binds(c)):
		return t.Toast("press.not_yours", nil)
	case what == "e":
		return t.begin(c)
	case what == "w":
		page, _ := strconv.Atoi(fence) // the first page for what is no number
		return t.showReaders(c, page)
	case what == "a" || what == "p" || what == "u":
		return t.pressedEdition(what, c, fence)
	}
	return t.show(c, may)
}

// begin opens the form of a campaign; the zero value is a new one.
func (t turn) begin(c store.Campaign) error {
	answers := []store.Answer{{Field: "plan", Keys: []string{forms.NewCampaign}, Given: true}}
	if c.ID != "" {
		answers = answersOf(t.Voice, c)
	}
	return t.Begin(forms.CampaignID, func(s *store.Session) { s.Answers = answers })
}

// show shows a campaign whole: what it asks, of whom, and what is due next.
func (t turn) show(c store.Campaign, may bool) error {
	unit := t.UnitName(c.Unit)
	cal, err := t.Calendar()
	if err != nil {
		return err
	}
	rules := t.ruleLines(c, cal, next(cal, c, t.Event.At))
	said, buttons, err := t.standing(c, may)
	if err != nil {
		return err
	}

	var rows [][]store.Button
	if may {
		rows = t.InPairs(append(text.Row(t.Button("plans.change", link.Campaign.To("e", string(c.ID)), nil)), buttons...))
	}
	rows = append(rows, text.Row(t.backToList()))
	return t.Show(store.Message{Buttons: rows, Text: t.Text("plans.card", text.Args{
		"Name": c.Name.In(t.Lang), "Document": PrintedDocument(c.Document), "Issuer": c.Issuer, "Unit": unit, "From": c.From, "To": c.To,
		"Fields": options(t.Voice, c.Fields), "Titles": options(t.Voice, c.Titles), "Rules": rules, "Reports": len(c.Rules),
		"Who": unitKinds(t.Voice, c.Obliged), "Ladder": ladder(t.Voice, c.Ladder), "Escalate": c.Escalate, "Check": c.CheckDays,
		"Papers": len(c.Papers), "Announced": said,
	})}, true)
}

// standing says whether a campaign was announced and who has read it, to those who may
// change it, with what they can do about that.
func (t turn) standing(c store.Campaign, may bool) (text.Markup, []store.Button, error) {
	if !may {
		return "", nil, nil
	}
	a := text.Args{"Edition": c.Announced.Edition, "At": c.Announced.At, "Unsaid": unsaid(c, t.Today)}
	var buttons []store.Button
	if unsaid(c, t.Today) {
		buttons = text.Row(text.Green(t.Button("announce.offer", link.Campaign.To("a", string(c.ID)), nil)))
	}
	if c.Announced.Edition > 0 {
		all, err := t.readersOf(c, 0)
		if err != nil {
			return "", nil, err
		}
		if a["Read"], a["Told"] = all.read, all.told; all.read < all.told {
			buttons = append(buttons, t.Button("announce.who", link.Campaign.To("w", "0", string(c.ID)), nil))
		}
	}
	return text.Markup(t.Text("announce.standing", a)), buttons, nil
}

// ruleLines say each report of a campaign and when it is due next.
func (t turn) ruleLines(c store.Campaign, cal *deadline.Calendar, next []store.Period) text.Markup {
	var lines []text.Args
	for _, r := range c.Rules {
		a := text.Args{
			"Kind": reported(t.Voice, r), "Cut": cutDay(t.Voice, r), "Due": dueRule(t.Voice, r),
			"Hour": r.Hour, "Grace": r.Grace, "Lock": r.Lock, "Next": false,
		}
		for _, p := range next {
			if p.Kind == r.Kind {
				a["Next"], a["From"], a["To"], a["Name"] = true, p.From, p.To, p.Name
				a["Day"], a["Left"] = text.DayOf(p.Due), cal.WorkingBetween(t.Today, store.DateOf(p.Due))
			}
		}
		lines = append(lines, a)
	}
	return t.Lines("plans.rule", lines)
}

// written says what was written, what became of the periods, and when the next
// reports are due.
func (t turn) written(c store.Campaign, changes Changes) error {
	cal, err := t.Calendar()
	if err != nil {
		return err
	}
	rules := t.ruleLines(c, cal, changes.Next)
	return t.Offer("plans.written", text.Args{
		"New": changes.New, "Name": c.Name.In(t.Lang), "Document": PrintedDocument(c.Document), "Rules": rules, "Reports": len(c.Rules),
		"Warnings": t.warnings(changes), "Warned": len(changes.Warnings),
	}, [][]store.Button{text.Row(t.Button("plans.show", link.Campaign.To("c", string(c.ID)), nil), t.backToList())})
}

func (t turn) warnings(changes Changes) text.Markup {
	lines := make([]text.Args, len(changes.Warnings))
	for i, w := range changes.Warnings {
		lines[i] = text.Args{"Text": text.Markup(text.Capital(t.Text(w.Key, w.Args)))}
	}
	return t.Lines("plans.warning", lines)
}

func options(v text.Voice, list []store.Option) string {
	out := make([]string, len(list))
	for i, o := range list {
		out[i] = o.Label.In(v.Lang)
	}
	return strings.Join(out, ", ")
}

// unitKinds names those who owe a campaign's reports.
func unitKinds(v text.Voice, kinds []store.UnitKind) string {
	if len(kinds) == 0 {
		kinds = usuallyObliged()
	}
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = strings.ToLower(v.Key("campaign.who.", string(k)))
	}
	return strings.Join(out, ", ")
}

// ladder says a ladder in words, hour by hour: before, on the day, after.
func ladder(v text.Voice, rungs []store.Rung) string {
	if len(rungs) == 0 {
		return v.Plain("campaign.nothing", nil)
	}

	var groups []string
	for i := 0; i < len(rungs); {
		var before, after []string
		on, hour := false, rungs[i].Hour
		for ; i < len(rungs) && rungs[i].Hour == hour; i++ {
			switch days := rungs[i].Days; {
			case days < 0:
				before = append(before, strconv.Itoa(-days))
			case days == 0:
				on = true
			default:
				after = append(after, strconv.Itoa(days))
			}
		}

		groups = append(groups, v.Plain("plans.ladder", text.Args{
			"Before": strings.Join(before, ", "), "On": on, "After": strings.Join(after, ", "), "Hour": hour,
		}))
	}
	return strings.Join(groups, "; ")
}

// reported says what a rule wants reports on: of each quarter, or of some.
func reported(v text.Voice, r store.PeriodRule) string {
	if len(r.Only) == 0 {
		return v.Key("campaign.reports.", string(r.Kind))
	}
	names := make([]string, len(r.Only))
	for i, n := range r.Only {
		names[i] = v.Plain("plans.only", text.Args{"Kind": string(r.Kind), "N": n})
	}
	return text.Capital(strings.Join(names, ", "))
}

func cutDay(v text.Voice, r store.PeriodRule) string {
	switch {
	case r.Kind == store.FreePeriod:
		return ""
	case r.CutDay == 0:
		return v.Plain("plans.cut_end", nil)
	}
	return v.Plain("plans.cut_day", text.Args{"Day": r.CutDay})
}

func dueRule(v text.Voice, r store.PeriodRule) string {
	if r.DueAfter == 0 {
		return v.Plain("plans.due_same", nil)
	}
	return v.Plain("plans.due_after", text.Args{"Count": r.DueAfter, "Working": r.Working})
}
