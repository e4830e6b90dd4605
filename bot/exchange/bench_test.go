package exchange_test

import (
	"fmt"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/exchange"
	"danvan/bot/sheet"
	"danvan/store"
)

// stock is a workbook of a province's models: 4.262 of them in 102 communes, with all
// that an export writes of each.
func stock(tb testing.TB, c *bottest.Country, models int) []byte {
	tb.Helper()
	var units []store.Unit
	bottest.Must(tb, c.Store.View(tb.Context(), func(r store.Reader) (err error) {
		units, err = r.Units("91")
		return err
	}))
	out := sheet.Out{Name: "Mô hình"}
	for _, h := range []string{
		"Mã đơn vị", "Đơn vị", "Tên mô hình", "Loại chủ thể", "Chủ thể đăng ký", "Lĩnh vực", "Nhóm danh hiệu", "Mới hay duy trì",
		"Địa bàn, đối tượng", "Vấn đề", "Mục tiêu", "Nội dung, cách làm", "Từ ngày", "Đến ngày", "Người phụ trách", "Số điện thoại",
		"Trạng thái", "Kết quả đến nay", "Giá trị đến nay", "Năm đăng ký",
	} {
		out.Heads = append(out.Heads, sheet.Head{Text: h})
	}

	fields, states := []string{"Kinh tế", "VHXH", "QP-AN", "htct"}, []string{"Đang thực hiện", "Hoàn thành", "", "tạm dừng"}
	for i := range models {
		u, typed := units[i%len(units)], bottest.Typed(i/len(units))
		out.Rows = append(out.Rows, []string{
			string(u.Code), u.Name, typed[1], "Tập thể", typed[3], fields[i%4], "Dân vận khéo", "Duy trì",
			typed[7], typed[8], typed[9], typed[10], "01/03/2026", "30/12/2026", "Nguyễn Văn An", "912345678",
			states[i%4], "1.850 m² đất hiến; 620 ngày công", "nhà nước 200 triệu, dân góp 85 triệu", "2026",
		})
	}
	content, err := sheet.Workbook(out)
	bottest.Must(tb, err)
	return content
}

// BenchmarkImport brings a province's stock in: the workbook read, every row read and
// compared, and written.
func BenchmarkImport(b *testing.B) {
	const models = 4262
	for b.Loop() {
		b.StopTimer()
		c := bottest.NewCountry(b, 0)
		content, bot := stock(b, c, models), c.Bot(c.Store)
		b.StartTimer()

		got, err := exchange.Import(b.Context(), bot, exchange.Order{Content: content, Source: "ton.xlsx", Language: "vi"}, c.Now)
		if err != nil || got.Added != models {
			b.Fatalf("%d of %d came in, %v, %q, %.300s", got.Added, models, err, got.Unread, fmt.Sprint(got.Faults, got.Twins))
		}
	}
}
