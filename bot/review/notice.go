package review

import (
	"errors"
	"time"

	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// noticeOpen is how long an officer's notice takes more in.
const noticeOpen = 10 * time.Minute

// notice returns the notice by a name; an empty one if none stands in the chat of
// the person.
func (t turn) notice(name string) (store.Notice, error) {
	n, err := t.Tx.Notice(name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return n, err
	}
	if n.Message == 0 || n.To != t.Person.ID {
		return store.Notice{Name: name, To: t.Person.ID}, nil
	}
	return n, nil
}

// put sends a notice, or edits the one that is there. Where that is gone the edit
// arrives as a new message, which is the notice from then on.
func (t turn) put(n store.Notice, m store.Message) error {
	if n.Message != 0 {
		m.Kind, m.Target = store.Edit, store.Target{Message: n.Message}
	}
	m.Track = &store.Track{}
	var err error
	if n.Message, err = t.Send(m); err != nil {
		return err
	}
	return t.Tx.PutNotice(n)
}

// tellAccepted tells an officer what was accepted or confirmed. What is
// decided within some minutes makes one message.
func (t turn) tellAccepted(m store.Model) error {
	holder, ok, err := about.Holder(t.Turn, m.Post)
	if !ok || err != nil || holder.Person.ID == t.Person.ID {
		return err
	}
	to := turn{holder}
	n, err := to.notice("accepted/" + string(m.Post))
	if err != nil {
		return err
	}
	if t.Event.At.Sub(n.At).Abs() > noticeOpen { // Abs: a clock may have been ahead
		n = store.Notice{Name: n.Name, To: n.To}
	}

	n.About = append(n.About, store.Told{Model: m.ID, State: m.State})
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
	n.At = t.Event.At
	return to.put(n, message)
}
