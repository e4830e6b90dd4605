package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"danvan/locales"
)

// atWorkOrNot tells a story twice: while the bot runs, when the command goes
// through the socket, and while it does not.
func atWorkOrNot(t *testing.T, story func(*testing.T, *site)) {
	t.Run("while the bot runs", func(t *testing.T) {
		t.Parallel()
		s := newSite(t)
		s.start(t)
		story(t, s)
		s.end(t)
	})
	t.Run("while it does not", func(t *testing.T) {
		t.Parallel()
		story(t, newSite(t))
	})
}

// write writes a file into a folder of the test's own.
func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// table is a list of seven units that the trial does not have.
var table = [][]string{
	{"Mã đơn vị", "Tên đơn vị", "Loại", "Mã cấp trên"},
	{"96", "Tỉnh Thử Nghiệm", "tỉnh", ""}, {"09601", "Xã Một", "xã", "96"}, {"09602", "Phường Hai", "phường", "96"},
	{"09603", "Đặc khu Ba", "đặc khu", "96"}, {"09604", "Xã Bốn", "xã", "96"}, {"09605", "Xã Năm", "xã", "96"},
	{"CB-1", "Chi bộ Trường Tiểu học", "trường", "09601"},
}

func workbook(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	defer mustClose(t, f)
	for i, row := range table {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "units.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func csvFile(t *testing.T) string {
	t.Helper()
	var s strings.Builder
	s.WriteString("\xef\xbb\xbf")
	for _, row := range table {
		s.WriteString(strings.Join(row, ";") + "\r\n")
	}
	return write(t, "units.csv", s.String())
}

// step is a command and what it prints.
type step struct {
	args []string
	want []string
}

func (s step) run(t *testing.T, at *site, args ...string) {
	t.Helper()
	got := runDanvan(t, at.env, append(args, s.args...)...)
	if got.status != 0 || got.err != "" {
		t.Fatalf("%v: status %d: %s%s", s.args, got.status, got.out, got.err)
	}
	for _, want := range s.want {
		if !strings.Contains(got.out, want) {
			t.Errorf("%v: no %q in\n%s", s.args, want, got.out)
		}
	}
}

// TestImportUnits imports a list: first for show, then for good, then once more,
// when nothing changes; then a later one, and takes that back.
func TestImportUnits(t *testing.T) {
	t.Parallel()
	later := write(t, "later.csv", "DANH SÁCH,,,\nMã,Tên,Loại,Mã TP\n09601,Phường Một,phường,96\n09699,Phường Hai,phường,96\n09603,Đặc khu Bà,đặc khu,96\n"+
		"09604,Xã Tân Phong,xã,96\n09605,Xã Năm,xã,96\n")
	for kind, file := range map[string]func(*testing.T) string{"CSV": csvFile, "XLSX": workbook} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			path := file(t)
			atWorkOrNot(t, func(t *testing.T, s *site) {
				for _, step := range []step{
					{[]string{path, "--dry-run"}, []string{"mới 7, đổi hiệu lực 0, giữ nguyên 0", "  96  Tỉnh Thử Nghiệm", "chạy thử, chưa ghi gì"}},
					{[]string{path, "--dry-run"}, []string{"mới 7"}},
					{[]string{path, "--as-of", "01/07/2025"}, []string{"Từ ngày 01/07/2025: ", "mới 7, đổi hiệu lực 0, giữ nguyên 0"}},
					{[]string{path, "--as-of", "01/07/2025"}, []string{"mới 0, đổi hiệu lực 0, giữ nguyên 7"}},
					{[]string{later, "--as-of", "2026-09-20", "--dry-run"}, []string{
						"Từ ngày 20/09/2026: đổi tên 1, đổi loại 1, sửa mã 1, sửa chính tả 1, chuyển cấp trên 0, mới 0, đổi hiệu lực 0, giữ nguyên 1.",
						"09601  Xã Một → Phường Một", "09604  Xã Bốn → Xã Tân Phong", "09602  Phường Hai → 09699", "Đặc khu Ba → Đặc khu Bà",
					}},
					{[]string{later, "--as-of", "20/9/2026"}, []string{"đổi tên 1, đổi loại 1, sửa mã 1"}},
				} {
					step.run(t, s, "import", "units")
				}
				for _, step := range []step{
					{[]string{"--province", "96", "--as-of", "31/08/2026"}, []string{"  09601  Xã Một\n", "1 tỉnh, thành phố; 5 xã, phường, đặc khu; 1 tổ chức"}},
					{[]string{"--province", "96"}, []string{"  09601  Phường Một\n", "  09602  Phường Hai (mã mới 09699 từ 20/09/2026)\n", "    CB-1  Chi bộ"}},
				} {
					step.run(t, s, "units")
				}
				step{[]string{"--undo", "--dry-run"}, []string{"later.csv", "chạy thử"}}.run(t, s, "import", "units")
				step{[]string{"--undo"}, []string{"Hoàn lại danh sách later.csv (tính từ 20/09/2026): bỏ 0 đơn vị mới, trả 4 đơn vị"}}.run(t, s, "import", "units")
				step{[]string{"--province", "96"}, []string{"  09601  Xã Một\n"}}.run(t, s, "units")
			})
		})
	}
}

// TestImportShippedUnits loads the lists that come along into a new house.
func TestImportShippedUnits(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	step{[]string{"--shipped"}, []string{
		"Từ ngày 01/07/2025: ", "Từ ngày 20/09/2026: đổi tên 0, đổi loại 13, sửa mã 1, sửa chính tả 0, chuyển cấp trên 0, mới 0", "  06978  Xã Ba Chẽ → 06970",
	}}.run(t, s, "import", "units")
	step{[]string{"--as-of", "31/08/2026"}, []string{"  09193  Xã Yên Phong\n", "34 tỉnh, thành phố; 3.321 xã, phường, đặc khu."}}.run(t, s, "units")
	step{nil, []string{"  09193  Phường Yên Phong\n", "24  Thành phố Bắc Ninh", "34 tỉnh, thành phố; 3.321 xã, phường, đặc khu."}}.run(t, s, "units")
	if got := runDanvan(t, s.env, "units", "--province", "100"); got.status != 1 || !strings.Contains(got.out, "Không có đơn vị 100.") {
		t.Errorf("status %d: %s", got.status, got.out)
	}
}

// TestImportOldFont shows names that were converted, and writes them once they
// are confirmed.
func TestImportOldFont(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	path := write(t, "old.csv", "code,name,kind,parent_code\n96,T\xd8nh Th\xf6 Nghi\xd6m,t\xd8nh,\n96001,X\xb7 M\xe9t,x\xb7,96\n96002,Ph\xad\xeang \xa7\xdenh M\xfc,ph\xad\xeang,96\n")
	const asked, wrote = "Nếu các tên trên đúng, nhập lại với --converted.", "chạy thử, chưa ghi gì"
	step{[]string{path}, []string{"phông chữ cũ (TCVN3)", "Phường Định Mỹ", asked, wrote}}.run(t, s, "import", "units")
	step{[]string{path, "--converted"}, []string{"mới 3"}}.run(t, s, "import", "units")
	step{nil, []string{"  96002  Phường Định Mỹ\n"}}.run(t, s, "units")
}

// badRow is a line of a list, and which cell of it is wrong and why.
type badRow struct {
	row, cell, key string
	args           map[string]any
}

// badRows are what can be wrong with one line, from the fourth on.
var badRows = []badRow{
	{"09601,Xã Một Nữa,xã,96", "A4", "units.twice", map[string]any{"Code": "09601", "Line": 3}},
	{"09 602,Xã Hai,xã,96", "A5", "units.code", map[string]any{"Code": "09 602"}},
	{"09603,,xã,96", "B6", "units.name", map[string]any{"Code": "09603"}},
	{"09604,Xã Bốn,huyện,96", "C7", "units.kind", map[string]any{"Kind": "huyện"}},
	{"9605,Xã Năm,xã,96", "A8", "units.lost_zero", map[string]any{"Code": "9605"}},
	{"09606,Xã Sáu,xã,96,hôm nao", "E9", "units.date", map[string]any{"Text": "hôm nao"}},
	{"09607,Xã Bảy,xã,96,,31/12/2026,09999", "A10", "units.successor", map[string]any{"Code": "09999"}},
	{"CB-8,Chi bộ Tám,chi bộ,CB-8", "A11", "units.circle", map[string]any{"Code": "CB-8"}},
	{"09609,Xã Chín,xã,98", "A12", "units.parent", map[string]any{"Code": "98"}},
	{"09610,#N/A,xã,96", "B13", "units.error_cell", map[string]any{"Text": "#N/A"}},
	{"09611.0,Xã Mười,xã,96", "A14", "units.float_code", map[string]any{"Code": "09611.0", "Whole": "09611"}},
	{"09612,Xã Mười,phường,96", "B15", "units.name_kind", map[string]any{"Name": "Xã Mười", "Kind": "phường"}},
	{"09613,Xã \x07Mười,xã,96", "B16", "units.control", nil},
	{"09614,Xã Mười,xã,96,02/01/2026,01/01/2026", "F17", "units.dates", map[string]any{"From": "02/01/2026", "To": "01/01/2026"}},
	{"09615,Xã Mười,xã,96,,01/01/2026,09615", "G18", "units.own_successor", map[string]any{"Code": "09615"}},
	{"97,Tỉnh Mười,tỉnh,96", "D19", "units.level_top", map[string]any{"Name": "Tỉnh Mười"}},
	{"09617,Xã Mười,xã,", "D20", "units.level_none", map[string]any{"Name": "Xã Mười"}},
	{"09618,Xã Mười,xã,09601", "A21", "units.level", map[string]any{"Name": "Xã Mười", "Parent": "Xã Một"}},
}

// TestImportNamesBadPlaces wants every complaint that there is, at its place and
// once, and nothing written.
func TestImportNamesBadPlaces(t *testing.T) {
	t.Parallel()
	words, err := locales.Load()
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{"code,name,kind,parent_code,valid_from,valid_to,successors", "96,Tỉnh Thử Nghiệm,tỉnh,", "09601,Xã Một,xã,96"}
	var want strings.Builder
	for i, bad := range badRows {
		lines = append(lines, bad.row)
		fmt.Fprintf(&want, "Tệp bad.csv, ô %s: %s.\n", bad.cell, words.Text("vi", bad.key, bad.args))
		if !strings.HasSuffix(bad.cell, fmt.Sprint(i+4)) {
			t.Errorf("row %d is not %s", i+4, bad.cell)
		}
	}
	fmt.Fprintf(&want, "Có %d chỗ chưa đúng. Chưa ghi gì cả: sửa tệp rồi nhập lại.\n", len(badRows))
	path := write(t, "bad.csv", strings.Join(lines, "\n")+"\n")
	good := write(t, "good.csv", strings.Join(lines[:3], "\n")+"\n")
	atWorkOrNot(t, func(t *testing.T, s *site) {
		for _, args := range [][]string{{"--dry-run"}, nil} {
			got := runDanvan(t, s.env, append([]string{"import", "units", path}, args...)...)
			if got.status != 1 || got.out != want.String() || got.err != "" {
				t.Errorf("status %d\n%s%s\nwant\n%s", got.status, got.out, got.err, want.String())
			}
		}
		if got := runDanvan(t, s.env, "import", "units", good); !strings.Contains(got.out, "mới 2") {
			t.Errorf("something was written:\n%s", got.out)
		}
	})
}

// TestImportRefusesTables gives it what is no list of units at all.
func TestImportRefusesTables(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for name, c := range map[string]struct{ content, out string }{
		"an empty file":         {"", "Tệp t.csv, dòng 1: tệp không có dòng nào."},
		"no column of codes":    {"Tên,Loại,Tỉnh\nXã Một,xã,96\n", "chưa thấy cột Mã, Mã cấp trên. Dòng tiêu đề đọc được: Tên, Loại, Tỉnh."},
		"a picture":             {"\x89PNG\r\n\x1a\n\x00\x00", "Tệp t.csv không phải bảng CSV hay XLSX."},
		"no language":           {"code,name\n1,\x81\x8d\x8f\x90 \xe9\n", "Không nhận ra bảng mã của tệp t.csv"},
		"an old workbook":       {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "Tệp t.csv là Excel đời cũ (.xls)"},
		"a zip file of nothing": {"PK\x03\x04", "Tệp t.csv bị hỏng"},
		"too much":              {strings.Repeat(",", 1_000_001), "Tệp t.csv có hơn một triệu ô"},
	} {
		t.Run(name, func(t *testing.T) {
			got := runDanvan(t, s.env, "import", "units", write(t, "t.csv", c.content))
			if got.status != 1 || !strings.Contains(got.out, c.out) || got.err != "" {
				t.Errorf("status %d:\n%s%s", got.status, got.out, got.err)
			}
		})
	}
	for want, args := range map[string][]string{
		"Thiếu tên tệp": {}, "Không đọc được ngày “mai kia”": {csvFile(t), "--as-of", "mai kia"}, "Không có lần nhập nào": {"--undo"},
	} {
		if got := runDanvan(t, s.env, append([]string{"import", "units"}, args...)...); got.status != 1 || !strings.Contains(got.out, want) {
			t.Errorf("%v: status %d: %s%s", args, got.status, got.out, got.err)
		}
	}
}
