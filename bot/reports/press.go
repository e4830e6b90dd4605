package reports

import (
	"strings"

	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// deed is what a button about a report does; the number is what stands last in
// it: the report's revision, or a page.
type deed func(t turn, o about.Obligation, n uint64) error

// deeds are what the officer's buttons do.
func deeds() map[string]deed {
	return map[string]deed{
		"show":    func(t turn, o about.Obligation, _ uint64) error { return t.showReport(o, false, false) },
		"card":    func(t turn, o about.Obligation, _ uint64) error { return t.showReport(o, true, true) },
		"others":  func(t turn, _ about.Obligation, _ uint64) error { return t.pickReport() },
		"models":  func(t turn, o about.Obligation, n uint64) error { return t.listWeak(o, onlyStale, n) },
		"weak":    func(t turn, o about.Obligation, n uint64) error { return t.listWeak(o, allWeak, n) },
		"words":   func(t turn, o about.Obligation, _ uint64) error { return t.beginRemarks(o) },
		"later":   func(t turn, o about.Obligation, _ uint64) error { return t.snooze(o) },
		"why":     func(t turn, o about.Obligation, _ uint64) error { return t.explainOwn(o) },
		"send":    fenced(turn.sendReport),
		"nothing": fenced(turn.sendNothing),
		"paper":   fenced(turn.sendPaper),
		"back":    fenced(turn.withdraw),
		// From a reminder, which does not say that the period still runs.
		"early":     fenced(early(turn.sendReport, "send.")),
		"earlynone": fenced(early(turn.sendNothing, "nothing.")),
	}
}

// paperDeeds are what the coordinator's buttons do, about what came on paper.
func paperDeeds() map[string]deed {
	return map[string]deed{
		"ask":    func(t turn, o about.Obligation, _ uint64) error { return t.showPaper(o) },
		"got":    fenced(func(t turn, o about.Obligation) error { return t.judgePaper(o, "paper.confirmed", true) }),
		"unseen": fenced(func(t turn, o about.Obligation) error { return t.judgePaper(o, "paper.missed", false) }),
	}
}

// fenced does something to a report only if it is still the one that the button
// was shown with.
func fenced(do func(turn, about.Obligation) error) deed {
	return func(t turn, o about.Obligation, revision uint64) error {
		if revision != o.Revision() {
			return t.Toast("report.changed", t.standing(o))
		}
		return do(t, o)
	}
}

// early asks first whether a report is meant to be sent while its period still
// runs, with a button that does it then.
func early(do func(turn, about.Obligation) error, then string) func(turn, about.Obligation) error {
	return func(t turn, o about.Obligation) error {
		if o.Period.To.Before(t.Today) || o.Settled(t.Event.At) != "" {
			return do(t, o)
		}
		a, nothing := o.Args(t.Turn), then == "nothing."
		if nothing {
			known, err := t.knownFor(o)
			if err != nil {
				return err
			}
			if known.Happened() {
				return do(t, o)
			}
		}

		a["Nothing"] = nothing
		return t.Offer("report.early", a, [][]store.Button{text.Row(
			text.Green(t.Button("report.send_now", link.Report.To(then+o.Fence()), nil)),
			t.Button("report.look", link.Report.To("show."+o.Link()), nil),
		)})
	}
}

// pressed obeys a button about a unit's report: what to do, the unit, the
// period, and, where something is changed, the report's revision.
func (t turn) pressed(what string) error {
	parts := append(strings.Split(what, "."), "", "", "")
	if parts[2] == "" {
		return t.Toast("press.unknown", nil)
	}
	o, ok, err := about.Linked(t.Turn, parts[1], parts[2])
	if err != nil {
		return err
	}
	if !ok {
		return t.Toast("press.closed", nil)
	}

	do, may := deeds()[parts[0]], about.MayReport
	if do == nil {
		do, may = paperDeeds()[parts[0]], about.MayConfirm
	}
	if do == nil {
		return t.Toast("press.unknown", nil)
	}
	if !may(t.Turn, o.Unit) {
		return t.Toast("press.not_yours", nil)
	}
	return do(t, o, link.ID(parts[3]))
}
