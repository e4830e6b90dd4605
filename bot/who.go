package bot

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"danvan/store"
	"danvan/store/agenda"
	"danvan/store/deadline"
)

// watched are the obligations of a period in the post's scope.
type watched struct {
	agenda.Period
	cal  *deadline.Calendar
	list []deadline.Obligation
}

// open lists those that have not reported, in the order of units.
func (w watched) open() []deadline.Obligation {
	return slices.DeleteFunc(slices.Clone(w.list), func(o deadline.Obligation) bool {
		return o.State != deadline.Owed && o.State != deadline.Missing
	})
}

// due is the period as a duty of nobody in particular.
func (w watched) duty(o deadline.Obligation) duty { return duty{o, w.Of, w.cal} }

// roots are the units whose subtrees the post reaches.
func (t *turn) roots() []store.UnitCode {
	if units := t.post.Portfolio.Units; len(units) > 0 {
		return units
	}
	return []store.UnitCode{t.post.Unit}
}

// watch returns what the units of the post's scope owe for a period.
func (t *turn) watch(p agenda.Period) (watched, error) {
	h, err := t.book.House(t.tx)
	if err != nil {
		return watched{}, err
	}
	list, err := h.Obligations(t.tx, p, t.ev.At, h.Under(t.roots()...))
	return watched{p, h.Calendar, list}, err
}

// watchable lists the periods that units of the scope report on now, the next
// due first, and then those that are locked, the last first.
func (t *turn) watchable() ([]watched, error) {
	h, err := t.book.House(t.tx)
	if err != nil {
		return nil, err
	}
	var out []watched
	for _, c := range h.Campaigns {
		current := deadline.Current(c, h.Calendar, t.ev.At)
		for _, p := range append(current, justLocked(c, h.Calendar, t.ev.At)...) {
			w, err := t.watch(agenda.Period{Period: p, Of: c})
			if err != nil {
				return nil, err
			}
			if len(w.list) > 0 {
				out = append(out, w)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b watched) int {
		if locked := !t.ev.At.Before(a.Locked); locked != !t.ev.At.Before(b.Locked) {
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
func (t *turn) whoReported() error {
	list, err := t.watchable()
	if err != nil {
		return err
	}
	if len(list) == 0 {
		if err := t.tell("tracking.none", nil); err != nil {
			return err
		}
		return t.again()
	}
	if err := t.showWho(list[0], false, 0, false); err != nil {
		return err
	}
	return t.again()
}

// pressedWho obeys the buttons of that list: what to do, the period, and more.
func (t *turn) pressedWho(rest string) error {
	parts := append(strings.Split(rest, "."), "", "", "", "")
	if !t.may(watchReports) {
		return t.toast("press.not_yours", nil)
	}
	if parts[0] == "periods" {
		return t.pickWatched()
	}
	p, c, ok, err := t.periodBy(parts[1])
	if err != nil {
		return err
	}
	if !ok {
		return t.toast("press.closed", nil)
	}
	w, err := t.watch(agenda.Period{Period: p, Of: c})
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
		return t.nudgeWatched(w, fromButton(parts[2]))
	}
	return t.pressedWhoUnit(w, parts)
}

// pressedWhoUnit obeys the buttons about one unit of the list.
func (t *turn) pressedWhoUnit(w watched, parts []string) error {
	i := slices.IndexFunc(w.list, func(o deadline.Obligation) bool { return o.Unit == fromButton(parts[2]) })
	if i < 0 {
		return t.toast("press.not_yours", nil)
	}
	d := w.duty(w.list[i])
	switch parts[0] {
	case "unit":
		return t.showWhoUnit(d)
	case "why":
		return t.explainOf(d)
	}
	return t.toast("press.unknown", nil)
}

// pickWatched offers every period that units of the scope report on now.
func (t *turn) pickWatched() error {
	list, err := t.watchable()
	if err != nil {
		return err
	}
	var buttons []store.Button
	for _, w := range list {
		tally := deadline.Count(w.list)
		buttons = append(buttons, store.Button{
			Text: t.plain("tracking.period", args{"Period": capital(t.own().say(w.Period.Period)), "Done": tally.Submitted(), "Of": tally.Obliged}),
			Data: pressWho + "page." + token(w.ID) + ".open.0",
		})
	}
	return t.revise(store.Message{Text: t.text("tracking.pick", nil), Buttons: inRows(buttons, 1)})
}

// showWho shows one page of who has not reported, or of everybody.
func (t *turn) showWho(w watched, all bool, page int, inPlace bool) error {
	tally, open := deadline.Count(w.list), w.open()
	list, mode := open, "open"
	if all {
		list, mode = w.list, "all"
	}
	pages := max(1, (len(list)+listPage-1)/listPage)
	page = min(max(page, 0), pages-1)
	shown := list[page*listPage : min(len(list), (page+1)*listPage)]
	lines, numbers := make([]args, len(shown)), make([]store.Button, len(shown))
	for i, o := range shown {
		a, err := t.dutyArgs(w.duty(o))
		if err != nil {
			return err
		}
		a["Unit"] = capital(a["Unit"].(string))
		a["N"], a["Why"], a["All"] = page*listPage+i+1, o.Settled(t.ev.At), all
		lines[i] = a
		numbers[i] = store.Button{Text: strconv.Itoa(page*listPage + i + 1), Data: pressWho + "unit." + token(w.ID) + "." + inButton(o.Unit)}
	}
	a, err := t.dutyArgs(w.duty(deadline.Obligation{Unit: t.roots()[0], Period: w.Period.Period, Due: w.Due, OnTime: w.OnTime, Locked: w.Locked}))
	if err != nil {
		return err
	}
	a["Of"], a["Done"], a["OnTime"], a["Late"] = tally.Obliged, tally.Submitted(), tally.OnTime, tally.Late
	a["Nothing"], a["Exempt"], a["Open"], a["All"] = tally.Nothing, tally.Exempt, len(open), all
	a["Lines"], a["Page"], a["Pages"] = t.lines("tracking.line", lines), page+1, pages
	periods, err := t.watchable()
	if err != nil {
		return err
	}
	buttons := append(inRows(numbers, 4), t.whoButtons(w, mode, page, pages, len(t.unlocked(open)))...)
	if len(periods) > 1 {
		buttons = append(buttons, row(t.button("report.others", pressWho+"periods", nil)))
	}
	return t.show(store.Message{Text: t.text("tracking.card", a), Buttons: buttons}, inPlace)
}

func (t *turn) whoButtons(w watched, mode string, page, pages, open int) [][]store.Button {
	at := pressWho + "page." + token(w.ID) + "."
	out := t.pager(page, pages, numbered(at+mode+"."))
	var more []store.Button
	if open > 0 {
		more = append(more, green(t.button("tracking.nudge", pressWho+"nudge."+token(w.ID)+".all", args{"Count": open})))
	}
	if mode == "open" {
		more = append(more, t.button("tracking.everybody", at+"all.0", nil))
	} else {
		more = append(more, t.button("tracking.only_open", at+"open.0", nil))
	}
	more = append(more, t.button("tracking.plan", pressTimetable+timetableNew, nil))
	return append(out, inPairs(more)...)
}

// showWhoUnit shows how one unit stands with its report, and what can be done.
func (t *turn) showWhoUnit(d duty) error {
	a, err := t.dutyArgs(d)
	if err != nil {
		return err
	}
	why := d.Settled(t.ev.At)
	a["Unit"], a["Why"] = capital(a["Unit"].(string)), why
	if a["Officer"], a["Reminded"], err = t.lastReminded(d); err != nil {
		return err
	}
	if r := d.Report; r != nil && r.WithdrawnAt.IsZero() {
		a["When"], a["Nothing"], a["Difficulty"], a["Proposal"], a["Paper"] = r.SubmittedAt, r.Nothing, r.Difficulty, r.Proposal, r.Paper
		a["Late"] = r.SubmittedAt.After(d.OnTime)
	}
	for key, e := range map[string]*store.Exception{"Extension": d.Extension, "Exemption": d.Exemption} {
		if e != nil {
			a[key], a[key+"Until"] = t.grantReason(e.Reason), dayOf(e.Until.In(t.Zone))
		}
	}
	tok := token(d.Period.ID)
	var buttons []store.Button
	if confirms, err := t.mayAbout(d.Unit, false); err != nil {
		return err
	} else if confirms && why == deadline.OnPaper {
		paper := "." + dutyKey(d) + "." + ref(d.revision())
		buttons = append(buttons, green(t.button("paper.got", pressReport+"got"+paper, nil)), t.button("paper.unseen", pressReport+"unseen"+paper, nil))
	}
	if why == "" && t.ev.At.Before(d.Locked) && a["Officer"] != "" {
		buttons = append(buttons, green(t.button("tracking.nudge_one", pressWho+"nudge."+tok+"."+inButton(d.Unit), nil)))
	}
	grants, err := t.grantButtons(d)
	if err != nil {
		return err
	}
	buttons = append(buttons, grants...)
	if a["Officer"] != "" {
		buttons = append(buttons, t.button("tracking.why", pressWho+"why."+tok+"."+inButton(d.Unit), nil))
	}
	rows := append(inPairs(buttons), row(t.button("tracking.back", pressWho+"page."+tok+".open.0", nil)))
	return t.show(store.Message{Text: t.text("tracking.unit", a), Buttons: rows}, true)
}

// lastReminded names a unit's officer and says when that person was last
// reminded.
func (t *turn) lastReminded(d duty) (name, when string, err error) {
	post, err := officerPost(t.tx, d.Unit)
	if err != nil || post.Holder == 0 {
		return "", "", err
	}
	p, err := t.tx.Person(post.Holder)
	if errors.Is(err, store.ErrNotFound) {
		return "", "", nil
	}
	if err != nil {
		return "", "", err
	}
	lines, err := t.tx.LedgerOf(p.ID, d.Period.ID)
	for _, l := range lines {
		if l.Skipped == "" && slices.Contains(l.Units, d.Unit) {
			when = t.own().say(clock(l.At))
		}
	}
	if name = p.Name; name == "" {
		name = t.plain("deputy.unnamed", nil)
	}
	return name, when, err
}

// unlocked leaves those whose report can still be sent: an extension may last
// beyond the period's own lock.
func (t *turn) unlocked(list []deadline.Obligation) []deadline.Obligation {
	return slices.DeleteFunc(slices.Clone(list), func(o deadline.Obligation) bool { return !t.ev.At.Before(o.Locked) })
}

// nudgeWatched reminds the officers of the units that have not reported, or of
// one of them.
func (t *turn) nudgeWatched(w watched, unit store.UnitCode) error {
	open := slices.DeleteFunc(w.open(), func(o deadline.Obligation) bool { return unit != "all" && o.Unit != unit })
	if len(open) == 0 {
		return t.toast("report.already", nil)
	}
	open = t.unlocked(open)
	if len(open) == 0 {
		return t.toast("press.closed", nil)
	}
	return t.nudgeUnits(w.ID, open)
}
