package storetest

import (
	"errors"
	"testing"

	"danvan/store"
)

func absentCases() []testCase {
	var all []testCase
	for name, ask := range lookups() {
		all = append(all, testCase{"no " + name, func(t *testing.T, s store.Store) {
			if err := s.View(t.Context(), ask); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("lookup returned %v, want %v", err, store.ErrNotFound)
			}
		}})
	}
	return append(all, testCase{"empty lists", emptyLists})
}

// lookups ask for one record that nobody put.
func lookups() map[string]func(store.Reader) error {
	return map[string]func(store.Reader) error{
		"unit":          func(r store.Reader) error { _, err := r.Unit("30709"); return err },
		"post":          func(r store.Reader) error { _, err := r.Post("30709:officer"); return err },
		"person":        func(r store.Reader) error { _, err := r.Person(1); return err },
		"person at":     func(r store.Reader) error { _, err := r.PersonAt(chatAt(1)); return err },
		"stranger":      func(r store.Reader) error { _, err := r.Stranger(chatAt(1)); return err },
		"invite":        func(r store.Reader) error { _, err := r.Invite("00ff"); return err },
		"campaign":      func(r store.Reader) error { _, err := r.Campaign("khéo-2026"); return err },
		"model":         func(r store.Reader) error { _, err := r.Model(1); return err },
		"model by code": func(r store.Reader) error { _, err := r.ModelByCode("DVK-1"); return err },
		"batch":         func(r store.Reader) error { _, err := r.Batch(1); return err },

		"report":    func(r store.Reader) error { _, err := r.Report("30709", "p"); return err },
		"sent":      func(r store.Reader) error { _, err := r.Sent("remind", "p", 1, "-3"); return err },
		"snapshot":  func(r store.Reader) error { _, err := r.Snapshot("p", "30709"); return err },
		"board":     func(r store.Reader) error { _, err := r.Board(1); return err },
		"session":   func(r store.Reader) error { _, err := r.Session(1); return err },
		"remote":    func(r store.Reader) error { _, err := r.Remote(1); return err },
		"notice":    func(r store.Reader) error { _, err := r.Notice("check/91:coordinator"); return err },
		"delivered": func(r store.Reader) error { _, err := r.Delivered(chatAt(1), "77"); return err },
	}
}

// emptyLists wants lists without entries and without errors.
func emptyLists(t *testing.T, s store.Store) {
	view(t, s, func(r store.Reader) error {
		return errors.Join(
			empty(t, "units")(length(r.Units(""))),
			empty(t, "units since")(length(r.UnitsSince(0))),
			empty(t, "unit imports")(length(r.UnitImports())),
			empty(t, "posts since")(length(r.PostsSince(0))),
			empty(t, "posts of")(length(r.PostsOf(1))),
			empty(t, "posts at")(length(r.PostsAt("30709"))),
			empty(t, "posts as")(length(r.PostsAs(store.Officer))),
			empty(t, "invitations")(length(r.InvitesTo("30709:officer"))),
			empty(t, "campaigns")(length(r.Campaigns())),

			empty(t, "heads")(length(r.Heads(store.ModelQuery{}))),
			empty(t, "heads of a unit")(length(r.Heads(store.ModelQuery{In: store.NewSubtree("1")}))),
			empty(t, "progress")(length(r.Progress(1))),
			empty(t, "reviews")(length(r.Reviews(1))),
			empty(t, "batches")(length(r.Batches())),
			empty(t, "facts")(length(r.Facts(store.ModelQuery{}))),
			empty(t, "facts of a unit")(length(r.Facts(store.ModelQuery{In: store.NewSubtree("1")}))),
			empty(t, "live boards")(length(r.LiveBoards())),
			empty(t, "special days")(length(r.SpecialDays())),

			empty(t, "reports")(length(r.Reports("p"))),
			empty(t, "exceptions")(length(r.Exceptions("p"))),
			empty(t, "lines of the ledger")(length(r.Ledger("p"))),
			empty(t, "lines of somebody")(length(r.LedgerOf(1, "p"))),
			empty(t, "deferrals")(length(r.Deferrals("p"))),
			empty(t, "sessions")(length(r.SessionsOf("30709:officer"))),
			empty(t, "audit")(length(r.AuditOf("model/1"))), r.CheckAudit(),
			empty(t, "waiting")(length(r.Arrivals())),
			empty(t, "pending")(r.Pending()),
		)
	})
}

func length[T any](list []T, err error) (int, error) { return len(list), err }

// empty wants a count of 0.
func empty(t *testing.T, what string) func(int, error) error {
	return func(n int, err error) error {
		if n != 0 {
			t.Errorf("an empty store has %d %s", n, what)
		}
		return err
	}
}
