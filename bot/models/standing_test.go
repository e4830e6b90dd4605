package models_test

import (
	"strings"
	"testing"

	"danvan/bot/bottest"
)

// TestChangeOfWhatIsConfirmed looks at a completion that was confirmed and of which a
// change is proposed: its card says that, and not that it is still to be confirmed.
func TestChangeOfWhatIsConfirmed(t *testing.T) {
	t.Parallel()
	const code = "DVK-30346-2025-0004"
	w := bottest.New(t, "vi")
	w.Propose(code)

	w.Say("ba", code)
	read := w.Read("ba")
	if !strings.Contains(read, "Đang chờ đầu mối tổng hợp đồng ý sửa") || strings.Contains(read, "xác nhận hoàn thành") {
		t.Errorf("ba reads\n%s", read)
	}
}
