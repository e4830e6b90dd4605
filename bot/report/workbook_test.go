package report_test

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"danvan/bot/report"
	"danvan/store/figures"

	"github.com/xuri/excelize/v2"
)

func workbook(t *testing.T) ([]byte, *figures.Figures, figures.Against) {
	t.Helper()
	now, before, listed := review(640)
	against := figures.Against{Previous: before}
	b, err := report.Workbook(now, voice(t, "vi"), halfHeading(), against, listed)
	must(t, err)
	return b, now, against
}

// TestWorkbookEqualsTheMessage compares every cell with the figure that a chat
// would say.
func TestWorkbookEqualsTheMessage(t *testing.T) {
	t.Parallel()
	b, f, against := workbook(t)
	if path := os.Getenv("REPORT_SHOW"); path != "" {
		must(t, os.WriteFile(path+"/review.xlsx", b, 0o600))
	}
	x, err := excelize.OpenReader(bytes.NewReader(b))
	must(t, err)
	defer mustClose(t, x)
	compared := 0
	for _, table := range f.Tables(voice(t, "vi"), halfHeading(), against) {
		rows, err := x.GetRows(table.Sheet, excelize.Options{RawCellValue: true})
		must(t, err)
		head := 5
		for _, c := range table.Head {
			if c.Group != "" {
				head = 6
			}
		}
		for i, r := range table.Rows {
			for j, c := range r.Cells {
				got := ""
				if j < len(rows[head+i]) {
					got = rows[head+i][j]
				}
				compared += sameCell(t, table.ID, f, c, got)
			}
		}
	}
	if compared < 150 {
		t.Errorf("compared %d numbers only", compared)
	}
}

func sameCell(t *testing.T, table string, f *figures.Figures, c figures.Cell, got string) int {
	t.Helper()
	n, err := strconv.ParseFloat(got, 64)
	switch c.Form {
	case figures.Number, figures.Place:
		if err != nil || int64(n) != c.N {
			t.Errorf("%s: cell %q, message %d", table, got, c.N)
		}
	case figures.Decimal, figures.Rate:
		if err != nil || int64(math.Round(n*1000)) != c.N {
			t.Errorf("%s: cell %q, message %d thousandths", table, got, c.N)
		}
	default:
		if want := c.Say(figures.Voice{Words: still{}, Lang: "vi"}); strings.TrimPrefix(got, "'") != want {
			t.Errorf("%s: cell %q, message %q", table, got, want)
		}
		return 0
	}
	if c.Key != (figures.Key{}) && f.Value(c.Key) != c.N {
		t.Errorf("%s: %s is %d, cell %d", table, c.Key, f.Value(c.Key), c.N)
	}
	return 1
}

// still has the one word that a cell says by itself.
type still struct{}

func (still) Text(string, string, map[string]any) string { return "–" }

func TestWorkbookHasNoFormulas(t *testing.T) {
	t.Parallel()
	b, f, _ := workbook(t)
	x, err := excelize.OpenReader(bytes.NewReader(b))
	must(t, err)
	defer mustClose(t, x)
	prefixed := 0
	for _, name := range x.GetSheetList() {
		rows, err := x.GetRows(name, excelize.Options{RawCellValue: true})
		must(t, err)
		for i, r := range rows {
			for j, text := range r {
				at, err := excelize.CoordinatesToCellName(j+1, i+1)
				must(t, err)
				if formula, _ := x.GetCellFormula(name, at); formula != "" {
					t.Errorf("%s!%s is the formula %q", name, at, formula)
				}
				if _, err := strconv.ParseFloat(text, 64); err != nil && text != "" && strings.ContainsAny(text[:1], "=+-@") {
					t.Errorf("%s!%s begins a formula: %q", name, at, text)
				}
				if strings.HasPrefix(text, "'") {
					prefixed++
				}
			}
		}
	}
	if prefixed < len(f.All()) {
		t.Errorf("%d cells were made safe", prefixed)
	}
}

func TestWorkbookIsTheSameBytes(t *testing.T) {
	t.Parallel()
	first, _, _ := workbook(t)
	for range 2 {
		again, _, _ := workbook(t)
		if !bytes.Equal(first, again) {
			t.Fatal("the same figures gave another workbook")
		}
	}
}

func TestWorkbookIsReadyToPrint(t *testing.T) {
	t.Parallel()
	b, _, _ := workbook(t)
	x, err := excelize.OpenReader(bytes.NewReader(b))
	must(t, err)
	defer mustClose(t, x)
	for _, name := range x.GetSheetList() {
		page, err := x.GetPageLayout(name)
		must(t, err)
		if *page.Size != 9 || *page.FitToWidth != 1 || *page.FitToHeight != 0 {
			t.Errorf("%s: not A4, one page wide", name)
		}
		panes, err := x.GetPanes(name)
		must(t, err)
		if !panes.Freeze || panes.YSplit < 5 {
			t.Errorf("%s: the head is not frozen: %+v", name, panes)
		}
	}
	props, err := x.GetDocProps()
	must(t, err)
	if want := half().AsOf.UTC().Format(time.RFC3339); props.Created != want || props.Creator != "danvan" {
		t.Errorf("created %s by %s, want %s", props.Created, props.Creator, want)
	}
	names := map[string]int{}
	for _, n := range x.GetDefinedName() {
		names[n.Name]++
	}
	for _, name := range []string{"_xlnm.Print_Titles", "_xlnm.Print_Area"} {
		if names[name] != len(x.GetSheetList()) {
			t.Errorf("%d sheets have a %s", names[name], name)
		}
	}
}

// TestWorkbookCanBeSigned holds what every sheet of a paper needs that goes out
// by itself: who lets it go out, of which unit and period, as of when, and room
// for a signature.
func TestWorkbookCanBeSigned(t *testing.T) {
	t.Parallel()
	b, _, _ := workbook(t)
	x, err := excelize.OpenReader(bytes.NewReader(b))
	must(t, err)
	defer mustClose(t, x)
	for i, name := range x.GetSheetList() {
		rows, err := x.GetRows(name)
		must(t, err)
		text := ""
		for _, r := range rows {
			text += strings.Join(r, " ") + "\n"
		}
		for _, want := range []string{
			"Đơn vị lập: Tỉnh Nghệ An", fmt.Sprintf("Biểu %d/%d", i+1, len(x.GetSheetList())), "6 tháng đầu năm 2024",
			"Số liệu đến 0 giờ ngày 01/07/2024, chưa chốt", "ngày …… tháng …… năm 2024", "LÃNH ĐẠO ĐƠN VỊ",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("sheet %s does not say %q", name, want)
			}
		}
	}
}

// TestListTellsWhatWasRegistered looks at the list: all of a registration, what
// came of it, and who is in charge only where that was given.
func TestListTellsWhatWasRegistered(t *testing.T) {
	t.Parallel()
	now, _, listed := review(5)
	for _, told := range []bool{true, false} {
		b, err := report.Workbook(now, voice(t, "vi"), halfHeading(), figures.Against{}, listed)
		must(t, err)
		x, err := excelize.OpenReader(bytes.NewReader(b))
		must(t, err)
		defer mustClose(t, x)
		text := ""
		for _, sheet := range []string{"Danh sách đăng ký", "Danh sách kết quả"} {
			rows, err := x.GetRows(sheet)
			must(t, err)
			for _, r := range rows {
				text += strings.Join(r, "|") + "\n"
			}
		}

		for _, want := range []string{
			"Chi bộ 1", "Dân vận khéo", "xóm 3, 42 hộ", "Đường hẹp", "31 hộ hiến", "Họp xóm", "01/03/2024 – 31/10/2024",
			"Diện tích: 1.150,5 m²", "Minh chứng",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("the list does not tell %q:\n%s", want, text)
			}
		}
		for _, personal := range []string{"Người phụ trách", "Lô Văn Tú", "0987 654 321", "chỉ dùng để liên hệ"} {
			if strings.Contains(text, personal) != told {
				t.Errorf("%q: told %v", personal, !told)
			}
		}
		for i := range listed {
			listed[i].Contact, listed[i].Phone = "", ""
		}
	}
}
