package bot

import (
	"strconv"
	"strings"
	"time"

	"danvan/flows"
	"danvan/flows/answer"
	"danvan/flows/forms"
	"danvan/store"
	"danvan/store/deadline"
)

// mayGrant says whether the post may give a unit more time: a coordinator or a
// supervisor above it, never the unit itself, nor who reports for it.
func (t *turn) mayGrant(unit store.UnitCode) (bool, error) {
	return t.mayOversee(grantTime, unit)
}

// mayOversee says whether the post may do a job that is about somebody else's
// report. A coordinator who is an officer too does not decide on their own.
func (t *turn) mayOversee(j job, unit store.UnitCode) (bool, error) {
	if !t.may(j) || t.post.Unit == unit {
		return false, nil
	}
	if own, err := t.mayReportFor(unit); own || err != nil {
		return false, err
	}
	return t.reaches(unit)
}

// pressedGrant obeys the buttons by which a unit gets more time, or that is
// taken back: what to do, the unit, the period, and a fence.
func (t *turn) pressedGrant(rest string) error {
	parts := append(strings.Split(rest, "."), "", "", "")
	d, ok, err := t.dutyBy(parts[1], parts[2])
	if err != nil {
		return err
	}
	if !ok {
		return t.toast("press.closed", nil)
	}
	if may, err := t.mayGrant(d.Unit); err != nil {
		return err
	} else if !may {
		return t.refuse(grantTime)
	}
	switch parts[0] {
	case "extend", "exempt":
		if d.Settled(t.ev.At) == deadline.HasSubmitted {
			return t.toast("grant.needless", nil)
		}
		return t.beginGrant(d, parts[0] == "exempt")
	case "retract":
		return t.retract(d, parseRef(parts[3]))
	}
	return t.toast("press.unknown", nil)
}

// grantButtons give a unit more time, or take back what was given; none for who
// may not, and when the report is there.
func (t *turn) grantButtons(d duty) ([]store.Button, error) {
	if d.Settled(t.ev.At) == deadline.HasSubmitted {
		return nil, nil
	}
	if may, err := t.mayGrant(d.Unit); err != nil || !may {
		return nil, err
	}
	return t.grantChoice(d), nil
}

// grantChoice are those buttons for somebody who may.
func (t *turn) grantChoice(d duty) []store.Button {
	at := "." + dutyKey(d)
	exempt := d.Settled(t.ev.At) == deadline.IsExempt
	if exempt || d.Extension != nil {
		key := "tracking.retract_extension"
		if exempt {
			key = "tracking.retract_exemption"
		}
		return []store.Button{t.button(key, pressGrant+"retract"+at+"."+ref(t.grants(d)), nil)}
	}
	return []store.Button{t.button("tracking.extend", pressGrant+"extend"+at, nil), t.button("tracking.exempt", pressGrant+"exempt"+at, nil)}
}

// beginGrant opens the form of an extension or an exemption.
func (t *turn) beginGrant(d duty, exempt bool) error {
	kind := forms.Extension
	if exempt {
		kind = forms.Exemption
	}
	return t.begin(forms.GrantID, func(s *store.Session) {
		s.Answers = append(s.Answers, store.Answer{Field: "duty", Keys: []string{dutyKey(d)}, Given: true},
			store.Answer{Field: "kind", Keys: []string{kind}, Given: true})
	})
}

// checkGrant refuses a new due day that is none: past, before the present one,
// or too far.
func (t *turn) checkGrant(s *store.Session, day store.Date) error {
	d, ok, err := t.dutyOfForm(s)
	if err != nil || !ok {
		return err
	}
	until := t.grantUntil(d, day)
	last := d.Period.Locked.AddDate(0, 0, deadline.MaxExtension)
	if until.After(d.Due) && until.After(t.ev.At) && until.Before(last) {
		return nil
	}
	return &answer.Invalid{Key: "grant.day_wrong", Args: args{
		"Day": day, "Due": dayOf(d.Due.In(t.Zone)), "Last": store.DateOf(last.In(t.Zone)),
	}}
}

// grantUntil is a new due day at the hour at which the report is due.
func (t *turn) grantUntil(d duty, day store.Date) time.Time {
	return d.cal.At(day, d.Due.In(t.Zone).Hour())
}

// submitGrant writes the exception and tells the unit's officer.
func (t *turn) submitGrant(s store.Session) error {
	d, ok, err := t.dutyOfForm(&s)
	if err != nil {
		return err
	}
	if !ok {
		return t.tell("report.gone", nil)
	}
	if may, err := t.mayGrant(d.Unit); err != nil {
		return err
	} else if !may {
		return t.refuse(grantTime)
	}
	if d.Settled(t.ev.At) == deadline.HasSubmitted {
		return t.tell("grant.needless", nil)
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

// lengthOf reads the new due time out of a form: working days after the present
// one, or after today when that is past.
func (t *turn) lengthOf(s *store.Session, d duty) time.Time {
	if day, ok := flows.Find(s, "day"); ok {
		return t.grantUntil(d, day.From)
	}
	n, err := strconv.Atoi(flows.Key(s, "length"))
	if err != nil {
		n = 1
	}
	from := d.cal.Day(d.Due)
	if from.Before(t.today) {
		from = t.today
	}
	return t.grantUntil(d, d.cal.AddWorking(from, n))
}

// except writes an exception, records it, confirms it and tells the officer.
func (t *turn) except(d duty, e store.Exception, key string) error {
	e.Unit, e.Period, e.By, e.Post, e.At = d.Unit, d.Period.ID, t.person.ID, t.post.ID, t.ev.At
	if err := t.tx.AddException(e); err != nil {
		return err
	}
	if err := t.record("report/"+string(d.Unit)+"/"+string(d.Period.ID), string(e.Kind), "until", d.Due.UTC().Format(time.RFC3339), e.Until.UTC().Format(time.RFC3339)); err != nil {
		return err
	}
	d, ok, err := t.duty(d.Unit, d.Period.ID)
	if err != nil || !ok {
		return err
	}
	say := func(o *turn, key string) (string, error) {
		a, err := o.dutyArgs(d)
		a["Kind"], a["Reason"], a["By"] = string(e.Kind), o.grantReason(e.Reason), t.post
		return o.text(key, a), err
	}
	officer, ok, err := officerOf(t.tx, d.Unit)
	if err != nil {
		return err
	}
	own := key
	if ok = ok && officer.ID != t.person.ID; !ok {
		own += "_alone"
	}
	text, err := say(t, own)
	if err != nil {
		return err
	}
	if _, err := t.send(store.Message{Text: text, Buttons: [][]store.Button{row(
		t.button("tracking.back", pressWho+"show."+token(d.Period.ID), nil))}}); err != nil || !ok {
		return err
	}
	return t.tellOther(officer, func(o *turn) (store.Message, error) {
		text, err := say(o, key+"_officer")
		return store.Message{Text: text, Buttons: [][]store.Button{row(
			o.button("report.open", pressReport+"show."+dutyKey(d), nil))}}, err
	})
}

// grantReason says a reason: one of the form's, or in the words that were typed.
func (t *turn) grantReason(reason string) string {
	key := "grant.cause." + reason
	if t.Words.Has(t.lang(), key) {
		return lowerFirst(t.plain(key, nil))
	}
	return reason
}

// grants counts a duty's exceptions, which fences the button that takes one
// back.
func (t *turn) grants(d duty) uint64 {
	n := uint64(0)
	for _, e := range []*store.Exception{d.Extension, d.Exemption} {
		if e != nil {
			n += uint64(e.At.Unix())
		}
	}
	return n
}

// retract takes back an extension or an exemption: the rule's own time holds
// again.
func (t *turn) retract(d duty, fence uint64) error {
	if fence != t.grants(d) {
		return t.toast("report.changed", nil)
	}
	e := store.Exception{Kind: store.Extension, Until: d.Period.Due, Reason: "retracted"}
	if d.Settled(t.ev.At) == deadline.IsExempt {
		e.Kind, e.Until = store.Exemption, t.ev.At
		if !t.ev.At.Before(d.Locked) { // it lasted until the lock, for good
			return t.toast("press.closed", nil)
		}
	}
	if err := t.unbutton(); err != nil {
		return err
	}
	return t.except(d, e, "grant.retracted")
}
