package review

import (
	"slices"

	"danvan/bot"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
)

// overdue tells coordinators, once on a working day, of the registrations whose
// answer is due by then.
func overdue() bot.Reminder {
	return bot.Reminder{Rules: []string{deadline.Check}, Dropped: answered, Say: remindOverdue}
}

// answered reports that somebody else holds the post by now, or that nothing of
// the unit is due any more.
func answered(b *bot.Turn, m store.Matter) (string, error) {
	post, _ := b.Org.Seat(m.Post)
	if !org.StandsFor(post, b.Person.ID, b.Event.At) {
		return deadline.SkipMoved, nil
	}
	due, err := turn{b}.due(m.Post, m.Unit)
	if err != nil || len(due) > 0 {
		return "", err
	}
	return deadline.SkipAnswered, nil
}

// due lists the registrations of some units that a post is to answer by today.
func (t turn) due(post store.PostID, units ...store.UnitCode) ([]deadline.Waiting, error) {
	set, err := t.Setting()
	if err != nil {
		return nil, err
	}
	list, err := set.Waiting(t.Tx, store.NewSubtree(units...))
	return slices.DeleteFunc(list, func(w deadline.Waiting) bool {
		return w.Post != post || t.Today.Before(w.Due)
	}), err
}

// remindOverdue says what is due in the queue of each post.
func remindOverdue(b *bot.Turn, m *store.Message, matters []store.Matter) error {
	var posts []store.PostID
	units := map[store.PostID][]store.UnitCode{}
	for _, x := range matters {
		if units[x.Post] == nil {
			posts = append(posts, x.Post)
		}
		units[x.Post] = append(units[x.Post], x.Unit)
	}

	for i, id := range posts {
		t := turn{b.For(b.Person)}
		t.Post, _ = t.Org.Seat(id)
		said, err := t.overdueText(units[id])
		if err != nil {
			return err
		}
		if i > 0 {
			m.Text += "\n"
		}
		m.Text += said
	}
	m.Buttons = append(m.Buttons, text.Row(text.Green(b.Button("check.look", link.Check.To("queue."), nil))))
	return nil
}

// overdueText says what of some units is due in the post's queue.
func (t turn) overdueText(units []store.UnitCode) (string, error) {
	list, err := t.due(t.Post.ID, units...)
	if err != nil {
		return "", err
	}
	all, err := t.tasks()
	if err != nil {
		return "", err
	}
	cal, err := t.Calendar()
	if err != nil {
		return "", err
	}

	over := 0
	due := make([]store.UnitCode, len(list))
	for i, w := range list {
		due[i], over = w.Unit, max(over, -cal.WorkingBetween(t.Today, w.Due))
	}
	named, more := countedUnits(t.Voice, due)
	return t.Text("notice.overdue", text.Args{"Count": len(due), "Over": over, "Units": named, "More": more, "All": len(all)}), nil
}
