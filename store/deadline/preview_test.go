package deadline_test

import (
	"fmt"
	"testing"

	"danvan/store"
	"danvan/store/deadline"
)

// timed writes sends with their times.
func timed(sends []deadline.Send) []string {
	var out []string
	for i, s := range sends {
		for _, line := range said(sends[i : i+1]) {
			out = append(out, fmt.Sprintf("%s %s", s.At.Format("02/01 15:04"), line))
		}
	}
	return out
}

func TestPreview(t *testing.T) {
	t.Parallel()
	in := house(t, "2027-01-06 10:00")
	post, _ := in.Org.Seat("91:supervisor")
	post.Digest = store.Timing{Every: store.Daily, Hour: 9}
	put(&in, post)
	only(&in, "001")
	wantSaid(t, timed(deadline.Preview(in, at(t, "2027-01-11 08:00"))),
		"06/01 10:00 1: -7 001 late",
		"06/01 10:00 1: -3 001 late",
		"06/01 10:00 60: digest 2027-01-06/91 91 (0)",
		"07/01 08:00 1: remind -1 001 (1)",
		"07/01 09:00 60: digest 2027-01-07/91 91 (0)",
		"08/01 08:00 1: remind due 001 (0)",
		"08/01 09:00 60: digest 2027-01-08/91 91 (0)",
		"11/01 08:00 1: remind +1 001 (-1)",
	)
}

func TestPreviewOfSomebodyInAForm(t *testing.T) {
	t.Parallel()
	in := house(t, "2027-01-07 07:57")
	in.Ledger = said7and3(in)
	only(&in, "001")
	in.People[anCu] = deadline.Person{Touched: at(t, "2027-01-07 07:56")}
	wantSaid(t, timed(deadline.Preview(in, at(t, "2027-01-07 09:00"))), "07/01 08:11 1: remind -1 001 (1)")
}

func TestPreviewOfADeputyWhoseTimeEnds(t *testing.T) {
	t.Parallel()
	in := house(t, "2027-01-07 07:57")
	in.Ledger = said7and3(in)
	only(&in, "001")
	post, _ := in.Org.Seat("001:officer")
	post.Deputy, post.DeputyUntil = deputy, at(t, "2027-01-07 08:05")
	put(&in, post)
	in.People[deputy] = deadline.Person{Touched: at(t, "2027-01-07 07:56")}
	wantSaid(t, timed(deadline.Preview(in, at(t, "2027-01-07 09:00"))), "07/01 08:05 1: remind -1 001 (1)")
}

// said7and3 is the ledger of a house in which the first two rungs and the
// digest of the cut-off are settled.
func said7and3(in deadline.Input) []store.Sent {
	p := in.Periods[0].ID
	line := func(rule, step string, person store.PersonID, unit store.UnitCode) store.Sent {
		return store.Sent{Rule: rule, Period: p, Person: person, Step: step, Units: []store.UnitCode{unit}}
	}
	return []store.Sent{
		line(deadline.Remind, "-7", anCu, "001"), line(deadline.Remind, "-3", anCu, "001"), line(deadline.Digest, "cutoff/91", supervisor, "91"),
		{Rule: deadline.Digest, Person: supervisor, Step: "2026-12-31/91", Units: []store.UnitCode{"91"}},
	}
}
