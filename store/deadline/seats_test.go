package deadline_test

import (
	"testing"

	"danvan/store"
	"danvan/store/deadline"
)

// anCuToo is a second officer of 001.
const anCuToo store.PersonID = 3

// shared is a province in which 001 alone reports, by two officers.
func shared(t *testing.T, now string) deadline.Input {
	t.Helper()
	in := house(t, now)
	only(&in, "001")
	put(&in, store.Post{
		ID: store.SeatID("001", store.Officer, 2), Unit: "001", Role: store.Officer, Holder: anCuToo, Since: at(t, "2026-03-01 08:00"),
	})
	return in
}

// TestEverySeatIsReminded reminds both officers of a unit, each once, until one
// report settles it for both.
func TestEverySeatIsReminded(t *testing.T) {
	t.Parallel()
	in := shared(t, "2026-12-28 08:00")
	wantSaid(t, tick(t, &in, "2026-12-29 08:00"), "1: remind -7 001 (7)", "3: remind -7 001 (7)")
	wantSaid(t, tick(t, &in, "2026-12-29 08:01"))

	in.People[anCuToo] = deadline.Person{Touched: at(t, "2027-01-05 07:55")} // is filling in a form
	wantSaid(t, tick(t, &in, "2027-01-05 08:00"), "1: remind -3 001 (3)")
	wantSaid(t, tick(t, &in, "2027-01-05 08:10"), "3: remind -3 001 (3)")
	wantSaid(t, tick(t, &in, "2027-01-05 08:11"))

	oblige(t, &in, []store.Report{{Unit: "001", Period: in.Periods[0].ID, SubmittedAt: at(t, "2027-01-06 09:00")}}, nil)
	only(&in, "001")
	wantSaid(t, tick(t, &in, "2027-01-07 08:00"))
}

// TestOneSeatOfTwoIsReached tells the coordinator only when nothing reaches any of a
// unit's officers.
func TestOneSeatOfTwoIsReached(t *testing.T) {
	t.Parallel()
	in := shared(t, "2026-12-28 08:00")
	in.People[anCu] = deadline.Person{Unreachable: true}
	wantSaid(t, tick(t, &in, "2026-12-29 08:00"), "1: -7 001 unreachable", "3: remind -7 001 (7)")
	wantSaid(t, tick(t, &in, "2026-12-29 08:01"))
	in.People[anCuToo] = deadline.Person{Unreachable: true}
	wantSaid(t, tick(t, &in, "2027-01-05 08:00"), "1: -3 001 unreachable", "3: -3 001 unreachable", "50: unreachable -3 001 (3)")
	wantSaid(t, tick(t, &in, "2027-01-05 08:01"))
}

// TestSeatThatIsEmpty reminds who is there, and tells nobody of the other seat.
func TestSeatThatIsEmpty(t *testing.T) {
	t.Parallel()
	in := shared(t, "2026-12-28 08:00")
	first, _ := in.Org.Seat("001:officer")
	first.Holder = 0
	put(&in, first)
	wantSaid(t, tick(t, &in, "2026-12-29 08:00"), "3: remind -7 001 (7)")
}

// TestDeputyOfAColleague reminds an officer once who stands in for the other, too; and
// when they no longer do, not again of what they were reminded of.
func TestDeputyOfAColleague(t *testing.T) {
	t.Parallel()
	in := shared(t, "2026-12-28 08:00")
	first, _ := in.Org.Seat("001:officer")
	first.Deputy, first.DeputyUntil = anCuToo, at(t, "2026-12-29 10:00")
	put(&in, first)
	wantSaid(t, tick(t, &in, "2026-12-29 08:00"), "3: remind -7 001 (7)")
	wantSaid(t, tick(t, &in, "2026-12-29 10:01"))
	wantSaid(t, tick(t, &in, "2027-01-05 08:00"), "1: remind -3 001 (3)", "3: remind -3 001 (3)")
}

// TestSnoozeOfOneSeat puts the reminder of one officer off, and not the other's.
func TestSnoozeOfOneSeat(t *testing.T) {
	t.Parallel()
	in := shared(t, "2026-12-28 08:00")
	in.Deferrals = []store.Deferral{{
		Person: anCuToo, Period: in.Periods[0].ID, Until: at(t, "2026-12-30 08:00"), At: at(t, "2026-12-28 09:00"),
	}}
	wantSaid(t, tick(t, &in, "2026-12-29 08:00"), "1: remind -7 001 (7)")
	wantSaid(t, tick(t, &in, "2026-12-30 08:00"), "3: remind later/2026-12-30T08:00 001 (6)", "3: -7 001 deferred")
}

// TestEverySeatHearsOfTheEnd tells both officers of a model that ends.
func TestEverySeatHearsOfTheEnd(t *testing.T) {
	t.Parallel()
	in := shared(t, "2026-12-01 08:00")
	in.Terms = []store.Term{{Unit: "001", To: day(t, "2026-12-11")}}
	wantSaid(t, tick(t, &in, "2026-12-04 08:00"), "1: end 2026-12-11/-5 001 (5)", "3: end 2026-12-11/-5 001 (5)")
	wantSaid(t, tick(t, &in, "2026-12-04 08:01"))
}
