package review

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// How often a notice is edited, how long an officer's takes more in, and for
// how long one can be found in the chat again.
const (
	noticeEvery = 15 * time.Second
	noticeOpen  = 10 * time.Minute
	noticeLife  = 40 * 24 * time.Hour // delivery records are kept for 45 days
)

// How many units a notice names, and of how many models it knows which they are.
const (
	noticeUnits  = 4
	noticeModels = 50
)

// checkNotice names the message that tells a coordinator what waits.
func checkNotice(p store.PostID) string { return "check/" + string(p) }

// tellChecker tells a coordinator of a model that waits. What comes before the
// coordinator looks joins the same message, which is edited in place.
func (t turn) tellChecker(p store.Post, m store.Model) error {
	holder, ok, err := about.Holder(t.Turn, p.ID)
	if !ok || err != nil {
		return err
	}
	to := turn{holder}
	n, fresh, err := to.notice(checkNotice(p.ID), noticeLife)
	if err != nil {
		return err
	}
	n.Tell(store.Told{Model: m.ID, Unit: m.Unit, State: waitsAs(m)}, noticeModels)
	if !fresh && t.Event.At.Sub(n.At) < noticeEvery {
		return t.Tx.PutNotice(n) // the next one, or /duyet, shows it
	}
	return to.putNotice(n, store.Message{Text: to.checkNoticeText(n), Buttons: [][]store.Button{text.Row(
		text.Green(to.Button("check.look", link.Check.To("queue."), nil)))}})
}

// notice returns the notice by a name if it still stands in the chat of the
// person and is no older than life; a new one otherwise.
func (t turn) notice(name string, life time.Duration) (n store.Notice, fresh bool, err error) {
	n, err = t.Tx.Notice(name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return n, false, err
	}
	if n.Message == 0 || n.To != t.Person.ID || t.Event.At.Sub(n.At) > life {
		return store.Notice{Name: name, To: t.Person.ID}, true, nil
	}
	return n, false, nil
}

// putNotice sends a notice, or edits the one that is there.
func (t turn) putNotice(n store.Notice, m store.Message) error {
	if n.Message != 0 {
		m.Kind, m.Target = store.Edit, store.Target{Message: n.Message}
		if _, err := t.Send(m); err != nil {
			return err
		}
	} else {
		m.Track = &store.Track{}
		id, err := t.Send(m)
		if err != nil {
			return err
		}
		n.Message = id
	}
	n.At = t.Event.At
	return t.Tx.PutNotice(n)
}

// closeNotice ends the notice of checks: its reader looks at the queue now.
// The message that was pressed becomes the queue; another loses its button.
func (t turn) closeNotice(pressed bool) error {
	n, fresh, err := t.notice(checkNotice(t.Post.ID), noticeLife)
	if fresh || err != nil {
		return err
	}
	if !pressed {
		if _, err := t.Send(store.Message{Kind: store.Edit, Target: store.Target{Message: n.Message}}); err != nil {
			return err
		}
	}
	return t.Tx.PutNotice(store.Notice{Name: n.Name, To: n.To, At: t.Event.At})
}

// checkNoticeText says how many registrations and completions wait, and of
// which units.
func (t turn) checkNoticeText(n store.Notice) string {
	var lines []text.Args
	for _, state := range []store.State{store.Waiting, store.Done, proposed} {
		some := slices.DeleteFunc(slices.Clone(n.About), func(a store.Told) bool { return a.State != state })
		if len(some) == 0 {
			continue
		}
		units, more := t.countedUnits(some)
		lines = append(lines, text.Args{"Count": len(some) + n.Earlier[state], "State": string(state), "Units": units, "More": more})
	}
	return string(t.Lines("notice.line", lines))
}

// countedUnits names the units of some models, those with the most first, and
// says how many more there are.
func (t turn) countedUnits(of []store.Told) (named text.Markup, more int) {
	counts, units := map[store.UnitCode]int{}, []store.UnitCode{}
	for _, a := range of {
		if counts[a.Unit]++; counts[a.Unit] == 1 {
			units = append(units, a.Unit)
		}
	}
	slices.SortStableFunc(units, func(a, b store.UnitCode) int { return cmp.Compare(counts[b], counts[a]) })
	list := make([]text.Args, 0, noticeUnits)
	for _, code := range units[:min(len(units), noticeUnits)] {
		list = append(list, text.Args{"Unit": t.UnitName(code), "Count": counts[code]})
	}
	return t.Listed("notice.unit", list), len(units) - len(list)
}

// tellAccepted tells an officer what was accepted or confirmed. What is
// decided within some minutes makes one message.
func (t turn) tellAccepted(m store.Model) error {
	holder, ok, err := about.Holder(t.Turn, m.Post)
	if !ok || err != nil || holder.Person.ID == t.Person.ID {
		return err
	}
	to := turn{holder}
	n, _, err := to.notice("accepted/"+string(m.Post), noticeOpen)
	if err != nil {
		return err
	}

	n.About = append(n.About, store.Told{Model: m.ID, Unit: m.Unit, State: m.State})
	lines := make([]text.Args, len(n.About))
	for i, a := range n.About {
		m, err := t.Tx.Model(a.Model)
		if err != nil {
			return err
		}
		lines[i] = text.Args{"Title": m.Title, "Code": m.Code, "State": string(a.State)}
	}

	message := store.Message{
		Text:    to.Text("notice.accepted_many", text.Args{"Lines": to.Lines("notice.accepted_line", lines)}),
		Buttons: [][]store.Button{text.Row(to.Button("button.update_model", link.News.To(), nil))},
	}
	if len(lines) == 1 {
		message.Text = to.Text("notice.accepted", lines[0])
		buttons := text.Row(about.CardButton(holder, m))
		if m.State == store.Accepted {
			buttons = append(text.Row(text.Green(to.Button("button.update", link.Update.To(link.Ref(m.ID)), nil))), buttons...)
		}
		message.Buttons = [][]store.Button{buttons}
	}
	return to.putNotice(n, message)
}
