package deadline_test

import (
	"fmt"
	"strings"
	"testing"

	"danvan/store"
	"danvan/store/deadline"
)

// why writes reasons as "next -1 07/01 08:00 001".
func why(in deadline.Input, person store.PersonID) []string {
	var out []string
	for _, r := range deadline.Explain(in, person, in.Periods[0].ID) {
		s := r.Key
		if r.Step != "" {
			s += " " + r.Step
		}
		if !r.At.IsZero() {
			s += " " + r.At.Format("02/01 15:04")
		}
		out = append(out, strings.TrimSpace(s+" "+strings.Trim(fmt.Sprint(r.Units), "[]")))
	}
	return out
}

func TestExplain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		now    string
		person store.PersonID
		change func(*deadline.Input)
		want   []string
	}{
		{"what comes next", "2027-01-06 10:00", anCu, nil, []string{"next -1 07/01 08:00 001"}},
		{"at once", "2027-01-07 08:00", anCu, nil, []string{"next -1 07/01 08:00 001"}},
		{"it is night", "2027-01-07 21:00", anCu, nil, []string{"quiet -1 08/01 07:00 001"}},
		{"in a form", "2027-01-07 08:05", anCu, func(in *deadline.Input) {
			in.People[anCu] = deadline.Person{Touched: at(t, "2027-01-07 08:00")}
		}, []string{"busy -1 07/01 08:15 001"}},
		{"later", "2027-01-07 08:05", anCu, func(in *deadline.Input) {
			in.Deferrals = []store.Deferral{{Person: anCu, Period: in.Periods[0].ID, Until: at(t, "2027-01-07 15:00")}}
		}, []string{"deferred 07/01 15:00 001"}},
		{"submitted", "2027-01-07 08:05", anCu, func(in *deadline.Input) {
			oblige(t, in, []store.Report{{Unit: "001", Period: in.Periods[0].ID, SubmittedAt: at(t, "2027-01-06 09:00")}}, nil)
		}, []string{"submitted 06/01 09:00 001"}},
		{"on paper", "2027-01-07 08:05", anCu, func(in *deadline.Input) {
			oblige(t, in, []store.Report{{Unit: "001", Period: in.Periods[0].ID, Paper: true, SubmittedAt: at(t, "2027-01-06 09:00")}}, nil)
		}, []string{"paper 06/01 09:00 001"}},
		{"exempt", "2027-01-07 08:05", anCu, func(in *deadline.Input) {
			oblige(t, in, nil, []store.Exception{{Unit: "001", Period: in.Periods[0].ID, Kind: store.Exemption, Until: at(t, "2027-01-15 17:00")}})
		}, []string{"exempt 15/01 17:00 001"}},
		{"the deputy gets it", "2027-01-07 08:05", anCu, func(in *deadline.Input) {
			post, _ := in.Org.Seat("001:officer")
			post.Deputy, post.DeputyUntil = deputy, at(t, "2027-01-20 00:00")
			put(in, post)
		}, []string{"deputy 20/01 00:00 001"}},
		{"as the deputy", "2027-01-06 08:05", deputy, func(in *deadline.Input) {
			post, _ := in.Org.Seat("001:officer")
			post.Deputy = deputy
			put(in, post)
		}, []string{"next -1 07/01 08:00 001"}},
		{"nothing reaches the person", "2027-01-07 08:05", anCu, func(in *deadline.Input) {
			in.People[anCu] = deadline.Person{Unreachable: true}
		}, []string{"unreachable 001"}},
		{"no rung is left", "2027-01-14 08:05", anCu, nil, []string{"over 001"}},
		{"who owes nothing", "2027-01-07 08:05", deputy, nil, []string{"nothing"}},
		{"two units, one reason", "2027-01-06 10:00", anCu, func(in *deadline.Input) {
			post, _ := in.Org.Seat("005:officer")
			post.Holder = anCu
			put(in, post)
		}, []string{"next -1 07/01 08:00 001 005"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := house(t, c.now)
			if c.change != nil {
				c.change(&in)
			}
			wantSaid(t, why(in, c.person), c.want...)
		})
	}
}

func TestExplainReadsTheLedger(t *testing.T) {
	t.Parallel()
	in := house(t, "2026-12-28 08:00")
	tick(t, &in, "2026-12-30 08:00")
	tick(t, &in, "2027-01-05 08:00")
	wantSaid(t, why(in, anCu), "late -7 30/12 08:00 001", "sent -3 05/01 08:00 001", "next -1 07/01 08:00 001")
}
