package deadline_test

import (
	"slices"
	"strings"
	"testing"

	"danvan/store"
	"danvan/store/deadline"
)

// TestCaseOf asks what became of the reminders of a unit: what the ledger says,
// and why nobody can be reminded now.
func TestCaseOf(t *testing.T) {
	t.Parallel()
	line := func(rule, step, when, skipped string, person store.PersonID) store.Sent {
		return store.Sent{
			Rule: rule, Step: step, Person: person, At: at(t, when), Due: at(t, when), Skipped: skipped, Units: []store.UnitCode{"001"},
		}
	}
	seat := func(in *deadline.Input, change func(*store.Post)) {
		post, _ := in.Org.Seat("001:officer")
		change(&post)
		put(in, post)
	}

	for _, c := range []struct {
		name   string
		now    string
		ledger []store.Sent
		change func(*deadline.Input)
		want   string
	}{
		{"nothing struck yet", "2027-01-04 10:00", nil, nil, ""},
		{"the days, each once", "2027-01-11 08:00", []store.Sent{
			line(deadline.Remind, "-3", "2027-01-05 08:00", "", anCu), line(deadline.Nudge, "x", "2027-01-05 10:00", "", anCu),
			line(deadline.Remind, "-1", "2027-01-07 08:00", "", anCu), line(deadline.Escalate, "+2", "2027-01-12 08:00", "", anCu),
		}, nil, "05/01/2027 07/01/2027"},
		{"all of them out of hours", "2027-01-11 08:00", []store.Sent{line(deadline.Remind, "-1", "2027-01-07 08:00", deadline.SkipQuiet, anCu)},
			nil, "why quiet"},
		{"part of another message", "2027-01-11 08:00", []store.Sent{line(deadline.Remind, "-1", "2027-01-07 08:00", deadline.SkipCollapsed, anCu)},
			nil, ""},
		{"a wish of the night is none yet", "2027-01-07 22:00", []store.Sent{
			{Rule: deadline.Nudge, Person: anCu, At: at(t, "2027-01-07 21:00"), Due: at(t, "2027-01-08 07:00"), Units: []store.UnitCode{"001"}},
		}, nil, ""},
		{"on paper", "2027-01-11 08:00", nil, func(in *deadline.Input) {
			oblige(t, in, []store.Report{{Unit: "001", Period: in.Periods[0].ID, Paper: true, SubmittedAt: at(t, "2027-01-06 09:00")}}, nil)
		}, "now paper 06/01 09:00"},
		{"who stands in", "2027-01-11 08:00", []store.Sent{line(deadline.Remind, "-1", "2027-01-07 08:00", "", deputy)}, func(in *deadline.Input) {
			seat(in, func(p *store.Post) { p.Deputy, p.DeputyUntil = deputy, at(t, "2027-01-20 00:00") })
		}, "07/01/2027 deputy"},
		{"nobody", "2027-01-11 08:00", nil, func(in *deadline.Input) {
			seat(in, func(p *store.Post) { p.Holder = 0 })
		}, "now nobody"},
		{"nothing reaches them", "2027-01-11 08:00", []store.Sent{line(deadline.Remind, "-3", "2027-01-05 08:00", "", anCu)}, func(in *deadline.Input) {
			in.People[anCu] = deadline.Person{Unreachable: true, Left: at(t, "2027-01-06 08:00")}
		}, "05/01/2027 now unreachable 06/01 08:00"},
		{"later", "2027-01-07 08:05", nil, func(in *deadline.Input) {
			in.Deferrals = []store.Deferral{{Person: anCu, Period: in.Periods[0].ID, Until: at(t, "2027-01-08 08:00")}}
		}, "now deferred 08/01 08:00"},
		{"came after the reminders", "2027-01-11 10:00", nil, func(in *deadline.Input) {
			seat(in, func(p *store.Post) { p.Since = at(t, "2027-01-11 09:00") })
		}, "now moved 11/01 09:00"},
		{"reminded before the post was handed over", "2027-01-11 10:00", []store.Sent{line(deadline.Remind, "-1", "2027-01-07 08:00", "", phuTan)},
			func(in *deadline.Input) {
				seat(in, func(p *store.Post) { p.Since = at(t, "2027-01-11 09:00") })
			}, "07/01/2027 earlier now moved 11/01 09:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := house(t, c.now)
			if c.change != nil {
				c.change(&in)
			}
			for _, l := range c.ledger {
				l.Period = in.Periods[0].ID
				in.Ledger = append(in.Ledger, l)
			}
			if got := caseText(deadline.CaseOf(in, &in.Obligations[0])); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// caseText writes a case as "05/01/2027 now paper 06/01 09:00".
func caseText(c deadline.Case) string {
	var out []string
	for _, d := range c.Reminded {
		out = append(out, d.DMY())
	}
	if c.Deputy {
		out = append(out, "deputy")
	}
	if c.Earlier {
		out = append(out, "earlier")
	}
	if c.Why != "" {
		out = append(out, "why "+c.Why)
	}
	if c.Now != "" {
		out = append(out, "now "+c.Now)
	}
	if !c.At.IsZero() {
		out = append(out, c.At.Format("02/01 15:04"))
	}
	return strings.Join(out, " ")
}

// TestOpen counts a report on paper among those that have not come, until it is
// confirmed.
func TestOpen(t *testing.T) {
	t.Parallel()
	in := house(t, "2027-01-11 08:00")
	of := func(unit store.UnitCode, confirmed bool) store.Report {
		return store.Report{Unit: unit, Period: in.Periods[0].ID, Paper: true, Confirmed: confirmed, SubmittedAt: at(t, "2027-01-06 09:00")}
	}
	oblige(t, &in, []store.Report{of("001", false), of("002", true)}, nil)
	open, papers := deadline.Open(in.Obligations)
	if !slices.Contains(open, "001") || slices.Contains(open, "002") || !slices.Equal(papers, []store.UnitCode{"001"}) {
		t.Errorf("open %v, on paper %v", open, papers)
	}
}
