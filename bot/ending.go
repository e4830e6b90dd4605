package bot

import (
	"fmt"
	"slices"

	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// submit does what the form is for, and ends the session.
func (t *turn) submit(step flows.Turn) error {
	s := step.Session
	settled := ""
	if step.Settled != nil {
		text, err := t.settledText(&s, *step.Settled)
		if err != nil {
			return err
		}
		settled = text
	}
	if err := t.close(&s, settled); err != nil {
		return err
	}
	switch s.Form {
	case forms.RegisterID:
		return t.submitRegistration(s)
	case forms.UpdateID:
		return t.submitUpdate(s)
	case forms.ProfileID:
		return t.submitProfile(s)
	case forms.ReturnID, forms.RejectID, forms.UnfinishedID, forms.MergeID:
		return t.submitVerdict(s)
	case forms.WithdrawID:
		return t.submitWithdraw(s)
	case forms.RemarksID:
		return t.submitRemarks(s)
	case forms.GrantID:
		return t.submitGrant(s)
	case forms.WhereID:
		return t.submitWhere(s)
	case forms.CampaignID:
		return t.submitCampaign(s)
	case forms.HolidayID:
		return t.submitHolidays(s)
	}
	return fmt.Errorf("nobody takes the form %q", s.Form)
}

// close ends a session for good.
func (t *turn) close(s *store.Session, settled string) error {
	t.person.Open, t.dirty = 0, true
	if err := t.retire(s, settled); err != nil {
		return err
	}
	return t.tx.DeleteSession(s.ID)
}

// saveForLater puts the open session aside.
func (t *turn) saveForLater(s store.Session) error {
	if s.Form == forms.GrantID || isVerdict(s.Form) && !worthKeeping(&s) {
		if err := t.close(&s, ""); err != nil {
			return err
		}
		return t.afterVerdict(s, "cancel.done", nil)
	}
	t.person.Open, t.dirty = 0, true
	if err := t.retire(&s, ""); err != nil {
		return err
	}
	name, err := t.draftName(&s)
	if err != nil {
		return err
	}
	s.Touched = t.ev.At
	if err := t.tx.PutSession(s); err != nil {
		return err
	}
	return t.afterVerdict(s, "draft.saved", args{"Draft": name})
}

func (t *turn) discard(s store.Session) error {
	name, err := t.draftName(&s)
	if err != nil {
		return err
	}
	if err := t.close(&s, ""); err != nil {
		return err
	}
	if isVerdict(s.Form) {
		return t.afterVerdict(s, "draft.gone", args{"Draft": name})
	}
	return t.tell("draft.gone", args{"Draft": name})
}

// isSame leaves a registration for the model that it turned out to be.
func (t *turn) isSame(s store.Session, id store.ModelID) error {
	m, ok, err := t.model(id, updateModels)
	if err != nil {
		return err
	}
	if !ok {
		return t.again()
	}
	if m.State == store.Done && s.Subject == 0 {
		return t.carryOn(s, m)
	}
	if err := t.close(&s, ""); err != nil {
		return err
	}
	return t.beginUpdate(m)
}

// carryOn goes on with a registration that turned out to be of a model that
// was completed before: it is maintained, and no new one (domain.md §4.3).
func (t *turn) carryOn(s store.Session, m store.Model) error {
	s.Known = append(s.Known, uint64(m.ID))
	for _, a := range []store.Answer{
		{Field: "title", Text: m.Title}, {Field: "origin", Keys: []string{string(store.Maintained)}},
		{Field: "predecessor", Keys: []string{ref(m.ID)}},
	} {
		s.Answers = slices.DeleteFunc(s.Answers, func(b store.Answer) bool { return b.Field == a.Field })
		s.Answers = append(s.Answers, a)
	}
	s.Doubt = nil
	step, err := t.engine.Start(s, lookup{t})
	if err != nil {
		return err
	}
	step.Replies = append([]flows.Reply{flows.Notice{Key: "register.carried_on", Args: args{"Title": m.Title, "Code": m.Code}}}, step.Replies...)
	return t.apply(step)
}

// cancel asks what is to become of the open draft.
func (t *turn) cancel() error {
	s, ok, err := t.open()
	if err != nil {
		return err
	}
	if !ok {
		return t.tell("cancel.nothing", nil)
	}
	if err := t.retire(&s, ""); err != nil {
		return err
	}
	if err := t.tx.PutSession(s); err != nil {
		return err
	}
	if !worthKeeping(&s) {
		if err := t.close(&s, ""); err != nil {
			return err
		}
		return t.afterVerdict(s, "cancel.done", nil)
	}
	name, err := t.draftName(&s)
	if err != nil {
		return err
	}
	return t.offer("cancel.ask", args{"Draft": name}, [][]store.Button{
		row(green(t.button("cancel.go_on", pressDraft+ref(s.ID), nil))),
		row(t.button("cancel.keep", pressLeave+ref(s.ID), nil), red(t.button("cancel.throw", pressGone+ref(s.ID), nil))),
	})
}
