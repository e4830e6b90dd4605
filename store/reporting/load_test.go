package reporting_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/store"
	"danvan/store/bolt"
	"danvan/store/deadline"
	"danvan/store/figures"
	"danvan/store/org"
	"danvan/store/reporting"
)

const period store.PeriodID = "dvk/half/2026-12-14"

var (
	zone  = time.FixedZone("UTC+7", 7*60*60)
	asOf  = time.Date(2026, 12, 11, 9, 0, 0, 0, zone)
	parts = []store.UnitCode{"101", "102", "103"}
)

// models are more than one page of facts holds.
const models = 2500

// newStore has a province of three communes with models in turn, and two
// reports: one before asOf and one after it.
func newStore(t *testing.T) store.Store {
	t.Helper()
	s, err := bolt.Open(filepath.Join(t.TempDir(), "figures.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	update(t, s, fill)
	return s
}

func update(t *testing.T, s store.Store, fn func(store.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func fill(tx store.Tx) error {
	errs := []error{
		tx.PutUnit(store.Unit{Code: "10", Name: "Tỉnh An Giang", Kind: store.Province}),
		tx.PutUnit(store.Unit{Code: "20", Name: "Tỉnh Nghệ An", Kind: store.Province}),
		tx.PutCampaign(store.Campaign{
			ID: "dvk", From: store.Date{Year: 2026, Month: 1, Day: 1}, To: store.Date{Year: 2030, Month: 12, Day: 31},
			Fields: []store.Option{{Key: "KT"}, {Key: "VHXH"}},
			Rules:  []store.PeriodRule{{Kind: store.HalfYear, CutDay: 14, DueAfter: 2, Working: true, Hour: 17, Lock: 10}},
		}),
	}
	for i, code := range parts {
		_, err := tx.PutReport(store.Report{Unit: code, Period: period, SubmittedAt: asOf.AddDate(0, 0, i-1)})
		errs = append(errs, err, tx.PutUnit(store.Unit{Code: code, Name: "Xã " + string(code), Kind: store.Commune, Parent: "10"}))
	}
	for i := range models {
		errs = append(errs, register(tx, i, asOf.AddDate(0, 0, -30)))
	}
	return errors.Join(errs...)
}

// register puts an accepted model into the communes in turn.
func register(tx store.Tx, i int, at time.Time) error {
	id, err := tx.NewID()
	m := store.Model{
		ID: store.ModelID(id), Code: fmt.Sprintf("DVK-%d", i), Unit: parts[i%len(parts)],
		Entries: store.Entries{{Campaign: "dvk", Field: []string{"KT", "VHXH"}[i%2], Origin: store.New}},
		Year:    2026, Title: "Mô hình",
		Kind: store.Collective, State: store.Accepted, RegisteredAt: at,
	}
	_, putErr := tx.PutModel(m)
	return errors.Join(err, putErr, tx.AddReview(store.Review{ID: store.ReviewID(id), Model: m.ID, Was: store.Waiting, State: store.Accepted, At: at}))
}

func ask(unit store.UnitCode) reporting.Ask {
	return reporting.Ask{Campaign: "dvk", Period: period, Unit: unit, AsOf: asOf}
}

func load(t *testing.T, s store.Store, a reporting.Ask) *reporting.Found {
	t.Helper()
	f, err := reporting.Load(t.Context(), s, org.NewBook(zone), a)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func news(f *reporting.Found) int { return f.Now.Count(figures.New) }

// TestPartsOfTheWhole wants every page counted, and the whole to be its parts.
func TestPartsOfTheWhole(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	if n := news(load(t, s, ask("10"))); n != models {
		t.Errorf("the province has %d, want %d", n, models)
	}
	if n := news(load(t, s, ask(""))); n != models {
		t.Errorf("the house has %d, want %d", n, models)
	}
	if n := news(load(t, s, ask("20"))); n != 0 {
		t.Errorf("the other province has %d", n)
	}
	sum := 0
	for _, code := range parts {
		sum += news(load(t, s, ask(code)))
	}
	if sum != models {
		t.Errorf("the communes have %d, want %d", sum, models)
	}
	some := ask("10")
	some.Portfolio.Units = []store.UnitCode{"101", "103", "101"}
	if n, want := news(load(t, s, some)), models-news(load(t, s, ask("102"))); n != want {
		t.Errorf("a portfolio of two communes has %d, want %d", n, want)
	}
	some = ask("10")
	some.Portfolio.Fields = []string{"KT"}
	if n := news(load(t, s, some)); n != models/2 {
		t.Errorf("a portfolio of a field has %d, want %d", n, models/2)
	}
}

// TestAsOf lets models, checks and reports come in while and after figures are
// read: as of an instant before, nothing changes.
func TestAsOf(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	before := load(t, s, ask("10"))
	if got := states(before); got != "submitted submitted owed" {
		t.Errorf("the reports are %s", got)
	}
	ctx, stop := context.WithCancel(t.Context())
	wrote := make(chan error)
	go func() {
		var err error
		for i := 0; err == nil && ctx.Err() == nil; i++ {
			err = s.Update(context.Background(), func(tx store.Tx) error { return register(tx, models+i, asOf.Add(time.Minute)) })
		}
		wrote <- err
	}()
	for range 5 {
		f := load(t, s, ask("10"))
		if diff := cmp.Diff(before.Now.All(), f.Now.All()); diff != "" {
			t.Errorf("what is counted changed:\n%s", diff)
		}
	}
	stop()
	if err := <-wrote; err != nil {
		t.Fatal(err)
	}
	later := ask("10")
	later.AsOf = asOf.AddDate(0, 0, 2)
	f := load(t, s, later)
	if got := states(f); got != "submitted submitted submitted" || news(f) <= models {
		t.Errorf("two days later the reports are %s, and there are %d", got, news(f))
	}
	update(t, s, func(tx store.Tx) error {
		r, err := tx.Report("101", period)
		r.WithdrawnAt = asOf.AddDate(0, 0, 1)
		r.At = r.WithdrawnAt
		_, putErr := tx.PutReport(r)
		return errors.Join(err, putErr)
	})
	if got := states(load(t, s, ask("10"))); got != "submitted submitted owed" {
		t.Errorf("after one was taken back the reports that there were are %s", got)
	}
	if got := states(load(t, s, later)); got != "owed submitted submitted" {
		t.Errorf("after one was taken back the reports are %s", got)
	}
}

// TestCampaignWithin registers under a commune's own campaign: it counts there
// and in the province's, once; the province's does not count in the commune's,
// nor does what another time or another commune has.
func TestCampaignWithin(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	before := news(load(t, s, ask("10")))
	in := func(campaign store.CampaignID, unit store.UnitCode, accepted bool) {
		update(t, s, func(tx store.Tx) error {
			id, err := tx.NewID()
			m := store.Model{
				ID: store.ModelID(id), Code: fmt.Sprintf("DVK-%s-%d", campaign, id), Unit: unit,
				Entries: store.Entries{{Campaign: campaign, Field: "KT", Origin: store.New}},
				Year:    2026, Title: "Mô hình",
				Kind: store.Collective, State: store.Waiting, RegisteredAt: asOf.AddDate(0, 0, -9),
			}
			_, putErr := tx.PutModel(m)
			if accepted {
				putErr = errors.Join(putErr, tx.AddReview(store.Review{ID: store.ReviewID(id), Model: m.ID, Was: store.Waiting, State: store.Accepted, At: m.RegisteredAt}))
			}
			return errors.Join(err, putErr)
		})
	}
	update(t, s, func(tx store.Tx) error {
		c, err := tx.Campaign("dvk")
		c.ID, c.Unit, c.To = "commune", "101", store.Date{Year: 2027, Month: 12, Day: 31}
		err = errors.Join(err, tx.PutCampaign(c))
		c.ID, c.From, c.To = "past", store.Date{Year: 2024, Month: 1, Day: 1}, store.Date{Year: 2025, Month: 12, Day: 31}
		return errors.Join(err, tx.PutCampaign(c))
	})
	in("commune", "101", true)
	in("commune", "101", false)
	in("past", "101", true)
	in("past", "101", false)
	in("commune", "102", true) // outside of what the campaign binds
	whole, part := load(t, s, ask("10")), load(t, s, reporting.Ask{Campaign: "commune", Period: "commune/half/2026-12-14", Unit: "10", AsOf: asOf})
	if n := news(whole); n != before+2 {
		t.Errorf("the province has %d new models, want two more than %d", n, before)
	}
	if part.Root.Code != "101" || len(part.Units) != 1 || states(part) != "owed" {
		t.Errorf("the commune's campaign is told as %q's, of %d units: %s", part.Root.Name, len(part.Units), states(part))
	}
	if n := news(part); n != 1 {
		t.Errorf("the commune's campaign has %d, want its own", n)
	}
	if len(whole.Waiting) != 1 || len(part.Waiting) != 1 {
		t.Errorf("%d and %d wait, want one each", len(whole.Waiting), len(part.Waiting))
	}
}

func states(f *reporting.Found) (out string) {
	for i, o := range f.Obligations {
		if i > 0 {
			out += " "
		}
		out += string(o.State)
	}
	return out
}

// TestNothingThere wants to be told what there is none of.
func TestNothingThere(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for name, change := range map[string]func(*reporting.Ask){
		"campaign": func(a *reporting.Ask) { a.Campaign = "none" },
		"period":   func(a *reporting.Ask) { a.Period = "dvk/half/1999-12-14" },
		"unit":     func(a *reporting.Ask) { a.Unit = "999" },
	} {
		a := ask("10")
		change(&a)
		if _, err := reporting.Load(t.Context(), s, org.NewBook(zone), a); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestFrozen finds what was frozen, once the instant is past it, and compares a
// period with what was frozen of the one before.
func TestFrozen(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	cut := time.Date(2026, 12, 15, 0, 0, 0, 0, zone)
	a := ask("10")
	a.AsOf = cut
	snapshot, err := load(t, s, a).Now.Snapshot(period, "10", cut)
	if err != nil {
		t.Fatal(err)
	}
	update(t, s, func(tx store.Tx) error { return tx.PutSnapshot(snapshot) })
	if f := load(t, s, ask("10")); f.Adjusted != nil {
		t.Error("it is frozen before it was closed")
	}
	update(t, s, func(tx store.Tx) error { return register(tx, models, cut.AddDate(0, 0, -3)) })
	a.AsOf = cut.AddDate(0, 0, 5)
	f := load(t, s, a)
	if f.Adjusted == nil || f.Adjusted.Count(figures.New) != models+1 || news(f) != models {
		t.Fatalf("adjusted %v, closed with %d", f.Adjusted, news(f))
	}

	// A part of it, by units or by fields, is a part of what was frozen.
	for _, watched := range []store.Portfolio{{Units: []store.UnitCode{"101", "102"}}, {Fields: []string{"KT"}}} {
		b := a
		b.Portfolio = watched
		part := load(t, s, b)
		b.AsOf = cut
		if then := load(t, s, b); part.Adjusted == nil || news(part) != news(then) {
			t.Errorf("of %v %d were closed, want %d", watched, news(part), news(then))
		}
	}
	next, ok := following(f.Of, f.Calendar)
	if !ok {
		t.Fatal("no period follows")
	}
	a.Period, a.AsOf, a.Against = next.ID, cut.AddDate(0, 1, 0), reporting.Previous
	if f = load(t, s, a); f.Against.Previous == nil || f.Against.Previous.Count(figures.New) != models {
		t.Error("the period before is not what was frozen")
	}
}

func following(c store.Campaign, cal *deadline.Calendar) (store.Period, bool) {
	for _, p := range deadline.Periods(c, cal, store.Date{Year: 2026, Month: 12, Day: 15}, store.Date{Year: 2027, Month: 6, Day: 14}) {
		if p.From == (store.Date{Year: 2026, Month: 12, Day: 15}) {
			return p, true
		}
	}
	return store.Period{}, false
}

// TestNothingToCompareWith holds that an empty period is none: "+2.500 against
// the period before" would be said of a campaign that has just begun.
func TestNothingToCompareWith(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	a := ask("10")
	a.Against = reporting.Both
	if f := load(t, s, a); f.Against != (figures.Against{}) {
		t.Errorf("compared with %+v", f.Against)
	}
}
