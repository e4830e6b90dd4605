package reports

import (
	"time"

	"danvan/bot/about"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// snoozeHour is when somebody is reminded who asked for the next morning.
const snoozeHour = 8

// snooze puts the reminders of everything that the person has to report on
// off to the next working morning.
func (t turn) snooze(d about.Obligation) error {
	if d.Settled(t.Event.At) != "" || !t.Event.At.Before(d.Locked) {
		return t.Toast("report.already", t.standing(d))
	}

	until := t.tomorrow(d)
	list, err := t.owed()
	if err != nil {
		return err
	}
	list = append(list, d)
	for _, x := range list {
		if x.Settled(t.Event.At) != "" || tooLate(x, until, t.Event.At) {
			continue
		}
		wish := store.Deferral{Person: t.Person.ID, Period: x.Period.ID, Until: until, At: t.Event.At}
		if err := t.Tx.PutDeferral(wish); err != nil {
			return err
		}
	}

	if err := t.Unbutton(); err != nil {
		return err
	}
	a := d.Args(t.Turn)
	a["When"], a["Never"] = text.DayOf(until.In(t.Zone)), tooLate(d, until, t.Event.At)
	return t.Offer("later.done", a, [][]store.Button{text.Row(
		text.Green(t.Button("report.open", link.Report.To("show."+d.Link()), nil)))})
}

// tomorrow is the next working morning.
func (t turn) tomorrow(d about.Obligation) time.Time {
	return d.Cal.At(d.Cal.OnOrAfter(t.Today.AddDays(1)), snoozeHour)
}

// tooLate reports whether a reminder at an instant would come when the report is
// overdue, which it is not yet, or locked.
func tooLate(d about.Obligation, at, now time.Time) bool {
	return !at.Before(d.Locked) || now.Before(d.Due) && !at.Before(d.Due)
}
