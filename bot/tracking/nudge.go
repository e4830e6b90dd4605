package tracking

import (
	"errors"
	"strings"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
	"danvan/store/reporting"
)

// nudge reminds at somebody's wish who is missing in some subtrees, or one unit
// of them: "period.unit.root.root…"; for "all" it is everybody.
func (t turn) nudge(what string) error {
	if !t.May(access.RemindUnits) {
		return t.Toast("press.not_yours", nil)
	}
	parts := strings.Split(what, ".")
	if len(parts) < 3 {
		return t.Toast("press.unknown", nil)
	}
	p, c, ok, err := about.Period(t.Turn, parts[0])
	if err != nil {
		return err
	}
	if !ok {
		return t.Toast("press.closed", nil)
	}

	roots := make([]store.UnitCode, len(parts)-2)
	for i, part := range parts[2:] {
		roots[i] = link.UnitCode(part)
	}
	w, err := t.watch(reporting.Period{Period: p, Of: c}, roots...)
	if err != nil {
		return err
	}
	return t.nudgeUnits(p, t.unlocked(w.open(link.UnitCode(parts[1]))))
}

// nudgeUnits reminds the officers of units, or who stands in for them: each
// unit once a day, whoever asks, and each person by one message. The outbox has
// the reminders rendered when it sends them, so that a hundred cost no more
// than a few. It says what it did.
func (t turn) nudgeUnits(period store.Period, list []deadline.Obligation) error {
	if len(list) > about.MostNudged {
		return t.Toast("nudge.too_many", text.Args{"Most": about.MostNudged})
	}

	var did nudges
	var order []store.PersonID
	of := map[store.PersonID][]store.Matter{}
	for _, o := range list {
		post, to, err := t.reminded(o)
		if err != nil {
			return err
		}
		if to == 0 {
			did.nobody = append(did.nobody, o.Unit)
			continue
		}

		step := t.Today.String() + "/" + string(o.Unit) // once a day
		m := store.Matter{Rule: deadline.Nudge, Step: step, Post: post.ID, Unit: o.Unit, Period: o.Period.ID}
		if _, err := t.Tx.Sent(m.Rule, m.Period, to, m.Step); err == nil {
			did.already = append(did.already, o.Unit)
			continue
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if of[to] == nil {
			order = append(order, to)
		}
		of[to], did.told = append(of[to], m), append(did.told, o.Unit)
	}

	for _, to := range order {
		if err := t.nudgePerson(to, of[to], period); err != nil {
			return err
		}
	}
	if _, err := t.Send(store.Message{Text: t.nudgeText(&did)}); err != nil {
		return err
	}
	return t.Record("period/"+string(period.ID), deadline.Nudge, "units", nil, did.told)
}

// nudges are the units by what became of the wish to remind them.
type nudges struct{ told, already, nobody []store.UnitCode }

// reminded returns who can be reminded of an obligation: who stands in for the
// officer, or the officer; 0 when nobody can, or the report went on paper.
func (t turn) reminded(o deadline.Obligation) (store.Post, store.PersonID, error) {
	post := t.Org.Officer(o.Unit)
	if o.Settled(t.Event.At) != "" {
		return post, 0, nil
	}
	for _, id := range []store.PersonID{post.Deputy, post.Holder} {
		if !org.StandsFor(post, id, t.Event.At) {
			continue
		}
		p, err := t.Tx.Person(id)
		if err == nil && p.Unreachable.IsZero() {
			return post, id, nil
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return post, 0, err
		}
	}
	return post, 0, nil
}

// nudgePerson queues one person's reminder, with a line of the ledger for each
// unit.
func (t turn) nudgePerson(to store.PersonID, of []store.Matter, period store.Period) error {
	p, err := t.Tx.Person(to)
	if err != nil {
		return err
	}
	cal, err := t.Calendar()
	if err != nil {
		return err
	}

	o := t.For(p)
	m := store.Message{
		To: p.Address, Kind: store.Send, Lane: store.ReminderLane, At: t.Event.At, About: of,
		Text: o.Text("nudge.officer", text.Args{"Period": period}),
	}
	if opens := cal.Opens(t.Event.At, reporting.Quiet()); opens.After(t.Event.At) {
		m.Due = opens
	}

	id, err := t.Tx.Enqueue(m)
	if err != nil {
		return err
	}
	for _, x := range of {
		if err := t.Tx.AddSent(store.Sent{
			Rule: x.Rule, Period: x.Period, Person: to, Step: x.Step, At: t.Event.At, Due: t.Event.At,
			Message: id, Units: []store.UnitCode{x.Unit},
		}); err != nil {
			return err
		}
	}
	return nil
}

// nudgeText says which units were reminded, which had been, and which could not
// be.
func (t turn) nudgeText(did *nudges) string {
	a := text.Args{"Told": len(did.told), "Already": len(did.already), "Nobody": len(did.nobody)}
	for key, list := range map[string][]store.UnitCode{"Names": did.told, "AlreadyNames": did.already, "NobodyNames": did.nobody} {
		a[key] = about.Units(t.Voice, list)
	}
	return t.Text("nudge.done", a)
}
