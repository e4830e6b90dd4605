package reports

import (
	"errors"
	"strconv"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
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

	if err := t.tellOthers(d, "paper"); err != nil {
		return err
	}
	a := d.Args(t.Turn)
	if ok {
		a["Asked"] = asked.post
	}
	back := text.Row(t.Button("report.withdraw", link.Report.To("back."+d.Link()+"."+link.Ref(r.Revision)), nil))
	if err := t.Offer("paper.noted", a, [][]store.Button{back}); err != nil || !ok {
		return err
	}

	d.Report = &r
	return t.TellOther(asked.person, func(o *bot.Turn) (store.Message, error) { return turn{o}.paperQuestion(d, t.Person.Name) })
}

// paperQuestion asks whether a report on paper has come, that somebody told of.
func (t turn) paperQuestion(d about.Obligation, name string) (store.Message, error) {
	a := d.Args(t.Turn)
	a["Name"], a["Unit"], a["Since"] = name, text.Capital(a["Unit"].(string)), text.DayOf(d.Report.SubmittedAt.In(t.Zone))
	a["Again"] = store.DateOf(d.Report.SubmittedAt.In(t.Zone)).Before(t.Today)
	return store.Message{Text: t.Text("paper.ask", a), Buttons: [][]store.Button{text.Row(
		text.Green(t.Button("paper.got", link.Report.To("got."+d.Fence()), nil)),
		t.Button("paper.unseen", link.Report.To("unseen."+d.Fence()), nil),
	)}}, nil
}

// mostPapers is how many reports on paper one question lists.
const mostPapers = 8

// askPapers asks again about reports on paper: with the answers under it when it
// is one, else with a button to the question of each.
func askPapers(b *bot.Turn, m *store.Message, matters []store.Matter) error {
	t := turn{b}
	list, err := about.AllDue(b, matters)
	if err != nil {
		return err
	}
	if len(list) == 1 {
		q, err := t.askPaper(list[0].Obligation)
		m.Text, m.Buttons = m.Text+q.Text, append(m.Buttons, q.Buttons...)
		return err
	}

	var lines []text.Args
	var numbers []store.Button
	for i, x := range list[:min(len(list), mostPapers)] {
		a := x.Obligation.Args(b)
		a["N"], a["Since"] = i+1, text.DayOf(x.Report.SubmittedAt.In(t.Zone))
		lines = append(lines, a)
		numbers = append(numbers, store.Button{Text: strconv.Itoa(i + 1), Data: link.Report.To("ask." + x.Obligation.Link())})
	}
	m.Text += t.Text("paper.ask_many", text.Args{
		"Count": len(list), "Lines": t.Lines("paper.line", lines), "More": len(list) - len(lines),
	})
	m.Buttons = append(m.Buttons, text.InRows(numbers, 4)...)
	return nil
}

// askPaper asks about one report on paper, by the name of who told of it.
func (t turn) askPaper(d about.Obligation) (store.Message, error) {
	who, err := t.Tx.Person(d.Report.By)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return store.Message{}, err
	}
	return t.paperQuestion(d, who.Name)
}

// showPaper asks about one of several.
func (t turn) showPaper(d about.Obligation) error {
	if d.Settled(t.Event.At) != deadline.OnPaper {
		return t.Toast("report.changed", t.standing(d))
	}
	m, err := t.askPaper(d)
	if err == nil {
		_, err = t.Send(m)
	}
	return err
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
	hears := reporting.Hears(t.Tx)
	var failed error
	post, ok := t.Org.Nearest(unit, role, func(p store.Post) bool {
		if failed != nil || p.Unit == unit || p.Unit == "" || p.Holder == 0 || p.Holder == t.Person.ID {
			return false
		}
		heard, err := hears(p.Holder)
		failed = err
		return heard
	})
	if !ok || failed != nil {
		return holder{}, false, failed
	}
	p, err := t.Tx.Person(post.Holder)
	return holder{p, post}, true, err
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
