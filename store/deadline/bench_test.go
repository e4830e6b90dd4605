package deadline_test

import (
	"fmt"
	"testing"
	"time"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
)

// country is 34 provinces with 3,321 communes whose officers are among 20,000
// people, and two live periods.
func country(b *testing.B) deadline.Input {
	b.Helper()
	plan, _ := halfYear(b)
	plan.Rules = append(plan.Rules, store.PeriodRule{Kind: store.FullYear, DueAfter: 6, Working: true, Hour: 17, Lock: 5})
	in := deadline.Input{
		Calendar: calendar(b), Quiet: deadline.Quiet{From: 20, To: 7}, Bound: 24 * time.Hour, Campaigns: []store.Campaign{plan},
		People: map[store.PersonID]deadline.Person{},
	}
	var posts []store.Post
	post := func(unit store.UnitCode, role store.Role, holder int) {
		p := store.Post{ID: store.MakePostID(unit, role), Unit: unit, Role: role, Holder: store.PersonID(holder), Since: at(b, "2026-01-01 00:00")}
		posts = append(posts, p)
	}
	var all []store.Unit
	for i := range 34 {
		code := store.UnitCode(fmt.Sprint("p", i))
		all = append(all, store.Unit{Code: code, Kind: store.Province})
		post(code, store.Coordinator, 30_000+i)
		post(code, store.Supervisor, 40_000+i)
	}
	for i := range 3321 {
		code := store.UnitCode(fmt.Sprintf("%05d", i))
		all = append(all, store.Unit{Code: code, Kind: store.Commune, Parent: store.UnitCode(fmt.Sprint("p", i%34))})
		post(code, store.Officer, i+1)
		post(code, store.Coordinator, 10_000+i)
	}
	for i := range 20_000 {
		in.People[store.PersonID(i+1)] = deadline.Person{Unreachable: i%100 == 0, Touched: at(b, "2027-01-07 06:00")}
	}
	in.Org, in.Now = org.New(all, posts), at(b, "2027-01-08 08:00")
	in.Periods = deadline.Periods(plan, in.Calendar, day(b, "2026-12-31"), day(b, "2026-12-31"))
	for _, p := range in.Periods {
		in.Obligations = append(in.Obligations, deadline.Obligations(in.Org, all, p, plan, nil, nil, in.Calendar, in.Now)...)
	}
	return in
}

// BenchmarkPlan plans a minute: one in which nothing is due, the one in which
// every unit is written to, one after two weeks without ticks, and the two
// weeks ahead. A map of 100,000 numbers is filled for comparison.
func BenchmarkPlan(b *testing.B) {
	cold, busy := country(b), country(b)
	busy.Now = at(b, "2027-01-07 08:00")
	settle := func(in *deadline.Input) {
		for _, s := range deadline.Plan(*in) {
			in.Ledger = append(in.Ledger, s.Lines...)
		}
	}
	settle(&busy)
	busy.Now = at(b, "2027-01-08 08:00")
	idle := busy
	settle(&idle)
	idle.Now = at(b, "2027-01-08 08:01")
	b.Run("map", func(b *testing.B) {
		for b.Loop() {
			m := map[int]int{}
			for i := range 100_000 {
				m[i] = i
			}
		}
	})
	for _, c := range []struct {
		name  string
		in    deadline.Input
		least int
	}{{"idle", idle, 0}, {"busiest", busy, 3321}, {"after downtime", cold, 3321}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if n := len(deadline.Plan(c.in)); n < c.least || c.least == 0 && n > 0 {
					b.Fatal(n)
				}
			}
			b.ReportMetric(float64(len(c.in.Ledger)), "lines")
		})
	}
	b.Run("obligations", func(b *testing.B) {
		all := idle.Org.(*org.Org).Units()
		for b.Loop() {
			if n := len(deadline.Obligations(idle.Org, all, idle.Periods[0], idle.Campaigns[0], nil, nil, idle.Calendar, idle.Now)); n != 3321 {
				b.Fatal(n)
			}
		}
	})
	b.Run("preview of two weeks", func(b *testing.B) {
		for b.Loop() {
			if n := len(deadline.Preview(busy, busy.Now.AddDate(0, 0, 14))); n < 3321 {
				b.Fatal(n)
			}
		}
	})
}
