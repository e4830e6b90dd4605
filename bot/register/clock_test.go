package register_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"danvan/bot/bottest"
	"danvan/store"
)

// TestClockIsSetInAForm registers a model by a clock that is set for one of the answers,
// and right again for the next, with a restart in between: no answer is lost, whichever it
// was.
func TestClockIsSetInAForm(t *testing.T) {
	t.Parallel()
	answers := []string{
		"Hiến đất mở đường nội ấp", "Tập thể", "Chi bộ ấp Phú Đa", "Văn hóa - xã hội", "DVK xây dựng NTM", "Xây dựng mới",
		"ấp Phú Đa, 31 hộ hai bên đường", "Đường nội ấp hẹp 1,5 m, mùa mưa học sinh phải lội bùn", "31 hộ hiến 1.850 m²",
		"Họp tổ nhân dân, đảng viên hiến trước, đến từng nhà vận động", "23/11/2026 – 31/12/2027", "Nguyễn Văn An, 0912 345 678",
		"Gửi đăng ký",
	}
	for _, by := range []time.Duration{-3 * time.Hour, 365 * 24 * time.Hour, -100 * 24 * time.Hour} {
		for at := range answers[:len(answers)-1] {
			t.Run(fmt.Sprint(by, " at ", at), func(t *testing.T) {
				t.Parallel()
				w := bottest.New(t, "vi")
				w.Say("hoa", "/dangky")
				for i, answer := range answers {
					right := w.Now.Add(30 * time.Second)
					if w.Now = right; i == at {
						w.Now = right.Add(by)
					}
					w.Say("hoa", answer)
					if w.Now = right; i == at {
						bottest.Must(t, w.Restart())
					}
				}

				if last := w.Read("hoa"); !strings.Contains(last, "DVK-") {
					t.Fatalf("the form did not lead to a code but to %q", last)
				}
				w.View(func(r store.Reader) error {
					m, err := r.ModelByCode("DVK-30709-2026-0001")
					said := fmt.Sprint(m.Title, m.Registrants, m.Place, m.Problem, m.Target, m.Content)
					for _, answer := range []int{0, 2, 6, 7, 8, 9} {
						if !strings.Contains(said, answers[answer]) {
							t.Errorf("%q is not in %q", answers[answer], said)
						}
					}
					return err
				})
			})
		}
	}
}
