package progress_test

import (
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/store"
)

// TestOddFiguresAreKeptInTheAudit confirms an odd figure: who sends it says so.
func TestOddFiguresAreKeptInTheAudit(t *testing.T) {
	t.Parallel()
	w := bottest.Named(t, "vi", "closed")
	for _, said := range []string{"/capnhat", "keng", "5.000 hộ", "đúng", "không", "gửi"} {
		w.Say("ba", said)
	}

	w.View(func(r store.Reader) error {
		heads, err := r.Heads(store.ModelQuery{In: store.NewSubtree("30346")})
		if err != nil {
			return err
		}
		for _, h := range heads {
			lines, err := r.AuditOf("model/" + link.Ref(h.ID))
			if err != nil {
				return err
			}
			for _, l := range lines {
				if l.Action == "confirm" {
					const want = "5.000 hộ gấp 166 lần mức thường thấy của lĩnh vực này ở kỳ đã chốt (30 hộ)."
					if l.Field != "results" || l.New != want {
						t.Errorf("the audit has %q: %q", l.Field, l.New)
					}
					return nil
				}
			}
		}
		t.Errorf("the audit says nothing:\n%s", w.Read("ba"))
		return nil
	})
}
