package bot

import (
	"fmt"

	"danvan/bot/text"
	"danvan/store"
	"danvan/store/reporting"
)

// Tell queues a message by key, with the menu's keyboard left as it is.
func (t *Turn) Tell(key string, a text.Args) error { return t.Offer(key, a, nil) }

// Offer queues a message by key with buttons.
func (t *Turn) Offer(key string, a text.Args, buttons [][]store.Button) error {
	_, err := t.Send(store.Message{Text: t.Text(key, a), Buttons: buttons})
	return err
}

// Send queues a message to the person who is answered.
func (t *Turn) Send(m store.Message) (store.MessageID, error) {
	m.To = t.Event.From
	return t.Queue(m)
}

// Queue puts a reply into the outbox.
func (t *Turn) Queue(m store.Message) (store.MessageID, error) {
	if m.Kind == "" {
		m.Kind = store.Send
	}
	m.Lane, m.At = store.ReplyLane, t.Event.At
	return t.Tx.Enqueue(m)
}

// Revise changes the message under the pressed button in place.
func (t *Turn) Revise(m store.Message) error {
	m.Kind, m.Target = store.Edit, store.Target{Remote: t.Event.Input.Message}
	_, err := t.Send(m)
	return err
}

// Show answers with a screen: in place when a button of it was pressed, as a
// new message otherwise.
func (t *Turn) Show(m store.Message, inPlace bool) error {
	if inPlace {
		return t.Revise(m)
	}
	_, err := t.Send(m)
	return err
}

// Unbutton takes the buttons off the pressed message: it has been answered.
func (t *Turn) Unbutton() error { return t.Revise(store.Message{}) }

// Toast tells the person who pressed a button, without a message where the
// channel can.
func (t *Turn) Toast(key string, a text.Args) error {
	if !t.Voice.Limits.Buttons {
		return t.Tell(key, a)
	}
	t.ack.Toast = t.Plain(key, a)
	return nil
}

// Greet queues a message that also brings the menu and the list of commands up
// to date: after enrolment, a change of post or of language.
func (t *Turn) Greet(key string, a text.Args) error {
	if _, err := t.Send(store.Message{Kind: store.Commands, Commands: t.Bot.Commands(t.Lang, t.Post.Role)}); err != nil {
		return err
	}
	_, err := t.Send(store.Message{Text: t.Text(key, a), Keyboard: t.Menu(t.Lang, t.Post.Role)})
	return err
}

// TellOther queues a message to somebody else, in that person's language, for
// when people may be disturbed.
func (t *Turn) TellOther(p store.Person, say func(*Turn) (store.Message, error)) error {
	cal, err := t.Calendar()
	if err != nil {
		return err
	}
	m, err := say(t.For(p))
	if err != nil {
		return err
	}

	m.To, m.Kind, m.Lane, m.At = p.Address, store.Send, store.ReminderLane, t.Event.At
	if opens := cal.Opens(t.Event.At, reporting.Quiet()); opens.After(t.Event.At) {
		m.Due = opens
	}
	_, err = t.Tx.Enqueue(m)
	return err
}

// Record writes one line of who did what.
func (t *Turn) Record(subject, action, field string, old, now any) error {
	id, err := t.Tx.NewID()
	if err != nil {
		return err
	}
	return t.Tx.AddAudit(store.Audit{
		ID: id, At: t.Event.At, Who: t.Person.ID, Post: t.Post.ID,
		Subject: subject, Action: action, Field: field, Old: auditText(old), New: auditText(now),
	})
}

func auditText(value any) string {
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}
