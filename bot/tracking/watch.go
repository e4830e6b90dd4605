package tracking

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
	"danvan/store/reporting"
)

// everybody in a link stands for all units.
const everybody = "all"

// watched are the obligations of a period in the post's scope.
type watched struct {
	reporting.Period
	cal  *deadline.Calendar
	list []deadline.Obligation
}

// open lists those that have not reported, in the order of units; of one unit,
// or of all.
func (w watched) open(unit store.UnitCode) []deadline.Obligation {
	return slices.DeleteFunc(slices.Clone(w.list), func(o deadline.Obligation) bool {
		return o.State != deadline.Owed && o.State != deadline.Missing || unit != everybody && o.Unit != unit
	})
}

// obligation is one of a unit with what a turn wants to know of it.
func (w watched) obligation(o deadline.Obligation) about.Obligation {
	return about.Obligation{Obligation: o, Campaign: w.Of, Cal: w.cal}
}

// watch returns what the units of some subtrees owe for a period.
func (t turn) watch(p reporting.Period, roots ...store.UnitCode) (watched, error) {
	set, err := t.Setting()
	if err != nil {
		return watched{}, err
	}
	key := fmt.Sprintf("obligations of %s under %q", p.ID, roots)
	list, err := bot.Ahead(t.Turn, key, func(r store.Reader) ([]deadline.Obligation, error) {
		return set.Obligations(r, p, t.Event.At, t.Org.Below(roots...))
	})
	return watched{p, set.Calendar, list}, err
}

// watchable lists the periods that units of the scope report on now, the next
// due first, and then those that are locked, the last first.
func (t turn) watchable() ([]watched, error) {
	set, err := t.Setting()
	if err != nil {
		return nil, err
	}
	var out []watched
	for _, c := range set.Campaigns {
		for _, p := range about.Tracked(c, set.Calendar, t.Event.At) {
			w, err := t.watch(reporting.Period{Period: p, Of: c}, org.Roots(t.Post)...)
			if err != nil {
				return nil, err
			}
			if len(w.list) > 0 {
				out = append(out, w)
			}
		}
	}

	slices.SortStableFunc(out, func(a, b watched) int {
		if locked := !t.Event.At.Before(a.Locked); locked != !t.Event.At.Before(b.Locked) {
			if locked {
				return 1
			}
			return -1
		} else if locked {
			a, b = b, a
		}
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(len(b.list), len(a.list)))
	})
	return out, nil
}

// whoReported shows who has reported and who has not, of the period that is due
// next.
func (t turn) whoReported() error {
	list, err := t.watchable()
	if err != nil {
		return err
	}
	if len(list) == 0 {
		if err := t.Tell("tracking.none", nil); err != nil {
			return err
		}
		return t.Again()
	}
	if err := t.showWho(list[0], false, 0, false); err != nil {
		return err
	}
	return t.Again()
}

// pressed obeys the buttons of that list: what to do, the period, and more.
func (t turn) pressed(rest string) error {
	parts := append(strings.Split(rest, "."), "", "", "", "")
	if !t.May(access.WatchReports) {
		return t.Toast("press.not_yours", nil)
	}
	if parts[0] == "periods" {
		return t.pickWatched()
	}

	p, c, ok, err := about.Period(t.Turn, parts[1])
	if err != nil {
		return err
	}
	if !ok {
		return t.Toast("press.closed", nil)
	}
	w, err := t.watch(reporting.Period{Period: p, Of: c}, org.Roots(t.Post)...)
	if err != nil {
		return err
	}

	page, _ := strconv.Atoi(parts[3])
	switch parts[0] {
	case "show":
		return t.showWho(w, false, 0, false)
	case "page":
		return t.showWho(w, parts[2] == "all", page, true)
	case "nudge":
		return t.nudgeWatched(w, link.UnitCode(parts[2]))
	}
	return t.pressedWhoUnit(w, parts)
}

// pressedWhoUnit obeys the buttons about one unit of the list.
func (t turn) pressedWhoUnit(w watched, parts []string) error {
	i := slices.IndexFunc(w.list, func(o deadline.Obligation) bool { return o.Unit == link.UnitCode(parts[2]) })
	if i < 0 {
		return t.Toast("press.not_yours", nil)
	}
	d := w.obligation(w.list[i])
	switch parts[0] {
	case "unit":
		return t.showWhoUnit(d)
	case "why":
		return t.Follow(link.Explain, d.Link())
	}
	return t.Toast("press.unknown", nil)
}

// pickWatched offers every period that units of the scope report on now.
func (t turn) pickWatched() error {
	list, err := t.watchable()
	if err != nil {
		return err
	}
	var buttons []store.Button
	for _, w := range list {
		tally, name := deadline.Count(w.list), text.Capital(t.Voice.Say(w.Period.Period))
		buttons = append(buttons, store.Button{
			Text: t.Plain("tracking.period", text.Args{"Period": name, "Done": tally.Submitted(), "Of": tally.Obliged}),
			Data: link.Watch.To("page." + link.Period(w.ID) + ".open.0"),
		})
	}
	return t.Revise(store.Message{Text: t.Text("tracking.pick", nil), Buttons: text.InRows(buttons, 1)})
}

// showWho shows one page of who has not reported, or of everybody.
func (t turn) showWho(w watched, all bool, at int, inPlace bool) error {
	tally, open := deadline.Count(w.list), w.open(everybody)
	list, mode := open, "open"
	if all {
		list, mode = w.list, "all"
	}

	page := text.PageOf(len(list), text.ListPage, at)
	shown := list[page.From:page.To]
	lines, numbers := make([]text.Args, len(shown)), make([]store.Button, len(shown))
	for i, o := range shown {
		a := w.obligation(o).Args(t.Turn)
		n := page.From + i + 1
		a["N"], a["Unit"], a["Why"], a["All"] = n, text.Capital(a["Unit"].(string)), o.Settled(t.Event.At), all
		lines[i] = a
		numbers[i] = store.Button{Text: strconv.Itoa(n), Data: link.Watch.To("unit", link.Period(w.ID), link.Unit(o.Unit))}
	}

	of := deadline.Obligation{Unit: org.Roots(t.Post)[0], Period: w.Period.Period, Due: w.Due, OnTime: w.OnTime, Locked: w.Locked}
	a := w.obligation(of).Args(t.Turn)
	a["DueSaid"] = text.Capital(a["DueSaid"].(string))
	a["Of"], a["Done"], a["OnTime"], a["Late"] = tally.Obliged, tally.Submitted(), tally.OnTime, tally.Late
	a["Nothing"], a["Exempt"], a["Open"], a["All"] = tally.Nothing, tally.Exempt, len(open), all
	_, papers := deadline.Open(w.list)
	a["Papers"] = len(papers)
	a["Lines"], a["Page"], a["Pages"] = t.Lines("tracking.line", lines), page.At+1, page.Of

	periods, err := t.watchable()
	if err != nil {
		return err
	}
	buttons := append(text.InRows(numbers, 4), t.whoButtons(w, mode, page, len(t.waiting(open)))...)
	if len(periods) > 1 {
		buttons = append(buttons, text.Row(t.Button("report.others", link.Watch.To("periods"), nil)))
	}
	return t.Show(store.Message{Text: t.Text("tracking.card", a), Buttons: buttons}, inPlace)
}

func (t turn) whoButtons(w watched, mode string, page text.Page, open int) [][]store.Button {
	at := link.Watch.To("page." + link.Period(w.ID) + ".")
	out := t.Pager(page, text.Numbered(at+mode+"."))
	var more []store.Button
	if open > 0 && t.May(access.RemindUnits) {
		nudge := link.Watch.To("nudge", link.Period(w.ID), everybody)
		more = append(more, text.Green(t.Button("tracking.nudge", nudge, text.Args{"Count": open})))
	}
	if mode == "open" {
		more = append(more, t.Button("tracking.everybody", at+"all.0", nil))
	} else {
		more = append(more, t.Button("tracking.only_open", at+"open.0", nil))
	}
	more = append(more, t.Button("tracking.plan", link.Ahead.To(aheadNew), nil))
	return append(out, t.InPairs(more)...)
}

// showWhoUnit shows how one unit stands with its report, and what can be done.
func (t turn) showWhoUnit(d about.Obligation) error {
	a := d.Args(t.Turn)
	why := d.Settled(t.Event.At)
	a["Unit"], a["Why"] = text.Capital(a["Unit"].(string)), why
	officer, err := t.officerNames(d.Unit)
	if err != nil {
		return err
	}
	a["Officer"] = officer
	if a["Case"] = ""; why == "" && officer != "" {
		said, err := t.caseOf(d)
		if err != nil {
			return err
		}
		a["Case"] = text.Capital(said)
	}

	if r := d.Report; r != nil && r.WithdrawnAt.IsZero() {
		a["When"], a["Nothing"], a["Difficulty"], a["Proposal"], a["Paper"] = r.SubmittedAt, r.Nothing, r.Difficulty, r.Proposal, r.Paper
		a["Late"] = r.SubmittedAt.After(d.OnTime)
	}
	for key, e := range map[string]*store.Exception{"Extension": d.Extension, "Exemption": d.Exemption} {
		if e != nil {
			a[key], a[key+"Until"] = grantReason(t.Voice, e.Reason), text.DayOf(e.Until.In(t.Zone))
		}
	}

	tok := link.Period(d.Period.ID)
	var buttons []store.Button
	if about.MayConfirm(t.Turn, d.Unit) && why == deadline.OnPaper {
		paper := "." + d.Fence()
		buttons = append(buttons, text.Green(t.Button("paper.got", link.Report.To("got"+paper), nil)),
			t.Button("paper.unseen", link.Report.To("unseen"+paper), nil))
	}
	if why == "" && t.Event.At.Before(d.Locked) && a["Officer"] != "" && t.May(access.RemindUnits) {
		buttons = append(buttons, text.Green(t.Button("tracking.nudge_one", link.Watch.To("nudge."+tok+"."+link.Unit(d.Unit)), nil)))
	}

	buttons = append(buttons, t.grantButtons(d)...)
	if a["Officer"] != "" {
		buttons = append(buttons, t.Button("tracking.why", link.Watch.To("why."+tok+"."+link.Unit(d.Unit)), nil))
	}
	rows := append(t.InPairs(buttons), text.Row(t.Button("tracking.back", link.Watch.To("page."+tok+".open.0"), nil)))
	return t.Show(store.Message{Text: t.Text("tracking.unit", a), Buttons: rows}, true)
}

// officerNames names who is in charge of a unit; "" when nobody is.
func (t turn) officerNames(unit store.UnitCode) (string, error) {
	officers, err := t.Org.OfficersOf(t.Tx, unit)
	if err != nil {
		return "", err
	}
	names := make([]string, len(officers))
	for i, p := range officers {
		names[i] = cmp.Or(p.Name, t.Plain("deputy.unnamed", nil))
	}
	return strings.Join(names, ", "), nil
}

// unlocked leaves those whose report can still be sent: an extension may last
// beyond the period's own lock.
func (t turn) unlocked(list []deadline.Obligation) []deadline.Obligation {
	return slices.DeleteFunc(slices.Clone(list), func(o deadline.Obligation) bool { return !t.Event.At.Before(o.Locked) })
}

// waiting leaves those that somebody can be reminded of: not what is said to be
// on paper.
func (t turn) waiting(list []deadline.Obligation) []deadline.Obligation {
	return slices.DeleteFunc(t.unlocked(list), func(o deadline.Obligation) bool { return o.Settled(t.Event.At) != "" })
}

// nudgeWatched reminds the officers of the units that have not reported, or of
// one of them.
func (t turn) nudgeWatched(w watched, unit store.UnitCode) error {
	if !t.May(access.RemindUnits) {
		return t.Toast("press.not_yours", nil)
	}
	open := w.open(unit)
	if len(open) == 0 {
		return t.Toast("report.already", nil)
	}
	if open = t.unlocked(open); len(open) == 0 {
		return t.Toast("press.closed", nil)
	}
	return t.nudgeUnits(w.Period.Period, open)
}
