package bot

import (
	"errors"

	"danvan/store"
	"danvan/store/agenda"
	"danvan/store/deadline"
)

// sendPaper notes that the report went by paper, and asks the coordinator
// whether it has arrived. Until the answer the officer is left alone. Where
// there is nobody to ask, the officer's word is enough.
func (t *turn) sendPaper(d duty) error {
	if ok, err := t.mayStillReport(d); !ok || err != nil {
		return err
	}
	if d.Settled(t.ev.At) == deadline.OnPaper {
		return t.toast("report.already", nil)
	}
	asked, ok, err := t.above(d.Unit, store.Coordinator)
	if err != nil {
		return err
	}
	r, err := t.putReport(d, "submit", func(r *store.Report) { r.Paper, r.Confirmed = true, !ok })
	if err != nil {
		return err
	}
	if err := t.unbutton(); err != nil {
		return err
	}
	a, err := t.dutyArgs(d)
	if err != nil {
		return err
	}
	at := dutyKey(d) + "." + ref(r.Revision)
	if ok {
		a["Asked"] = asked.post
	}
	if err := t.offer("paper.noted", a, [][]store.Button{row(t.button("report.withdraw", pressReport+"back."+at, nil))}); err != nil || !ok {
		return err
	}
	return t.tellOther(asked.person, func(o *turn) (store.Message, error) {
		a, err := o.dutyArgs(d)
		if err != nil {
			return store.Message{}, err
		}
		a["Name"], a["Unit"] = t.person.Name, capital(a["Unit"].(string))
		return store.Message{Text: o.text("paper.ask", a), Buttons: [][]store.Button{row(
			green(o.button("paper.got", pressReport+"got."+at, nil)), o.button("paper.unseen", pressReport+"unseen."+at, nil),
		)}}, nil
	})
}

// onPaper is what the coordinator's buttons do.
var onPaper = map[string]func(*turn, duty, uint64) error{
	"got":    fenced(func(t *turn, d duty) error { return t.judgePaper(d, "paper.confirmed", true) }),
	"unseen": fenced(func(t *turn, d duty) error { return t.judgePaper(d, "paper.missed", false) }),
}

// judgePaper takes the coordinator's word on a report that went by paper. One
// that has not arrived counts as taken back, so that the officer is reminded
// again.
func (t *turn) judgePaper(d duty, key string, arrived bool) error {
	if d.Settled(t.ev.At) != deadline.OnPaper {
		return t.toast("report.changed", nil)
	}
	a, err := t.dutyArgs(d)
	if err != nil {
		return err
	}
	if !t.ev.At.Before(d.Locked) {
		if a["Who"], err = t.whoExtends(d.Unit); err != nil {
			return err
		}
		return t.tell("report.locked", a)
	}
	r, err := t.putReport(d, "paper", func(r *store.Report) {
		if r.Confirmed = arrived; !arrived {
			r.WithdrawnAt = t.ev.At
		}
	})
	if err != nil {
		return err
	}
	a["Said"] = true
	who := row(t.button("remind.who", pressWho+"show."+token(d.Period.ID), nil))
	if err := t.revise(store.Message{Text: t.text(key, a), Buttons: [][]store.Button{who}}); err != nil {
		return err
	}
	officer, err := t.tx.Person(d.Report.By)
	if errors.Is(err, store.ErrNotFound) || officer.ID == t.person.ID {
		return nil
	}
	if err != nil {
		return err
	}
	d.Report = &r
	return t.tellOther(officer, func(o *turn) (store.Message, error) {
		a, err := o.dutyArgs(d)
		if err != nil {
			return store.Message{}, err
		}
		a["Said"] = false
		button := o.button("report.see", pressReport+"show."+dutyKey(d), nil)
		if !arrived {
			button = green(o.button("report.open", pressReport+"show."+dutyKey(d), nil))
		}
		return store.Message{Text: o.text(key, a), Buttons: [][]store.Button{row(button)}}, nil
	})
}

// holder is somebody in a post.
type holder struct {
	person store.Person
	post   store.Post
}

// above returns who is nearest above a unit in a role and can be reached, other
// than the person who asks.
func (t *turn) above(unit store.UnitCode, role store.Role) (holder, bool, error) {
	line, err := t.upwards(unit)
	if err != nil {
		return holder{}, false, err
	}
	for _, u := range line[min(1, len(line)):] {
		post, err := t.tx.Post(store.MakePostID(u.Code, role))
		if errors.Is(err, store.ErrNotFound) || err == nil && (post.Holder == 0 || post.Holder == t.person.ID) {
			continue
		}
		if err != nil {
			return holder{}, false, err
		}
		p, err := t.tx.Person(post.Holder)
		if err != nil {
			return holder{}, false, err
		}
		if p.Unreachable.IsZero() {
			return holder{p, post}, true, nil
		}
	}
	return holder{}, false, nil
}

// tellOther queues a message to somebody else, in that person's language, for
// when people may be disturbed.
func (t *turn) tellOther(p store.Person, say func(*turn) (store.Message, error)) error {
	cal, err := t.calendar()
	if err != nil {
		return err
	}
	m, err := say(t.speak(t.tx, t.ev.At, p))
	if err != nil {
		return err
	}
	m.To, m.Kind, m.Lane, m.At = p.Address, store.Send, store.ReminderLane, t.ev.At
	if opens := cal.Opens(t.ev.At, agenda.Quiet()); opens.After(t.ev.At) {
		m.Due = opens
	}
	_, err = t.tx.Enqueue(m)
	return err
}

// whoExtends names who can still change a period that is closed for a unit.
func (t *turn) whoExtends(unit store.UnitCode) (string, error) {
	who, ok, err := t.above(unit, store.Coordinator)
	if err != nil || !ok {
		return t.plain("report.nobody", nil), err
	}
	return t.postName(t.own(), who.post, false)
}
