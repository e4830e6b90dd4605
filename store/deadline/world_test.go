package deadline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
)

// world is a small house drawn at random, in which things happen while the
// clock ticks.
type world struct {
	deadline.Input
	units      []store.Unit
	reports    map[store.UnitCode]store.Report
	exceptions []store.Exception
	keys       map[string]bool // of the ledger, as the store holds them
}

// put puts posts where those of their ids were, or beside the others.
func put(in *deadline.Input, posts ...store.Post) {
	o := in.Org.(*org.Org)
	in.Org = org.New(o.Units(), append(slices.Collect(o.Seats()), posts...))
}

// drop takes posts away.
func drop(in *deadline.Input, ids ...store.PostID) {
	o := in.Org.(*org.Org)
	in.Org = org.New(o.Units(), slices.DeleteFunc(slices.Collect(o.Seats()), func(p store.Post) bool { return slices.Contains(ids, p.ID) }))
}

// drawWorld draws a campaign with a due time around Friday 8/1/2027, a calendar
// with days off around it, and who holds which post. With somebody everywhere,
// everyone is there and can be reached.
func drawWorld(t *rapid.T, units []store.Unit, everywhere bool) *world {
	w := &world{units: units, reports: map[store.UnitCode]store.Report{}, keys: map[string]bool{}}
	var special []store.SpecialDay
	for _, n := range rapid.SliceOfN(rapid.IntRange(0, 40), 0, 12).Draw(t, "special") {
		kind := rapid.SampledFrom([]store.DayKind{store.DayOff, store.DayWorked}).Draw(t, "kind")
		special = append(special, store.SpecialDay{Day: store.Date{Year: 2026, Month: time.December, Day: 20}.AddDays(n), Kind: kind})
	}
	w.Calendar = deadline.NewCalendar(special, zone)
	w.Quiet = deadline.Quiet{From: rapid.IntRange(0, 23).Draw(t, "from"), To: rapid.IntRange(0, 23).Draw(t, "to")}
	w.Bound = time.Duration(rapid.IntRange(1, 80).Draw(t, "bound")) * time.Hour
	plan := store.Campaign{ID: "dvk", From: store.Date{Year: 2026, Month: time.January, Day: 1}, To: store.Date{Year: 2030, Month: time.December, Day: 31}, Unit: "91"}
	for _, kind := range []store.PeriodKind{store.HalfYear, store.Month} {
		plan.Rules = append(plan.Rules, store.PeriodRule{
			Kind: kind, DueAfter: rapid.IntRange(3, 6).Draw(t, "due"), Working: true, Hour: rapid.IntRange(6, 18).Draw(t, "hour"),
			Grace: rapid.IntRange(0, 2).Draw(t, "grace"), Lock: rapid.IntRange(0, 4).Draw(t, "lock"),
		})
	}
	for range rapid.IntRange(1, 5).Draw(t, "rungs") {
		plan.Ladder = append(plan.Ladder, store.Rung{Days: rapid.IntRange(-5, 3).Draw(t, "days"), Hour: rapid.IntRange(5, 21).Draw(t, "at")})
	}
	slices.SortFunc(plan.Ladder, func(a, b store.Rung) int { return a.Days*100 + a.Hour - b.Days*100 - b.Hour })
	plan.Ladder = slices.CompactFunc(plan.Ladder, func(a, b store.Rung) bool { return a == b })
	plan.Escalate = rapid.IntRange(0, 4).Draw(t, "escalate")
	w.Campaigns = []store.Campaign{plan}
	cut := store.Date{Year: 2026, Month: time.December, Day: 31}
	w.Periods = deadline.Periods(plan, w.Calendar, cut, cut)
	w.drawPosts(t, everywhere)
	return w
}

func (w *world) drawPosts(t *rapid.T, everywhere bool) {
	w.People = map[store.PersonID]deadline.Person{}
	var posts []store.Post
	first := store.PersonID(0)
	if everywhere {
		first = 1
	}
	for _, id := range []store.PostID{"001:officer", "002:officer", "005:officer", "91:coordinator", "91:supervisor", "002:supervisor"} {
		unit, role, _ := strings.Cut(string(id), ":")
		post := store.Post{ID: id, Unit: store.UnitCode(unit), Role: store.Role(role), Holder: drawPerson(t, first, 3)}
		if !everywhere {
			post.Deputy = drawPerson(t, 0, 3)
			post.DeputyUntil = w.drawTime(t)
			post.Digest = store.Timing{Every: rapid.SampledFrom([]store.Every{store.Weekly, store.Daily, store.Monthly, store.Never}).Draw(t, "every"),
				Day: rapid.IntRange(0, 7).Draw(t, "weekday"), Hour: rapid.IntRange(0, 23).Draw(t, "digest")}
		}
		posts = append(posts, post)
	}
	w.Org = org.New(w.units, posts)
}

func drawPerson(t *rapid.T, from, to store.PersonID) store.PersonID {
	return store.PersonID(rapid.Uint64Range(uint64(from), uint64(to)).Draw(t, "person"))
}

// drawTime draws an instant around the due times, on five minutes.
func (w *world) drawTime(t *rapid.T) time.Time {
	return w.Periods[0].Due.Add(time.Duration(rapid.IntRange(-288*6, 288*6).Draw(t, "time")) * 5 * time.Minute)
}

// happen draws something that happens now.
func (w *world) happen(t *rapid.T) {
	units := []store.UnitCode{"001", "002", "005"}
	unit := rapid.SampledFrom(units).Draw(t, "unit")
	p := rapid.SampledFrom(w.Periods).Draw(t, "period")
	person := drawPerson(t, 1, 3)
	switch rapid.IntRange(0, 7).Draw(t, "event") {
	case 0:
		w.reports[unit] = store.Report{Unit: unit, Period: p.ID, SubmittedAt: w.Now, Paper: rapid.Bool().Draw(t, "paper")}
	case 1:
		if r, ok := w.reports[unit]; ok {
			r.WithdrawnAt = w.Now
			w.reports[unit] = r
		}
	case 2:
		kind := rapid.SampledFrom([]store.ExceptionKind{store.Extension, store.Exemption}).Draw(t, "kind")
		w.exceptions = append(w.exceptions, store.Exception{Unit: unit, Period: p.ID, Kind: kind, Until: w.drawTime(t), At: w.Now})
	case 3:
		w.Deferrals = append(w.Deferrals, store.Deferral{Person: person, Period: p.ID, At: w.Now, Until: w.Now.Add(time.Duration(rapid.IntRange(1, 40).Draw(t, "later")) * time.Hour)})
	case 4:
		w.People[person] = deadline.Person{Touched: w.Now}
	case 5:
		w.People[person] = deadline.Person{Unreachable: rapid.Bool().Draw(t, "unreachable")}
	case 6:
		post, _ := w.Org.Seat(store.MakePostID(unit, store.Officer))
		post.Holder, post.Since = person, w.Now
		put(&w.Input, post)
	}
}

// oblige derives the obligations of now.
func (w *world) oblige() {
	w.Obligations = nil
	for _, p := range w.Periods {
		var reports []store.Report
		for _, r := range w.reports {
			reports = append(reports, r)
		}
		w.Obligations = append(w.Obligations, deadline.Obligations(w.Org, w.units, p, w.Campaigns[0], reports, w.exceptions, w.Calendar, w.Now)...)
	}
}

// write keeps a Send as the store does: a line that is there already is an
// error.
func (w *world) write(t interface{ Fatalf(string, ...any) }, s deadline.Send) {
	for _, l := range s.Lines {
		key := fmt.Sprint(l.Rule, "|", l.Period, "|", l.Person, "|", l.Step)
		if w.keys[key] {
			t.Fatalf("%s: a second line %s", w.Now, key)
		}
		w.keys[key] = true
		if l.Person != s.Person || !l.At.Equal(w.Now) || l.Due.After(w.Now) {
			t.Fatalf("%s: the line %+v", w.Now, l)
		}
		w.Ledger = append(w.Ledger, l)
	}
}

// units91 are the three communes of a province.
func units91(tb testing.TB) []store.Unit {
	tb.Helper()
	return slices.DeleteFunc(units(tb), func(u store.Unit) bool { return u.Code == "003" || u.Parent == "40" })
}
