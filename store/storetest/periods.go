package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"danvan/store"
)

func periodKinds() []testCase {
	return join(
		kind[store.SpecialDay]{
			name: "special day",
			put:  func(tx store.Tx, d store.SpecialDay) error { return tx.PutSpecialDay(d) },
			get: func(tx store.Tx, d store.SpecialDay) (store.SpecialDay, error) {
				all, err := tx.SpecialDays()
				return last(all, err)
			},
			keys: func(d store.SpecialDay) store.SpecialDay { return store.SpecialDay{Day: d.Day} },
		}.cases(),

		kind[store.Period]{
			name: "period",
			fix:  func(p *store.Period) { p.ID = "dvk/half/2026-12-14" },
			put: func(tx store.Tx, p store.Period) error {
				return errors.Join(tx.PutCampaign(store.Campaign{ID: "dvk"}), tx.PutPeriod(p))
			},
			get:  func(tx store.Tx, p store.Period) (store.Period, error) { return tx.Period(p.ID) },
			keys: func(p store.Period) store.Period { return store.Period{ID: p.ID} },
		}.cases(),

		kind[store.Report]{
			name: "report",
			fix:  func(v *store.Report) { v.Revision = 1 },
			put: func(tx store.Tx, v store.Report) error {
				kept, err := tx.Report(v.Unit, v.Period)
				if err != nil && !errors.Is(err, store.ErrNotFound) {
					return err
				}

				v.Revision = kept.Revision
				_, err = tx.PutReport(v)
				return err
			},
			get: func(tx store.Tx, v store.Report) (store.Report, error) {
				got, err := tx.Report(v.Unit, v.Period)
				got.Revision = v.Revision // its own cases look at it
				return got, err
			},
			keys: func(v store.Report) store.Report {
				return store.Report{Unit: v.Unit, Period: v.Period, Revision: v.Revision}
			},
		}.cases(),

		kind[store.Exception]{
			name: "exception",
			put:  func(tx store.Tx, v store.Exception) error { return tx.AddException(v) },
			get: func(tx store.Tx, v store.Exception) (store.Exception, error) {
				all, err := tx.Exceptions(v.Period)
				return last(all, err)
			},
		}.cases(),

		ledgerKinds(),
	)
}

func ledgerKinds() []testCase {
	return join(
		kind[store.Sent]{
			name: "line of the ledger",
			put:  func(tx store.Tx, v store.Sent) error { return tx.AddSent(v) },
			get: func(tx store.Tx, v store.Sent) (store.Sent, error) {
				return tx.Sent(v.Rule, v.Period, v.Person, v.Step)
			},
		}.cases(),

		kind[store.Deferral]{
			name: "deferral",
			put:  func(tx store.Tx, v store.Deferral) error { return tx.PutDeferral(v) },
			get: func(tx store.Tx, v store.Deferral) (store.Deferral, error) {
				all, err := tx.Deferrals(v.Period)
				return last(all, err)
			},
			keys: func(v store.Deferral) store.Deferral { return store.Deferral{Person: v.Person, Period: v.Period} },
		}.cases(),

		kind[store.Snapshot]{
			name: "snapshot",
			put:  func(tx store.Tx, v store.Snapshot) error { return tx.PutSnapshot(v) },
			get:  func(tx store.Tx, v store.Snapshot) (store.Snapshot, error) { return tx.Snapshot(v.Period, v.Unit) },
		}.cases(),
	)
}

func periodCases() []testCase {
	return []testCase{
		{"special days in their order", specialDays},
		{"periods of a campaign, by id", periodsInOrder},
		{"who is obliged for a period", whoIsObliged},
		{"revisions of a report", reportRevisions},
		{"editions of a report", reportEditions},
		{"reports of a period, by unit", reportsByUnit},
		{"exceptions by unit, then as they were made", exceptionsInOrder},
		{"a snapshot stays", snapshotStays},
	}
}

func specialDays(t *testing.T, s store.Store) {
	day := func(y int, m time.Month, d int, name string) store.SpecialDay {
		return store.SpecialDay{Day: store.Date{Year: y, Month: m, Day: d}, Kind: store.DayOff, Name: name}
	}
	list := func() []string {
		all := read(t, s, store.Reader.SpecialDays)
		return ids(all, func(d store.SpecialDay) string { return d.Name })
	}
	update(t, s, func(tx store.Tx) error {
		return errors.Join(
			tx.PutSpecialDay(day(2027, 2, 6, "Tết")), tx.PutSpecialDay(day(2026, 11, 24, "24/11")),
			tx.PutSpecialDay(day(2026, 9, 2, "2/9")), tx.PutSpecialDay(day(2026, 11, 4, "mistake")))
	})
	same(t, "days", list(), []string{"2/9", "mistake", "24/11", "Tết"})
	update(t, s, func(tx store.Tx) error {
		return errors.Join(
			tx.DeleteSpecialDay(store.Date{Year: 2026, Month: 11, Day: 4}), tx.DeleteSpecialDay(store.Date{Year: 2020, Month: 1, Day: 1}),
			tx.PutSpecialDay(day(2026, 9, 2, "Quốc khánh")))
	})
	same(t, "days after a change", list(), []string{"Quốc khánh", "24/11", "Tết"})
}

func periodsInOrder(t *testing.T, s store.Store) {
	update(t, s, func(tx store.Tx) error {
		return errors.Join(tx.PutCampaign(store.Campaign{ID: "dvk"}), tx.PutCampaign(store.Campaign{ID: "dvk-2"}))
	})
	for _, id := range []store.PeriodID{"dvk/half/2027-06-14", "dvk-2/month/2026-01-31", "dvk/half/2026-12-14"} {
		update(t, s, func(tx store.Tx) error { return tx.PutPeriod(store.Period{ID: id}) })
	}
	update(t, s, func(tx store.Tx) error {
		return tx.PutPeriod(store.Period{ID: "dvk/half/2026-12-14", ClosedAt: when, ClosedBy: 7})
	})

	want := []store.Period{{ID: "dvk/half/2026-12-14", ClosedAt: when, ClosedBy: 7}, {ID: "dvk/half/2027-06-14"}}
	own := read(t, s, func(r store.Reader) (store.Campaign, error) { return r.Campaign("dvk") })
	same(t, "periods of a campaign", own.Begun, want)
	update(t, s, func(tx store.Tx) error { return tx.PutCampaign(store.Campaign{ID: "dvk", Begun: own.Begun[:1]}) })
	all := read(t, s, store.Reader.Campaigns)
	same(t, "periods of a listed campaign", all[0].Begun, want)
	same(t, "periods of another one", len(all[1].Begun), 1)
	missing(t, s, func(r store.Reader) (store.Period, error) { return r.Period("dvk/half/2026-12-1") })
	missing(t, s, func(r store.Reader) (store.Period, error) { return r.Period("none/half/2026-12-14") })
	refuse(t, s, store.ErrNotFound, func(tx store.Tx) error { return tx.PutPeriod(store.Period{ID: "none/half/2026-12-14"}) })
}

func whoIsObliged(t *testing.T, s store.Store) {
	of := func(p store.PeriodID) []store.UnitCode {
		return read(t, s, func(r store.Reader) ([]store.UnitCode, error) { return r.Obliged(p) })
	}
	same(t, "units of a period that was not written", of("p/half/1"), nil)
	for _, units := range [][]store.UnitCode{{"9", "30709", "10"}, {"đ", "1"}, nil} {
		update(t, s, func(tx store.Tx) error {
			return errors.Join(tx.PutObliged("p/half/1", units), tx.PutObliged("p/half/12", []store.UnitCode{"x"}))
		})
		same(t, "units", of("p/half/1"), slices.Sorted(slices.Values(units)))
	}
	same(t, "units of another period", of("p/half/12"), []store.UnitCode{"x"})
}

func putReport(t *testing.T, s store.Store, v store.Report) store.Report {
	t.Helper()
	update(t, s, func(tx store.Tx) (err error) {
		v, err = tx.PutReport(v)
		return err
	})
	return v
}

func reportOf(unit store.UnitCode, period store.PeriodID) func(store.Reader) (store.Report, error) {
	return func(r store.Reader) (store.Report, error) { return r.Report(unit, period) }
}

func reportRevisions(t *testing.T, s store.Store) {
	v := store.Report{ID: 5, Unit: "30709", Period: "p"}
	for want := uint64(1); want <= 3; want++ {
		v = putReport(t, s, v)
		if v.Revision != want {
			t.Fatalf("put returned revision %d, want %d", v.Revision, want)
		}
		same(t, "report", read(t, s, reportOf("30709", "p")), v)
		v.WithdrawnAt = when
	}

	for _, stale := range []store.Report{
		{Unit: "30709", Period: "p"}, {Unit: "30709", Period: "p", Revision: 2}, {Unit: "30709", Period: "p", Revision: 4},
		{Unit: "30709", Period: "q", Revision: 1}, {Unit: "3070", Period: "p", Revision: 3},
	} {
		refuse(t, s, store.ErrConflict, func(tx store.Tx) error { _, err := tx.PutReport(stale); return err })
	}
	if got := read(t, s, reportOf("30709", "p")); got.Revision != 3 || got.ID != 5 {
		t.Errorf("a conflict left %+v", got)
	}
	missing(t, s, reportOf("30709", "q"))
	missing(t, s, reportOf("3070", "p"))
}

func reportEditions(t *testing.T, s store.Store) {
	of := func(unit store.UnitCode, p store.PeriodID) []string {
		all := read(t, s, func(r store.Reader) ([]store.Report, error) { return r.ReportEditions(unit, p) })
		return ids(all, func(v store.Report) string { return fmt.Sprint(v.Revision, " ", v.Difficulty) })
	}
	for _, unit := range []store.UnitCode{"1", "10"} {
		v := store.Report{Unit: unit, Period: "p"}
		for _, said := range []string{"a", "b", "c"} {
			v.Difficulty = said + string(unit)
			v = putReport(t, s, v)
		}
	}
	putReport(t, s, store.Report{Unit: "1", Period: "pp", Difficulty: "d"})
	same(t, "editions", of("1", "p"), []string{"1 a1", "2 b1", "3 c1"})
	same(t, "editions of another period", of("1", "pp"), []string{"1 d"})
	same(t, "editions of none", of("2", "p"), []string{})
}

func reportsByUnit(t *testing.T, s store.Store) {
	for _, u := range []store.UnitCode{"9", "30709", "1", "10", "đ", "09"} {
		putReport(t, s, store.Report{Unit: u, Period: "dvk/half/2026-12-31"})
	}
	putReport(t, s, store.Report{Unit: "30709", Period: "dvk/half/2026-12-3"})
	putReport(t, s, store.Report{Unit: "1", Period: "dvk/half/2026-12-31/30709"})
	of := func(p store.PeriodID) []store.UnitCode {
		all := read(t, s, func(r store.Reader) ([]store.Report, error) { return r.Reports(p) })
		return ids(all, func(v store.Report) store.UnitCode { return v.Unit })
	}
	same(t, "units", of("dvk/half/2026-12-31"), []store.UnitCode{"09", "1", "10", "30709", "9", "đ"})
	same(t, "units of a period that begins alike", of("dvk/half/2026-12-3"), []store.UnitCode{"30709"})
	same(t, "units of another period", of("dvk"), nil)
}

func exceptionsInOrder(t *testing.T, s store.Store) {
	type made struct {
		unit   store.UnitCode
		reason string
	}
	for _, v := range []struct {
		period store.PeriodID
		made
	}{
		{"p", made{"9", "a"}}, {"p", made{"30709", "b"}}, {"q", made{"9", "c"}}, {"p", made{"307", "d"}},
		{"p", made{"9", "e"}}, {"p", made{"30709", "f"}}, {"p", made{"9", "a"}}, {"pp", made{"9", "g"}},
	} {
		update(t, s, func(tx store.Tx) error {
			return tx.AddException(store.Exception{Unit: v.unit, Period: v.period, Reason: v.reason, At: when})
		})
	}
	all := read(t, s, func(r store.Reader) ([]store.Exception, error) { return r.Exceptions("p") })
	got := ids(all, func(v store.Exception) [2]string { return [2]string{string(v.Unit), v.Reason} })
	same(t, "exceptions", got, [][2]string{{"307", "d"}, {"30709", "b"}, {"30709", "f"}, {"9", "a"}, {"9", "e"}, {"9", "a"}})
}

func snapshotStays(t *testing.T, s store.Store) {
	at := func(period store.PeriodID, unit store.UnitCode) func(store.Reader) (store.Snapshot, error) {
		return func(r store.Reader) (store.Snapshot, error) { return r.Snapshot(period, unit) }
	}
	frozen := store.Snapshot{Period: "p", Unit: "", At: when, Figures: []byte{0, 0xff, '"', '\n'}, Hash: "00ff"}
	update(t, s, func(tx store.Tx) error { return tx.PutSnapshot(frozen) })
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
		changed := frozen
		changed.Figures = []byte("better")
		return tx.PutSnapshot(changed)
	})
	same(t, "snapshot", read(t, s, at("p", "")), frozen)
	missing(t, s, at("p", "30709"))
	missing(t, s, at("q", ""))
	update(t, s, func(tx store.Tx) error { return tx.PutSnapshot(store.Snapshot{Period: "p", Unit: "30709", Hash: "11"}) })
	if got := read(t, s, at("p", "30709")); got.Hash != "11" {
		t.Errorf("the snapshot of a unit is %+v", got)
	}
}
