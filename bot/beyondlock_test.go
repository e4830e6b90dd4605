package bot_test

import (
	"strings"
	"testing"

	"danvan/flows"
	"danvan/store"
)

// TestExtendedBeyondTheLock looks at a period that is locked for all but one
// commune: that one is reminded, by hand too, and reports; the others are not.
func TestExtendedBeyondTheLock(t *testing.T) {
	t.Parallel()
	w := newReportsWorld(t, "vi", "beyond")
	must(t, w.store.Update(t.Context(), func(tx store.Tx) error {
		return tx.AddException(store.Exception{Unit: "30346", Period: period, Kind: store.Extension, Until: w.day(13, 15, 17, 0), Reason: "flood", At: w.now})
	}))
	w.now = w.day(13, 5, 9, 0) // the period was locked on 30/12/2026
	w.mustDo("lan", flows.Input{Kind: flows.PressInput, Press: "td.show." + strings.TrimSuffix(watchedAs(), ".30346"), Message: "1"})
	if read := w.read("lan"); !strings.Contains(read, "[Nhắc 1 đơn vị]") {
		t.Errorf("who can still report is not offered to be reminded:\n%s", read)
	}
	w.mustDo("lan", flows.Input{Kind: flows.PressInput, Press: "td.nudge." + strings.TrimSuffix(watchedAs(), "30346") + "all", Message: "1"})
	if read := w.read("ba"); !strings.Contains(read, "Cấp trên nhắc") {
		t.Errorf("the extended commune is not reminded:\n%s", read)
	}
	if read := w.read("hoa"); read != "" {
		t.Errorf("a locked commune is reminded:\n%s", read)
	}
	w.mustDo("lan", flows.Input{Kind: flows.PressInput, Press: "td.nudge." + strings.Replace(watchedAs(), "30346", "30709", 1), Message: "1"})
	w.mustDo("ba", flows.Input{Kind: flows.PressInput, Press: "bc.send." + about() + ".0", Message: "1"})
	if read := w.read("hoa") + w.read("ba"); !strings.Contains(read, "Đã nhận báo cáo") || strings.Contains(read, "Định Mỹ") {
		t.Errorf("they read\n%s", read)
	}
}
