package about

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/reporting"
)

// Obligation is a unit's obligation to report, as a turn sees it.
type Obligation struct {
	deadline.Obligation
	Campaign store.Campaign
	Cal      *deadline.Calendar
}

// Days is how many working days are left until the report is due; negative:
// how many ago it was.
func (o Obligation) Days(now time.Time) int {
	return o.Cal.WorkingBetween(o.Cal.Day(now), o.Cal.Day(o.Due))
}

// Link names the obligation in a link.
func (o Obligation) Link() string { return link.Obligation(o.Unit, o.Period.ID) }

// Fence is Link with the revision of the report, by which a button that sends it
// or takes it back is fenced.
func (o Obligation) Fence() string { return o.Link() + "." + link.Ref(o.Revision()) }

// Revision is that of the report; 0 while there is none.
func (o Obligation) Revision() uint64 {
	if o.Report == nil {
		return 0
	}
	return o.Report.Revision
}

// Owed returns a unit's obligation for a period; false when it has none.
func Owed(t *bot.Turn, unit store.UnitCode, id store.PeriodID) (Obligation, bool, error) {
	c, err := t.Tx.Campaign(id.Campaign())
	if errors.Is(err, store.ErrNotFound) {
		return Obligation{}, false, nil
	}
	if err != nil {
		return Obligation{}, false, err
	}
	cal, err := t.Calendar()
	if err != nil {
		return Obligation{}, false, err
	}
	p, ok := deadline.ByID(c, cal, id)
	if !ok {
		return Obligation{}, false, nil
	}
	return owed(t, unit, p, c, cal)
}

func owed(t *bot.Turn, unit store.UnitCode, p store.Period, c store.Campaign, cal *deadline.Calendar) (Obligation, bool, error) {
	u, ok := t.Org.Unit(unit)
	if !ok {
		return Obligation{}, false, nil
	}

	listed, err := reporting.Listed(t.Tx, cal, p, []store.Unit{u})
	if err != nil {
		return Obligation{}, false, err
	}
	r, err := t.Tx.Report(unit, p.ID)
	var reports []store.Report
	switch {
	case err == nil:
		reports = append(reports, r)
	case !errors.Is(err, store.ErrNotFound):
		return Obligation{}, false, err
	}
	exceptions, err := t.Tx.Exceptions(p.ID)
	if err != nil {
		return Obligation{}, false, err
	}

	own := slices.DeleteFunc(exceptions, func(e store.Exception) bool { return e.Unit != unit })
	all := deadline.Obligations(t.Org, listed, p, c, reports, own, cal, t.Event.At)
	if len(all) == 0 {
		return Obligation{}, false, nil
	}
	return Obligation{all[0], c, cal}, true, nil
}

// OwedNow lists what a unit is to report on now, by due time: what everybody
// is, and what it has been given more time for.
func OwedNow(t *bot.Turn, unit store.UnitCode) ([]Obligation, error) {
	campaigns, err := t.Tx.Campaigns()
	if err != nil {
		return nil, err
	}
	cal, err := t.Calendar()
	if err != nil {
		return nil, err
	}

	var out []Obligation
	for _, c := range campaigns {
		for _, p := range Tracked(c, cal, t.Event.At) {
			o, ok, err := owed(t, unit, p, c, cal)
			if err != nil {
				return nil, err
			}
			if ok && (t.Event.At.Before(p.Locked) || t.Event.At.Before(o.Locked)) {
				out = append(out, o)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Obligation) int {
		return cmp.Or(a.Due.Compare(b.Due), a.Period.From.Compare(b.Period.From))
	})
	return slices.Clip(out), nil
}

// Tracked lists a campaign's periods that are reported on now, and those that
// are locked, but not for so long that nobody can be given more time.
func Tracked(c store.Campaign, cal *deadline.Calendar, now time.Time) []store.Period {
	return append(deadline.Current(c, cal, now), JustLocked(c, cal, now)...)
}

// JustLocked lists the locked ones of Tracked.
func JustLocked(c store.Campaign, cal *deadline.Calendar, now time.Time) []store.Period {
	return slices.DeleteFunc(deadline.Live(c, cal, now, now), func(p store.Period) bool { return now.Before(p.Locked) })
}

// How long after its cut-off a period is found by its link, in days, and how
// long before its end.
const (
	linkDays  = 400
	linkAhead = 31
)

// Period returns the period that a link names.
func Period(t *bot.Turn, linked string) (store.Period, store.Campaign, bool, error) {
	campaigns, err := t.Tx.Campaigns()
	if err != nil {
		return store.Period{}, store.Campaign{}, false, err
	}
	cal, err := t.Calendar()
	if err != nil {
		return store.Period{}, store.Campaign{}, false, err
	}
	for _, c := range campaigns {
		for _, p := range deadline.Periods(c, cal, t.Today.AddDays(-linkDays), t.Today.AddDays(linkAhead)) {
			if link.Period(p.ID) == linked {
				return p, c, true, nil
			}
		}
	}
	return store.Period{}, store.Campaign{}, false, nil
}

// Linked returns the obligation that a link names, "unit.period".
func Linked(t *bot.Turn, unit, period string) (Obligation, bool, error) {
	p, c, ok, err := Period(t, period)
	if err != nil || !ok {
		return Obligation{}, false, err
	}
	cal, err := t.Calendar()
	if err != nil {
		return Obligation{}, false, err
	}
	return owed(t, link.UnitCode(unit), p, c, cal)
}

// Named returns the obligation that a key names, "unit.period".
func Named(t *bot.Turn, key string) (Obligation, bool, error) {
	unit, period, ok := strings.Cut(key, ".")
	if !ok {
		return Obligation{}, false, nil
	}
	return Linked(t, unit, period)
}

// Args are what every text about an obligation says.
func (o Obligation) Args(t *bot.Turn) text.Args {
	now := t.Event.At
	a := text.Args{
		"Unit": Then(t, o.Period).UnitName(o.Unit), "Period": o.Period, "Code": o.Code(), "State": string(o.State),
		"Due": text.DayOf(o.Due.In(t.Zone)), "Hour": o.Due.In(t.Zone).Hour(),
		"Left": o.Days(now), "Ago": -o.Days(now), "Past": !now.Before(o.Due),
		"Locked": text.DayOf(o.Locked.In(t.Zone)), "Closed": !now.Before(o.Locked),
		"From": o.Period.From, "To": o.Period.To, "Runs": !o.Period.To.Before(t.Today),
	}
	if o.Extension != nil {
		a["Extended"] = true
	}
	a["Today"] = now.Before(o.Due) && o.Cal.Day(o.Due) == t.Today
	a["Open"] = o.Settled(now) == "" && now.Before(o.Locked)
	a["DueSaid"] = t.Plain("due.said", a)
	return a
}

// MayReport reports whether the person sends a unit's report: as the officer of
// just this unit, whatever post is acted for now, or as an officer's deputy.
func MayReport(t *bot.Turn, unit store.UnitCode) bool {
	_, ok := t.Org.OfficerFor(unit, t.Person.ID, t.Event.At)
	return ok
}

// MayOversee reports whether the post may do a job that is about somebody
// else's report. A coordinator who is an officer too does not decide on their
// own.
func MayOversee(t *bot.Turn, j access.Job, unit store.UnitCode) bool {
	return t.May(j) && t.Post.Unit != unit && !MayReport(t, unit) && t.Reaches(unit)
}

// GrantButtons give a unit more time for its report, or take back what was
// given; for somebody who may.
func GrantButtons(v text.Voice, o Obligation, now time.Time) []store.Button {
	exempt := o.Settled(now) == deadline.IsExempt
	if exempt || o.Extension != nil {
		key := "tracking.retract_extension"
		if exempt {
			key = "tracking.retract_exemption"
		}
		return []store.Button{v.Button(key, link.Grant.To("retract", o.Link(), link.Ref(o.Granted())), nil)}
	}
	return []store.Button{
		v.Button("tracking.extend", link.Grant.To("extend", o.Link()), nil),
		v.Button("tracking.exempt", link.Grant.To("exempt", o.Link()), nil),
	}
}

// Granted stands for an obligation's exceptions, which fences the button that
// takes one back.
func (o Obligation) Granted() uint64 {
	n := uint64(0)
	for _, e := range []*store.Exception{o.Extension, o.Exemption} {
		if e != nil {
			n += uint64(e.At.Unix())
		}
	}
	return n
}

// MayConfirm reports whether the post says what came on paper from a unit.
func MayConfirm(t *bot.Turn, unit store.UnitCode) bool {
	return MayOversee(t, access.ConfirmPapers, unit)
}

// Subject names the report in the audit.
func (o Obligation) Subject() string { return "report/" + string(o.Unit) + "/" + string(o.Period.ID) }
