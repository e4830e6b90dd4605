package reporting_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
	"danvan/store/org"
	"danvan/store/reporting"
)

// cardOf reads the card of a commune for the half year that began on 15/06/2026.
func cardOf(t *testing.T, s store.Store, unit store.UnitCode) *reporting.Card {
	t.Helper()
	var card *reporting.Card
	err := s.View(t.Context(), func(r store.Reader) error {
		set, err := reporting.Read(r, org.NewBook(zone), asOf)
		if err != nil {
			return err
		}
		frame, err := set.Frame(r, ask(unit))
		if err != nil {
			return err
		}
		card, err = set.Card(r, frame.Obligations[0], asOf)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return card
}

// TestCard tells models of which nothing was heard from those that are new, were
// heard of, or are over.
func TestCard(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	update(t, s, func(tx store.Tx) error {
		return errors.Join(tx.PutUnit(store.Unit{Code: "104", Kind: store.Commune, Parent: "10"}),
			tx.PutUnit(store.Unit{Code: "104.1", Kind: store.Organisation, Parent: "104"}))
	})
	before, began := asOf.AddDate(-1, 0, 0), time.Date(2026, 6, 15, 0, 0, 0, 0, zone)
	add := func(unit store.UnitCode, registered time.Time, state store.State, heard time.Time, nothing bool) (id store.ModelID) {
		update(t, s, func(tx store.Tx) error {
			n, err := tx.NewID()
			id = store.ModelID(n)
			m, putErr := tx.PutModel(store.Model{
				ID: id, Code: fmt.Sprint("C-", n), Unit: unit,
				Entries: store.Entries{{Campaign: "dvk", Field: "KT", Origin: store.New}},
				State:   store.Accepted, RegisteredAt: registered,
			})
			accepted := store.Review{ID: store.ReviewID(n), Model: id, Was: store.Waiting, State: store.Accepted, At: registered}
			err = errors.Join(err, putErr, tx.AddReview(accepted))
			if heard.IsZero() {
				return err
			}
			addErr := tx.AddProgress(store.Progress{
				ID: store.ProgressID(n), Model: id, At: heard, Day: store.DateOf(heard), Was: m.State, State: state, Nothing: nothing,
			})
			m.State, m.ProgressAt = state, heard
			_, againErr := tx.PutModel(m)
			return errors.Join(err, addErr, againErr)
		})
		return id
	}
	silent := add("104", before, store.Accepted, time.Time{}, false)
	add("104", before, store.Done, before, false)
	old := add("104.1", before, store.Doing, began.Add(-time.Minute), false)
	add("104", before, store.Doing, began, true)

	card := cardOf(t, s, "104")
	if got := card.Stale(); !slices.Equal(got, []store.ModelID{old, silent}) {
		t.Errorf("stale are %v, want %d and %d", got, old, silent)
	}
	if card.Happened() {
		t.Error("something happened, though nothing new was said")
	}
	if n := card.Figures().Count(figures.Registered); n != 3 {
		t.Errorf("%d models, want the 3 that were not done before", n)
	}

	add("104.1", before, store.Doing, began, false)
	if !cardOf(t, s, "104").Happened() {
		t.Error("an update in the period is nothing")
	}
	if card := cardOf(t, s, "101"); !card.Happened() || len(card.Stale()) > 0 {
		t.Error("a registration in the period is nothing, or stale")
	}
}

func TestCardOfNoCampaign(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	err := s.View(t.Context(), func(r store.Reader) error {
		set, err := reporting.Read(r, org.NewBook(zone), asOf)
		if err != nil {
			return err
		}
		_, err = set.Card(r, deadline.Obligation{Unit: "101", Period: store.Period{Campaign: "none"}}, asOf)
		return err
	})
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the card of a campaign that is none: %v", err)
	}
}
