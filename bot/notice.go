package bot

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"danvan/flows/forms"
	"danvan/store"
)

// How often a notice is edited, how long an officer's takes more in, and for
// how long one can be found in the chat again.
const (
	noticeEvery = 15 * time.Second
	noticeOpen  = 10 * time.Minute
	noticeLife  = 40 * 24 * time.Hour // delivery records are kept for 45 days
)

// noticeUnits is how many units a notice names.
const noticeUnits = 4

// checkNotice names the message that tells a coordinator what waits.
func checkNotice(p store.PostID) string { return "check/" + string(p) }

// tellChecker tells a coordinator of a model that waits. What comes before the
// coordinator looks joins the same message, which is edited in place.
func (t *turn) tellChecker(p store.Post, m store.Model) error {
	to, ok, err := t.holderOf(p.ID)
	if !ok || err != nil {
		return err
	}
	n, fresh, err := to.notice(checkNotice(p.ID), noticeLife)
	if err != nil {
		return err
	}
	n.About = slices.DeleteFunc(n.About, func(a store.Told) bool { return a.Model == m.ID })
	n.About = append(n.About, store.Told{Model: m.ID, Unit: m.Unit, State: m.State})
	if !fresh && t.ev.At.Sub(n.At) < noticeEvery {
		return t.tx.PutNotice(n) // the next one, or /duyet, shows it
	}
	text, err := to.checkNoticeText(n.About)
	if err != nil {
		return err
	}
	return to.putNotice(n, store.Message{Text: text, Buttons: [][]store.Button{row(
		green(to.button("check.look", pressCheck+"queue.", nil)))}})
}

// notice returns the notice by a name if it still stands in the chat of the
// person and is no older than life; a new one otherwise.
func (t *turn) notice(name string, life time.Duration) (n store.Notice, fresh bool, err error) {
	n, err = t.tx.Notice(name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return n, false, err
	}
	if n.Message == 0 || n.To != t.person.ID || t.ev.At.Sub(n.At) > life {
		return store.Notice{Name: name, To: t.person.ID}, true, nil
	}
	return n, false, nil
}

// putNotice sends a notice, or edits the one that is there.
func (t *turn) putNotice(n store.Notice, m store.Message) error {
	if n.Message != 0 {
		m.Kind, m.Target = store.Edit, store.Target{Message: n.Message}
		if _, err := t.send(m); err != nil {
			return err
		}
	} else {
		m.Track = &store.Track{}
		id, err := t.send(m)
		if err != nil {
			return err
		}
		n.Message = id
	}
	n.At = t.ev.At
	return t.tx.PutNotice(n)
}

// closeNotice ends the notice of checks: its reader looks at the queue now.
// The message that was pressed becomes the queue; another loses its button.
func (t *turn) closeNotice(pressed bool) error {
	n, fresh, err := t.notice(checkNotice(t.post.ID), noticeLife)
	if fresh || err != nil {
		return err
	}
	if !pressed {
		if _, err := t.send(store.Message{Kind: store.Edit, Target: store.Target{Message: n.Message}}); err != nil {
			return err
		}
	}
	return t.tx.PutNotice(store.Notice{Name: n.Name, To: n.To, At: t.ev.At})
}

// checkNoticeText says how many registrations and completions wait, and of
// which units.
func (t *turn) checkNoticeText(about []store.Told) (string, error) {
	var lines []args
	for _, state := range []store.State{store.Waiting, store.Done} {
		some := slices.DeleteFunc(slices.Clone(about), func(a store.Told) bool { return a.State != state })
		if len(some) == 0 {
			continue
		}
		units, more, err := t.countedUnits(some)
		if err != nil {
			return "", err
		}
		lines = append(lines, args{"Count": len(some), "State": string(state), "Units": units, "More": more})
	}
	return string(t.lines("notice.line", lines)), nil
}

// countedUnits names the units of some models, those with the most first, and
// says how many more there are.
func (t *turn) countedUnits(about []store.Told) (named markup, more int, err error) {
	counts, units := map[store.UnitCode]int{}, []store.UnitCode{}
	for _, a := range about {
		if counts[a.Unit]++; counts[a.Unit] == 1 {
			units = append(units, a.Unit)
		}
	}
	slices.SortStableFunc(units, func(a, b store.UnitCode) int { return cmp.Compare(counts[b], counts[a]) })
	list := make([]args, 0, noticeUnits)
	for _, code := range units[:min(len(units), noticeUnits)] {
		unit, err := t.unit(code)
		if err != nil {
			return "", 0, err
		}
		list = append(list, args{"Unit": unit, "Count": counts[code]})
	}
	return t.listed("notice.unit", list), len(units) - len(list), nil
}

// tellAccepted tells an officer what was accepted or confirmed. What is
// decided within some minutes makes one message.
func (t *turn) tellAccepted(m store.Model) error {
	to, ok, err := t.holderOf(m.Post)
	if !ok || err != nil || to.person.ID == t.person.ID {
		return err
	}
	n, _, err := to.notice("accepted/"+string(m.Post), noticeOpen)
	if err != nil {
		return err
	}
	n.About = append(n.About, store.Told{Model: m.ID, Unit: m.Unit, State: m.State})
	lines := make([]args, len(n.About))
	for i, a := range n.About {
		m, err := t.tx.Model(a.Model)
		if err != nil {
			return err
		}
		lines[i] = args{"Title": m.Title, "Code": m.Code, "State": string(a.State)}
	}
	message := store.Message{
		Text:    to.text("notice.accepted_many", args{"Lines": to.lines("notice.accepted_line", lines)}),
		Buttons: [][]store.Button{row(to.button("button.update_model", pressNew+forms.UpdateID, nil))},
	}
	if len(lines) == 1 {
		message.Text = to.text("notice.accepted", lines[0])
		message.Buttons = [][]store.Button{row(to.button("button.show_model", pressCard+ref(m.ID), nil))}
		if m.State == store.Accepted {
			message.Buttons[0] = append(row(green(to.button("button.update", pressUpdate+ref(m.ID), nil))), message.Buttons[0]...)
		}
	}
	return to.putNotice(n, message)
}
