package reports

import (
	"strings"
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
	said, err := t.explained(d, t.Person.ID)
	if err != nil {
		return err
	}
	return t.explain(said, t.Button("report.open", link.Report.To("show."+d.Link()), nil))
}

// explainOf says the same of who is in charge of a unit, "unit.period", to
// somebody above: of each, where there are several.
func (t turn) explainOf(linked string) error {
	o, ok, err := about.Named(t.Turn, linked)
	if err != nil || !ok {
		return err
	}
	var said []string
	for _, post := range t.Org.Officers(o.Unit) {
		who := post.Holder
		if org.StandsFor(post, post.Deputy, t.Event.At) {
			who = post.Deputy
		}
		one, err := t.explained(o, who)
		if err != nil {
			return err
		}
		said = append(said, one)
	}
	return t.explain(strings.Join(said, "\n\n"), t.Button("tracking.back", link.Watch.To("show", link.Period(o.Period.ID)), nil))
}

func (t turn) explain(said string, back store.Button) error {
	_, err := t.Send(store.Message{Text: said, Buttons: [][]store.Button{text.Row(back)}})
	return err
}

// explained is what is to be said of somebody's reminders of a report; of one of
// several officers by name.
func (t turn) explained(d about.Obligation, who store.PersonID) (string, error) {
	in, err := d.Planning(t.Turn, who)
	if err != nil {
		return "", err
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
	seat, charge := t.Org.OfficerFor(d.Unit, t.Person.ID, t.Event.At)
	a["Why"], a["Charge"], a["Deputy"], a["Name"] = d.Settled(t.Event.At), charge, seat.Holder != who, ""
	if who != t.Person.ID && len(t.Org.Officers(d.Unit)) > 1 {
		p, err := t.Tx.Person(who)
		if err != nil {
			return "", err
		}
		a["Name"] = about.Person(t.Turn, p)
	}
	return t.Text("reminded.card", a), nil
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
