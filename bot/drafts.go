package bot

import (
	"errors"
	"strings"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// maxDrafts is how many drafts one list shows; the rest follow as these go.
const maxDrafts = 8

// drafts lists the post's unfinished sessions that are worth showing.
func (t *turn) drafts() ([]store.Session, error) {
	all, err := t.tx.SessionsOf(t.post.ID)
	if err != nil {
		return nil, err
	}
	var out []store.Session
	for _, s := range all {
		if worthKeeping(&s) {
			out = append(out, s)
		}
	}
	return out, nil
}

// listDrafts shows the drafts, each with a button to go on.
func (t *turn) listDrafts() error {
	list, err := t.drafts()
	if err != nil {
		return err
	}
	if len(list) == 0 {
		var begin [][]store.Button
		if t.may(registerModels) {
			begin = append(begin, row(t.button("button.register", pressNew+forms.RegisterID, nil), t.button("button.update_model", pressNew+forms.UpdateID, nil)))
		}
		if err := t.offer("draft.none", nil, begin); err != nil {
			return err
		}
		return t.again()
	}
	lines := make([]args, 0, len(list))
	var buttons [][]store.Button
	for i, s := range list[:min(len(list), maxDrafts)] {
		name, err := t.draftName(&s)
		if err != nil {
			return err
		}
		lines = append(lines, args{"N": i + 1, "Draft": name, "When": s.Touched})
		buttons = append(buttons, row(
			t.button("draft.go_on", pressDraft+ref(s.ID), args{"N": i + 1}),
			t.button("draft.throw", pressThrow+ref(s.ID), args{"N": i + 1}),
		))
	}
	if err := t.offer("draft.list", args{"Lines": t.lines("draft.line", lines), "Of": len(list)}, buttons); err != nil {
		return err
	}
	return t.again()
}

// draftName calls a draft by what it is about.
func (t *turn) draftName(s *store.Session) (string, error) {
	switch s.Form {
	case forms.UpdateID:
		m, err := t.tx.Model(store.ModelID(s.Subject))
		if errors.Is(err, store.ErrNotFound) {
			return t.plain("draft.update_unnamed", nil), nil
		}
		return t.plain("draft.update", args{"Title": m.Title}), err
	case forms.RegisterID:
		if a, ok := flows.Find(s, "title"); ok && s.Subject != 0 {
			return t.plain("draft.mend", args{"Title": a.Text}), nil
		}
		if a, ok := flows.Find(s, "title"); ok {
			return t.plain("draft.register", args{"Title": a.Text}), nil
		}
		return t.plain("draft.register_unnamed", nil), nil
	case forms.CampaignID:
		if a, ok := flows.Find(s, "name"); ok {
			return t.plain("draft.check", args{"Form": t.formName(s), "Title": a.Text}), nil
		}
	}
	if title, ok, err := t.about(s); ok || err != nil {
		return t.plain("draft.check", args{"Form": t.formName(s), "Title": title}), err
	}
	if a, ok, err := t.formDuty(s); ok || err != nil {
		return t.plain("draft.remarks", a), err
	}
	return t.formName(s), nil
}

// formName is what a form's head calls it, without the icon.
func (t *turn) formName(s *store.Session) string {
	_, name, _ := strings.Cut(t.plain(s.Form+".head", nil), " ")
	return name
}

// onDraft reads the draft's id of a press and wants a draft of the post.
func onDraft(do func(*turn, store.Session) error) func(*turn, string) error {
	return func(t *turn, rest string) error {
		s, err := t.tx.Session(store.SessionID(parseRef(rest)))
		if errors.Is(err, store.ErrNotFound) || err == nil && s.Post != t.post.ID {
			return t.toast("press.closed", nil)
		}
		if err != nil {
			return err
		}
		return do(t, s)
	}
}

// openDraft goes on with a draft where it was left.
func (t *turn) openDraft(s store.Session) error {
	if err := t.unbutton(); err != nil {
		return err
	}
	if t.person.Open != s.ID {
		if _, err := t.putAside(); err != nil {
			return err
		}
	}
	t.person.Open, t.dirty = s.ID, true
	return t.again()
}

// leaveDraft answers "keep it for later" after /huy.
func (t *turn) leaveDraft(s store.Session) error {
	if t.person.Open != s.ID {
		return t.toast("press.other_draft", nil)
	}
	if err := t.unbutton(); err != nil {
		return err
	}
	return t.saveForLater(s)
}

// askThrow asks before a draft is thrown away.
func (t *turn) askThrow(s store.Session) error {
	name, err := t.draftName(&s)
	if err != nil {
		return err
	}
	return t.offer("draft.throw_ask", args{"Draft": name}, [][]store.Button{row(
		t.button("draft.keep", pressDraft+ref(s.ID), nil), red(t.button("draft.throw_yes", pressGone+ref(s.ID), nil)),
	)})
}

// throwAway drops a draft for good.
func (t *turn) throwAway(s store.Session) error {
	if err := t.unbutton(); err != nil {
		return err
	}
	if t.person.Open == s.ID {
		return t.discard(s)
	}
	name, err := t.draftName(&s)
	if err != nil {
		return err
	}
	if err := t.retire(&s, ""); err != nil {
		return err
	}
	if err := t.tx.DeleteSession(s.ID); err != nil {
		return err
	}
	return t.tell("draft.gone", args{"Draft": name})
}
