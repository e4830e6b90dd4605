package tracking_test

import (
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/store"
)

// TestExtendedBeyondTheLock looks at a period that is locked for all but one
// commune: that one is reminded, by hand too, and reports; the others are not.
func TestExtendedBeyondTheLock(t *testing.T) {
	t.Parallel()
	period := link.Period(bottest.Period)
	w := bottest.Named(t, "vi", "reports")
	w.Update(func(tx store.Tx) error {
		return tx.AddException(store.Exception{Unit: "30346", Period: bottest.Period, Kind: store.Extension, Until: w.Day(13, 15, 17, 0), Reason: "flood", At: w.Now})
	})
	w.Now = w.Day(13, 5, 9, 0) // the period was locked on 30/12/2026
	w.Press("lan", "td.show."+period)
	if read := w.Read("lan"); !strings.Contains(read, "[Nhắc 1 đơn vị]") {
		t.Errorf("who can still report is not offered to be reminded:\n%s", read)
	}
	w.Press("lan", "td.nudge."+period+".all")
	if read := w.Read("ba"); !strings.Contains(read, "Lãnh đạo theo dõi tỉnh An Giang nhắc") {
		t.Errorf("the extended commune is not reminded:\n%s", read)
	}
	if read := w.Read("hoa"); read != "" {
		t.Errorf("a locked commune is reminded:\n%s", read)
	}
	w.Press("lan", "td.nudge."+period+".30709")
	w.Press("ba", "bc.send."+link.Obligation("30346", bottest.Period)+".0")
	if read := w.Read("hoa") + w.Read("ba"); !strings.Contains(read, "Đã nhận báo cáo") || strings.Contains(read, "Định Mỹ") {
		t.Errorf("they read\n%s", read)
	}
}
