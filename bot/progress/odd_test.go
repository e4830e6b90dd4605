package progress_test

import (
	"slices"
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
	confirmed(t, w, "results: 5.000 hộ gấp 166 lần mức thường thấy của lĩnh vực này ở kỳ đã chốt (30 hộ).")
}

// TestConfirmedFiguresAreNotAskedAgain changes what one of two confirmed figures is
// held against: only that one is asked about anew.
func TestConfirmedFiguresAreNotAskedAgain(t *testing.T) {
	t.Parallel()
	w := bottest.Named(t, "vi", "closed")
	for _, said := range []string{
		"/capnhat", "keng", "14 tổ", "không", "gửi", // what the model has
		"/capnhat", "keng", "cộng dồn 1.400 tổ, 5.000 hộ", "đúng", "không",
	} {
		w.Say("ba", said)
	}
	for _, said := range []string{"/capnhat", "keng", "cộng dồn 20 tổ", "không", "gửi"} {
		w.Say("minh", said)
	}

	for _, said := range []string{"gửi", "vẫn gửi", "đúng"} {
		w.Say("ba", said)
	}
	confirmed(t, w,
		"results: 1.400 tổ gấp 100 lần số đã ghi (14 tổ).",
		"results: 5.000 hộ gấp 166 lần mức thường thấy của lĩnh vực này ở kỳ đã chốt (30 hộ).",
		"results: 1.400 tổ gấp 70 lần số đã ghi (20 tổ).",
	)
}

// TestOddFiguresAreKeptWithTheirAnswer confirms the figures of two answers at once.
func TestOddFiguresAreKeptWithTheirAnswer(t *testing.T) {
	t.Parallel()
	w := bottest.Named(t, "vi", "closed")
	for _, said := range []string{
		"/capnhat", "keng", "14 tổ", "120 triệu", "gửi",
		"/capnhat", "keng", "cộng dồn 1.400 tổ", "đúng", "cộng dồn 125 tỷ", "đúng",
	} {
		w.Say("ba", said)
	}
	for _, said := range []string{"/capnhat", "keng", "cộng dồn 20 tổ", "cộng dồn 125 triệu", "gửi"} {
		w.Say("minh", said)
	}

	for _, said := range []string{"gửi", "vẫn gửi", "đúng"} {
		w.Say("ba", said)
	}
	confirmed(t, w,
		"results: 1.400 tổ gấp 100 lần số đã ghi (14 tổ).",
		"results: 1.400 tổ gấp 70 lần số đã ghi (20 tổ).",
		"money: 125 tỷ đồng gấp 1.041 lần số đã ghi (120 triệu đồng). Có nhầm nghìn, triệu, tỷ không?",
		"money: 125 tỷ đồng gấp 1.000 lần số đã ghi (125 triệu đồng). Có nhầm nghìn, triệu, tỷ không?",
	)
}

// confirmed wants what the audit says was confirmed, and no more.
func confirmed(t *testing.T, w *bottest.World, want ...string) {
	t.Helper()
	var got []string
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
					got = append(got, l.Field+": "+l.New)
				}
			}
		}
		return nil
	})
	if !slices.Equal(got, want) {
		t.Errorf("the audit has %q, want %q\n%s", got, want, w.Read("ba"))
	}
}
