package progress_test

import (
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/store"
)

// TestCompletedWithAChangeProposed completes a model of which a change is proposed,
// where nobody checks any more: the completion stands, and nobody is to confirm it.
func TestCompletedWithAChangeProposed(t *testing.T) {
	t.Parallel()
	const code = "DVK-30346-2025-0001"
	w := bottest.New(t, "vi")
	w.Propose(code)
	w.Update(func(tx store.Tx) error {
		post, err := tx.Post("91:coordinator")
		if err != nil {
			return err
		}
		post.Holder = 0
		return tx.PutPost(post)
	})

	for _, said := range []string{"/capnhat", "keng", "hoàn thành", "không", "không", "bỏ qua", "có biên bản ở xã", "bỏ qua", "gửi"} {
		w.Say("ba", said)
	}
	read := w.Read("ba")
	if !strings.Contains(read, "Trạng thái: hoàn thành") || strings.Contains(read, "xác nhận") {
		t.Errorf("ba reads\n%s", read)
	}
}
