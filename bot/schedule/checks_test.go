package schedule_test

import (
	"errors"
	"strings"
	"testing"

	"danvan/flows"
	"danvan/store"
)

// TestOverdueChecks tells the coordinator once on a working day that the
// answer to a registration is due: not before, not at night, not on a Sunday,
// not in the middle of a form, and no more once it is given.
func TestOverdueChecks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.at("2026-11-02 09:00") // a Monday: seven working days on is Wednesday the 11th
	w.update(func(tx store.Tx) error {
		for i, unit := range communes[:2] {
			if _, err := tx.PutModel(store.Model{
				ID: store.ModelID(100 + i), Code: "DVK-" + string(unit) + "-2026-0001", Unit: unit,
				Entries: store.Entries{{Campaign: "dvk", Field: "KT", Origin: store.New}},
				Year:    2026, Title: "Đường hoa ấp Phú Tây",
				Fold: "duong hoa ap phu tay", Kind: store.Collective, State: store.Waiting,
				Post: store.MakePostID(unit, store.Officer), RegisteredAt: w.now.AddDate(0, 0, 2*i),
			}); err != nil {
				return err
			}
		}
		return nil
	})
	w.tick("2026-11-10 09:00")
	w.tick("2026-11-11 07:59")
	w.told()
	w.say(4, flows.Input{Kind: flows.TextInput, Text: "/dangky"})
	w.sent()
	w.tick("2026-11-11 08:00")
	w.told()
	w.say(4, flows.Input{Kind: flows.TextInput, Text: "/huy"})
	w.sent()
	w.tick("2026-11-11 08:40")
	if text := w.told(4)[4][0].Text; !strings.Contains(text, "1 đăng ký đến hạn trả lời: xã 101 (1)") || !strings.Contains(text, "Tất cả đang chờ: 2") {
		t.Errorf("the coordinator is told %q", text)
	}
	w.restart()
	w.tick("2026-11-11 08:41")
	w.tick("2026-11-11 16:59")
	w.tick("2026-11-12 17:00")
	w.told()
	w.tick("2026-11-13 08:00") // Friday
	if text := w.told(4)[4][0].Text; !strings.Contains(text, "2 đăng ký đến hạn trả lời, lâu nhất quá hạn 2 ngày làm việc") {
		t.Errorf("the coordinator is told %q", text)
	}
	w.tick("2026-11-15 09:00") // Sunday
	w.told()
	w.update(func(tx store.Tx) error {
		var errs []error
		for i := range 2 {
			m, err := tx.Model(store.ModelID(100 + i))
			m.State = store.Accepted
			_, bad := tx.PutModel(m)
			errs = append(errs, err, bad)
		}
		return errors.Join(errs...)
	})
	w.tick("2026-11-16 09:00")
	w.told()
}
