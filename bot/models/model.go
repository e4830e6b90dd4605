package models

import (
	"slices"
	"strconv"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// showModel shows the card of a model: what it is, where it stands, what can
// be done with it.
func (t turn) showModel(m store.Model, inPlace bool) error {
	rows, err := t.Tx.Progress(m.ID)
	if err != nil {
		return err
	}
	a, err := about.Model(t.Turn, m)
	if err != nil {
		return err
	}
	shown := about.Evidence(rows)
	files := len(shown)
	a["Files"], a["Updates"], a["Unasked"] = files, len(rows), files-len(publishable(shown))
	if n := len(rows); n > 0 {
		a["Last"] = rows[n-1]
	}

	buttons, err := t.standingOf(m, a)
	if err != nil {
		return err
	}
	id := link.Ref(m.ID)
	if t.MayWith(access.UpdateModels, m) && m.State.TakesNews() {
		buttons = append(buttons, text.Row(
			text.Green(t.Button("button.update", link.Update.To(id), nil)),
			t.Button("button.nothing_new", link.Silent.To(id+"."+link.Ref(m.Revision)), nil)))
	}

	more := text.Row(t.Button("button.registration", link.Whole.To(id), nil))
	if len(rows) > 0 {
		more = append(more, t.Button("button.history", link.History.To(id), text.Args{"Count": len(rows)}))
	}
	buttons = append(buttons, more)
	if m.Allows(store.MovePropose) && t.owns(m) {
		buttons = append(buttons, text.Row(t.Button("button.propose", link.Amend.To(id), nil)))
	}
	if files > 0 {
		buttons = append(buttons, text.Row(t.Button("button.evidence", link.Evidence.To(id), text.Args{"Count": files})))
	}
	if inPlace && t.Person.View.Revision > 0 {
		buttons = append(buttons, text.Row(t.Button("list.back", t.listLink("page="+strconv.Itoa(t.Person.View.Page)), nil)))
	}
	return t.Show(store.Message{Text: t.Text("model.card", a), Buttons: buttons}, inPlace)
}

// showRegistration shows everything that was registered, in a message that
// cannot be forwarded: it has a phone number in it.
func (t turn) showRegistration(m store.Model) error {
	a, err := about.Model(t.Turn, m)
	if err != nil {
		return err
	}
	_, err = t.Send(store.Message{Text: t.Text("model.registration", a), Protect: true})
	return err
}

// historyPage is how many updates a history shows.
const historyPage = 8

// showHistory lists a model's updates, the newest first, each behind its
// number.
func (t turn) showHistory(m store.Model) error {
	rows, err := t.Tx.Progress(m.ID)
	if err != nil {
		return err
	}
	slices.Reverse(rows)

	corrected := about.Corrections(rows)
	shown := rows[:min(len(rows), historyPage)]
	lines := make([]text.Args, len(shown))
	numbers := make([]store.Button, len(shown))
	for i, p := range shown {
		lines[i] = text.Args{"N": i + 1, "Progress": p, "Day": p.Day, "State": p.State, "Files": len(p.Evidence),
			"Corrected": corrected[p.ID], "Corrects": p.Corrects != 0}
		numbers[i] = store.Button{Text: strconv.Itoa(i + 1), Data: link.Row.To(link.Ref(m.ID) + "." + link.Ref(p.ID))}
	}

	buttons := append(text.InRows(numbers, 4), text.Row(t.Button("button.back_to_model", link.Model.To(link.Ref(m.ID)), nil)))
	return t.Show(store.Message{
		Text: t.Text("history.card", text.Args{
			"Title": m.Title, "Code": m.Code, "Lines": t.Lines("history.line", lines),
			"Of": len(rows), "Earlier": len(rows) - len(shown),
		}),
		Buttons: buttons,
	}, true)
}

// showProgress shows one update in full.
func (t turn) showProgress(rest string) error {
	m, p, ok, err := about.Progress(t.Turn, rest, access.ViewModels)
	if err != nil {
		return err
	}
	if !ok {
		return t.Toast("press.not_yours", nil)
	}

	back := text.Row(t.Button("button.back_to_history", link.History.To(link.Ref(m.ID)), nil))
	buttons := [][]store.Button{back}
	if t.MayWith(access.UpdateModels, m) {
		buttons = [][]store.Button{text.Row(t.Button("button.correct", link.Correct.To(link.Ref(m.ID)+"."+link.Ref(p.ID)), nil)), back}
	}
	return t.Show(store.Message{
		Text: t.Text("history.row", text.Args{
			"Title": m.Title, "Code": m.Code, "Progress": p, "Day": p.Day, "State": p.State, "Files": len(p.Evidence),
			"Reason": p.Reason, "Remark": p.Remark, "Difficulty": p.Difficulty, "Lesson": p.Lesson, "Feedback": p.Feedback,
			"Correction": p.Correction, "When": p.At,
		}),
		Buttons: buttons,
	}, true)
}

// showEvidence sends a model's photos and files, as albums where it can. What
// shows people who were not asked cannot be forwarded.
func (t turn) showEvidence(m store.Model) error {
	rows, err := t.Tx.Progress(m.ID)
	if err != nil {
		return err
	}
	files := about.Evidence(rows)
	if len(files) == 0 {
		return t.Toast("model.no_evidence", nil)
	}
	if open := publishable(files); len(open) > 0 {
		if _, err := t.Send(store.Message{Kind: store.Show, Evidence: open}); err != nil {
			return err
		}
	}

	private := slices.DeleteFunc(slices.Clone(files), store.Evidence.Publishable)
	if len(private) == 0 {
		return nil
	}
	_, err = t.Send(store.Message{
		Kind: store.Show, Evidence: private, Protect: true, Text: t.Text("model.private", text.Args{"Count": len(private)}),
	})
	return err
}

// publishable are the files that may be shown outside.
func publishable(files []store.Evidence) []store.Evidence {
	return slices.DeleteFunc(slices.Clone(files), func(e store.Evidence) bool { return !e.Publishable() })
}
