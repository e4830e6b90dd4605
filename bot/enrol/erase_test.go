package enrol_test

import (
	"bytes"
	"errors"
	"os"
	"testing"
	"time"

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

// TestErasedFromTheFile erases what somebody typed at their profile: after that no
// byte of the store's file tells it.
func TestErasedFromTheFile(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	code := w.Invite("30316", store.Officer, time.Hour)
	w.Say("newcomer", "/start "+code)
	w.Press("newcomer", link.Consent.To("yes"))
	w.Say("newcomer", "Huỳnh Thị Bí Mật")
	w.Say("newcomer", "0976 543 210")
	told := func() bool {
		b, err := os.ReadFile(w.Path())
		bottest.Must(t, err)
		return bytes.Contains(b, []byte("Bí Mật")) || bytes.Contains(b, []byte("976543210"))
	}
	if !told() {
		t.Fatalf("nothing was kept, so this proves nothing:\n%s", w.Read("newcomer"))
	}
	w.Press("newcomer", link.Mine.To("gone"))
	bottest.Must(t, w.Store.Scrub(t.Context()))
	if told() {
		t.Error("the file still tells the name or the number")
	}
}
