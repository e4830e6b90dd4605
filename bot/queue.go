package bot

import (
	"slices"
	"strconv"
	"strings"

	"danvan/flows/forms"
	"danvan/store"
)

// taskKind is the sort of thing that waits for a coordinator, in the order in
// which they are shown: work waits for a registration, nothing for the rest.
type taskKind int

// The kinds of task.
const (
	noTask taskKind = iota
	registrationTask
	completionTask
)

// task is one thing that waits for a coordinator.
type task struct {
	kind taskKind
	id   uint64
}

// taskOf is a model's place in the queue, by what it waits for in a state.
func taskOf(m store.Model, s store.State) task {
	if s == store.Done {
		return task{completionTask, uint64(m.ID)}
	}
	return task{registrationTask, uint64(m.ID)}
}

// before says whether a task comes before another: the oldest first.
func (d task) before(e task) bool { return d.kind < e.kind || d.kind == e.kind && d.id < e.id }

func (d task) String() string { return strconv.Itoa(int(d.kind)) + ref(d.id) }

// readTask reads what String wrote; no task when it is something else.
func readTask(s string) task {
	if len(s) < 2 {
		return task{}
	}
	return task{taskKind(s[0] - '0'), parseRef(s[1:])}
}

// tasks lists what waits for the post. A model is the task of one post only:
// of the coordinator nearest to its unit, or of the one that returned it.
func (t *turn) tasks() ([]task, error) {
	units, err := t.scope()
	if err != nil {
		return nil, err
	}
	heads, err := t.tx.Heads(store.ModelQuery{Units: units, Fields: t.post.Portfolio.Fields, Unchecked: true})
	if err != nil {
		return nil, err
	}
	var out []task
	for _, h := range heads {
		m, err := t.tx.Model(h.ID)
		if err != nil {
			return nil, err
		}
		checker, ok, err := t.checkerOf(m)
		if err != nil {
			return nil, err
		}
		if ok && checker.ID == t.post.ID {
			out = append(out, taskOf(m, m.State))
		}
	}
	slices.SortFunc(out, func(a, b task) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	return out, nil
}

// checkQueue opens the queue at its oldest.
func (t *turn) checkQueue() error {
	if err := t.closeNotice(false); err != nil {
		return err
	}
	return t.showNext(task{}, "", false)
}

// showNext shows what waits after a task, under what was done with that.
func (t *turn) showNext(after task, said markup, inPlace bool) error {
	list, err := t.tasks()
	if err != nil {
		return err
	}
	for i, d := range list {
		if after.before(d) {
			return t.showTask(d, said, i+1, len(list), inPlace)
		}
	}
	m := store.Message{Text: t.text("check.none", args{"Said": said, "Left": len(list)})}
	if len(list) > 0 {
		m.Buttons = [][]store.Button{row(t.button("check.from_start", pressCheck+"queue.", nil))}
	}
	return t.show(m, inPlace)
}

// showTask shows one thing that waits, with what can be decided.
func (t *turn) showTask(d task, said markup, n, of int, inPlace bool) error {
	m, err := t.tx.Model(store.ModelID(d.id))
	if err != nil {
		return err
	}
	card, err := t.checkCard(m)
	if err != nil {
		return err
	}
	card.Text = t.text("check.head", args{"Said": said, "Done": m.State == store.Done, "N": n, "Of": of}) + "\n" + card.Text
	return t.show(card, inPlace)
}

// checkPressed obeys a button of the check: "verb.ids". What it decides on is
// looked at anew, and a model that has changed since is not decided on.
func (t *turn) checkPressed(rest string) error {
	verb, ids, _ := strings.Cut(rest, ".")
	if !t.may(checkModels) {
		return t.notHere(func(p store.Post) (bool, error) { return roleMay(p.Role, checkModels), nil })
	}
	switch verb {
	case "queue":
		if err := t.closeNotice(true); err != nil {
			return err
		}
		return t.showNext(task{}, "", true)
	case "next":
		return t.showNext(readTask(ids), "", true)
	}
	id, revision, ok := cutIDs(ids)
	if !ok {
		return t.toast("press.unknown", nil)
	}
	m, ok, err := t.model(store.ModelID(id), checkModels)
	if err != nil {
		return err
	}
	if !ok {
		return t.toast("press.not_yours", nil)
	}
	if revision != m.Revision && verb != "open" {
		return t.changedMeanwhile(m, verb)
	}
	return t.checkVerb(verb, m)
}

// checkVerb does what a button says with a model that is as the button's
// reader saw it.
func (t *turn) checkVerb(verb string, m store.Model) error {
	do, ok := map[string]func(*turn, store.Model) error{
		"accept": (*turn).accept, forms.ReturnID: (*turn).beginReturn, forms.RejectID: (*turn).beginReject,
		"confirm": (*turn).confirm, forms.UnfinishedID: (*turn).beginUnfinished,
		forms.MergeID: (*turn).beginMerge, "unmerge": (*turn).unmerge,
	}[verb]
	if ok && !decidable(m, verb) {
		return t.changedMeanwhile(m, verb)
	}
	if ok {
		return do(t, m)
	}
	if verb == "open" {
		return t.openCheck(m)
	}
	return t.toast("press.unknown", nil)
}

// openCheck shows a model that waits, under the message that led to it.
func (t *turn) openCheck(m store.Model) error {
	if !m.Unchecked() {
		said, err := t.alreadyDecided(m)
		if err != nil {
			return err
		}
		_, err = t.send(store.Message{Text: string(said)})
		return err
	}
	return t.showCheck(m, "")
}

// showCheck shows a model that waits, at its place in the queue, under what
// was done before.
func (t *turn) showCheck(m store.Model, said markup) error {
	d := taskOf(m, m.State)
	list, err := t.tasks()
	if err != nil {
		return err
	}
	return t.showTask(d, said, max(slices.Index(list, d)+1, 1), max(len(list), 1), false)
}

// changedMeanwhile answers who decides on a model that is no longer as it was
// shown: they see what happened, and nothing changes.
func (t *turn) changedMeanwhile(m store.Model, verb string) error {
	said, err := t.alreadyDecided(m)
	if err != nil {
		return err
	}
	switch {
	case verb == "unmerge" || verb == "merge" && m.State != store.Waiting:
		return t.revise(store.Message{Text: string(said), Buttons: [][]store.Button{row(t.button("button.show_model", pressCard+ref(m.ID), nil))}})
	case m.Unchecked():
		said = markup(t.text("check.changed", args{"Title": m.Title}))
		d := taskOf(m, m.State)
		return t.showNext(task{d.kind, d.id - 1}, said, true)
	case verb == "confirm" || verb == "unfinished":
		return t.showNext(taskOf(m, store.Done), said, true)
	}
	return t.showNext(taskOf(m, store.Waiting), said, true)
}

// alreadyDecided says what the last step of a model's check was, and whose.
func (t *turn) alreadyDecided(m store.Model) (markup, error) {
	reviews, err := t.tx.Reviews(m.ID)
	if err != nil {
		return "", err
	}
	if len(reviews) == 0 {
		return markup(t.text("check.changed", args{"Title": m.Title})), nil
	}
	r := reviews[len(reviews)-1]
	who, err := t.whoIs(r.By, r.Post)
	return markup(t.text("check.already", args{
		"Title": m.Title, "Who": who, "Verdict": t.plain("verdict."+string(r.Verdict), nil), "When": clock(r.At), "State": m.State,
	})), err
}

// notHere answers a button that is not for the post that the person acts for:
// another post of theirs may have it.
func (t *turn) notHere(may func(store.Post) (bool, error)) error {
	posts, err := t.tx.PostsOf(t.person.ID)
	if err != nil {
		return err
	}
	for _, p := range posts {
		if p.ID == t.post.ID {
			continue
		}
		ok, err := may(p)
		if err != nil {
			return err
		}
		if ok {
			return t.toast("press.other_post", nil)
		}
	}
	return t.toast("press.not_yours", nil)
}
