package register

import (
	"slices"
	"strings"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows/forms"
	"danvan/store"
)

// amendment does what a button says with a registration: change it, ask until
// when it is to go on ("until"), or propose a last day ("until.DAY").
func (t turn) amendment(m store.Model, what string) error {
	if !t.MayWith(access.RegisterModels, m) {
		return t.NotHere(func(p store.Post) bool { return t.PostMay(p, access.RegisterModels, m) })
	}
	if !m.Allows(store.MoveAmend) && !m.Allows(store.MovePropose) {
		return t.Toast("amend.closed", text.Args{"State": m.State})
	}

	until, day, _ := strings.Cut(what, ".")
	switch {
	case until != "until":
		return t.change(m)
	case day == "":
		return t.askUntil(m)
	case day == otherDay:
		return t.change(m, "period")
	}
	return t.extend(m, day)
}

// change opens a registration with its answers on the review card, from which
// any of them is changed: at once while it waits, as a proposal once it was
// accepted. Where one field is named it is asked, and nothing that the model lacks.
func (t turn) change(m store.Model, ask ...string) error {
	s, ok, err := t.completing(m)
	if err != nil {
		return err
	}
	if ok { // begun before: nothing of it is lost
		return t.Reopen(s.ID)
	}

	return t.Begin(forms.RegisterID, func(s *store.Session) {
		about.Choose(s, m)
		s.Answers, s.Again = t.wanted(m), ask
		if len(ask) > 0 {
			t.skipOthers(s, ask, func(string) bool { return true })
		}
		for _, id := range m.Distinct {
			s.Known = append(s.Known, uint64(id))
		}
	})
}

// wanted are the answers of a registration as its officer wants them.
func (t turn) wanted(m store.Model) []store.Answer {
	if m.Proposed() {
		return slices.Clone(m.Proposal.Answers)
	}
	return about.AnswersOf(m)
}

// amend changes a registration that waits. Its coordinator sees the new one, and
// what is new in it.
func (t turn) amend(was, m store.Model) error {
	changes := about.Changes(t.Turn, about.AnswersOf(was), about.AnswersOf(m))
	if len(changes) == 0 {
		return t.unchanged(was)
	}
	for _, field := range about.ChangedFields(changes) {
		if !slices.Contains(m.Amended, field) {
			m.Amended = append(m.Amended, field)
		}
	}

	m, err := t.Tx.PutModel(m)
	if err != nil {
		return err
	}
	if err := t.recordChanges(m, "amend", changes); err != nil {
		return err
	}
	if err := t.Follow(link.Await, link.Ref(m.ID), "quiet"); err != nil {
		return err
	}
	return t.receipt("amend.done", m, changes)
}

// propose asks the coordinator for a change of an accepted registration; where
// nobody checks it is made at once.
func (t turn) propose(was store.Model, s store.Session) error {
	m := was
	fill(&m, &s)
	changes := about.Changes(t.Turn, about.AnswersOf(was), about.AnswersOf(m))
	if len(changes) == 0 {
		return t.unchanged(was)
	}
	was.Proposal = store.Proposal{Answers: s.Answers, By: t.Person.ID, Post: t.Post.ID}
	m, err := t.Tx.PutModel(was)
	if err != nil {
		return err
	}

	checker, ok, err := about.Checker(t.Turn, m)
	if err != nil {
		return err
	}
	if !ok {
		if err := t.adopt(m); err != nil {
			return err
		}
		return t.receipt("amend.done", m, changes)
	}

	if err := t.Record(subject(m), "propose", "registration", "", about.Questions(t.Turn, about.ChangedFields(changes))); err != nil {
		return err
	}
	if err := t.Follow(link.Await, link.Ref(m.ID), "quiet"); err != nil {
		return err
	}
	if checker.ID == t.Post.ID {
		return t.receipt("propose.done", m, changes, text.Green(about.CheckButton(t.Turn, "check.open", "open", m)))
	}
	return t.receipt("propose.done", m, changes)
}

// adopt puts a change that was proposed into a registration: the one place where
// the proposal becomes what counts.
func (t turn) adopt(m store.Model) error {
	was := m
	fill(&m, &store.Session{Answers: m.Proposal.Answers})
	m.Distinct, m.Proposal = was.Distinct, store.Proposal{}
	if err := t.recordChanges(m, "adopt", about.Changes(t.Turn, about.AnswersOf(was), about.AnswersOf(m))); err != nil {
		return err
	}
	_, err := t.Tx.PutModel(m)
	return err
}

func (t turn) unchanged(m store.Model) error {
	return t.Offer("amend.nothing", text.Args{"Title": m.Title, "Code": m.Code}, [][]store.Button{text.Row(about.CardButton(t.Turn, m))})
}

// receipt says what changed, in a message that cannot be forwarded: a phone
// number may be in it.
func (t turn) receipt(key string, m store.Model, changes []about.Change, more ...store.Button) error {
	_, err := t.Send(store.Message{
		Text:    t.Text(key, text.Args{"Title": m.Title, "Code": m.Code, "Lines": about.ChangeLines(t.Turn, changes)}),
		Buttons: [][]store.Button{append(more, about.CardButton(t.Turn, m))}, Protect: true,
	})
	return err
}
