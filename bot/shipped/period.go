package shipped

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/store"
	"danvan/store/deadline"
)

// TrialStart returns where the clock of a trial begins: in the morning, four
// working days before reports are due to the campaign that binds everyone, the
// first such morning that is not over at now. The reminder of the third day
// before is then a day away, and the digest of that Friday or the next not far.
func TrialStart(now time.Time) (time.Time, error) {
	c, cal, err := sampleCampaign(now.Location())
	if err != nil {
		return time.Time{}, err
	}
	today := cal.Day(now)
	for _, p := range deadline.Periods(c, cal, today.AddDays(-31), today.AddDays(2*366)) {
		if at := cal.At(cal.AddWorking(cal.Day(p.Due), -4), 9); now.Before(at) {
			return at, nil
		}
	}
	return now, nil // the campaign is over
}

// sampleCampaign is the one that the trial reports to, with the calendar.
func sampleCampaign(zone *time.Location) (store.Campaign, *deadline.Calendar, error) {
	campaigns, err := Campaigns()
	if err != nil {
		return store.Campaign{}, nil, err
	}
	days, err := Days()
	return campaigns[0], deadline.NewCalendar(days, zone), err
}

// The units of the trial whose reports are not in: those of its people, whom
// the clock reminds, and some that show what can keep a unit from reporting.
var (
	unreported = []store.UnitCode{"30709", "30307", "30316", "16804", blockedUnit, extendedUnit, exemptUnit}
	lateUnits  = []store.UnitCode{"30346", "30463", "30544", "16822", "17176"} // last time
)

const (
	blockedUnit  = store.UnitCode("30526") // its officer blocked the bot
	extendedUnit = store.UnitCode("30604")
	exemptUnit   = store.UnitCode("31108")
	missingUnit  = store.UnitCode("30403") // last time
)

// Nowhere is the channel of invented people, which no message reaches and none
// should be tried on.
const Nowhere = "sample"

// reporters are the invented people who sent the sample reports.
var reporters = []string{"Huỳnh Thị Mai", "Nguyễn Văn Bình", "Trần Thị Thu", "Lê Hoàng Nam",
	"Phan Văn Đức", "Neáng Sóc Thia", "Võ Thị Hạnh", "Lương Văn Kiên"}

// FillPeriods gives the trial's store reports: for the period that was due last,
// on time and late, and for those that are due next, from nearly everybody;
// with an extension, an exemption, an officer who cannot be reached and two posts
// that nobody has. A store that has any is left alone.
func FillPeriods(ctx context.Context, s store.Store, now time.Time) error {
	c, cal, err := sampleCampaign(now.Location())
	if err != nil {
		return err
	}

	var last store.Period
	var next []store.Period
	for _, p := range deadline.Periods(c, cal, cal.Day(now).AddDays(-366), cal.Day(now).AddDays(184)) {
		switch {
		case p.Due.Before(now):
			last = p
		case len(next) == 0 || p.Due.Equal(next[0].Due):
			next = append(next, p)
		}
	}

	return s.Update(ctx, func(tx store.Tx) error {
		f := periodFiller{tx: tx, now: now, cal: cal, campaign: c.ID}
		if err := f.people(); err != nil || f.known {
			return err
		}
		if err := f.posts(); err != nil {
			return err
		}
		if err := f.past(last); err != nil {
			return err
		}

		for _, p := range next {
			if err := f.present(p); err != nil {
				return err
			}
		}

		return nil
	})
}

// periodFiller writes the trial's reports.
type periodFiller struct {
	tx       store.Tx
	now      time.Time
	cal      *deadline.Calendar
	campaign store.CampaignID

	ids   []store.PersonID
	known bool // it was done before
	units []store.Unit
}

// people writes those who reported. They are Nowhere.
func (f *periodFiller) people() error {
	for i, name := range reporters {
		at := store.Address{Channel: Nowhere, Chat: fmt.Sprint("reporter-", i)}
		if _, err := f.tx.PersonAt(at); !errors.Is(err, store.ErrNotFound) {
			f.known = err == nil
			return err
		}

		id, err := f.tx.NewID()
		if err != nil {
			return err
		}

		p := store.Person{ID: store.PersonID(id), Address: at, Language: "vi", Name: name, Consent: store.Given, ConsentAt: f.now}
		if i == 0 {
			p.Unreachable = f.now.AddDate(0, 0, -12)
		}
		if err := f.tx.PutPerson(p); err != nil {
			return err
		}

		f.ids = append(f.ids, p.ID)
	}

	return nil
}

// posts reads the communes of the trial and makes those who reported their
// officers. The first has just the unit that cannot be reached.
func (f *periodFiller) posts() error {
	provinces, err := f.tx.Units("")
	if err != nil {
		return err
	}

	for _, p := range provinces {
		below, err := f.tx.Units(p.Code)
		if err != nil {
			return err
		}
		f.units = append(f.units, below...)
	}

	for i, u := range f.units {
		if slices.Contains(unreported, u.Code) && u.Code != blockedUnit && u.Code != exemptUnit {
			continue // of the trial's people, or nobody's
		}

		post := store.Post{ID: store.MakePostID(u.Code, store.Officer), Unit: u.Code, Role: store.Officer}
		post.Holder, post.Since = f.reporter(i), f.now.AddDate(-1, 0, 0)
		if err := f.tx.PutPost(post); err != nil {
			return err
		}
	}

	return nil
}

// reporter is who reports for a unit, by its place in the list.
func (f *periodFiller) reporter(i int) store.PersonID {
	if f.units[i].Code == blockedUnit {
		return f.ids[0]
	}
	return f.ids[1+i%(len(f.ids)-1)]
}

// past writes the reports of a period that is over: nearly all on time.
func (f *periodFiller) past(p store.Period) error {
	if p.ID == "" {
		return nil
	}

	for i, u := range f.units {
		at := p.Due.Add(-time.Duration(3*i%70) * time.Hour)
		if n := slices.Index(lateUnits, u.Code); n >= 0 {
			at = f.cal.At(f.cal.AddWorking(f.cal.Day(p.OnTime), n+1), 10)
		}
		if u.Code == missingUnit {
			continue
		}
		if err := f.report(p, i, at); err != nil {
			return err
		}
	}

	return nil
}

// present writes what has come in for a period that is due soon.
func (f *periodFiller) present(p store.Period) error {
	for i, u := range f.units {
		if slices.Contains(unreported, u.Code) {
			continue
		}
		if err := f.report(p, i, f.now.Add(-time.Duration(2+5*i%90)*time.Hour)); err != nil {
			return err
		}
	}

	later := f.cal.At(f.cal.AddWorking(f.cal.Day(p.Due), 5), p.Due.Hour())
	for _, e := range []store.Exception{
		{Unit: extendedUnit, Kind: store.Extension, Until: later, Reason: "disaster"},
		{Unit: exemptUnit, Kind: store.Exemption, Until: p.Locked, Reason: "network"},
	} {
		e.Period, e.By, e.Post, e.At = p.ID, f.ids[1], store.MakePostID("91", store.Coordinator), f.now.AddDate(0, 0, -1)
		if err := f.tx.AddException(e); err != nil {
			return err
		}
	}

	return nil
}

// report writes a unit's report, by the unit's place in the list: that there
// was nothing, where no model is.
func (f *periodFiller) report(p store.Period, i int, at time.Time) error {
	unit := f.units[i].Code
	id, err := f.tx.NewID()
	if err != nil {
		return err
	}

	have, err := f.tx.Heads(store.ModelQuery{Campaign: f.campaign, In: store.NewSubtree(unit), Limit: 1})
	if err != nil {
		return err
	}

	_, err = f.tx.PutReport(store.Report{
		ID: store.ReportID(id), Unit: unit, Period: p.ID, Nothing: len(have) == 0,
		By: f.reporter(i), Post: store.MakePostID(unit, store.Officer), At: at, SubmittedAt: at,
	})

	return err
}
