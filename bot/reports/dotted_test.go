package reports_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/flows"
	"danvan/store"
)

// TestUnitWithDots reports for a unit whose code has dots, as many agencies'
// have, and gives it more time: the buttons' parts stand between dots too.
func TestUnitWithDots(t *testing.T) {
	t.Parallel()
	const unit = "H01.12.3"
	w := bottest.Named(t, "vi", "reports")
	w.Update(func(tx store.Tx) error {
		id, err := tx.NewID()
		post := store.Post{ID: store.MakePostID(unit, store.Officer), Unit: unit, Role: store.Officer, Holder: store.PersonID(id), Since: w.Now}
		return errors.Join(err, bottest.CloseBut(tx), tx.PutUnit(store.Unit{Code: unit, Name: "Xã Có Chấm", Kind: store.Commune, Parent: "91"}), tx.PutPost(post),
			tx.PutPerson(store.Person{ID: post.Holder, Address: bottest.Address("cham"), Language: w.Lang, Active: post.ID, Name: "Lê Thị Chấm"}))
	})
	w.SetClock(w.Day(12, 7, 8, 0))
	w.Say("lan", "/tiendo")
	for _, c := range []struct{ who, label, want string }{
		{"cham", "Vì sao nhắc tôi?", "xã Có Chấm"}, {"cham", "Giao người khác", "xã Có Chấm"}, {"cham", "Đã nộp bản giấy", "bản giấy"},
		{"cham", "Rút lại", "Đã rút lại"}, {"cham", "Mở báo cáo", "xã Có Chấm"}, {"cham", "Không phát sinh", "Đã nhận báo cáo"}, {"cham", "Rút lại", "Đã rút lại"},
		{"lan", "1", "Xã Có Chấm"}, {"lan", "Đã nhắc khi nào?", "xã Có Chấm"}, {"lan", "Nhắc ngay", "Đang nhắc 1 đơn vị"}, {"lan", "Gia hạn", "Gia hạn"},
	} {
		w.Chat(c.who).News()
		data, on, err := w.Chat(c.who).Button(c.label, 0)
		if err != nil {
			t.Fatalf("%s: %v:\n%s", c.who, err, w.Read(c.who))
		}
		toast := w.MustDo(c.who, flows.Input{Kind: flows.PressInput, Press: data, Message: strconv.Itoa(on)})
		if news := strings.Join(w.Chat(c.who).News(), "\n"); !strings.Contains(news, c.want) {
			t.Errorf("%s pressed [%s] %q and reads %q\n%s", c.who, c.label, data, toast, news)
		}
	}
}
