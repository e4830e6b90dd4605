package deadline

import (
	"cmp"
	"time"

	"danvan/store"
)

// Waiting is a registration that waits to be checked.
type Waiting struct {
	Model store.ModelID
	Unit  store.UnitCode
	Post  store.PostID // that checks it
	Due   store.Date   // the last working day for an answer
}

// checkDays is how many working days a check may take where the campaign does
// not say.
const checkDays = 7

// The hours of a working day between which coordinators are told of what is
// due. What was not told by then is told on the next working day.
const (
	checkFrom  = 8
	checkUntil = 17
)

// CheckHours reports whether coordinators are told of checks at an instant.
func CheckHours(cal *Calendar, now time.Time) bool {
	day := cal.Day(now)
	return cal.Working(day) && !now.Before(cal.At(day, checkFrom)) && now.Before(cal.At(day, checkUntil))
}

// CheckDue returns the day until which a model's registration is to be answered:
// so many working days after it came in, or after it came back completed.
func CheckDue(c store.Campaign, m store.Model, reviews []store.Review, cal *Calendar) store.Date {
	since := m.RegisteredAt
	for _, r := range reviews {
		if r.Verdict == store.ResubmitVerdict {
			since = r.At
		}
	}
	return cal.AddWorking(cal.Day(since), cmp.Or(c.CheckDays, checkDays))
}

// CheckStep is the step under which the ledger says that a post was told of its
// checks on a day. A person may hold several.
func CheckStep(day store.Date, post store.PostID) string { return day.String() + "/" + string(post) }

// checks finds who is to be told today of registrations whose answer is due.
func (p *planner) checks() {
	if !CheckHours(p.Calendar, p.Now) {
		return
	}

	day := p.Calendar.Day(p.Now)
	at, until := p.Calendar.At(day, checkFrom), p.Calendar.At(day, checkUntil)

	type place struct {
		post store.PostID
		unit store.UnitCode
	}
	first := map[place]store.Date{} // of the checks that are due, for each unit
	var order []place
	for _, w := range p.Waiting {
		if day.Before(w.Due) {
			continue
		}
		at := place{w.Post, w.Unit}
		due, known := first[at]
		if !known {
			order = append(order, at)
		}
		if !known || w.Due.Before(due) {
			first[at] = w.Due
		}
	}

	for _, x := range order {
		r := p.rung(slot{Check, "", CheckStep(day, x.post)}, at, until)
		c := candidate{rung: &r, unit: x.unit, due: p.Calendar.At(first[x], checkUntil)}
		p.once(c, func() recipient {
			post, _ := p.Org.Seat(x.post)
			return p.recipient(post)
		})
	}
}
