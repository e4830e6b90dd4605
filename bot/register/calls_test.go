package register_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/bot/bottest"
	"danvan/flows"
	"danvan/store"
)

// mostCalls is how many messages and edits an answered question may cost while
// somebody goes on answering: a chat takes about one a second.
const mostCalls = 1.3

// TestCalls plays a registration by typing, by tapping and by both, and counts what
// it costs. Only when the chat has been quiet are the old questions tidied up.
func TestCalls(t *testing.T) {
	t.Parallel()
	taps := func(labels ...string) func(string) bool {
		return func(answer string) bool { return slices.Contains(labels, answer) }
	}
	for name, tapped := range map[string]func(string) bool{
		"typed":  taps(),
		"mixed":  taps("Tập thể", "DVK xây dựng NTM", "Gửi đăng ký"),
		"tapped": taps("Tập thể", "Văn hóa - xã hội", "DVK xây dựng NTM", "Xây dựng mới", "23/11/2026 – 31/12/2027", "Gửi đăng ký"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := bottest.New(t, "vi")
			w.Say("hoa", "/dangky")
			chat := w.Chat("hoa")
			before, answers := chat.Calls, []string{
				"Hiến đất mở đường nội ấp", "Tập thể", "Chi bộ ấp Phú Đa", "Văn hóa - xã hội", "DVK xây dựng NTM", "Xây dựng mới",
				"ấp Phú Đa, 31 hộ hai bên đường", "Đường nội ấp hẹp 1,5 m, mùa mưa học sinh phải lội bùn", "31 hộ hiến 1.850 m²",
				"Họp tổ nhân dân, đảng viên hiến trước, đến từng nhà vận động", "23/11/2026 – 31/12/2027", "Nguyễn Văn An, 0912 345 678",
				"Gửi đăng ký",
			}
			for _, answer := range answers {
				w.Now = w.Now.Add(30 * time.Second)
				if !tapped(answer) {
					w.Say("hoa", answer)
					continue
				}
				data, on, err := chat.Button(answer, 0)
				bottest.Must(t, err)
				if last := chat.Messages[len(chat.Messages)-1].ID; on != last {
					t.Errorf("[%s] stands on message %d, the last is %d", answer, on, last)
				}
				w.Press("hoa", data)
			}

			if last := w.Read("hoa"); !strings.Contains(last, "DVK-") {
				t.Fatalf("the form did not lead to a code but to %q", last)
			}
			if each := float64(chat.Calls-before) / float64(len(answers)); each > mostCalls {
				t.Errorf("%.2f calls for an answered question", each)
			}
			w.SetClock(w.Now.Add(store.Quiet))
			for _, m := range chat.Messages {
				for _, b := range slices.Concat(m.Buttons...) {
					if _, form := flows.PressedSession(b.Data); form {
						t.Errorf("[%s] still stands under %q", b.Text, m.Text)
					}
				}
			}
			if chat.Repeats > 0 {
				t.Errorf("%d edits change nothing", chat.Repeats)
			}
		})
	}
}
