package reports

import (
	"slices"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
)

// mostDuties is how many reports one reminder names; the others stand in
// /baocao.
const mostDuties = 6

// remindOfficer names what is missing, with a button for each.
func remindOfficer(b *bot.Turn, m *store.Message, matters []store.Matter) error {
	t := turn{b}
	list, err := about.AllDue(b, matters)
	if err != nil {
		return err
	}
	missing, err := t.missing(list)
	if err != nil {
		return err
	}

	first := list[0]
	a := first.Obligation.Args(t.Turn)
	a["Missing"], a["Nudge"] = text.Markup(missing.text), first.Rule == deadline.Nudge
	a["By"] = text.Capital(t.wisher(first.By))
	at, fence := first.Obligation.Link(), first.Obligation.Fence()
	var buttons []store.Button
	if missing.stale > 0 {
		buttons = append(buttons, t.Button("remind.update", link.Report.To("models."+at), text.Args{"Count": missing.stale}))
	}

	if len(list) == 1 {
		m.Text += t.Text("remind.single", a)
		buttons = append(buttons, text.Green(t.Button("report.send", link.Report.To("early."+fence), nil)))
		if !missing.happened {
			buttons = append(buttons, t.Button("report.nothing", link.Report.To("earlynone."+fence), nil))
		}
	} else {
		a["Lines"], a["Count"], a["More"] = t.dutyLines(list), len(list), max(0, len(list)-mostDuties)
		m.Text += t.Text("remind.several", a)
		for i, x := range list[:min(len(list), mostDuties)] {
			show := link.Report.To("show." + x.Obligation.Link())
			buttons = append(buttons, text.Green(t.Button("remind.report", show, text.Args{"N": i + 1})))
		}
	}

	if !slices.ContainsFunc(list, func(x about.Matter) bool { return tooLate(x.Obligation, t.tomorrow(x.Obligation), t.Event.At) }) {
		buttons = append(buttons, t.Button("remind.later", link.Report.To("later."+at), nil))
	}
	if len(list) == 1 {
		buttons = append(buttons, t.Button("report.paper", link.Report.To("paper."+fence), nil))
	}
	if !first.Deputy {
		buttons = append(buttons, t.Button("remind.deputy", link.Deputy.To("who."+link.Unit(first.Unit)), nil))
	}
	buttons = append(buttons, t.Button("remind.why", link.Report.To("why."+at), nil))
	m.Buttons = append(m.Buttons, t.InPairs(buttons)...)
	return nil
}

// dutyLines lists reports with the days that are left for each.
func (t turn) dutyLines(list []about.Matter) text.Markup {
	var lines []text.Args
	for i, x := range list[:min(len(list), mostDuties)] {
		a := x.Obligation.Args(t.Turn)
		a["N"] = i + 1
		lines = append(lines, a)
	}
	return t.Lines("remind.line", lines)
}

// missing says what a person's units still owe, in words.
type missing struct {
	text     string
	stale    int  // models that nothing was heard of in the period
	happened bool // something is known to have happened in the period
}

func (t turn) missing(list []about.Matter) (missing, error) {
	var out missing
	seen := map[store.ModelID]bool{}
	since := list[0].Obligation.Period.From

	for _, x := range list {
		known, err := t.knownFor(x.Obligation)
		if err != nil {
			return out, err
		}
		for _, id := range known.Stale() {
			seen[id] = true
		}
		if x.Obligation.Period.From.Before(since) {
			since = x.Obligation.Period.From
		}
		if len(list) == 1 {
			out.happened = known.Happened()
		}
	}

	if out.stale = len(seen); out.stale > 0 {
		out.text = t.Text("remind.missing", text.Args{"Stale": out.stale, "Since": since})
	}
	return out, nil
}
