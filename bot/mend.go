package bot

import (
	"slices"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// mendButton opens a returned registration at the questions at fault.
func (t *turn) mendButton(m store.Model, faults int) store.Button {
	return t.button("button.mend", pressMend+ref(m.ID), args{"Count": faults})
}

// mend opens a returned registration at exactly the questions at fault. The
// other answers stand; the review card changes any of them.
func (t *turn) mend(m store.Model) error {
	if ok, err := t.mayMend(m); !ok || err != nil {
		return err
	}
	s, ok, err := t.mending(m)
	if err != nil {
		return err
	}
	if ok { // begun before: nothing of it is lost
		if t.person.Open != s.ID {
			if _, err := t.putAside(); err != nil {
				return err
			}
		}
		t.person.Open, t.dirty = s.ID, true
		return t.again()
	}
	reviews, err := t.tx.Reviews(m.ID)
	if err != nil {
		return err
	}
	last, _ := lastReturn(reviews)
	return t.begin(forms.RegisterID, func(s *store.Session) {
		s.Subject, s.Base = uint64(m.ID), m.Revision
		s.Answers, s.Again = answersOfModel(m), last.Fields
		for _, id := range m.Distinct {
			s.Known = append(s.Known, uint64(id))
		}
		t.openDetails(s, last.Fields)
	})
}

// mendHead is the first line of a question about a returned registration:
// which of the questions at fault it is.
func (t *turn) mendHead(s *store.Session, field string) (string, error) {
	m, err := t.subject(s)
	if err != nil {
		return "", err
	}
	reviews, err := t.tx.Reviews(m.ID)
	if err != nil {
		return "", err
	}
	last, _ := lastReturn(reviews)
	return t.text("mend.head", args{"Title": m.Title, "N": slices.Index(last.Fields, field) + 1, "Of": len(last.Fields)}), nil
}

// openDetails lets the optional questions among the faults be asked, and no
// others.
func (t *turn) openDetails(s *store.Session, faults []string) {
	form := t.engine.Form(forms.RegisterID)
	s.Detail = slices.ContainsFunc(faults, func(f string) bool { st := form.Step(f); return st != nil && st.Detail })
	if !s.Detail {
		return
	}
	for _, st := range form.Steps {
		if _, answered := flows.Find(s, st.Field); st.Detail && !answered && !slices.Contains(faults, st.Field) {
			s.Answers = append(s.Answers, store.Answer{Field: st.Field, Skipped: true})
		}
	}
}

// askToMend answers who reports on a returned registration: it is to be
// completed first.
func (t *turn) askToMend(m store.Model) error {
	reviews, err := t.tx.Reviews(m.ID)
	if err != nil {
		return err
	}
	last, _ := lastReturn(reviews)
	return t.offer("mend.first", args{"Title": m.Title, "Reason": last.Reason}, [][]store.Button{row(green(t.mendButton(m, len(last.Fields))))})
}

// mayMend says whether a returned registration is the post's to complete, and
// says why when it is not.
func (t *turn) mayMend(m store.Model) (bool, error) {
	ok, err := t.mayWith(registerModels, m)
	if err != nil {
		return false, err
	}
	if !ok {
		return false, t.notHere(func(p store.Post) (bool, error) { return t.postMay(p, registerModels, m) })
	}
	if m.State != store.Returned {
		return false, t.toast("mend.closed", args{"State": m.State})
	}
	return true, nil
}

// mending returns the draft in which the post completes a registration.
func (t *turn) mending(m store.Model) (store.Session, bool, error) {
	all, err := t.tx.SessionsOf(t.post.ID)
	if err != nil {
		return store.Session{}, false, err
	}
	for _, s := range all {
		if s.Form == forms.RegisterID && s.Subject == uint64(m.ID) {
			return s, true, nil
		}
	}
	return store.Session{}, false, nil
}

// answersOfModel is the opposite of fill: the answers that a model was made
// of. What a model lacks is asked.
func answersOfModel(m store.Model) []store.Answer {
	var out []store.Answer
	add := func(a store.Answer, has bool) {
		if has {
			a.Given = true
			out = append(out, a)
		}
	}
	text := func(field, s string) { add(store.Answer{Field: field, Text: s}, s != "") }
	key := func(field, k string) { add(store.Answer{Field: field, Keys: []string{k}}, k != "") }
	key("unit", string(m.Unit))
	text("title", m.Title)
	key("kind", string(m.Kind))
	if m.Kind == store.Individual {
		text("person", m.Registrant)
	} else {
		text("group", m.Registrant)
	}
	key("field", m.Field)
	key("title_group", m.TitleGroup)
	key("origin", string(m.Origin))
	if m.Origin == store.Maintained {
		add(store.Answer{Field: "predecessor", Keys: []string{ref(m.Predecessor)}}, m.Predecessor != 0)
		add(store.Answer{Field: "predecessor", Skipped: true}, m.Predecessor == 0)
	}
	text("place", m.Place)
	text("problem", m.Problem)
	text("target", m.Target)
	text("content", m.Content)
	add(store.Answer{Field: "period", From: m.From, To: m.To}, !m.From.IsZero())
	add(store.Answer{Field: "contact", Text: m.Contact, Phone: m.Phone}, m.Contact != "" && m.Phone != "")
	text("partners", m.Partners)
	text("resources", m.Resources)
	text("output", m.Output)
	text("spread", m.Spread)
	key("level", m.Level)
	add(store.Answer{Field: "tags", Keys: m.Tags}, len(m.Tags) > 0)
	text("basis", m.Basis)
	return out
}

// resubmit sends a completed registration back to who returned it: the same
// model, with its code.
func (t *turn) resubmit(s store.Session) error {
	was, ok, err := t.model(store.ModelID(s.Subject), registerModels)
	if err != nil {
		return err
	}
	m := was
	t.fill(&m, &s)
	if ok {
		ok, err = t.mayWith(registerModels, m)
	}
	if err != nil {
		return err
	}
	if !ok { // the post changed while the form was open
		return t.refuse(registerModels)
	}
	if was.State != store.Returned {
		return t.offer("mend.too_late", args{"Title": was.Title, "State": was.State}, [][]store.Button{row(
			t.button("button.show_model", pressCard+ref(was.ID), nil))})
	}
	if err := t.recordChanges(was, m); err != nil {
		return err
	}
	if m, err = t.decide(m, store.Review{Verdict: store.ResubmitVerdict, State: store.Waiting}); err != nil {
		return err
	}
	return t.await(m, true)
}

// recordChanges writes a line for every answer that is not what it was.
func (t *turn) recordChanges(was, now store.Model) error {
	form := t.engine.Form(forms.RegisterID)
	old, fresh := store.Session{Answers: answersOfModel(was)}, store.Session{Answers: answersOfModel(now)}
	for i := range form.Steps {
		st := &form.Steps[i]
		a, _ := flows.Find(&old, st.Field)
		b, _ := flows.Find(&fresh, st.Field)
		before, after := t.answerText(t.own(), flows.Settled{Form: form, Step: st, Answer: a}), t.answerText(t.own(), flows.Settled{Form: form, Step: st, Answer: b})
		if before == after {
			continue
		}
		if st.Kind == flows.Contact { // no number outside the model itself
			before, after = "", ""
		}
		if err := t.record("model/"+ref(now.ID), "mend", st.Field, before, after); err != nil {
			return err
		}
	}
	return nil
}

// beginWithdraw asks an officer why a returned registration is taken back.
func (t *turn) beginWithdraw(m store.Model) error {
	if ok, err := t.mayMend(m); !ok || err != nil {
		return err
	}
	return t.begin(forms.WithdrawID, func(s *store.Session) { s.Subject, s.Base = uint64(m.ID), m.Revision })
}

// submitWithdraw takes a returned registration back for good.
func (t *turn) submitWithdraw(s store.Session) error {
	m, ok, err := t.model(store.ModelID(s.Subject), registerModels)
	if err != nil {
		return err
	}
	if !ok {
		return t.refuse(registerModels)
	}
	if m.State != store.Returned {
		return t.tell("mend.too_late", args{"Title": m.Title, "State": m.State})
	}
	draft, begun, err := t.mending(m)
	if err != nil {
		return err
	}
	if begun {
		if err := t.tx.DeleteSession(draft.ID); err != nil {
			return err
		}
	}
	reason, _ := flows.Find(&s, "reason")
	if m, err = t.decide(m, store.Review{Verdict: store.RejectVerdict, Reason: reason.Text, State: store.Rejected}); err != nil {
		return err
	}
	return t.offer("withdraw.done", args{"Title": m.Title, "Code": m.Code}, t.afterRegistration(m))
}
