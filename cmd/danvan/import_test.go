package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"danvan/bot/units"
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

// TestImportUnits imports a list: first for show, then for good, and then once
// more, when nothing changes.
func TestImportUnits(t *testing.T) {
	t.Parallel()
	for kind, file := range map[string]func(*testing.T) string{"CSV": csvFile, "XLSX": workbook} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			path := file(t)
			atWorkOrNot(t, func(t *testing.T, s *site) {
				for _, step := range []struct {
					args []string
					want []string
				}{
					{[]string{"--dry-run"}, []string{"Đơn vị mới: 7", "  96  Tỉnh Thử Nghiệm", "… và 2 đơn vị nữa", "chạy thử, chưa ghi gì"}},
					{[]string{"--dry-run"}, []string{"Đơn vị mới: 7"}},
					{nil, []string{"Đơn vị mới: 7", "Giữ nguyên: 0"}},
					{nil, []string{"Giữ nguyên: 7"}},
					{[]string{"--dry-run"}, []string{"Giữ nguyên: 7"}},
				} {
					got := runDanvan(t, s.env, append([]string{"import", "units", path}, step.args...)...)
					if got.status != 0 || got.err != "" {
						t.Fatalf("status %d: %s", got.status, got.err)
					}
					for _, want := range step.want {
						if !strings.Contains(got.out, want) {
							t.Errorf("%v: no %q in\n%s", step.args, want, got.out)
						}
					}
					if strings.Contains(step.want[0], "Giữ nguyên") && strings.Contains(got.out, "mới") {
						t.Errorf("the second import changes something:\n%s", got.out)
					}
				}
			})
		})
	}
}

// badRow is a line of a list and what is wrong with it.
type badRow struct {
	row, key string
	args     map[string]any
}

// badRows are all that can be wrong with one line, from the fourth on.
var badRows = []badRow{
	{"09601,Xã Một Nữa,xã,96", "units.twice", map[string]any{"Code": "09601", "Line": 3}},
	{"09 602,Xã Hai,xã,96", "units.code", map[string]any{"Code": "09 602"}},
	{"09603,,xã,96", "units.name", map[string]any{"Code": "09603"}},
	{"09604,Xã Bốn,huyện,96", "units.kind", map[string]any{"Kind": "huyện"}},
	{"9605,Xã Năm,xã,96", "units.lost_zero", map[string]any{"Code": "9605"}},
	{"09606,Xã Sáu,xã,96,hôm nao", "units.date", map[string]any{"Text": "hôm nao"}},
	{"09607,Xã Bảy,xã,96,,31/12/2026,09999", "units.successor", map[string]any{"Code": "09999"}},
	{"CB-8,Chi bộ Tám,chi bộ,CB-8", "units.circle", map[string]any{"Code": "CB-8"}},
	{"09609,Xã Chín,xã,98", "units.parent", map[string]any{"Code": "98"}},
	{"30709,Xã Khác Tên,xã,91", "units.renamed", map[string]any{"Code": "30709", "Name": "Xã Định Mỹ"}},
}

// TestImportNamesBadRows wants every complaint that there is, on its line and
// once, and nothing written.
func TestImportNamesBadRows(t *testing.T) {
	t.Parallel()
	words, err := locales.Load()
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{"code,name,kind,parent_code,valid_from,valid_to,successors", "96,Tỉnh Thử Nghiệm,tỉnh,", "09601,Xã Một,xã,96"}
	var want strings.Builder
	complained := []string{"units.empty", "units.columns"} // see TestImportRefusesTables
	for i, bad := range badRows {
		lines = append(lines, bad.row)
		complained = append(complained, bad.key)
		fmt.Fprintf(&want, "Dòng %d: %s.\n", i+4, words.Text("vi", bad.key, bad.args))
	}
	fmt.Fprintf(&want, "Có %d dòng chưa đúng. Chưa ghi gì cả: sửa tệp rồi nhập lại.\n", len(badRows))
	for _, key := range units.Keys() {
		if !slices.Contains(complained, key) {
			t.Errorf("no line is wrong in the way of %s", key)
		}
	}
	path := write(t, "bad.csv", strings.Join(lines, "\n")+"\n")
	good := write(t, "good.csv", strings.Join(lines[:3], "\n")+"\n")
	atWorkOrNot(t, func(t *testing.T, s *site) {
		for _, args := range [][]string{{"--dry-run"}, nil} {
			got := runDanvan(t, s.env, append([]string{"import", "units", path}, args...)...)
			if got.status != 1 || got.out != want.String() || got.err != "" {
				t.Errorf("status %d\n%s%s\nwant\n%s", got.status, got.out, got.err, want.String())
			}
		}
		if got := runDanvan(t, s.env, "import", "units", good); !strings.Contains(got.out, "Đơn vị mới: 2") {
			t.Errorf("something was written:\n%s", got.out)
		}
	})
}

// TestImportRefusesTables gives it what is no list of units at all.
func TestImportRefusesTables(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for name, c := range map[string]struct{ content, out, err string }{
		"an empty file":         {"", "Dòng 1: tệp không có dòng nào.", ""},
		"no column of codes":    {"name,kind,parent\nXã Một,xã,96\n", "thiếu: code, parent_code", ""},
		"a picture":             {"\x89PNG\r\n\x1a\n\x00\x00", "", "neither a CSV nor an XLSX"},
		"not UTF-8":             {"code,name\n1,X\xe3 M\xf4t\n", "", "not UTF-8"},
		"a zip file of nothing": {"PK\x03\x04", "", "open the workbook"},
	} {
		t.Run(name, func(t *testing.T) {
			got := runDanvan(t, s.env, "import", "units", write(t, "t.csv", c.content))
			if got.status != 1 || !strings.Contains(got.out, c.out) || !strings.Contains(got.err, c.err) || strings.Count(got.err, "\n") > 1 {
				t.Errorf("status %d:\n%s%s", got.status, got.out, got.err)
			}
		})
	}
}
