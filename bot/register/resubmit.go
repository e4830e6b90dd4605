package register

import (
	"slices"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// complete opens a returned registration at exactly the questions at fault. The
// other answers stand; the review card changes any of them.
func (t turn) complete(m store.Model) error {
	if ok, err := t.mayComplete(m); !ok || err != nil {
		return err
	}
	s, ok, err := t.completing(m)
	if err != nil {
		return err
	}
	if ok { // begun before: nothing of it is lost
		return t.Reopen(s.ID)
	}

	reviews, err := t.Tx.Reviews(m.ID)
	if err != nil {
		return err
	}
	last, _ := about.LastReturn(reviews)
	return t.Begin(forms.RegisterID, func(s *store.Session) {
		about.Choose(s, m)
		s.Answers, s.Again = answersOfModel(m), last.Fields
		for _, id := range m.Distinct {
			s.Known = append(s.Known, uint64(id))
		}
		t.openDetails(s, last.Fields)
	})
}

// returnedHead is the first line of a question about a returned registration:
// which of the questions at fault it is.
func (t turn) returnedHead(s *store.Session, field string) (string, error) {
	m, err := about.Subject(t.Turn, s)
	if err != nil {
		return "", err
	}
	reviews, err := t.Tx.Reviews(m.ID)
	if err != nil {
		return "", err
	}
	last, _ := about.LastReturn(reviews)
	return t.Text("mend.head", text.Args{"Title": m.Title, "N": slices.Index(last.Fields, field) + 1, "Of": len(last.Fields)}), nil
}

// openDetails lets the optional questions among the faults be asked, and no
// others.
func (t turn) openDetails(s *store.Session, faults []string) {
	form := t.Questions(forms.RegisterID)
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

// mayComplete reports whether a returned registration is the post's to complete,
// and says why when it is not.
func (t turn) mayComplete(m store.Model) (bool, error) {
	if !t.MayWith(access.RegisterModels, m) {
		return false, t.NotHere(func(p store.Post) bool { return t.PostMay(p, access.RegisterModels, m) })
	}
	if !m.Allows(store.MoveResubmit) {
		return false, t.Toast("mend.closed", text.Args{"State": m.State})
	}
	return true, nil
}

// completing returns the draft in which the post completes a registration.
func (t turn) completing(m store.Model) (store.Session, bool, error) {
	all, err := t.Tx.SessionsOf(t.Post.ID)
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
	body := func(field, s string) { add(store.Answer{Field: field, Text: s}, s != "") }
	key := func(field, k string) { add(store.Answer{Field: field, Keys: []string{k}}, k != "") }

	key("unit", string(m.Unit))
	body("title", m.Title)
	key("kind", string(m.Kind))
	if m.Kind == store.Individual {
		body("person", m.Registrant())
	} else {
		body("group", m.Registrant())
	}

	entry := m.Entries.First()
	key("field", entry.Field)
	key("title_group", entry.TitleGroup)
	key("origin", string(entry.Origin))
	if entry.Origin == store.Maintained {
		add(store.Answer{Field: "predecessor", Keys: []string{link.Ref(m.Predecessor)}}, m.Predecessor != 0)
		add(store.Answer{Field: "predecessor", Skipped: true}, m.Predecessor == 0)
	}

	body("place", m.Place)
	body("problem", m.Problem)
	body("target", m.Target)
	body("content", m.Content)
	add(store.Answer{Field: "period", From: m.From, To: m.To}, !m.From.IsZero())
	add(store.Answer{Field: "contact", Text: m.Contact, Phone: m.Phone}, m.Contact != "" && m.Phone != "")

	body("partners", m.Partners)
	body("resources", m.Resources)
	body("output", m.Output)
	body("spread", m.Spread)
	key("level", m.Level)
	add(store.Answer{Field: "tags", Keys: m.Tags}, len(m.Tags) > 0)
	body("basis", m.Basis)
	return out
}

// resubmit sends a completed registration back to who returned it: the same
// model, with its code.
func (t turn) resubmit(s store.Session) error {
	was, ok, err := t.Model(store.ModelID(s.Subject), access.RegisterModels)
	if err != nil {
		return err
	}
	m := was
	fill(&m, &s)
	if !ok || !t.MayWith(access.RegisterModels, m) { // the post changed while the form was open
		return t.Refuse(access.RegisterModels)
	}
	if !was.Allows(store.MoveResubmit) {
		return t.Offer("mend.too_late", text.Args{"Title": was.Title, "State": was.State},
			[][]store.Button{text.Row(about.CardButton(t.Turn, was))})
	}

	if err := t.recordChanges(was, m); err != nil {
		return err
	}
	if m, err = t.decide(m, store.Review{Verdict: store.ResubmitVerdict, State: store.Waiting}); err != nil {
		return err
	}
	return t.Follow(link.Await, link.Ref(m.ID), "again")
}

// recordChanges writes a line for every answer that is not what it was.
func (t turn) recordChanges(was, now store.Model) error {
	form := t.Questions(forms.RegisterID)
	say := func(answers []store.Answer, st *flows.Step) string {
		a, _ := flows.Find(&store.Session{Answers: answers}, st.Field)
		return t.Answers(t.Voice, flows.Settled{Form: form, Step: st, Answer: a})
	}

	old, fresh := answersOfModel(was), answersOfModel(now)
	for i := range form.Steps {
		st := &form.Steps[i]
		before, after := say(old, st), say(fresh, st)
		if before == after {
			continue
		}
		if st.Kind == flows.Contact { // no number outside the model itself
			before, after = "", ""
		}
		if err := t.Record(subject(now), "mend", st.Field, before, after); err != nil {
			return err
		}
	}
	return nil
}
