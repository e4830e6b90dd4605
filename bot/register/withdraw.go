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

// withdraw is the home of the form by which an officer takes a registration back.
type withdraw struct{ about.OnModel }

func newWithdraw() withdraw {
	return withdraw{about.OnModel{Basic: about.Basic{Of: forms.Reason(forms.WithdrawID)}}}
}

// beginWithdraw asks an officer why.
func (t turn) beginWithdraw(m store.Model) error {
	if ok, err := t.may(m, "mend.closed", store.MoveWithdraw); !ok || err != nil {
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
		return t.Tell("withdraw.too_late", text.Args{"Title": m.Title, "State": m.State})
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
	if err := t.Follow(link.Await, link.Ref(m.ID), "gone"); err != nil {
		return err
	}
	return t.Offer("withdraw.done", text.Args{"Title": m.Title, "Code": m.Code}, about.AfterRegistration(t.Turn, m))
}
