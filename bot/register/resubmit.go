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
		s.Answers, s.Again = about.AnswersOf(m), last.Fields
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
	if m.State != store.Returned {
		return t.Text("amend.head", text.Args{"Title": m.Title}), nil
	}
	last, _ := about.LastReturn(reviews)
	return t.Text("mend.head", text.Args{"Title": m.Title, "N": slices.Index(last.Fields, field) + 1, "Of": len(last.Fields)}), nil
}

// openDetails lets the optional questions among the faults be asked, and no
// others.
func (t turn) openDetails(s *store.Session, faults []string) {
	form := t.Questions(forms.RegisterID)
	detail := func(f string) bool { st := form.Step(f); return st != nil && st.Detail }
	if s.Detail = slices.ContainsFunc(faults, detail); s.Detail {
		t.skipOthers(s, faults, detail)
	}
}

// skipOthers leaves out what has no answer and is not to be asked, of the questions
// of a sort.
func (t turn) skipOthers(s *store.Session, asked []string, of func(field string) bool) {
	for _, st := range t.Questions(forms.RegisterID).Steps {
		if _, answered := flows.Find(s, st.Field); !answered && of(st.Field) && !slices.Contains(asked, st.Field) {
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
	switch {
	case was.Allows(store.MoveAmend):
		return t.amend(was, m)
	case was.Allows(store.MovePropose):
		return t.propose(was, s)
	case !was.Allows(store.MoveResubmit):
		return t.Offer("mend.too_late", text.Args{"Title": was.Title, "State": was.State},
			[][]store.Button{text.Row(about.CardButton(t.Turn, was))})
	}

	if err := t.recordChanges(m, "mend", about.Changes(t.Turn, about.AnswersOf(was), about.AnswersOf(m))); err != nil {
		return err
	}
	if m, err = t.decide(m, store.Review{Verdict: store.ResubmitVerdict, State: store.Waiting}); err != nil {
		return err
	}
	return t.Follow(link.Await, link.Ref(m.ID), "again")
}
