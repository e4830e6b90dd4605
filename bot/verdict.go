package bot

import (
	"slices"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// accept takes a registration in and shows what waits next.
func (t *turn) accept(m store.Model) error {
	m, err := t.decide(m, store.Review{Verdict: store.AcceptVerdict, State: store.Accepted})
	if err != nil {
		return err
	}
	if err := t.tellAccepted(m); err != nil {
		return err
	}
	return t.showNext(taskOf(m, store.Waiting), t.did("check.accepted", m, true), true)
}

// confirm says that a completion is one.
func (t *turn) confirm(m store.Model) error {
	m.ConfirmedAt = t.ev.At
	m, err := t.decide(m, store.Review{Verdict: store.ConfirmVerdict, State: store.Done})
	if err != nil {
		return err
	}
	if err := t.tellAccepted(m); err != nil {
		return err
	}
	return t.showNext(taskOf(m, store.Done), t.did("check.confirmed", m, true), true)
}

// did is what was done with a model, as it stands above what comes next; told
// says whether somebody holds the post that was to be told.
func (t *turn) did(key string, m store.Model, told bool) markup {
	return markup(t.text(key, args{"Title": m.Title, "Code": m.Code, "Told": told}))
}

func (t *turn) beginReturn(m store.Model) error {
	return t.beginVerdict(forms.ReturnID, m, "fields")
}

func (t *turn) beginReject(m store.Model) error { return t.beginVerdict(forms.RejectID, m) }

func (t *turn) beginUnfinished(m store.Model) error { return t.beginVerdict(forms.UnfinishedID, m) }

func (t *turn) beginMerge(m store.Model) error { return t.beginVerdict(forms.MergeID, m) }

// beginVerdict opens the form of a decision; the card that led to it keeps its
// text. What is known already is asked all the same where again names it.
func (t *turn) beginVerdict(form string, m store.Model, again ...string) error {
	if err := t.unbutton(); err != nil {
		return err
	}
	return t.begin(form, func(s *store.Session) {
		s.Subject, s.Base, s.Again = uint64(m.ID), m.Revision, again
	})
}

// isVerdict says whether a form is a coordinator's decision.
func isVerdict(form string) bool {
	return slices.Contains([]string{forms.ReturnID, forms.RejectID, forms.UnfinishedID, forms.MergeID}, form)
}

// afterVerdict says what became of a form that was left. One of the check goes
// back to the card that it began from, which still waits for a decision.
func (t *turn) afterVerdict(s store.Session, key string, a args) error {
	if isVerdict(s.Form) {
		m, ok, err := t.model(store.ModelID(s.Subject), checkModels)
		if err != nil {
			return err
		}
		if ok && m.Unchecked() {
			return t.showCheck(m, markup(t.text(key, a)))
		}
	}
	return t.greet(key, a)
}

// submitVerdict decides what a form of the check is about.
func (t *turn) submitVerdict(s store.Session) error {
	m, ok, err := t.model(store.ModelID(s.Subject), checkModels)
	if err != nil {
		return err
	}
	if !ok { // the post changed while the form was open
		return t.refuse(checkModels)
	}
	if !decidable(m, s.Form) {
		said, err := t.alreadyDecided(m)
		if err != nil {
			return err
		}
		return t.showNext(taskOf(m, m.State), said, false)
	}
	if s.Form == forms.MergeID {
		return t.merge(m, store.ModelID(parseRef(flows.Key(&s, "into"))))
	}
	reason, _ := flows.Find(&s, "reason")
	fields, _ := flows.Find(&s, "fields")
	switch s.Form {
	case forms.ReturnID:
		return t.giveBack(m, reason.Text, inOrder(t.engine.Form(forms.RegisterID), fields.Keys))
	case forms.RejectID:
		return t.reject(m, reason.Text)
	}
	return t.reopen(m, reason.Text)
}

// inOrder puts fields into the order of their form.
func inOrder(f *flows.Form, fields []string) []string {
	var out []string
	for _, st := range f.Steps {
		for _, field := range fields {
			if field == st.Field {
				out = append(out, field)
			}
		}
	}
	return out
}

// giveBack returns a registration to be completed. Its officer gets the reason
// as it was written, and one button that opens the questions at fault.
func (t *turn) giveBack(m store.Model, reason string, fields []string) error {
	m.Checker = t.post.ID
	m, err := t.decide(m, store.Review{Verdict: store.ReturnVerdict, Reason: reason, Fields: fields, State: store.Returned})
	if err != nil {
		return err
	}
	told, err := t.tellOfficer(m, "returned.card", args{"Reason": reason, "Fields": len(fields)}, func(to *turn) (args, []store.Button) {
		return args{"Names": to.fieldNames(fields)}, row(green(to.mendButton(m, len(fields))))
	})
	if err != nil {
		return err
	}
	return t.showNext(taskOf(m, store.Waiting), t.did("check.returned", m, told), false)
}

// reject refuses a registration for good.
func (t *turn) reject(m store.Model, reason string) error {
	m, err := t.decide(m, store.Review{Verdict: store.RejectVerdict, Reason: reason, State: store.Rejected})
	if err != nil {
		return err
	}
	told, err := t.tellOfficer(m, "rejected.card", args{"Reason": reason}, func(to *turn) (args, []store.Button) {
		return nil, row(to.button("button.show_model", pressCard+ref(m.ID), nil), to.button("button.register", pressNew+forms.RegisterID, nil))
	})
	if err != nil {
		return err
	}
	return t.showNext(taskOf(m, store.Waiting), t.did("check.rejected", m, told), false)
}

// reopen takes back a completion that is none yet: the model is under way.
func (t *turn) reopen(m store.Model, reason string) error {
	m.Reason, m.Remark = "", ""
	m, err := t.decide(m, store.Review{Verdict: store.ReturnVerdict, Reason: reason, State: store.Doing})
	if err != nil {
		return err
	}
	told, err := t.tellOfficer(m, "unfinished.card", args{"Reason": reason}, func(to *turn) (args, []store.Button) {
		return nil, row(green(to.button("button.update", pressUpdate+ref(m.ID), nil)), to.button("button.show_model", pressCard+ref(m.ID), nil))
	})
	if err != nil {
		return err
	}
	return t.showNext(taskOf(m, store.Done), t.did("check.reopened", m, told), false)
}

// tellOfficer tells the officer of a model what was decided, and by whom; false
// when nobody holds the post.
func (t *turn) tellOfficer(m store.Model, key string, a args, more func(*turn) (args, []store.Button)) (told bool, err error) {
	to, ok, err := t.holderOf(m.Post)
	if !ok || err != nil {
		return false, err
	}
	who, err := to.whoIs(t.person.ID, t.post.ID)
	if err != nil {
		return false, err
	}
	all := args{"Title": m.Title, "Code": m.Code, "Who": who}
	extra, buttons := more(to)
	for _, list := range []args{a, extra} {
		for k, v := range list {
			all[k] = v
		}
	}
	return true, to.offer(key, all, [][]store.Button{buttons})
}
