package register

import (
	"slices"
	"strings"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// amendment does what a button says with a registration: change it, ask until
// when it is to go on ("until"), or propose a last day ("until.DAY").
func (t turn) amendment(m store.Model, what string) error {
	if ok, err := t.may(m, "amend.closed", store.MoveAmend, store.MovePropose); !ok || err != nil {
		return err
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

// may reports whether a registration is the post's, and as it is now lets any of
// some moves be made; it says why not.
func (t turn) may(m store.Model, closed string, moves ...store.Move) (bool, error) {
	if !t.MayWith(access.RegisterModels, m) {
		return false, t.NotHere(func(p store.Post) bool { return t.PostMay(p, access.RegisterModels, m) })
	}
	if !slices.ContainsFunc(moves, m.Allows) {
		return false, t.Toast(closed, text.Args{"State": m.State})
	}
	return true, nil
}

// change opens a registration to be changed: at once while it waits, as a proposal
// once it was accepted. Where one field is named it is asked, and nothing that the
// model lacks; nor is that asked of what was accepted without it.
func (t turn) change(m store.Model, ask ...string) error {
	return t.reopen(m, t.wanted(m), ask, func(s *store.Session) {
		switch {
		case len(ask) > 0:
			t.skipOthers(s, ask, func(string) bool { return true })
		case m.Allows(store.MovePropose):
			t.skipOthers(s, []string{"reason"}, func(field string) bool { return !t.isDetail(field) })
		}
	})
}

// reopen opens a registration with answers of it on the review card, from which
// any of them is changed; what is to be asked again comes first.
func (t turn) reopen(m store.Model, answers []store.Answer, again []string, more func(*store.Session)) error {
	s, ok, err := t.completing(m)
	if err != nil {
		return err
	}
	if ok { // begun before: nothing of it is lost
		return t.Reopen(s.ID)
	}

	return t.Begin(forms.RegisterID, func(s *store.Session) {
		about.Choose(s, m)
		s.Answers, s.Again, s.Known = answers, again, known(m)
		more(s)
	})
}

// known are the likely doubles of a model that its officer is not asked about again.
func known(m store.Model) []uint64 {
	out := make([]uint64, len(m.Distinct))
	for i, id := range m.Distinct {
		out[i] = uint64(id)
	}
	return out
}

// wanted are the answers of a registration as its officer wants them.
func (t turn) wanted(m store.Model) []store.Answer {
	if p := m.Proposal; m.Proposed() {
		return append(slices.Clone(p.Answers), store.Answer{Field: "reason", Text: p.Reason, Skipped: p.Reason == "", Given: true})
	}
	return about.AnswersOf(m)
}

// amend changes a registration that waits. Its coordinator sees the new one, and
// what is new in it.
func (t turn) amend(was, m store.Model) error {
	changes := t.changes(was, m)
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
	changes := t.changes(was, m)
	if len(changes) == 0 {
		return t.unchanged(was)
	}
	checker, ok, err := about.Checker(t.Turn, was)
	if err != nil {
		return err
	}

	reason, _ := flows.Find(&s, "reason")
	answers := slices.DeleteFunc(slices.Clone(s.Answers), func(a store.Answer) bool { return a.Field == "reason" })
	was.Proposal = store.Proposal{Answers: answers, Reason: reason.Text, By: t.Person.ID, Post: t.Post.ID}
	if !ok {
		if err := t.adopt(was); err != nil {
			return err
		}
		return t.receipt("amend.done", was, changes)
	}

	if m, err = t.Tx.PutModel(was); err != nil {
		return err
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
	if err := t.recordChanges(m, "adopt", t.changes(was, m)); err != nil {
		return err
	}
	if why := was.Proposal.Reason; why != "" {
		if err := t.Record(subject(m), "adopt", "reason", "", why); err != nil {
			return err
		}
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
