package report_test

import (
	"bytes"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/report"
	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/locales"
	"danvan/store"

	"github.com/xuri/excelize/v2"
)

// TestFiles makes the files of a province as the outbox has them made: named as
// people would, and with who is in charge of a model for those only who may know.
func TestFiles(t *testing.T) {
	t.Parallel()
	w := bottest.Named(t, "vi", "figures")
	files := &report.Files{
		Store: w.Store, Book: w.Bot.Book(), Words: w.Words, Number: locales.Number, Money: locales.Money, Phone: text.Phone,
		Metrics: answer.Metrics(),
	}
	ask := store.Make{
		Kind: store.Workbook, Unit: "91", Campaign: "dvk-2026-2030", Period: bottest.Period, AsOf: w.Day(12, 10, 12, 0),
		Language: "vi", Issuer: "30346",
	}
	const name = "Phong trào Dân vận khéo – Tỉnh An Giang – 6 tháng cuối năm 2026 (chưa chốt, 10-12-2026)"

	for _, contacts := range []bool{true, false} {
		ask.Contacts = contacts
		got, content, err := files.File(t.Context(), store.Message{Make: &ask})
		must(t, err)
		if got != name+".xlsx" {
			t.Errorf("the workbook is called %q", got)
		}
		if said := everything(t, content); strings.Contains(said, "Huỳnh Văn Ba\n0933 444 555") != contacts ||
			!strings.Contains(said, "Đơn vị lập: Xã Nhơn Hội") || !strings.Contains(said, "Hiến đất mở đường nội ấp") {
			t.Errorf("contacts %v: the workbook says\n%s", contacts, said)
		}
	}

	ask.Kind = store.Chart
	got, content, err := files.File(t.Context(), store.Message{Make: &ask})
	must(t, err)
	if got != name+".png" || !bytes.HasPrefix(content, []byte("\x89PNG")) {
		t.Errorf("the picture is called %q", got)
	}
}

// everything is all that a workbook says.
func everything(t *testing.T, content []byte) string {
	t.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(content))
	must(t, err)
	defer mustClose(t, x)
	var b strings.Builder
	for _, sheet := range x.GetSheetList() {
		rows, err := x.GetRows(sheet)
		must(t, err)
		for _, r := range rows {
			b.WriteString(strings.Join(r, " | ") + "\n")
		}
	}
	return b.String()
}
