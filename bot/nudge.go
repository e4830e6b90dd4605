package bot

import (
	"errors"
	"slices"

	"danvan/flows/answer"
	"danvan/store"
	"danvan/store/agenda"
	"danvan/store/deadline"
	"danvan/store/gather"
)

// mostNudged is up to how many units are reminded by one tap: a turn is one
// transaction, and nobody is to wait for it.
const mostNudged = 300

// nudge reminds the officers of the units of a board whose report is missing,
// or of one of them, at somebody's wish.
func (t *turn) nudge(b store.Board, one store.UnitCode) error {
	if !t.may(remindUnits) {
		return t.toast("press.not_yours", nil)
	}
	f, err := gather.ReadFrame(t.tx, gather.Of(*boardMake(b, t.post, t.lang()), gather.Alone, t.Zone, answer.Metrics()).AsAt(t.ev.At))
	if errors.Is(err, store.ErrNotFound) {
		return t.toast("board.gone", nil)
	}
	if err != nil {
		return err
	}
	missing := slices.DeleteFunc(f.Missing(), func(o deadline.Obligation) bool {
		return one != "" && o.Unit != one || !t.ev.At.Before(o.Locked)
	})
	return t.nudgeUnits(b.Period, missing)
}

// nudgeUnits reminds the officers of units, or who stands in for them: each
// unit once a day, whoever asks, and each person by one message. The outbox has
// the reminders rendered when it sends them, so that a hundred cost no more
// than a few. It says what it did.
func (t *turn) nudgeUnits(period store.PeriodID, list []deadline.Obligation) error {
	if len(list) > mostNudged {
		return t.toast("nudge.too_many", args{"Most": mostNudged})
	}
	var did nudges
	var order []store.PersonID
	about := map[store.PersonID][]store.Matter{}
	for _, o := range list {
		post, to, err := t.reminded(o)
		if err != nil {
			return err
		}
		if to == 0 {
			did.nobody = append(did.nobody, o.Unit)
			continue
		}
		m := store.Matter{Rule: deadline.Nudge, Step: t.today.String() + "/" + string(o.Unit), Post: post.ID, Unit: o.Unit, Period: o.Period.ID}
		if _, err := t.tx.Sent(m.Rule, m.Period, to, m.Step); err == nil {
			did.already = append(did.already, o.Unit)
			continue
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if about[to] == nil {
			order = append(order, to)
		}
		about[to], did.told = append(about[to], m), append(did.told, o.Unit)
	}
	for _, to := range order {
		if err := t.nudgePerson(to, about[to], list[0].Period); err != nil {
			return err
		}
	}
	text, err := t.nudgeText(&did)
	if err != nil {
		return err
	}
	if _, err := t.send(store.Message{Text: text}); err != nil {
		return err
	}
	return t.record("period/"+string(period), deadline.Nudge, "units", nil, did.told)
}

// nudges are the units by what became of the wish to remind them.
type nudges struct{ told, already, nobody []store.UnitCode }

// reminded returns who can be reminded of an obligation: who stands in for the
// officer, or the officer; 0 when nobody can, or the report went on paper.
func (t *turn) reminded(o deadline.Obligation) (store.Post, store.PersonID, error) {
	post, err := officerPost(t.tx, o.Unit)
	if err != nil || o.Settled(t.ev.At) != "" {
		return post, 0, err
	}
	for _, id := range []store.PersonID{post.Deputy, post.Holder} {
		if !standsFor(post, id, t.ev.At) {
			continue
		}
		p, err := t.tx.Person(id)
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
func (t *turn) nudgePerson(to store.PersonID, about []store.Matter, period store.Period) error {
	p, err := t.tx.Person(to)
	if err != nil {
		return err
	}
	cal, err := t.calendar()
	if err != nil {
		return err
	}
	o := t.speak(t.tx, t.ev.At, p)
	m := store.Message{
		To: p.Address, Kind: store.Send, Lane: store.ReminderLane, At: t.ev.At, About: about,
		Text: o.text("nudge.officer", args{"Period": period}),
	}
	if opens := cal.Opens(t.ev.At, agenda.Quiet()); opens.After(t.ev.At) {
		m.Due = opens
	}
	id, err := t.tx.Enqueue(m)
	if err != nil {
		return err
	}
	for _, x := range about {
		if err := t.tx.AddSent(store.Sent{
			Rule: x.Rule, Period: x.Period, Person: to, Step: x.Step, At: t.ev.At, Due: t.ev.At, Message: id, Units: []store.UnitCode{x.Unit},
		}); err != nil {
			return err
		}
	}
	return nil
}

// nudgeText says which units were reminded, which had been, and which could not
// be.
func (t *turn) nudgeText(did *nudges) (string, error) {
	a := args{"Told": len(did.told), "Already": len(did.already), "Nobody": len(did.nobody)}
	for key, list := range map[string][]store.UnitCode{"Names": did.told, "AlreadyNames": did.already, "NobodyNames": did.nobody} {
		names, err := t.unitList(list)
		if err != nil {
			return "", err
		}
		a[key] = names
	}
	return t.text("nudge.done", a), nil
}
