package enrol_test

import (
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/link"
)

// TestWishes reads what people write in place of a command, and what they seek.
func TestWishes(t *testing.T) {
	t.Parallel()
	for command, texts := range map[string][]string{
		"/report": {
			"báo cáo", "bao cao", "BÁO CÁO", "nộp báo cáo", "gửi báo cáo tháng này", "tôi muốn gửi báo cáo", "bc", "baocao", "báo cáo 6 tháng cuối năm",
			"không phát sinh", "ko phát sinh", "k phat sinh", "kg ps", "tháng này không phát sinh gì", "khong phat sih", "bao coa", "nothing to report",
		},
		"/register": {"đăng ký", "đăng kí mô hình", "DANG KY", "dk", "tôi muốn đăng ký mô hình mới", "đang ký", "dang kis", "I want to register a new model"},
		"/update":   {"cập nhật", "cập nhập", "cap nhap mo hinh", "cập nhật mô hình", "capnhat", "có kết quả mới", "chưa có gì mới", "update"},
		"/help": {
			"giúp tôi với", "giúp", "jup em voi", "trợ giúp", "huong dan", "hướng dẫn cách làm", "làm thế nào?", "help", "help me please",
		},
		"/thanks":  {"cảm ơn", "cám ơn đồng chí nhiều", "cam on", "tks", "thank you very much", "cảm ơn em nhé!"},
		"/start":   {"xin chào", "chào đồng chí", "alo", "hello"},
		"/summary": {"số liệu", "tổng hợp", "báo cáo tổng hợp"},
		"/models":  {"xem mô hình", "danh sách mô hình"},
		"/drafts":  {"bản nháp"},
	} {
		for _, text := range texts {
			if got := link.Wish(text, true); got != command {
				t.Errorf("%q asks for %q, want %q", text, got, command)
			}
			if got := link.Wish(text, false); got != text {
				t.Errorf("%q in the middle of a form becomes %q", text, got)
			}
		}
	}
	for _, text := range []string{
		"hiến đất mở đường", "tổ hợp tác nuôi chồn hương", "báo cáo viên thôn bản", "đăng ký kết hôn", "giúp nhau làm kinh tế", "Định Mỹ", "kinh tế",
		"DVK-30346-2025-0002", "tiếng kẻng", "số 4", "ban đêm", "chào cờ", "bao",
	} {
		if got := link.Wish(text, true); got != text {
			t.Errorf("%q is sought and becomes %q", text, got)
		}
	}
}

// TestWishesAtRest writes what one wants in place of its command.
func TestWishesAtRest(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"giúp tôi với": "Đồng chí làm được gì ở đây", "cảm ơn": "Cảm ơn đồng chí.", "DANG KY": "Tên mô hình là gì", "Chào em": "Đồng chí đang làm việc",
	} {
		w := bottest.New(t, "vi")
		w.Say("hoa", text)
		if got := w.Read("hoa"); !strings.Contains(got, want) {
			t.Errorf("%q is answered with %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"báo cáo", "khong phat sinh"} {
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
