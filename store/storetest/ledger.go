package storetest

import (
	"errors"
	"testing"
	"time"

	"danvan/store"
)

func ledgerCases() []testCase {
	return []testCase{
		{"one line for rule, period, person and step", oneLine},
		{"what became of a line", lineAmended},
		{"in the order of the times", ledgerInOrder},
		{"the last wish of each person", lastWish},
	}
}

// oneLine adds the same twice, and everything that is nearly the same.
func oneLine(t *testing.T, s store.Store) {
	line := func(rule string, period store.PeriodID, person store.PersonID, step string) store.Sent {
		return store.Sent{Rule: rule, Period: period, Person: person, Step: step, At: when, Due: when}
	}
	all := []store.Sent{
		line("remind", "p", 1, "-3"), line("remind", "p", 1, "-"), line("remind", "p", 1, "-33"), line("remind", "p", 1, ""),
		line("remind-", "p", 1, "3"), line("", "p", 1, "remind-3"), line("remind", "p", 256, "-3"), line("remind", "pp", 1, "-3"),
		line("remind", "", 1, "-3"), line("digest", "p", 1, "-3"),
	}

	for _, v := range all {
		update(t, s, func(tx store.Tx) error { return tx.AddSent(v) })
	}
	for _, v := range all {
		refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
			again := v
			again.At, again.Message, again.Skipped = when.Add(time.Hour), 7, "late"
			return tx.AddSent(again)
		})
		same(t, "line", read(t, s, func(r store.Reader) (store.Sent, error) { return r.Sent(v.Rule, v.Period, v.Person, v.Step) }), v)
	}
	missing(t, s, func(r store.Reader) (store.Sent, error) { return r.Sent("remind", "p", 2, "-3") })
	missing(t, s, func(r store.Reader) (store.Sent, error) { return r.Sent("remind", "p", 1, "-1") })
}

// lineAmended says of a line what became of it; there is still one.
func lineAmended(t *testing.T, s store.Store) {
	units := []store.UnitCode{"30709", "40"}
	line := store.Sent{Rule: "remind", Period: "p", Person: 1, Step: "-3", At: when, Due: when, Message: 7, Units: units}
	line.By = "91:coordinator"
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.AmendSent(line) })
	update(t, s, func(tx store.Tx) error { return tx.AddSent(line) })
	line.Skipped, line.Message, line.Units = "submitted", 0, line.Units[:1]
	update(t, s, func(tx store.Tx) error { return tx.AmendSent(line) })
	same(t, "lines", read(t, s, func(r store.Reader) ([]store.Sent, error) { return r.Ledger("p") }), []store.Sent{line})
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error { return tx.AddSent(line) })

	for _, by := range []store.PostID{line.By, ""} {
		line.By, line.Read = by, when.Add(time.Hour)
		update(t, s, func(tx store.Tx) error { return tx.AmendSent(line) })
		same(t, "lines", read(t, s, func(r store.Reader) ([]store.Sent, error) { return r.Ledger("p") }), []store.Sent{line})
	}
}

func ledgerInOrder(t *testing.T, s store.Store) {
	add := func(person store.PersonID, period store.PeriodID, step string, after time.Duration) store.Sent {
		units := []store.UnitCode{"30709", "40"}
		v := store.Sent{Rule: "remind", Period: period, Person: person, Step: step, At: when.Add(after), Units: units}
		update(t, s, func(tx store.Tx) error { return tx.AddSent(v) })
		return v
	}
	third := add(1, "p", "-1", time.Hour)
	first := add(256, "p", "-3", -60*365*24*time.Hour) // before 1970
	second := add(1, "p", "-3", -time.Microsecond)
	last := add(2, "p", "-3", 2*time.Hour)
	add(1, "q", "-3", 0)

	lines := func(ask func(store.Reader) ([]store.Sent, error)) []store.Sent { return read(t, s, ask) }
	same(t, "lines of the period", lines(func(r store.Reader) ([]store.Sent, error) { return r.Ledger("p") }),
		[]store.Sent{first, second, third, last})
	same(t, "lines of a person", lines(func(r store.Reader) ([]store.Sent, error) { return r.LedgerOf(1, "p") }),
		[]store.Sent{second, third})
	same(t, "lines of nobody", lines(func(r store.Reader) ([]store.Sent, error) { return r.LedgerOf(3, "p") }), nil)
}

func lastWish(t *testing.T, s store.Store) {
	wish := func(person store.PersonID, period store.PeriodID, hours int) store.Deferral {
		return store.Deferral{Person: person, Period: period, Until: when.Add(time.Duration(hours) * time.Hour), At: when}
	}
	update(t, s, func(tx store.Tx) error {
		var errs []error
		for _, v := range []store.Deferral{wish(256, "p", 1), wish(3, "p", 1), wish(3, "q", 9), wish(256, "p", 2), wish(20, "p", 1)} {
			errs = append(errs, tx.PutDeferral(v))
		}
		return errors.Join(errs...)
	})
	same(t, "wishes", read(t, s, func(r store.Reader) ([]store.Deferral, error) { return r.Deferrals("p") }),
		[]store.Deferral{wish(3, "p", 1), wish(20, "p", 1), wish(256, "p", 2)})
}
