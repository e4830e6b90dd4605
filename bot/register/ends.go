package register

import (
	"slices"
	"time"

	"danvan/bot"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
)

// ends tells officers of models whose last day is near, or over while they are
// not finished.
func ends() bot.Reminder {
	return bot.Reminder{Rules: []string{deadline.End}, Dropped: finished, Say: remindEnds}
}

// finished reports that somebody else holds the post by now, or that no model of
// the unit ends on that day any more.
func finished(b *bot.Turn, m store.Matter) (string, error) {
	post, _ := b.Org.Seat(m.Post)
	if !org.StandsFor(post, b.Person.ID, b.Event.At) {
		return deadline.SkipMoved, nil
	}
	list, err := turn{b}.ending(m)
	if err != nil || len(list) > 0 {
		return "", err
	}
	return deadline.SkipFinished, nil
}

// ending lists the models that a matter is about, the oldest first, of those that its
// post looks after: those whose officer has asked for more time are not.
func (t turn) ending(m store.Matter) ([]store.Model, error) {
	to := deadline.TermOf(m.Step)
	post, _ := t.Org.Seat(m.Post)
	heads, err := t.Heads(store.ModelQuery{In: store.NewSubtree(m.Unit), States: store.StatesThat(store.State.Unfinished)})
	if err != nil {
		return nil, err
	}
	var out []store.Model
	for _, h := range slices.Backward(heads) {
		x, err := t.Tx.Model(h.ID)
		if err != nil {
			return nil, err
		}
		if x.To == to && t.Org.Covers(post, x) && (!x.Proposed() || lastDay(x.Proposal.Answers) == to) {
			out = append(out, x)
		}
	}
	return out, nil
}

// lastDay is that of a registration's answers.
func lastDay(answers []store.Answer) store.Date {
	period, _ := flows.Find(&store.Session{Answers: answers}, "period")
	return period.To
}

// mostEnds is how many models that end a message has buttons for.
const mostEnds = 4

// remindEnds says which models end, with what can be done about each.
func remindEnds(b *bot.Turn, m *store.Message, matters []store.Matter) error {
	t := turn{b}
	slices.SortStableFunc(matters, func(x, y store.Matter) int { return deadline.TermOf(x.Step).Compare(deadline.TermOf(y.Step)) })
	var list []store.Model
	for _, x := range matters {
		some, err := t.ending(x)
		if err != nil {
			return err
		}
		list = append(list, some...)
	}
	cal, err := t.Calendar()
	if err != nil {
		return err
	}

	over := 0
	for _, x := range list {
		if x.To.Before(t.Today) {
			over++
		}
	}

	shown := list[:min(len(list), mostEnds)]
	var lines []text.Args
	for i, x := range shown {
		n := i + 1
		if len(list) == 1 {
			n = 0
		}
		lines = append(lines, text.Args{
			"N": n, "Title": x.Title, "Code": x.Code, "Day": text.Weekday(x.To), "Over": x.To.Before(t.Today),
			"Left": cal.WorkingBetween(t.Today, x.To),
		})
		m.Buttons = append(m.Buttons, text.Row(
			t.Button("end.extend", link.Amend.To(link.Ref(x.ID), "until"), text.Args{"N": n}),
			text.Green(t.Button("end.done", link.Update.To(link.Ref(x.ID), string(store.MoveComplete)), text.Args{"N": n}))))
	}

	m.Text += t.Text("end.card", text.Args{
		"Count": len(list), "More": len(list) - len(shown), "Lines": t.Lines("end.line", lines), "Over": over,
	})
	return nil
}

// The days that are offered for a model to go on until: the ends of months so
// many after the last day, or after today.
var moreMonths = []int{1, 3, 6, 12}

// otherDay, in the place of a day, is one that the person types.
const otherDay = "other"

// askUntil offers days until which a model may go on.
func (t turn) askUntil(m store.Model) error {
	from := m.To
	if from.Before(t.Today) {
		from = t.Today
	}
	var buttons []store.Button
	for _, n := range moreMonths {
		day := store.DateOf(time.Date(from.Year, from.Month+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC))
		buttons = append(buttons, store.Button{Text: text.Date(day), Data: link.Amend.To(link.Ref(m.ID), "until", day.String())})
	}
	rows := append(text.InRows(buttons, 2), text.Row(t.Button("end.another", link.Amend.To(link.Ref(m.ID), "until", otherDay), nil)))
	_, err := t.Send(store.Message{Text: t.Text("end.ask", text.Args{"Title": m.Title, "Code": m.Code, "Day": m.To}), Buttons: rows})
	return err
}

// extend proposes that a model goes on until a day.
func (t turn) extend(m store.Model, day string) error {
	var to store.Date
	if err := to.UnmarshalText([]byte(day)); err != nil || to.Before(t.Today) {
		return t.Toast("press.unknown", nil)
	}

	s := store.Session{Form: forms.RegisterID, Subject: uint64(m.ID), Answers: t.wanted(m), Known: known(m)}
	i := slices.IndexFunc(s.Answers, func(a store.Answer) bool { return a.Field == "period" })
	if i < 0 {
		s.Answers = append(s.Answers, store.Answer{Field: "period", From: t.Today})
		i = len(s.Answers) - 1
	}
	s.Answers[i].To = to

	if err := t.Unbutton(); err != nil {
		return err
	}
	return t.resubmit(s)
}
