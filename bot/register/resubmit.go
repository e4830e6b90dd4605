package register

import (
	"slices"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
)

// complete opens a returned registration at exactly the questions at fault. The
// other answers stand; the review card changes any of them.
func (t turn) complete(m store.Model) error {
	if ok, err := t.may(m, "mend.closed", store.MoveResubmit); !ok || err != nil {
		return err
	}
	reviews, err := t.Tx.Reviews(m.ID)
	if err != nil {
		return err
	}
	last, _ := about.LastReturn(reviews)
	return t.reopen(m, about.AnswersOf(m), last.Fields, func(s *store.Session) { t.openDetails(s, last.Fields) })
}

// reopenedHead is the first line of a question about a registration that was there
// before: of a returned one, which of the questions at fault it is.
func (t turn) reopenedHead(s *store.Session, field string) (string, error) {
	m, err := about.Subject(t.Turn, s)
	if err != nil {
		return "", err
	}
	if m.State != store.Returned {
		return t.Text("amend.head", text.Args{"Title": m.Title}), nil
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
	if s.Detail = slices.ContainsFunc(faults, t.isDetail); s.Detail {
		t.skipOthers(s, faults, t.isDetail)
	}
}

// isDetail reports whether a question is asked only of who wants to tell more.
func (t turn) isDetail(field string) bool {
	st := t.Questions(forms.RegisterID).Step(field)
	return st != nil && st.Detail
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

// resubmit takes a registration that was there before with its new answers: one that
// was returned goes back to who returned it, with its code; the others are changed.
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
	if was.Allows(store.MoveAmend) {
		return t.amend(was, m)
	}
	if was.Allows(store.MovePropose) {
		return t.propose(was, s)
	}

	if err := t.recordChanges(m, "mend", t.changes(was, m)); err != nil {
		return err
	}
	if m, err = t.decide(m, store.Review{Verdict: store.ResubmitVerdict, State: store.Waiting}); err != nil {
		return err
	}
	return t.Follow(link.Await, link.Ref(m.ID), "again")
}

// tooLate refuses to send a registration that is as its officer last saw it no more:
// what was typed stays on the card.
func (t turn) tooLate(s *store.Session) error {
	if s.Subject == 0 {
		return nil
	}
	m, err := about.Subject(t.Turn, s)
	if err != nil || slices.ContainsFunc([]store.Move{store.MoveAmend, store.MovePropose, store.MoveResubmit}, m.Allows) {
		return err
	}
	return &answer.Invalid{Key: "amend.closed", Args: text.Args{"State": m.State}}
}
