package enrol_test

import (
	"errors"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/store"
)

// TestEraseInTheAudit erases what the audit tells of a person, wherever it
// stands, and nothing else; the chain is whole before and after.
func TestEraseInTheAudit(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	values := []string{"Trần Văn Bảy", "Trần Văn Bảy, 0912 345 678", "Hội viên (0912 345 678)", "+84912345678", "Trần Văn Bảy Hai", "ấp Bảy"}
	w.Update(func(tx store.Tx) error {
		p := w.PersonIn(tx, "ba")
		p.Name, p.Phone, p.Consent = "Trần Văn Bảy", "+84912345678", store.Given
		err := tx.PutPerson(p)
		for i, value := range values {
			err = errors.Join(err, tx.AddAudit(store.Audit{ID: 1e6 + uint64(i), At: w.Now, Subject: "model/1", Action: "change", Field: "contact", Old: value}))
		}
		return err
	})
	w.Press("ba", link.Mine.To("gone"))

	w.View(func(r store.Reader) error {
		lines, err := r.AuditOf("model/1")
		for i, a := range lines {
			if kept := i >= 4; a.Erased == kept || kept && a.Old != values[i] {
				t.Errorf("%q is kept as %q, erased: %v", values[i], a.Old, a.Erased)
			}
		}
		if len(lines) != len(values) {
			t.Errorf("%d lines, want %d", len(lines), len(values))
		}
		return errors.Join(err, r.CheckAudit())
	})
}
