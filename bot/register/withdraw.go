package register

import (
	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// withdraw is the home of the form by which an officer takes a returned
// registration back.
type withdraw struct{ about.OnModel }

func newWithdraw() withdraw {
	return withdraw{about.OnModel{Basic: about.Basic{Of: forms.Reason(forms.WithdrawID)}}}
}

// beginWithdraw asks an officer why.
func (t turn) beginWithdraw(m store.Model) error {
	if ok, err := t.mayComplete(m); !ok || err != nil {
		return err
	}
	return t.Begin(forms.WithdrawID, func(s *store.Session) { about.Choose(s, m) })
}

// Submit takes the registration back for good.
func (withdraw) Submit(b *bot.Turn, s store.Session) error {
	t := turn{b}
	m, ok, err := t.Model(store.ModelID(s.Subject), access.RegisterModels)
	if err != nil {
		return err
	}
	if !ok {
		return t.Refuse(access.RegisterModels)
	}
	if !m.Allows(store.MoveWithdraw) {
		return t.Tell("mend.too_late", text.Args{"Title": m.Title, "State": m.State})
	}

	draft, begun, err := t.completing(m)
	if err != nil {
		return err
	}
	if begun {
		if err := t.Tx.DeleteSession(draft.ID); err != nil {
			return err
		}
	}
	reason, _ := flows.Find(&s, "reason")
	if m, err = t.decide(m, store.Review{Verdict: store.RejectVerdict, Reason: reason.Text, State: store.Rejected}); err != nil {
		return err
	}
	return t.Offer("withdraw.done", text.Args{"Title": m.Title, "Code": m.Code}, about.AfterRegistration(t.Turn, m))
}

// decide records what the person did with the check of a model.
func (t turn) decide(m store.Model, r store.Review) (store.Model, error) {
	r.By, r.Post, r.At = t.Person.ID, t.Post.ID, t.Event.At
	return store.Decide(t.Tx, m, r)
}

// subject names a model in the audit.
func subject(m store.Model) string { return "model/" + link.Ref(m.ID) }
