package bot

import (
	"time"

	"danvan/store"
	"danvan/store/agenda"
	"danvan/store/deadline"
)

// laterHour is when somebody is reminded who asked for the next morning.
const laterHour = 8

// remindLater puts the reminders of everything that the person has to report on
// off to the next working morning.
func (t *turn) remindLater(d duty) error {
	if d.Settled(t.ev.At) != "" || !t.ev.At.Before(d.Locked) {
		return t.toast("report.already", nil)
	}
	until := d.cal.At(d.cal.OnOrAfter(t.today.AddDays(1)), laterHour)
	list, err := t.duties()
	if err != nil {
		return err
	}
	list = append(list, d)
	for _, x := range list {
		if x.Settled(t.ev.At) != "" || !until.Before(x.Locked) {
			continue
		}
		wish := store.Deferral{Person: t.person.ID, Period: x.Period.ID, Until: until, At: t.ev.At}
		if err := t.tx.PutDeferral(wish); err != nil {
			return err
		}
	}
	if err := t.unbutton(); err != nil {
		return err
	}
	a, err := t.dutyArgs(d)
	if err != nil {
		return err
	}
	a["When"], a["Late"], a["Never"] = dayOf(until.In(t.Zone)), d.Due.Before(until), !until.Before(d.Locked)
	return t.offer("later.done", a, [][]store.Button{row(
		green(t.button("report.open", pressReport+"show."+dutyKey(d), nil)))})
}

// explain says why the person was, or was not, reminded of a report, and what
// comes next: from the ledger, and from what holds now.
func (t *turn) explain(d duty) error {
	return t.explainTo(d, t.person.ID, t.button("report.open", pressReport+"show."+dutyKey(d), nil))
}

// explainOf says the same of who is in charge of a unit, to somebody above.
func (t *turn) explainOf(d duty) error {
	post, err := officerPost(t.tx, d.Unit)
	if err != nil {
		return err
	}
	who := post.Holder
	if standsFor(post, post.Deputy, t.ev.At) {
		who = post.Deputy
	}
	return t.explainTo(d, who, t.button("tracking.back", pressWho+"show."+token(d.Period.ID), nil))
}

func (t *turn) explainTo(d duty, who store.PersonID, back store.Button) error {
	in, err := t.planning(d, who)
	if err != nil {
		return err
	}
	reasons := deadline.Explain(in, who, d.Period.ID)
	a, err := t.dutyArgs(d)
	if err != nil {
		return err
	}
	var lines []args
	for i, r := range reasons {
		if i < len(reasons)-mostReasons {
			continue
		}
		at := r.At
		if r.Key == deadline.HasDeputy && !at.IsZero() {
			at = at.Add(-time.Minute) // the last minute of the day before
		}
		lines = append(lines, args{
			"Key": r.Key, "At": clock(at), "Rule": r.Rule, "Step": r.Step, "Past": r.Rule != "", "Own": who == t.person.ID,
		})
	}
	texts := make([]args, 0, len(lines))
	for _, l := range lines {
		texts = append(texts, args{"Line": markup(t.text("reminded."+l["Key"].(string), l)), "Past": l["Past"]})
	}
	a["Lines"], a["Earlier"] = t.lines("reminded.line", texts), max(0, len(reasons)-mostReasons)
	return t.offer("reminded.card", a, [][]store.Button{row(back)})
}

// mostReasons is how many lines an explanation has.
const mostReasons = 12

// planning is what Explain needs to know of a unit's report and a person.
func (t *turn) planning(d duty, who store.PersonID) (deadline.Input, error) {
	post, err := officerPost(t.tx, d.Unit)
	if err != nil {
		return deadline.Input{}, err
	}
	campaigns, err := t.tx.Campaigns()
	if err != nil {
		return deadline.Input{}, err
	}
	wishes, err := t.tx.Deferrals(d.Period.ID)
	if err != nil {
		return deadline.Input{}, err
	}
	in := deadline.Input{
		Now: t.ev.At, Calendar: d.cal, Quiet: agenda.Quiet(), Bound: agenda.Bound, Campaigns: campaigns,
		Obligations: []deadline.Obligation{d.Obligation}, Posts: map[store.PostID]store.Post{post.ID: post},
		People: map[store.PersonID]deadline.Person{}, Deferrals: wishes,
	}
	people := []store.PersonID{who}
	for _, id := range []store.PersonID{post.Holder, post.Deputy} {
		if id != 0 && id != who {
			people = append(people, id)
		}
	}
	for _, id := range people {
		lines, err := t.tx.LedgerOf(id, d.Period.ID)
		if err != nil {
			return in, err
		}
		in.Ledger = append(in.Ledger, lines...)
	}
	return in, agenda.Meet(t.tx, &in, people)
}
