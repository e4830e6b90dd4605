package tracking

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
	"danvan/store/deadline"
)

// mayGrant reports whether the post may give a unit more time: a coordinator or a
// supervisor above it, never the unit itself, nor who reports for it.
func (t turn) mayGrant(unit store.UnitCode) bool {
	return about.MayOversee(t.Turn, access.GrantTime, unit)
}

// pressedGrant obeys the buttons by which a unit gets more time, or that is
// taken back: what to do, the unit, the period, and a fence.
func (t turn) pressedGrant(rest string) error {
	parts := append(strings.Split(rest, "."), "", "", "")
	d, ok, err := about.Linked(t.Turn, parts[1], parts[2])
	if err != nil {
		return err
	}
	if !ok {
		return t.Toast("press.closed", nil)
	}
	if !t.mayGrant(d.Unit) {
		return t.Refuse(access.GrantTime)
	}

	switch parts[0] {
	case "extend", "exempt":
		if d.Settled(t.Event.At) == deadline.HasSubmitted {
			return t.Toast("grant.needless", nil)
		}
		return t.beginGrant(d, parts[0] == "exempt")
	case "retract":
		return t.retract(d, link.ID(parts[3]))
	}
	return t.Toast("press.unknown", nil)
}

// grantButtons give a unit more time, or take back what was given; none for who
// may not, and when the report is there.
func (t turn) grantButtons(d about.Obligation) []store.Button {
	if d.Settled(t.Event.At) == deadline.HasSubmitted || !t.mayGrant(d.Unit) {
		return nil
	}
	return about.GrantButtons(t.Voice, d, t.Event.At)
}

// beginGrant opens the form of an extension or an exemption.
func (t turn) beginGrant(d about.Obligation, exempt bool) error {
	kind := forms.Extension
	if exempt {
		kind = forms.Exemption
	}
	return t.Begin(forms.GrantID, func(s *store.Session) {
		s.Answers = append(s.Answers, store.Answer{Field: "duty", Keys: []string{d.Link()}, Given: true},
			store.Answer{Field: "kind", Keys: []string{kind}, Given: true})
	})
}

// grantUntil is a new due day at the hour at which the report is due.
func grantUntil(o about.Obligation, day store.Date) time.Time {
	return o.Cal.At(day, o.Cal.Hour(o.Due))
}

// lengthOf reads the new due time out of a form: working days after the present
// one, or after today when that is past.
func (t turn) lengthOf(s *store.Session, d about.Obligation) time.Time {
	if day, ok := flows.Find(s, "day"); ok {
		return grantUntil(d, day.From)
	}
	n, err := strconv.Atoi(flows.Key(s, "length"))
	if err != nil {
		n = 1
	}
	from := d.Cal.Day(d.Due)
	if from.Before(t.Today) {
		from = t.Today
	}
	return grantUntil(d, d.Cal.AddWorking(from, n))
}

// except writes an exception, records it, confirms it and tells the officer.
func (t turn) except(d about.Obligation, e store.Exception, key string) error {
	e.Unit, e.Period, e.By, e.Post, e.At = d.Unit, d.Period.ID, t.Person.ID, t.Post.ID, t.Event.At
	if err := t.Tx.AddException(e); err != nil {
		return err
	}
	was, is := d.Due.UTC().Format(time.RFC3339), e.Until.UTC().Format(time.RFC3339)
	if err := t.Record(d.Subject(), string(e.Kind), "until", was, is); err != nil {
		return err
	}
	d, ok, err := about.Owed(t.Turn, d.Unit, d.Period.ID)
	if err != nil || !ok {
		return err
	}

	say := func(o *bot.Turn, key string) string {
		a := d.Args(o)
		a["Kind"], a["Reason"], a["By"] = string(e.Kind), grantReason(o.Voice, e.Reason), t.Post
		return o.Text(key, a)
	}
	officers, err := t.Org.OfficersOf(t.Tx, d.Unit)
	if err != nil {
		return err
	}
	officers = slices.DeleteFunc(officers, func(p store.Person) bool { return p.ID == t.Person.ID || !p.Unreachable.IsZero() })
	own := key
	if len(officers) == 0 {
		own += "_alone"
	}
	back := text.Row(t.Button("tracking.back", link.Watch.To("show."+link.Period(d.Period.ID)), nil))
	if _, err := t.Send(store.Message{Text: say(t.Turn, own), Buttons: [][]store.Button{back}}); err != nil {
		return err
	}

	for _, officer := range officers {
		if err := t.TellOther(officer, func(o *bot.Turn) (store.Message, error) {
			open := text.Row(o.Button("report.open", link.Report.To("show."+d.Link()), nil))
			return store.Message{Text: say(o, key+"_officer"), Buttons: [][]store.Button{open}}, nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// grantReason says a reason: one of the form's, or in the words that were typed.
func grantReason(v text.Voice, reason string) string {
	key := "grant.cause." + reason
	if v.Words.Has(v.Lang, key) {
		return text.Lower(v.Plain(key, nil))
	}
	return reason
}

// retract takes back an extension or an exemption: the rule's own time holds
// again.
func (t turn) retract(d about.Obligation, fence uint64) error {
	if fence != d.Granted() {
		return t.Toast("report.changed", nil)
	}
	e := store.Exception{Kind: store.Extension, Until: d.Period.Due, Reason: "retracted"}
	if d.Settled(t.Event.At) == deadline.IsExempt {
		e.Kind, e.Until = store.Exemption, t.Event.At
		if !t.Event.At.Before(d.Locked) { // it lasted until the lock, for good
			return t.Toast("press.closed", nil)
		}
	}
	if err := t.Unbutton(); err != nil {
		return err
	}
	return t.except(d, e, "grant.retracted")
}
