package review

import (
	"slices"
	"strings"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows/forms"
	"danvan/store"
)

// tasks lists what waits for the post.
func (t turn) tasks() ([]task, error) {
	return bot.Ahead(t.Turn, "tasks", func(r store.Reader) ([]task, error) {
		var out []task
		err := eachTask(r, t.Org, t.Post, func(m store.Model) { out = append(out, taskOf(m)) })
		slices.SortFunc(out, task.compare)
		return out, err
	})
}

// tasksWithout lists what waits but for a task that the turn has just done.
func (t turn) tasksWithout(done task) ([]task, error) {
	list, err := t.tasks()
	if err != nil || !slices.Contains(list, done) {
		return list, err
	}
	m, err := t.Tx.Model(store.ModelID(done.id))
	if err != nil || m.Unchecked() && taskOf(m) == done {
		return list, err
	}
	return slices.DeleteFunc(slices.Clone(list), func(d task) bool { return d == done }), nil
}

// checkQueue opens the queue at its oldest.
func (t turn) checkQueue() error { return t.showNext(task{}, "", false) }

// showNext shows what waits after a task, under what was done with that.
func (t turn) showNext(after task, said text.Markup, inPlace bool) error {
	list, err := t.tasksWithout(after)
	if err != nil {
		return err
	}
	for i, d := range list {
		if after.compare(d) < 0 {
			return t.showTask(d, said, i+1, len(list), inPlace)
		}
	}
	m := store.Message{Text: t.Text("check.none", text.Args{"Said": said, "Left": len(list)})}
	if len(list) > 0 {
		m.Buttons = [][]store.Button{text.Row(t.Button("check.from_start", link.Check.To("queue."), nil))}
	}
	return t.Show(m, inPlace)
}

// showTask shows one thing that waits, with what can be decided.
func (t turn) showTask(d task, said text.Markup, n, of int, inPlace bool) error {
	m, err := t.Tx.Model(store.ModelID(d.id))
	if err != nil {
		return err
	}
	shown, err := t.checkCard(m)
	if err != nil {
		return err
	}
	head := text.Args{"Said": said, "As": waitsAs(m).String(), "N": n, "Of": of}
	shown.Text = t.Text("check.head", head) + "\n" + shown.Text
	return t.Show(shown, inPlace)
}

// pressed obeys a button of the check: "verb.ids". What it decides on is
// looked at anew, and a model that has changed since is not decided on.
func (t turn) pressed(rest string) error {
	verb, ids, _ := strings.Cut(rest, ".")
	if !t.May(access.CheckModels) {
		return t.NotHere(func(p store.Post) bool { return access.May(p.Role, access.CheckModels) })
	}
	switch verb {
	case "list": // which stays
		return t.checkQueue()
	case "queue":
		return t.showNext(task{}, "", true)
	case "next":
		return t.showNext(readTask(ids), "", true)
	}

	id, revision, ok := link.IDs(ids)
	if !ok {
		return t.Toast("press.unknown", nil)
	}
	m, ok, err := t.Model(store.ModelID(id), access.CheckModels)
	if err != nil {
		return err
	}
	if !ok {
		return t.Toast("press.not_yours", nil)
	}
	if revision != m.Revision && verb != "open" {
		return t.changedMeanwhile(m, verb)
	}
	return t.checkVerb(verb, m)
}

// checkVerb does what a button says with a model that is as the button's
// reader saw it.
func (t turn) checkVerb(verb string, m store.Model) error {
	if verb == "open" {
		return t.openCheck(m)
	}
	do := map[store.Move]func() error{
		store.MoveAccept:     func() error { return t.accept(m) },
		store.MoveReturn:     func() error { return t.begin(forms.ReturnID, m, "fields") },
		store.MoveReject:     func() error { return t.begin(forms.RejectID, m) },
		store.MoveConfirm:    func() error { return t.confirm(m) },
		store.MoveUnfinished: func() error { return t.begin(forms.UnfinishedID, m) },
		store.MoveMerge:      func() error { return t.begin(forms.MergeID, m) },
		store.MoveAgree:      func() error { return t.agree(m) },
		store.MoveDecline:    func() error { return t.begin(forms.DeclineID, m) },
		store.MoveUnmerge:    func() error { return t.unmerge(m) },
	}[store.Move(verb)]

	switch {
	case do == nil:
		return t.Toast("press.unknown", nil)
	case !m.Allows(store.Move(verb)):
		return t.changedMeanwhile(m, verb)
	}
	return do()
}

// openCheck shows a model that waits, under the message that led to it.
func (t turn) openCheck(m store.Model) error {
	if !m.Unchecked() {
		said, err := t.alreadyDecided(m)
		if err != nil {
			return err
		}
		_, err = t.Send(store.Message{Text: string(said)})
		return err
	}
	return t.showCheck(m, "")
}

// showCheck shows a model that waits, at its place in the queue, under what
// was done before.
func (t turn) showCheck(m store.Model, said text.Markup) error {
	d := taskOf(m)
	list, err := t.tasks()
	if err != nil {
		return err
	}
	return t.showTask(d, said, max(slices.Index(list, d)+1, 1), max(len(list), 1), false)
}

// changedMeanwhile answers who decides on a model that is no longer as it was
// shown: they see what happened, and nothing changes.
func (t turn) changedMeanwhile(m store.Model, verb string) error {
	said, err := t.alreadyDecided(m)
	if err != nil {
		return err
	}
	switch {
	case verb == "unmerge" || verb == "merge" && m.State != store.Waiting:
		return t.Revise(store.Message{Text: string(said), Buttons: [][]store.Button{text.Row(about.CardButton(t.Turn, m))}})
	case m.Unchecked():
		said = text.Markup(t.Text("check.changed", text.Args{"Title": m.Title}))
		d := taskOf(m)
		return t.showNext(task{d.kind, d.id - 1}, said, true)
	case verb == "agree" || verb == "decline":
		return t.showNext(proposalTask.of(m), said, true)
	case verb == "confirm" || verb == "unfinished":
		return t.showNext(completionTask.of(m), said, true)
	}
	return t.showNext(registrationTask.of(m), said, true)
}

// alreadyDecided says what the last step of a model's check was, and whose.
func (t turn) alreadyDecided(m store.Model) (text.Markup, error) {
	reviews, err := t.Tx.Reviews(m.ID)
	if err != nil {
		return "", err
	}
	if len(reviews) == 0 {
		return text.Markup(t.Text("check.changed", text.Args{"Title": m.Title})), nil
	}
	r := reviews[len(reviews)-1]
	who, err := about.Who(t.Turn, r.By, r.Post)
	return text.Markup(t.Text("check.already", text.Args{
		"Title": m.Title, "Who": who, "Verdict": t.Plain("verdict."+string(r.Verdict), nil), "When": text.Clock(r.At), "State": m.State,
	})), err
}
