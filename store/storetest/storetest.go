// Package storetest holds the promises of store.Store as one suite that every
// backend runs:
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, storetest.Options{Open: open, Reopen: reopen})
//	}
//
// It imports no backend and no driver, and asks only what package store
// promises: a case that one backend cannot pass is either a bug of it or a
// sentence to be struck from the contract.
package storetest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"danvan/store"
)

// Options say how the suite comes to a store.
type Options struct {
	// Open returns an empty store of its own. The suite closes it.
	Open func(testing.TB) store.Store
	// Reopen closes a store and opens the same records again. It is nil for a
	// backend that keeps nothing.
	Reopen func(testing.TB, store.Store) store.Store
}

// Run runs the whole suite, each case on a store of its own.
func Run(t *testing.T, o Options) {
	groups := map[string][]testCase{
		"records":      recordCases(),
		"absent":       absentCases(),
		"transactions": transactionCases(),
		"concurrency":  concurrencyCases(),
		"closing":      closingCases(),
		"numbers":      numberCases(),

		"organisation": organisationCases(),
		"models":       modelCases(),
		"heads":        headCases(),
		"facts":        factCases(),
		"periods":      periodCases(),
		"ledger":       ledgerCases(),
		"boards":       boardCases(),
		"sessions":     sessionCases(),
		"outbox":       outboxCases(),
		"leases":       leaseCases(),
		"delivery":     deliveryCases(),
		"forget":       forgetCases(),
		"inbox":        inboxCases(),
	}

	for group, cases := range groups {
		for _, c := range cases {
			t.Run(group+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				c.run(t, open(t, o))
			})
		}
	}

	if o.Reopen != nil {
		for _, c := range reopenCases() {
			t.Run("reopen/"+c.name, func(t *testing.T) {
				t.Parallel()
				s := o.Open(t)
				c.before(t, s)
				s = o.Reopen(t, s)
				closeAfter(t, s)
				c.after(t, s)
			})
		}
	}
}

// testCase is one promise, tried on an empty store.
type testCase struct {
	name string
	run  func(*testing.T, store.Store)
}

func open(t *testing.T, o Options) store.Store {
	s := o.Open(t)
	closeAfter(t, s)
	return s
}

// closeAfter closes a store at the end; the case may have done it before.
func closeAfter(t *testing.T, s store.Store) {
	t.Cleanup(func() {
		if err := s.Close(); err != nil && !errors.Is(err, store.ErrClosed) {
			t.Errorf("close: %v", err)
		}
	})
}

// when is the suite's present.
var when = time.Date(2026, time.November, 22, 9, 30, 0, 123456000, time.UTC)

// update runs a write that must succeed.
func update(t *testing.T, s store.Store, fn func(store.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatalf("update: %v", err)
	}
}

// view runs a read that must succeed.
func view(t *testing.T, s store.Store, fn func(store.Reader) error) {
	t.Helper()
	if err := s.View(t.Context(), fn); err != nil {
		t.Fatalf("view: %v", err)
	}
}

// refuse runs a write that must fail with an error.
func refuse(t *testing.T, s store.Store, want error, fn func(store.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); !errors.Is(err, want) {
		t.Errorf("update returned %v, want %v", err, want)
	}
}

// same compares; a nil list or map reads like an empty one.
func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// read asks for one thing in a transaction of its own.
func read[T any](t *testing.T, s store.Store, ask func(store.Reader) (T, error)) T {
	t.Helper()
	var v T
	view(t, s, func(r store.Reader) (err error) {
		v, err = ask(r)
		return err
	})
	return v
}

// missing wants that a lookup finds nothing.
func missing[T any](t *testing.T, s store.Store, ask func(store.Reader) (T, error)) {
	t.Helper()
	err := s.View(t.Context(), func(r store.Reader) error {
		_, err := ask(r)
		return err
	})
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("lookup returned %v, want %v", err, store.ErrNotFound)
	}
}

// ids collects what a list is identified by.
func ids[T, ID any](list []T, id func(T) ID) []ID {
	all := make([]ID, 0, len(list))
	for _, v := range list {
		all = append(all, id(v))
	}
	return all
}
