package reports

import (
	"errors"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
)

// sendPaper notes that the report went by paper, and asks the coordinator
// whether it has arrived. Until the answer the officer is left alone. Where
// there is nobody to ask, the officer's word is enough.
func (t turn) sendPaper(d about.Obligation) error {
	if ok, err := t.mayStillReport(d); !ok || err != nil {
		return err
	}
	if d.Settled(t.Event.At) == deadline.OnPaper {
		return t.Toast("report.already", t.standing(d))
	}

	asked, ok, err := t.above(d.Unit, store.Coordinator)
	if err != nil {
		return err
	}
	r, err := t.putReport(d, "submit", func(r *store.Report) { r.Paper, r.Confirmed = true, !ok })
	if err != nil {
		return err
	}
	if err := t.Unbutton(); err != nil {
		return err
	}

	a := d.Args(t.Turn)
	at := d.Link() + "." + link.Ref(r.Revision)
	if ok {
		a["Asked"] = asked.post
	}
	back := text.Row(t.Button("report.withdraw", link.Report.To("back."+at), nil))
	if err := t.Offer("paper.noted", a, [][]store.Button{back}); err != nil || !ok {
		return err
	}

	return t.TellOther(asked.person, func(o *bot.Turn) (store.Message, error) {
		a := d.Args(o)
		a["Name"], a["Unit"] = t.Person.Name, text.Capital(a["Unit"].(string))
		return store.Message{Text: o.Text("paper.ask", a), Buttons: [][]store.Button{text.Row(
			text.Green(o.Button("paper.got", link.Report.To("got."+at), nil)), o.Button("paper.unseen", link.Report.To("unseen."+at), nil),
		)}}, nil
	})
}

// judgePaper takes the coordinator's word on a report that went by paper. One
// that has not arrived counts as taken back, so that the officer is reminded
// again.
func (t turn) judgePaper(d about.Obligation, key string, arrived bool) error {
	if d.Settled(t.Event.At) != deadline.OnPaper {
		return t.Toast("report.changed", t.standing(d))
	}
	if !t.Event.At.Before(d.Locked) {
		return t.sayLocked(d)
	}

	r, err := t.putReport(d, "paper", func(r *store.Report) {
		if r.Confirmed = arrived; !arrived {
			r.WithdrawnAt = t.Event.At
		}
	})
	if err != nil {
		return err
	}
	a := d.Args(t.Turn)
	a["Said"] = true
	who := text.Row(t.Button("remind.who", link.Watch.To("show."+link.Period(d.Period.ID)), nil))
	if err := t.Revise(store.Message{Text: t.Text(key, a), Buttons: [][]store.Button{who}}); err != nil {
		return err
	}

	officer, err := t.Tx.Person(d.Report.By)
	if errors.Is(err, store.ErrNotFound) || officer.ID == t.Person.ID {
		return nil
	}
	if err != nil {
		return err
	}
	d.Report = &r
	return t.TellOther(officer, func(o *bot.Turn) (store.Message, error) {
		a := d.Args(o)
		a["Said"] = false
		button := o.Button("report.see", link.Report.To("show."+d.Link()), nil)
		if !arrived {
			button = text.Green(o.Button("report.open", link.Report.To("show."+d.Link()), nil))
		}
		return store.Message{Text: o.Text(key, a), Buttons: [][]store.Button{text.Row(button)}}, nil
	})
}

// holder is somebody in a post.
type holder struct {
	person store.Person
	post   store.Post
}

// above returns who is nearest above a unit in a role and can be reached, other
// than the person who asks.
func (t turn) above(unit store.UnitCode, role store.Role) (holder, bool, error) {
	for u := range t.Org.Up(unit) {
		post, _ := t.Org.Seat(store.MakePostID(u.Code, role))
		if u.Code == unit || post.Holder == 0 || post.Holder == t.Person.ID {
			continue
		}
		p, err := t.Tx.Person(post.Holder)
		if err != nil {
			return holder{}, false, err
		}
		if p.Unreachable.IsZero() {
			return holder{p, post}, true, nil
		}
	}
	return holder{}, false, nil
}

// sayLocked says that a period is closed for a unit, and who can still change
// that.
func (t turn) sayLocked(d about.Obligation) error {
	who, ok, err := t.above(d.Unit, store.Coordinator)
	if err != nil {
		return err
	}

	a := d.Args(t.Turn)
	a["Who"] = t.Plain("report.nobody", nil)
	if ok {
		a["Who"] = t.ShortPostName(who.post)
	}
	return t.Tell("report.locked", a)
}
