package bot

import (
	"danvan/store"
)

// args are the arguments of a catalogue text.
type args = map[string]any

// tell queues a message by key, with the menu's keyboard left as it is.
func (t *turn) tell(key string, a args) error {
	_, err := t.send(store.Message{Text: t.text(key, a)})
	return err
}

// offer queues a message by key with buttons.
func (t *turn) offer(key string, a args, buttons [][]store.Button) error {
	_, err := t.send(store.Message{Text: t.text(key, a), Buttons: buttons})
	return err
}

// send queues a message to the person who is answered.
func (t *turn) send(m store.Message) (store.MessageID, error) {
	m.To = t.ev.From
	return t.queue(m)
}

// queue puts a reply into the outbox.
func (t *turn) queue(m store.Message) (store.MessageID, error) {
	if m.Kind == "" {
		m.Kind = store.Send
	}
	m.Lane, m.At = store.ReplyLane, t.ev.At
	return t.tx.Enqueue(m)
}

// revise changes the message under the pressed button in place.
func (t *turn) revise(m store.Message) error {
	m.Kind, m.Target = store.Edit, store.Target{Remote: t.ev.Input.Message}
	_, err := t.send(m)
	return err
}

// show answers with a screen: in place when a button of it was pressed, as a
// new message otherwise.
func (t *turn) show(m store.Message, inPlace bool) error {
	if inPlace {
		return t.revise(m)
	}
	_, err := t.send(m)
	return err
}

// toast tells the person who pressed a button, without a message.
func (t *turn) toast(key string, a args) error {
	t.ack.Toast = t.plain(key, a)
	return nil
}

// button returns a button labelled by key.
func (t *turn) button(key, data string, a args) store.Button {
	return store.Button{Text: t.plain(key, a), Data: data}
}

// green marks the main button, red the one that throws away.
func green(b store.Button) store.Button { b.Style = store.Success; return b }
func red(b store.Button) store.Button   { b.Style = store.Danger; return b }

// row is a row of buttons.
func row(b ...store.Button) []store.Button { return b }
