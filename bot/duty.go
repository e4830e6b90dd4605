package bot

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"time"

	"danvan/store"
	"danvan/store/deadline"
)

// duty is a unit's obligation as a turn sees it.
type duty struct {
	deadline.Obligation
	campaign store.Campaign
	cal      *deadline.Calendar
}

// days is how many working days are left until the report is due; negative:
// how many ago it was.
func (d duty) days(now time.Time) int {
	return d.cal.WorkingBetween(d.cal.Day(now), d.cal.Day(d.Due))
}

// revision fences the buttons under which a report is sent or taken back.
func (d duty) revision() uint64 {
	if d.Report == nil {
		return 0
	}
	return d.Report.Revision
}

// code is what people call a unit's report by: BC-30709-2026-6T2.
func (d duty) code() string {
	month, year := int(d.Period.To.Month), year(d.Period.To.Year)
	out := "BC-" + string(d.Unit) + "-" + year + "-"
	switch d.Period.Kind {
	case store.Month:
		return out + "T" + twoDigits(month)
	case store.Quarter:
		return out + "Q" + string(rune('0'+(month+2)/3))
	case store.HalfYear:
		if month <= 6 {
			return out + "6T1"
		}
		return out + "6T2"
	case store.NineMonths:
		return out + "9T"
	case store.FullYear:
		return out + "N"
	}
	return out + twoDigits(month) + twoDigits(d.Period.To.Day)
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

func (t *turn) calendar() (*deadline.Calendar, error) { return t.book.Calendar(t.tx) }

// duty returns a unit's obligation for a period; false when it has none.
func (t *turn) duty(unit store.UnitCode, id store.PeriodID) (duty, bool, error) {
	c, err := t.tx.Campaign(campaignOf(id))
	if errors.Is(err, store.ErrNotFound) {
		return duty{}, false, nil
	}
	if err != nil {
		return duty{}, false, err
	}
	cal, err := t.calendar()
	if err != nil {
		return duty{}, false, err
	}
	p, ok := deadline.ByID(c, cal, id)
	if !ok {
		return duty{}, false, nil
	}
	return t.dutyOf(unit, p, c, cal)
}

// campaignOf reads the campaign out of the id of one of its periods.
func campaignOf(id store.PeriodID) store.CampaignID {
	s := string(id)
	for range 2 {
		s = s[:max(0, strings.LastIndex(s, "/"))]
	}
	return store.CampaignID(s)
}

func (t *turn) dutyOf(unit store.UnitCode, p store.Period, c store.Campaign, cal *deadline.Calendar) (duty, bool, error) {
	line, err := t.upwards(unit)
	if err != nil || len(line) == 0 {
		return duty{}, false, err
	}
	r, err := t.tx.Report(unit, p.ID)
	var reports []store.Report
	switch {
	case err == nil:
		reports = append(reports, r)
	case !errors.Is(err, store.ErrNotFound):
		return duty{}, false, err
	}
	all, err := t.tx.Exceptions(p.ID)
	if err != nil {
		return duty{}, false, err
	}
	own := slices.DeleteFunc(all, func(e store.Exception) bool { return e.Unit != unit })
	for _, o := range deadline.Obligations(p, c, line, reports, own, cal, t.ev.At) {
		if o.Unit == unit {
			return duty{o, c, cal}, true, nil
		}
	}
	return duty{}, false, nil
}

// upwards lists a unit and those above it; nothing for a unit that is unknown.
// Those above are without their kinds, so that they owe nothing.
func (t *turn) upwards(code store.UnitCode) ([]store.Unit, error) {
	var out []store.Unit
	for code != "" {
		u, err := t.tx.Unit(code)
		if errors.Is(err, store.ErrNotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if len(out) > 0 {
			u.Kind = ""
		}
		out = append(out, u)
		code = u.Parent
	}
	return out, nil
}

// dutiesNow lists what a unit is to report on now, by due time: what everybody
// is, and what it has been given more time for.
func (t *turn) dutiesNow(unit store.UnitCode) ([]duty, error) {
	campaigns, err := t.tx.Campaigns()
	if err != nil {
		return nil, err
	}
	cal, err := t.calendar()
	if err != nil {
		return nil, err
	}
	var out []duty
	for _, c := range campaigns {
		current := deadline.Current(c, cal, t.ev.At)
		for _, p := range append(current, justLocked(c, cal, t.ev.At)...) {
			d, ok, err := t.dutyOf(unit, p, c, cal)
			if err != nil {
				return nil, err
			}
			if ok && (t.ev.At.Before(p.Locked) || t.ev.At.Before(d.Locked)) {
				out = append(out, d)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b duty) int {
		return cmp.Or(a.Due.Compare(b.Due), a.Period.From.Compare(b.Period.From))
	})
	return slices.Clip(out), nil
}

// justLocked lists a campaign's periods that are locked, but not for so long
// that nobody can be given more time.
func justLocked(c store.Campaign, cal *deadline.Calendar, now time.Time) []store.Period {
	return slices.DeleteFunc(deadline.Live(c, cal, now, now), func(p store.Period) bool { return now.Before(p.Locked) })
}

// token stands for a period in a button, whose data is short.
func token(id store.PeriodID) string {
	sum := sha256.Sum256([]byte(id))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// tokenDays is for how long after its cut-off a period is found by its token,
// tokenAhead for how long before its end.
const (
	tokenDays  = 400
	tokenAhead = 31
)

// periodBy returns the period that a button stands for.
func (t *turn) periodBy(tok string) (store.Period, store.Campaign, bool, error) {
	campaigns, err := t.tx.Campaigns()
	if err != nil {
		return store.Period{}, store.Campaign{}, false, err
	}
	cal, err := t.calendar()
	if err != nil {
		return store.Period{}, store.Campaign{}, false, err
	}
	for _, c := range campaigns {
		for _, p := range deadline.Periods(c, cal, t.today.AddDays(-tokenDays), t.today.AddDays(tokenAhead)) {
			if token(p.ID) == tok {
				return p, c, true, nil
			}
		}
	}
	return store.Period{}, store.Campaign{}, false, nil
}

// dutyBy returns the duty that a button stands for: "unit.token".
func (t *turn) dutyBy(unit, tok string) (duty, bool, error) {
	p, c, ok, err := t.periodBy(tok)
	if err != nil || !ok {
		return duty{}, false, err
	}
	cal, err := t.calendar()
	if err != nil {
		return duty{}, false, err
	}
	return t.dutyOf(fromButton(unit), p, c, cal)
}

// inButton writes a unit's code inside a button's data, whose parts stand
// between dots: a code may have dots itself, and never an underscore.
func inButton(code store.UnitCode) string { return strings.ReplaceAll(string(code), ".", "_") }

// fromButton reads what inButton wrote.
func fromButton(s string) store.UnitCode { return store.UnitCode(strings.ReplaceAll(s, "_", ".")) }

// dutyArgs are what every text about a duty says.
func (t *turn) dutyArgs(d duty) (args, error) {
	name, err := t.unit(d.Unit)
	if err != nil {
		return nil, err
	}
	now := t.ev.At
	a := args{
		"Unit": name, "Period": d.Period, "Code": d.code(), "Due": dayOf(d.Due.In(t.Zone)), "Hour": d.Due.In(t.Zone).Hour(),
		"Left": d.days(now), "Ago": -d.days(now), "Past": !now.Before(d.Due), "State": string(d.State),
		"Locked": dayOf(d.Locked.In(t.Zone)), "Closed": !now.Before(d.Locked),
		"From": d.Period.From, "To": d.Period.To, "Runs": !d.Period.To.Before(t.today),
	}
	if d.Extension != nil {
		a["Extended"] = true
	}
	return a, nil
}

func dayOf(t time.Time) weekday { return weekday(store.DateOf(t)) }
