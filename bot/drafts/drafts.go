package drafts

import (
	"slices"

	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// list shows the drafts that are worth showing, each with a button to go on.
// Those that one list has no room for follow as these go.
func (t turn) list() error {
	drafts, err := t.Tx.SessionsOf(t.Post.ID)
	if err != nil {
		return err
	}
	drafts = slices.DeleteFunc(drafts, func(s store.Session) bool { return !t.Keeps(&s) })
	if len(drafts) == 0 {
		return t.listNone()
	}

	var lines []text.Args
	var buttons [][]store.Button
	for i, s := range drafts[:min(len(drafts), text.ListPage)] {
		name, err := t.DraftName(&s)
		if err != nil {
			return err
		}
		lines = append(lines, text.Args{"N": i + 1, "Draft": name, "When": s.Touched})
		buttons = append(buttons, text.Row(
			t.Button("draft.go_on", link.Draft.To(link.Ref(s.ID)), text.Args{"N": i + 1}),
			t.Button("draft.throw", link.Throw.To(link.Ref(s.ID)), text.Args{"N": i + 1}),
		))
	}
	if err := t.Offer("draft.list", text.Args{"Lines": t.Lines("draft.line", lines), "Of": len(drafts)}, buttons); err != nil {
		return err
	}
	return t.Again()
}

// listNone says that there is no draft, and how to begin one.
func (t turn) listNone() error {
	var begin [][]store.Button
	if t.May(access.RegisterModels) {
		begin = append(begin, text.Row(
			t.Button("button.register", link.Register.To(), nil),
			t.Button("button.update_model", link.News.To(), nil),
		))
	}
	if err := t.Offer("draft.none", nil, begin); err != nil {
		return err
	}
	return t.Again()
}

// open goes on with a draft where it was left.
func (t turn) open(s store.Session) error {
	if err := t.Unbutton(); err != nil {
		return err
	}
	return t.Reopen(s.ID)
}

// cancel asks what is to become of the open draft.
func (t turn) cancel() error {
	s, ok, err := t.Open()
	if err != nil {
		return err
	}
	if !ok {
		return t.Tell("cancel.nothing", nil)
	}
	if !t.Keeps(&s) {
		return t.Leave(s)
	}

	if err := t.Retire(&s, ""); err != nil {
		return err
	}
	if err := t.Tx.PutSession(s); err != nil {
		return err
	}
	name, err := t.DraftName(&s)
	if err != nil {
		return err
	}
	return t.Offer("cancel.ask", text.Args{"Draft": name}, [][]store.Button{
		text.Row(text.Green(t.Button("cancel.go_on", link.Draft.To(link.Ref(s.ID)), nil))),
		text.Row(
			t.Button("cancel.keep", link.Leave.To(link.Ref(s.ID)), nil),
			text.Red(t.Button("cancel.throw", link.Drop.To(link.Ref(s.ID)), nil)),
		),
	})
}

// leave keeps the open draft for later.
func (t turn) leave(s store.Session) error {
	if t.Person.Open != s.ID {
		return t.Toast("press.other_draft", nil)
	}
	if err := t.Unbutton(); err != nil {
		return err
	}
	return t.SaveForLater(s)
}

// askThrow asks before a draft is thrown away.
func (t turn) askThrow(s store.Session) error {
	name, err := t.DraftName(&s)
	if err != nil {
		return err
	}
	return t.Offer("draft.throw_ask", text.Args{"Draft": name}, [][]store.Button{text.Row(
		t.Button("draft.keep", link.Draft.To(link.Ref(s.ID)), nil),
		text.Red(t.Button("draft.throw_yes", link.Drop.To(link.Ref(s.ID)), nil)),
	)})
}

// throwAway drops a draft for good.
func (t turn) throwAway(s store.Session) error {
	if err := t.Unbutton(); err != nil {
		return err
	}
	if t.Person.Open == s.ID {
		return t.Discard(s)
	}

	name, err := t.DraftName(&s)
	if err != nil {
		return err
	}
	if err := t.Retire(&s, ""); err != nil {
		return err
	}
	if err := t.Tx.DeleteSession(s.ID); err != nil {
		return err
	}
	return t.Tell("draft.gone", text.Args{"Draft": name})
}
