package tracking

import (
	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
	"danvan/store/deadline"
)

// grant is the home of the form by which a unit gets more time for a report, or
// need not send it.
type grant struct{ about.OnObligation }

func newGrant() grant { return grant{about.OnObligation{Basic: about.Basic{Of: forms.Grant()}}} }

// Keeps reports whether a draft is worth keeping: never, it is begun anew as quickly.
func (grant) Keeps(*store.Session) bool { return false }

// Saves reports whether it is saved: never either.
func (grant) Saves(*store.Session) bool { return false }

// Doubt refuses a new due day that is none: past, before the present one,
// or too far.
func (g grant) Doubt(t *bot.Turn, s *store.Session, check string, a store.Answer) (*store.Doubt, error) {
	if check != forms.CheckGrant {
		return g.OnObligation.Doubt(t, s, check, a)
	}
	d, ok, err := about.Of(t, s)
	if err != nil || !ok {
		return nil, err
	}

	until := grantUntil(d, a.From)
	last := d.Period.Locked.AddDate(0, 0, deadline.MaxExtension)
	if until.After(d.Due) && until.After(t.Event.At) && until.Before(last) {
		return nil, nil
	}
	return nil, &answer.Invalid{Key: "grant.day_wrong", Args: text.Args{
		"Day": a.From, "Due": text.DayOf(d.Due.In(t.Zone)), "Last": store.DateOf(last.In(t.Zone)),
	}}
}

// Submit writes the exception and tells the unit's officer.
func (grant) Submit(b *bot.Turn, s store.Session) error {
	t := turn{b}
	d, ok, err := about.Of(b, &s)
	if err != nil {
		return err
	}
	if !ok {
		return t.Tell("report.gone", nil)
	}
	if !t.mayGrant(d.Unit) {
		return t.Refuse(access.GrantTime)
	}
	if d.Settled(t.Event.At) == deadline.HasSubmitted {
		return t.Tell("grant.needless", nil)
	}

	e := store.Exception{Kind: store.ExceptionKind(flows.Key(&s, "kind")), Until: d.Locked, Reason: flows.Key(&s, "cause")}
	if e.Kind == store.Extension {
		e.Until = t.lengthOf(&s, d)
	}
	if a, ok := flows.Find(&s, "remark"); ok && a.Text != "" {
		e.Reason = a.Text
	}
	return t.except(d, e, "grant.done")
}
