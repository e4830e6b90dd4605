package bot

import (
	"errors"
	"slices"
	"strings"

	"danvan/store"
	"danvan/store/agenda"
	"danvan/store/deadline"
)

// mostNudged is up to how many units are reminded by one tap: a turn is one
// transaction, and nobody is to wait for it.
const mostNudged = 300

// nudgeFrom reminds from a board.
func (t *turn) nudgeFrom(b store.Board, one store.UnitCode) error {
	if !t.may(watchReports) {
		return t.toast("press.not_yours", nil)
	}
	h, err := t.book.House(t.tx)
	if err != nil {
		return err
	}
	for _, c := range h.Campaigns {
		p, ok := deadline.ByID(c, h.Calendar, b.Period)
		if c.ID != b.Campaign || !ok {
			continue
		}
		roots := t.roots()
		if b.Unit != t.post.Unit {
			roots = []store.UnitCode{b.Unit}
		}
		w := watched{Period: agenda.Period{Period: p, Of: c}, cal: h.Calendar}
		if w.list, err = h.Obligations(t.tx, w.Period, t.ev.At, h.Under(roots...)); err != nil {
			return err
		}
		return t.nudge(w, one)
	}
	return t.toast("board.gone", nil)
}

// nudges are the units by what became of the wish to remind them.
type nudges struct{ told, already, nobody []store.UnitCode }

// nudge reminds the officers of the units that have not reported, or of one of
// them, because somebody above wants it: each unit once a day, whoever asks,
// and a person in one message. It says what it did, by name.
func (t *turn) nudge(w watched, one store.UnitCode) error {
	open := slices.DeleteFunc(w.open(), func(o deadline.Obligation) bool {
		return one != "" && o.Unit != one || !t.ev.At.Before(o.Locked)
	})
	if len(open) > mostNudged {
		return t.toast("nudge.too_many", args{"Most": mostNudged})
	}
	var did nudges
	var order []store.PersonID
	about := map[store.PersonID][]store.Matter{}
	for _, o := range open {
		to, why, err := t.whoReports(o)
		switch {
		case err != nil:
			return err
		case why != "":
			did.nobody = append(did.nobody, o.Unit)
			continue
		}
		m := store.Matter{Rule: deadline.Nudge, Step: t.today.String() + "/" + string(o.Unit), Post: store.MakePostID(o.Unit, store.Officer), Unit: o.Unit, Period: w.ID}
		if _, err := t.tx.Sent(m.Rule, m.Period, to, m.Step); err == nil {
			did.already = append(did.already, o.Unit)
			continue
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if about[to] == nil {
			order = append(order, to)
		}
		about[to] = append(about[to], m)
		did.told = append(did.told, o.Unit)
	}
	for _, to := range order {
		if err := t.nudgePerson(w, to, about[to]); err != nil {
			return err
		}
	}
	return t.sayNudged(did)
}

// whoReports is who is to be reminded of a unit's report now; or why nobody is.
func (t *turn) whoReports(o deadline.Obligation) (store.PersonID, string, error) {
	if why := o.Settled(t.ev.At); why != "" {
		return 0, why, nil
	}
	post, err := t.officerPost(o.Unit)
	if err != nil {
		return 0, "", err
	}
	to := post.Holder
	if standsFor(post, post.Deputy, t.ev.At) {
		to = post.Deputy
	}
	if to == 0 {
		return 0, deadline.SkipNobody, nil
	}
	p, err := t.tx.Person(to)
	if err == nil && !p.Unreachable.IsZero() {
		return 0, deadline.SkipUnreachable, nil
	}
	return to, "", err
}

// nudgePerson queues one person's reminder with its lines of the ledger. The
// outbox has it rendered when it goes out, so that a hundred cost no more here
// than a few.
func (t *turn) nudgePerson(w watched, to store.PersonID, about []store.Matter) error {
	p, err := t.tx.Person(to)
	if err != nil {
		return err
	}
	o := t.speak(t.tx, t.ev.At, p)
	m := store.Message{
		To: p.Address, Kind: store.Send, Lane: store.ReminderLane, At: t.ev.At, About: about,
		Text: o.text("remind.waiting", args{"Period": w.Period.Period}),
	}
	if opens := w.cal.Opens(t.ev.At, agenda.Quiet()); opens.After(t.ev.At) {
		m.Due = opens
	}
	id, err := t.tx.Enqueue(m)
	if err != nil {
		return err
	}
	for _, x := range about {
		line := store.Sent{
			Rule: x.Rule, Period: x.Period, Person: to, Step: x.Step, At: t.ev.At, Due: t.ev.At,
			Message: id, Units: []store.UnitCode{x.Unit},
		}
		if err := t.tx.AddSent(line); err != nil {
			return err
		}
	}
	return nil
}

// sayNudged says who was reminded, who had been, and who could not be.
func (t *turn) sayNudged(did nudges) error {
	a := args{"Told": len(did.told), "Already": len(did.already), "Nobody": len(did.nobody)}
	for key, list := range map[string][]store.UnitCode{"Names": did.told, "AlreadyNames": did.already, "NobodyNames": did.nobody} {
		names := make([]string, len(list))
		for i, code := range list {
			var err error
			if names[i], err = t.unit(code); err != nil {
				return err
			}
		}
		a[key] = strings.Join(names, ", ")
	}
	if err := t.tell("nudge.done", a); err != nil {
		return err
	}
	return t.record("period", deadline.Nudge, "units", nil, did.told)
}
