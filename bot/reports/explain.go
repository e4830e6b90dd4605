package reports

import (
	"time"

	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
	"danvan/store/reporting"
)

// explainOwn says why the person was, or was not, reminded of a report, and what
// comes next: from the ledger, and from what holds now.
func (t turn) explainOwn(d about.Obligation) error {
	return t.explainTo(d, t.Person.ID, t.Button("report.open", link.Report.To("show."+d.Link()), nil))
}

// explainOf says the same of who is in charge of a unit, "unit.period", to
// somebody above.
func (t turn) explainOf(linked string) error {
	o, ok, err := about.Named(t.Turn, linked)
	if err != nil || !ok {
		return err
	}
	post := t.Org.Officer(o.Unit)
	who := post.Holder
	if org.StandsFor(post, post.Deputy, t.Event.At) {
		who = post.Deputy
	}
	return t.explainTo(o, who, t.Button("tracking.back", link.Watch.To("show", link.Period(o.Period.ID)), nil))
}

func (t turn) explainTo(d about.Obligation, who store.PersonID, back store.Button) error {
	in, err := t.planning(d, who)
	if err != nil {
		return err
	}

	reasons := deadline.Explain(in, who, d.Period.ID)
	earlier := max(0, len(reasons)-mostReasons)
	var lines []text.Args
	for _, r := range reasons[earlier:] {
		at := r.At
		if r.Key == deadline.HasDeputy && !at.IsZero() {
			at = at.Add(-time.Minute) // the last minute of the day before
		}
		line := t.Text("reminded."+r.Key, text.Args{
			"Key": r.Key, "At": text.Clock(at), "Rule": r.Rule, "Step": r.Step, "Past": r.Rule != "", "Own": who == t.Person.ID,
		})
		lines = append(lines, text.Args{"Line": text.Markup(line), "Past": r.Rule != ""})
	}

	a := d.Args(t.Turn)
	a["Lines"], a["Earlier"] = t.Lines("reminded.line", lines), earlier
	return t.Offer("reminded.card", a, [][]store.Button{text.Row(back)})
}

// mostReasons is how many lines an explanation has.
const mostReasons = 12

// planning is what Explain needs to know of a unit's report and a person.
func (t turn) planning(d about.Obligation, who store.PersonID) (deadline.Input, error) {
	set, err := t.Setting()
	if err != nil {
		return deadline.Input{}, err
	}
	wishes, err := t.Tx.Deferrals(d.Period.ID)
	if err != nil {
		return deadline.Input{}, err
	}
	in := deadline.Input{
		Now: t.Event.At, Calendar: d.Cal, Quiet: reporting.Quiet(), Bound: reporting.Bound, Campaigns: set.Campaigns, Org: t.Org,
		Obligations: []deadline.Obligation{d.Obligation}, People: map[store.PersonID]deadline.Person{}, Deferrals: wishes,
	}

	post := t.Org.Officer(d.Unit)
	people := []store.PersonID{who}
	for _, id := range []store.PersonID{post.Holder, post.Deputy} {
		if id != 0 && id != who {
			people = append(people, id)
		}
	}
	for _, id := range people {
		lines, err := t.Tx.LedgerOf(id, d.Period.ID)
		if err != nil {
			return in, err
		}
		in.Ledger = append(in.Ledger, lines...)
	}
	return in, reporting.Meet(t.Tx, &in, people)
}
