package enrol_test

import (
	"strings"
	"testing"

	"danvan/bot/bottest"
)

// TestWishesAtRest writes what one wants in place of its command.
func TestWishesAtRest(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"giúp tôi với": "Đồng chí làm được gì ở đây", "Trợ giúp": "Đồng chí làm được gì ở đây", "huong dan": "Đồng chí làm được gì ở đây", "cảm ơn": "Đồng chí làm được gì ở đây",
		"đăng ký": "Tên mô hình là gì", "DANG KY": "Tên mô hình là gì", "đăng kí mô hình": "Tên mô hình là gì",
	} {
		w := bottest.New(t, "vi")
		w.Say("hoa", text)
		if got := w.Read("hoa"); !strings.Contains(got, want) {
			t.Errorf("%q is answered with %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"báo cáo", "không phát sinh", "khong phat sinh", "nộp báo cáo"} {
		w := bottest.New(t, "vi")
		w.Say("hoa", "/baocao")
		want := w.Read("hoa")
		w.Clear("hoa")
		w.Say("hoa", text)
		if got := w.Read("hoa"); got != want {
			t.Errorf("%q is answered with %q, /baocao with %q", text, got, want)
		}
	}
}
