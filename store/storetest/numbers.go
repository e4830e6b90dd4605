package storetest

import (
	"errors"
	"testing"

	"danvan/store"
)

func numberCases() []testCase {
	return []testCase{
		{"ids grow", idsGrow},
		{"every name counts for itself", namesCount},
		{"an event is accepted once", acceptOnce},
		{"audit lines by subject, oldest first", auditOf},
		{"an audit line cannot be changed", auditStays},
		{"audit lines by their values", auditHolding},
		{"erased values leave the audit whole", auditErased},
	}
}

func idsGrow(t *testing.T, s store.Store) {
	var before uint64
	for range 3 {
		update(t, s, func(tx store.Tx) error {
			for range 100 {
				id, err := tx.NewID()
				if err != nil || id <= before {
					t.Errorf("id %d after %d, %v", id, before, err)
					return err
				}
				before = id
			}
			return nil
		})
		if id := enqueue(t, s, store.Message{To: chatAt(1), At: when}); uint64(id) <= before {
			t.Errorf("message %d after id %d", id, before)
		}
	}
}

func namesCount(t *testing.T, s store.Store) {
	for want := 1; want <= 300; want++ {
		update(t, s, func(tx store.Tx) error {
			a, errA := tx.NextNumber("30709/2026")
			b := 0
			var errB error
			if want%2 == 0 {
				b, errB = tx.NextNumber("30709/202")
			}
			if a != want || b != 0 && b != want/2 {
				t.Errorf("numbers %d and %d at step %d", a, b, want)
			}
			return errors.Join(errA, errB)
		})
	}
}

func acceptOnce(t *testing.T, s store.Store) {
	update(t, s, func(tx store.Tx) error { return tx.Accept("telegram/900", when) })
	for _, other := range []string{"telegram/899", "telegram/90", "telegram/9000", "sms/900"} {
		update(t, s, func(tx store.Tx) error { return tx.Accept(other, when) })
	}
	refuse(t, s, store.ErrSeen, func(tx store.Tx) error { return tx.Accept("telegram/900", when.AddDate(0, 1, 0)) })
	refuse(t, s, store.ErrSeen, func(tx store.Tx) error {
		if err := tx.Accept("telegram/7", when); err != nil {
			return err
		}
		return tx.Accept("telegram/7", when)
	})
	update(t, s, func(tx store.Tx) error { return tx.Accept("telegram/7", when) })
}

func auditOf(t *testing.T, s store.Store) {
	for i, subject := range []string{"model/1", "model/12", "model/1", "model/2", "model/1"} {
		update(t, s, func(tx store.Tx) error {
			return tx.AddAudit(store.Audit{Subject: subject, At: when, Action: string(rune('a' + i))})
		})
	}
	got := read(t, s, func(r store.Reader) ([]store.Audit, error) { return r.AuditOf("model/1") })
	same(t, "actions", ids(got, func(a store.Audit) string { return a.Action }), []string{"a", "c", "e"})
	for _, a := range got {
		if a.ID == 0 {
			t.Error("an audit line has no id")
		}
	}
}

func auditStays(t *testing.T, s store.Store) {
	line := store.Audit{ID: 7, Subject: "model/1", At: when, Action: "accept"}
	update(t, s, func(tx store.Tx) error { return tx.AddAudit(line) })
	refuse(t, s, store.ErrConflict, func(tx store.Tx) error {
		changed := line
		changed.Action = "return"
		return tx.AddAudit(changed)
	})
	got := read(t, s, func(r store.Reader) ([]store.Audit, error) { return r.AuditOf("model/1") })
	same(t, "audit", got, []store.Audit{line})
}

// writeAudit adds lines of two subjects, most of them with values.
func writeAudit(t *testing.T, s store.Store) {
	t.Helper()
	for _, a := range []store.Audit{
		{ID: 3, Subject: "model/2", Action: "mend", Field: "contact", Old: "Trần Thị B", New: "Nguyễn Văn A"},
		{ID: 5, Subject: "model/1", Action: "register"},
		{ID: 8, Subject: "model/1", Action: "state", Old: "waiting", New: "accepted"},
	} {
		a.At = when
		update(t, s, func(tx store.Tx) error { return tx.AddAudit(a) })
	}
}

func auditHolding(t *testing.T, s store.Store) {
	writeAudit(t, s)
	for value, want := range map[string][]uint64{"Nguyễn Văn A": {3}, "Trần Thị B": {3}, "accepted": {8}, "mend": {}} {
		got := read(t, s, func(r store.Reader) ([]store.Audit, error) {
			return r.AuditHolding(func(v string) bool { return v == value })
		})
		same(t, "lines with "+value, ids(got, func(a store.Audit) uint64 { return a.ID }), want)
	}
}

func auditErased(t *testing.T, s store.Store) {
	view(t, s, store.Reader.CheckAudit) // of no line
	writeAudit(t, s)
	view(t, s, store.Reader.CheckAudit)
	for range 2 { // the second time there is nothing to erase
		update(t, s, func(tx store.Tx) error {
			return errors.Join(tx.EraseAudit("model/2", 3), tx.EraseAudit("model/1", 5), tx.EraseAudit("model/9", 1))
		})
	}
	view(t, s, store.Reader.CheckAudit)

	got := read(t, s, func(r store.Reader) ([]store.Audit, error) { return r.AuditOf("model/2") })
	same(t, "audit", got, []store.Audit{{ID: 3, At: when, Subject: "model/2", Action: "mend", Field: "contact", Erased: true}})
	got = read(t, s, func(r store.Reader) ([]store.Audit, error) { return r.AuditOf("model/1") })
	same(t, "audit", got, []store.Audit{
		{ID: 5, At: when, Subject: "model/1", Action: "register"},
		{ID: 8, At: when, Subject: "model/1", Action: "state", Old: "waiting", New: "accepted"},
	})
}
