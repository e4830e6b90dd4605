package reports

import (
	"time"

	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
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
	in, err := d.Planning(t.Turn, who)
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
			"By": t.wisher(r.By),
		})
		lines = append(lines, text.Args{"Line": text.Markup(line), "Past": r.Rule != ""})
	}

	a := d.Args(t.Turn)
	a["Lines"], a["Earlier"], a["Own"] = t.Lines("reminded.line", lines), earlier, who == t.Person.ID
	a["Why"], a["Charge"], a["Deputy"] = d.Settled(t.Event.At), about.MayReport(t.Turn, d.Unit), t.Org.Officer(d.Unit).Holder != who
	return t.Offer("reminded.card", a, [][]store.Button{text.Row(back)})
}

// wisher names the post whose holder wished a reminder; "" when none did, or it
// is not known.
func (t turn) wisher(id store.PostID) string {
	if post, ok := t.Org.Seat(id); ok {
		return t.ShortPostName(post)
	}
	return ""
}

// mostReasons is how many lines an explanation has.
const mostReasons = 12
