package bot

import (
	"slices"
	"strings"

	"danvan/store"
	"danvan/store/deadline"
)

// reports shows the report that is due next, ready to be sent.
func (t *turn) reports() error {
	list, err := t.duties()
	if err != nil {
		return err
	}
	if len(list) == 0 {
		name, err := t.unit(t.post.Unit)
		if err != nil {
			return err
		}
		if err := t.tell("report.none", args{"Unit": name}); err != nil {
			return err
		}
		return t.again()
	}
	if err := t.showReport(t.pressing(list), len(list) > 1, false); err != nil {
		return err
	}
	return t.again()
}

// pressing returns the duty that needs something first: by due time, those that
// are settled last.
func (t *turn) pressing(list []duty) duty {
	for _, d := range list {
		if d.Settled(t.ev.At) == "" {
			return d
		}
	}
	return list[0]
}

// duties lists what the person has to report on now, as the officer of a unit
// or as somebody who stands in for one.
func (t *turn) duties() ([]duty, error) {
	units, err := t.standsInFor()
	if err != nil {
		return nil, err
	}
	posts, err := t.tx.PostsOf(t.person.ID)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		if p.Role == store.Officer {
			units = append(units, p.Unit)
		}
	}
	var out []duty
	for _, unit := range units {
		list, err := t.dutiesNow(unit)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	slices.SortStableFunc(out, func(a, b duty) int { return a.Due.Compare(b.Due) })
	return out, nil
}

// mayReportFor says whether the person sends a unit's report: as the officer of
// just this unit, whatever post is acted for now, or as the officer's deputy.
func (t *turn) mayReportFor(unit store.UnitCode) (bool, error) {
	post, err := officerPost(t.tx, unit)
	return standsFor(post, t.person.ID, t.ev.At), err
}

// pressedReport obeys a button about a unit's report: what to do, the unit, the
// period, and, where something is changed, the report's revision.
func (t *turn) pressedReport(rest string) error {
	parts := strings.Split(rest, ".")
	if len(parts) < 3 {
		return t.toast("press.unknown", nil)
	}
	d, ok, err := t.dutyBy(parts[1], parts[2])
	if err != nil {
		return err
	}
	if !ok {
		return t.toast("press.closed", nil)
	}
	do, own := onReport[parts[0]], true
	if do == nil {
		do, own = onPaper[parts[0]], false
	}
	if do == nil {
		return t.toast("press.unknown", nil)
	}
	if may, err := t.mayAbout(d.Unit, own); err != nil {
		return err
	} else if !may {
		return t.toast("press.not_yours", nil)
	}
	revision := uint64(0)
	if len(parts) > 3 {
		revision = parseRef(parts[3])
	}
	return do(t, d, revision)
}

// mayAbout says whether the person has a say about a unit's report: the
// officer's, or the coordinator's word on what came on paper.
func (t *turn) mayAbout(unit store.UnitCode, own bool) (bool, error) {
	if own {
		return t.mayReportFor(unit)
	}
	return t.mayOversee(confirmPapers, unit)
}

// onReport is what the officer's buttons do.
var onReport = map[string]func(*turn, duty, uint64) error{
	"show":    func(t *turn, d duty, _ uint64) error { return t.showReport(d, false, false) },
	"card":    func(t *turn, d duty, _ uint64) error { return t.showReport(d, true, true) },
	"others":  func(t *turn, d duty, _ uint64) error { return t.pickReport() },
	"models":  weakPage("models"),
	"weak":    weakPage("weak"),
	"words":   func(t *turn, d duty, _ uint64) error { return t.beginRemarks(d) },
	"later":   func(t *turn, d duty, _ uint64) error { return t.remindLater(d) },
	"why":     func(t *turn, d duty, _ uint64) error { return t.explain(d) },
	"send":    fenced((*turn).sendReport),
	"nothing": fenced((*turn).sendNothing),
	"paper":   fenced((*turn).sendPaper),
	"back":    fenced((*turn).withdraw),
}

// weakPage shows a page of a list of models: the first as a new message, the
// n-th in place.
func weakPage(mode string) func(*turn, duty, uint64) error {
	return func(t *turn, d duty, n uint64) error {
		return t.listWeak(d, mode, max(0, int(min(n, 1000))-1), n > 0)
	}
}

// fenced does something to a report only if it is still the one that the button
// was shown with.
func fenced(do func(*turn, duty) error) func(*turn, duty, uint64) error {
	return func(t *turn, d duty, revision uint64) error {
		if revision != d.revision() {
			return t.toast("report.changed", nil)
		}
		return do(t, d)
	}
}

// pickReport offers every report that is due, in place of the card.
func (t *turn) pickReport() error {
	list, err := t.duties()
	if err != nil {
		return err
	}
	lines := make([]args, len(list))
	numbers := make([]store.Button, len(list))
	for i, d := range list {
		if lines[i], err = t.dutyArgs(d); err != nil {
			return err
		}
		lines[i]["N"] = i + 1
		numbers[i] = store.Button{Text: t.plain("report.choice", args{"N": i + 1}), Data: pressReport + "card." + dutyKey(d)}
	}
	return t.revise(store.Message{Text: t.text("report.pick", args{"Lines": t.lines("report.line", lines)}), Buttons: inPairs(numbers)})
}

// sendReport submits the report as the card shows it, with the remarks that one
// taken back had.
func (t *turn) sendReport(d duty) error {
	if err := t.unbutton(); err != nil {
		return err
	}
	return t.submitReport(d, func(*store.Report) {})
}

// sendNothing submits "không phát sinh", unless something is known to have
// happened: then the officer is shown what.
func (t *turn) sendNothing(d duty) error {
	happened, err := t.happened(d)
	if err != nil {
		return err
	}
	if happened {
		if err := t.toast("report.something", nil); err != nil {
			return err
		}
		return t.showReport(d, false, false)
	}
	if err := t.unbutton(); err != nil {
		return err
	}
	return t.submitReport(d, func(r *store.Report) { r.Nothing, r.Difficulty, r.Proposal = true, "", "" })
}

// submitReport writes a report of the unit and confirms it.
func (t *turn) submitReport(d duty, fill func(*store.Report)) error {
	if ok, err := t.mayStillReport(d); !ok || err != nil {
		return err
	}
	r, err := t.putReport(d, "submit", fill)
	if err != nil {
		return err
	}
	d.Report, d.State = &r, ""
	a, err := t.dutyArgs(d)
	if err != nil {
		return err
	}
	a["Nothing"], a["Late"] = r.Nothing, r.SubmittedAt.After(d.OnTime)
	a["Remarks"] = r.Difficulty+r.Proposal != ""
	at := dutyKey(d)
	buttons := [][]store.Button{row(
		t.button("report.see", pressReport+"show."+at, nil),
		t.button("report.withdraw", pressReport+"back."+at+"."+ref(r.Revision), nil),
	)}
	list, err := t.duties()
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(list, func(e duty) bool { return e.Settled(t.ev.At) == "" }); i >= 0 {
		next := dutyKey(list[i])
		buttons = append(buttons, row(green(t.button("report.another", pressReport+"show."+next, nil))))
	}
	return t.offer("report.done", a, buttons)
}

// mayStillReport says why not, when a report can no longer be sent or need not
// be.
func (t *turn) mayStillReport(d duty) (bool, error) {
	a, err := t.dutyArgs(d)
	if err != nil {
		return false, err
	}
	why := d.Settled(t.ev.At)
	switch {
	case !t.ev.At.Before(d.Locked):
		who, err := t.whoExtends(d.Unit)
		if err != nil {
			return false, err
		}
		a["Who"] = who
		return false, t.tell("report.locked", a)
	case why == deadline.HasSubmitted:
		return false, t.toast("report.already", nil)
	case why == deadline.IsExempt:
		return false, t.tell("report.exempt", a)
	}
	return true, nil
}

// putReport writes the unit's report over the last one and records it.
func (t *turn) putReport(d duty, action string, fill func(*store.Report)) (store.Report, error) {
	var r store.Report
	was := ""
	if d.Report != nil {
		r, was = *d.Report, reportState(*d.Report)
	} else {
		id, err := t.tx.NewID()
		if err != nil {
			return r, err
		}
		r = store.Report{ID: store.ReportID(id), Unit: d.Unit, Period: d.Period.ID}
	}
	if action == "submit" {
		r = store.Report{ID: r.ID, Revision: r.Revision, Unit: r.Unit, Period: r.Period, Difficulty: r.Difficulty, Proposal: r.Proposal,
			By: t.person.ID, Post: store.MakePostID(d.Unit, store.Officer), SubmittedAt: t.ev.At}
	}
	fill(&r)
	r, err := t.tx.PutReport(r)
	if err != nil {
		return r, err
	}
	return r, t.record("report/"+string(d.Unit)+"/"+string(d.Period.ID), action, "state", was, reportState(r))
}

// reportState is what the audit calls a report.
func reportState(r store.Report) string {
	switch {
	case !r.WithdrawnAt.IsZero():
		return "withdrawn"
	case r.Paper && !r.Confirmed:
		return "paper"
	case r.Paper:
		return "paper, confirmed"
	case r.Nothing:
		return "nothing"
	}
	return "submitted"
}

// withdraw takes a report back, until the lock.
func (t *turn) withdraw(d duty) error {
	a, err := t.dutyArgs(d)
	if err != nil {
		return err
	}
	switch {
	case d.Report == nil || !d.Report.WithdrawnAt.IsZero():
		return t.toast("report.changed", nil)
	case !t.ev.At.Before(d.Locked):
		if a["Who"], err = t.whoExtends(d.Unit); err != nil {
			return err
		}
		return t.tell("report.locked", a)
	}
	r, err := t.putReport(d, "withdraw", func(r *store.Report) { r.WithdrawnAt = t.ev.At })
	if err != nil {
		return err
	}
	if err := t.unbutton(); err != nil {
		return err
	}
	d.Report = &r
	return t.offer("report.withdrawn", a, [][]store.Button{row(
		green(t.button("report.open", pressReport+"show."+dutyKey(d), nil)))})
}
