package report_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"danvan/bot/report"

	"github.com/xuri/excelize/v2"
)

// passes are so many invitations, three to a unit; some have long names, some none.
func passes(n int) []report.Pass {
	units := []string{"Xã Định Mỹ", "Phường Châu Đốc", "Ban Tuyên giáo và Dân vận Đảng ủy các cơ quan Đảng và Hội đồng nhân dân tỉnh", "Đặc khu Thổ Châu"}
	roles := []string{"Cán bộ phụ trách", "Đầu mối tổng hợp", "Lãnh đạo theo dõi"}
	names := []string{"Nguyễn Thị Ngọc Ước", "", "Đặng Hoàng Kiều Oanh"}

	out := make([]report.Pass, n)
	for i := range out {
		out[i] = report.Pass{
			Code: fmt.Sprint(30000 + i/3), Unit: units[i/3%len(units)], Above: "tỉnh An Giang", Role: roles[i%3], Name: names[i%3],
			Link: fmt.Sprintf("https://t.me/danvan_angiang_bot?start=%032d", i), Expires: at(12, 5, 17),
		}
	}
	return out
}

// TestPasses draws cards twice: the same bytes, eight to a page, and of nobody none.
func TestPasses(t *testing.T) {
	t.Parallel()
	v := voice(t, "vi")
	for n, pages := range map[int]int{1: 1, 8: 1, 9: 2, 27: 4} {
		one, err := report.Passes(passes(n), v, at(11, 28, 8))
		must(t, err)
		two, err := report.Passes(passes(n), v, at(11, 28, 8))
		must(t, err)
		if !bytes.Equal(one, two) {
			t.Errorf("%d cards are not the same twice", n)
		}
		if got := bytes.Count(one, []byte("/Type /Page\n")); got != pages {
			t.Errorf("%d cards on %d pages, want %d", n, got, pages)
		}
		if dir := os.Getenv("REPORT_SHOW"); dir != "" && n == 27 {
			must(t, os.WriteFile(filepath.Join(dir, "passes.pdf"), one, 0o600))
		}
	}
}

// TestPassSheet writes the sheet and reads it back.
func TestPassSheet(t *testing.T) {
	t.Parallel()
	list := passes(12)
	list[1].Name = "=HYPERLINK(1)"
	content, err := report.PassSheet(list, voice(t, "vi"), at(11, 28, 8))
	must(t, err)
	again, err := report.PassSheet(list, voice(t, "vi"), at(11, 28, 8))
	must(t, err)
	if !bytes.Equal(content, again) {
		t.Error("the sheet is not the same twice")
	}
	if dir := os.Getenv("REPORT_SHOW"); dir != "" {
		must(t, os.WriteFile(filepath.Join(dir, "passes.xlsx"), content, 0o600))
	}

	x, err := excelize.OpenReader(bytes.NewReader(content))
	must(t, err)
	rows, err := x.GetRows("Lời mời")
	must(t, err)
	if got, want := strings.Join(rows[2], "|"), "Mã đơn vị|Đơn vị|Vai trò|Họ và tên|Đường dẫn|Dùng trước"; got != want {
		t.Errorf("the heads are %s", got)
	}
	for i, p := range list {
		name := p.Name
		if i == 1 {
			name = "'" + name
		}
		want := strings.Join([]string{p.Code, p.Unit, p.Role, name, p.Link, "17:00 05/12/2024"}, "|")
		if got := strings.Join(rows[3+i], "|"); got != want {
			t.Errorf("row %d is %s, want %s", i, got, want)
		}
	}
}

func BenchmarkPasses(b *testing.B) {
	list, v := passes(300), voice(b, "vi")
	b.Run("cards", func(b *testing.B) {
		for b.Loop() {
			_, err := report.Passes(list, v, at(11, 28, 8))
			must(b, err)
		}
	})
	b.Run("sheet", func(b *testing.B) {
		for b.Loop() {
			_, err := report.PassSheet(list, v, at(11, 28, 8))
			must(b, err)
		}
	})
}
