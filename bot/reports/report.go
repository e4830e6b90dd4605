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

// reports shows the report that is due next, ready to be sent.
func (t turn) reports() error {
	list, err := t.owed()
	if err != nil {
		return err
	}
	if len(list) == 0 {
		if err := t.Tell("report.none", text.Args{"Unit": t.UnitName(t.Post.Unit)}); err != nil {
			return err
		}
		return t.Again()
	}
	if err := t.showReport(t.pressing(list), len(list) > 1, false); err != nil {
		return err
	}
	return t.Again()
}

// pressing returns the obligation that needs something first: by due time, those that
// are settled last.
func (t turn) pressing(list []about.Obligation) about.Obligation {
	for _, d := range list {
		if d.Settled(t.Event.At) == "" {
			return d
		}
	}
	return list[0]
}

// owed lists what the person has to report on now, as the officer of a unit
// or as somebody who stands in for one.
func (t turn) owed() ([]about.Obligation, error) {
	units := t.standsInFor()
	posts, err := t.Org.HeldBy(t.Tx, t.Person.ID)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		if p.Role == store.Officer {
			units = append(units, t.Org.Tasks(p.Unit)...)
		}
	}

	var out []about.Obligation
	for i, unit := range units {
		if slices.Contains(units[:i], unit) { // who has one post of a unit may stand in for another
			continue
		}
		list, err := about.OwedNow(t.Turn, unit)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	slices.SortStableFunc(out, func(a, b about.Obligation) int { return a.Due.Compare(b.Due) })
	return out, nil
}

// pickReport offers every report that is due, in place of the card.
func (t turn) pickReport() error {
	list, err := t.owed()
	if err != nil {
		return err
	}
	lines := make([]text.Args, len(list))
	numbers := make([]store.Button, len(list))
	for i, d := range list {
		lines[i] = d.Args(t.Turn)
		lines[i]["N"] = i + 1
		numbers[i] = store.Button{Text: t.Plain("report.choice", text.Args{"N": i + 1}), Data: link.Report.To("card." + d.Link())}
	}
	body := t.Text("report.pick", text.Args{"Lines": t.Lines("report.line", lines)})
	return t.Revise(store.Message{Text: body, Buttons: t.InPairs(numbers)})
}

// sendReport submits the report as the card shows it, with the remarks that one
// taken back had.
func (t turn) sendReport(d about.Obligation) error {
	if err := t.Unbutton(); err != nil {
		return err
	}
	return t.submitReport(d, func(*store.Report) {})
}

// sendNothing submits "không phát sinh", unless something is known to have
// happened: then the officer is shown what.
func (t turn) sendNothing(d about.Obligation) error {
	known, err := t.knownFor(d)
	if err != nil {
		return err
	}
	if known.Happened() {
		if err := t.Toast("report.something", nil); err != nil {
			return err
		}
		return t.showReport(d, false, false)
	}
	if err := t.Unbutton(); err != nil {
		return err
	}
	return t.submitReport(d, func(r *store.Report) { r.Nothing, r.Difficulty, r.Proposal = true, "", "" })
}

// submitReport writes a report of the unit and confirms it.
func (t turn) submitReport(d about.Obligation, fill func(*store.Report)) error {
	if ok, err := t.mayStillReport(d); !ok || err != nil {
		return err
	}
	r, err := t.putReport(d, "submit", fill)
	if err != nil {
		return err
	}

	d.Report, d.State = &r, ""
	if err := t.tellOthers(d, "submit"); err != nil {
		return err
	}
	a := d.Args(t.Turn)
	a["Nothing"], a["Late"] = r.Nothing, r.SubmittedAt.After(d.OnTime)
	a["Remarks"] = r.Difficulty+r.Proposal != ""
	at := d.Link()
	buttons := [][]store.Button{text.Row(
		t.Button("report.see", link.Report.To("show."+at), nil),
		t.Button("report.withdraw", link.Report.To("back."+at+"."+link.Ref(r.Revision)), nil),
	)}

	list, err := t.owed()
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(list, func(e about.Obligation) bool { return e.Settled(t.Event.At) == "" }); i >= 0 {
		next := list[i].Link()
		buttons = append(buttons, text.Row(text.Green(t.Button("report.another", link.Report.To("show."+next), nil))))
	}
	return t.Offer("report.done", a, buttons)
}

// tellOthers tells the other officers of a unit that somebody has sent its report, or
// taken it back: it is settled for all of them, or open again.
func (t turn) tellOthers(d about.Obligation, did string) error {
	officers, err := t.Org.OfficersOf(t.Tx, d.Unit)
	if err != nil {
		return err
	}
	as := t.Post.ID // of who stands in
	if seat, _ := t.Org.OfficerFor(d.Unit, t.Person.ID, t.Event.At); seat.Holder == t.Person.ID {
		as = seat.ID
	}

	say := func(o *bot.Turn) (store.Message, error) {
		who, err := about.Who(o, t.Person.ID, as)
		a := d.Args(o)
		a["Who"], a["Did"] = who, did
		button := o.Button("report.see", link.Report.To("show."+d.Link()), nil)
		if did == "withdraw" {
			button = text.Green(o.Button("report.open", link.Report.To("show."+d.Link()), nil))
		}
		return store.Message{Text: o.Text("report.by_other", a), Buttons: [][]store.Button{text.Row(button)}}, err
	}
	for _, p := range officers {
		if p.ID == t.Person.ID || !p.Unreachable.IsZero() {
			continue
		}
		if err := t.TellOther(p, say); err != nil {
			return err
		}
	}
	return nil
}

// standing says where a report stands, to somebody whose button came too late.
func (t turn) standing(d about.Obligation) text.Args {
	a := text.Args{"Why": d.Settled(t.Event.At), "At": "", "Locked": text.DayOf(d.Locked.In(t.Zone))}
	if d.Report != nil {
		a["At"] = text.Clock(d.Report.SubmittedAt)
	}
	return a
}

// mayStillReport reports whether a report can and need be sent, and says why not.
func (t turn) mayStillReport(d about.Obligation) (bool, error) {
	why := d.Settled(t.Event.At)
	switch {
	case !t.Event.At.Before(d.Locked):
		return false, t.sayLocked(d)
	case why == deadline.HasSubmitted:
		return false, t.Toast("report.already", t.standing(d))
	case why == deadline.IsExempt:
		return false, t.Tell("report.exempt", d.Args(t.Turn))
	}
	return true, nil
}

// putReport writes the unit's report over the last one and records it.
func (t turn) putReport(d about.Obligation, action string, fill func(*store.Report)) (store.Report, error) {
	var r store.Report
	was := ""
	if d.Report != nil {
		r, was = *d.Report, reportState(*d.Report)
	} else {
		id, err := t.Tx.NewID()
		if err != nil {
			return r, err
		}
		r = store.Report{ID: store.ReportID(id), Unit: d.Unit, Period: d.Period.ID}
	}

	if action == "submit" { // nothing of one taken back stays but the remarks
		r = store.Report{ID: r.ID, Revision: r.Revision, Unit: r.Unit, Period: r.Period, Difficulty: r.Difficulty, Proposal: r.Proposal,
			By: t.Person.ID, SubmittedAt: t.Event.At}
		seat, _ := t.Org.OfficerFor(d.Unit, t.Person.ID, t.Event.At)
		r.Post = seat.ID
	}

	fill(&r)
	r.At = t.Event.At
	r, err := t.Tx.PutReport(r)
	if err != nil {
		return r, err
	}
	return r, t.Record(d.Subject(), action, "state", was, reportState(r))
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
func (t turn) withdraw(d about.Obligation) error {
	a := d.Args(t.Turn)
	switch {
	case d.Report == nil || !d.Report.WithdrawnAt.IsZero():
		return t.Toast("report.changed", t.standing(d))
	case !t.Event.At.Before(d.Locked):
		return t.sayLocked(d)
	}

	r, err := t.putReport(d, "withdraw", func(r *store.Report) { r.WithdrawnAt = t.Event.At })
	if err != nil {
		return err
	}
	if err := t.Unbutton(); err != nil {
		return err
	}
	d.Report = &r
	if err := t.tellOthers(d, "withdraw"); err != nil {
		return err
	}
	return t.Offer("report.withdrawn", a, [][]store.Button{text.Row(
		text.Green(t.Button("report.open", link.Report.To("show."+d.Link()), nil)))})
}
