package reporting_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/org"
	"danvan/store/reporting"
)

// watchedStore is newStore with a coordinator in one commune and one for the
// province, for whom a registration each waits that came in on 1/12/2026.
func watchedStore(t *testing.T) store.Store {
	t.Helper()
	s := newStore(t)
	came := time.Date(2026, 12, 1, 9, 0, 0, 0, zone)
	update(t, s, func(tx store.Tx) error {
		var errs []error
		for i, unit := range []store.UnitCode{"101", "10"} {
			person := store.PersonID(i + 1)
			errs = append(errs, tx.PutPerson(store.Person{ID: person, Address: store.Address{Channel: "test", Chat: string(unit)}}),
				tx.PutPost(store.Post{ID: store.SeatID(unit, store.Coordinator, 1), Unit: unit, Role: store.Coordinator, Holder: person}))
		}
		for _, unit := range []store.UnitCode{"102", "101"} {
			id, err := tx.NewID()
			_, putErr := tx.PutModel(store.Model{
				ID: store.ModelID(id), Code: "W-" + string(unit), Unit: unit,
				Entries: store.Entries{{Campaign: "dvk"}},
				State:   store.Waiting, RegisteredAt: came,
			})
			errs = append(errs, err, putErr)
		}
		return errors.Join(errs...)
	})
	return s
}

func tick(t *testing.T, w *reporting.Watch, s store.Store, now time.Time) deadline.Input {
	t.Helper()
	in, settled, err := w.Load(t.Context(), s, now)
	if err != nil {
		t.Fatal(err)
	}
	settled()
	return in
}

// TestWatchOfChecks reads what waits, with who checks it and by when, in the
// hours in which they are told, and that they were told.
func TestWatchOfChecks(t *testing.T) {
	t.Parallel()
	s := watchedStore(t)
	w := reporting.NewWatch(org.NewBook(zone))
	at := func(day, hour int) time.Time { return time.Date(2026, 12, day, hour, 0, 0, 0, zone) }
	if in := tick(t, w, s, at(10, 7)); len(in.Waiting) != 0 {
		t.Errorf("before the hours of checks %v wait", in.Waiting)
	}
	in := tick(t, w, s, at(10, 9))
	due := store.Date{Year: 2026, Month: 12, Day: 10}
	var got []deadline.Waiting
	for _, x := range in.Waiting {
		x.Model = 0
		got = append(got, x)
	}
	want := []deadline.Waiting{{Unit: "102", Post: "10:coordinator", Due: due}, {Unit: "101", Post: "101:coordinator", Due: due}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("waiting (-want +got):\n%s", d)
	}

	told := func(now time.Time) (people []store.PersonID) {
		in := tick(t, w, s, now)
		sends, err := reporting.Plan(t.Context(), s, in, deadline.Plan)
		if err != nil {
			t.Fatal(err)
		}
		for _, send := range sends {
			if send.Lines[0].Rule != deadline.Check {
				continue
			}
			people = append(people, send.Person)
			update(t, s, func(tx store.Tx) error { return tx.AddSent(send.Lines[0]) })
		}
		return people
	}
	for _, c := range []struct {
		at   time.Time
		want []store.PersonID
	}{{at(9, 9), nil}, {at(10, 9), []store.PersonID{1, 2}}, {at(10, 10), nil}, {at(11, 8), []store.PersonID{1, 2}}} {
		if got := told(c.at); !slices.Equal(got, c.want) {
			t.Errorf("at %s %v are told, want %v", c.at, got, c.want)
		}
	}
}

// putPaper has the report of 101 go by paper on 1/12/2026, while its period runs. No
// ladder of the campaign begins before or after.
func putPaper(t *testing.T, s store.Store, confirmed bool) {
	t.Helper()
	update(t, s, func(tx store.Tx) error {
		v, err := tx.Report("101", period)
		v.Paper, v.Confirmed, v.SubmittedAt = true, confirmed, time.Date(2026, 12, 1, 9, 0, 0, 0, zone)
		_, putErr := tx.PutReport(v)
		return errors.Join(err, putErr)
	})
}

// confirming lists who is asked about reports on paper.
func confirming(sends []deadline.Send) (people []store.PersonID) {
	for _, s := range sends {
		for _, it := range s.Items {
			if it.Rule == deadline.Confirm {
				people = append(people, s.Person)
			}
		}
	}
	return people
}

// TestWatchOfPapers asks again about a report on paper before its period is over, and
// reads nothing of the period when it has come.
func TestWatchOfPapers(t *testing.T) {
	t.Parallel()
	s := watchedStore(t)
	w := reporting.NewWatch(org.NewBook(zone))
	at := func(day int) time.Time { return time.Date(2026, 12, day, 9, 0, 0, 0, zone) }
	putPaper(t, s, false)
	for _, c := range []struct {
		day  int
		want []store.PersonID
	}{{2, nil}, {3, []store.PersonID{2}}, {4, nil}, {7, []store.PersonID{2}}, {15, []store.PersonID{2}}} {
		sends, err := reporting.Plan(t.Context(), s, tick(t, w, s, at(c.day)), deadline.Plan)
		if got := confirming(sends); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("on %d/12 %v are asked, want %v; %v", c.day, got, c.want, err)
		}
	}

	putPaper(t, s, true)
	if in := tick(t, w, s, at(7)); len(in.Obligations) != 0 {
		t.Errorf("%d obligations are read while nothing is to be done", len(in.Obligations))
	}
}

// TestAheadOfPapers previews the days on which it is asked about.
func TestAheadOfPapers(t *testing.T) {
	t.Parallel()
	s := watchedStore(t)
	putPaper(t, s, false)
	from := time.Date(2026, 12, 2, 9, 0, 0, 0, zone)
	until := from.AddDate(0, 0, 10)
	err := s.View(t.Context(), func(r store.Reader) error {
		set, err := reporting.Read(r, org.NewBook(zone), asOf)
		if err != nil {
			return err
		}
		in, err := set.Ahead(r, from, until, nil)
		if err != nil {
			return err
		}
		sends, err := reporting.PlanIn(r, in, func(in deadline.Input) []deadline.Send { return deadline.Preview(in, until) })
		if got := confirming(sends); !slices.Equal(got, []store.PersonID{2, 2, 2, 2}) {
			t.Errorf("in ten days %v are asked, want four times 2", got)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestWatchOfEndings finds what is to be frozen until it is, and looks at it no
// more then.
func TestWatchOfEndings(t *testing.T) {
	t.Parallel()
	s := watchedStore(t)
	w := reporting.NewWatch(org.NewBook(zone))
	now := tick(t, w, s, time.Date(2026, 12, 14, 0, 0, 0, 0, zone)).Periods[0].Locked
	if in := tick(t, w, s, now.Add(-time.Minute)); len(in.Endings) != 0 {
		t.Errorf("before the lock %v end", in.Endings)
	}
	freezes := deadline.PlanFreezes(tick(t, w, s, now))
	var units []store.UnitCode
	for _, f := range freezes {
		units = append(units, f.Lines[0].Units...)
	}
	if !slices.Equal(units, []store.UnitCode{"", "10", "101"}) {
		t.Fatalf("%q are frozen", units)
	}

	update(t, s, func(tx store.Tx) error { return tx.AddSent(freezes[0].Lines[0]) })
	if left := deadline.PlanFreezes(tick(t, w, s, now)); len(left) != 2 {
		t.Errorf("%d are left, want 2", len(left))
	}
	update(t, s, func(tx store.Tx) error { return tx.AddSent(freezes[2].Lines[1]) })
	if in := tick(t, w, s, now); len(in.Endings) != 0 {
		t.Errorf("what is frozen is looked at: %v", in.Endings)
	}
}

// TestAheadOfACommune previews its own checks and freezing only.
func TestAheadOfACommune(t *testing.T) {
	t.Parallel()
	s := watchedStore(t)
	err := s.View(t.Context(), func(r store.Reader) error {
		set, err := reporting.Read(r, org.NewBook(zone), asOf)
		if err != nil {
			return err
		}
		in, err := set.Ahead(r, asOf, asOf.AddDate(0, 0, 21), set.Org.Below("101"))
		if len(in.Waiting) != 1 || in.Waiting[0].Unit != "101" {
			t.Errorf("waiting are %v", in.Waiting)
		}
		if len(in.Endings) != 1 || !slices.Equal(in.Endings[0].Units, []store.UnitCode{"101"}) {
			t.Errorf("ending are %v", in.Endings)
		}
		if len(in.Obligations) != 1 || in.Obligations[0].Unit != "101" {
			t.Errorf("owed are %v", in.Obligations)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
