package report_test

import (
	"bytes"
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
	now, before, heads := review(640)
	against := figures.Against{Previous: before}
	b, err := report.Workbook(now, voice(t, "vi"), halfHeading(), against, heads)
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
		head := 4
		for _, c := range table.Head {
			if c.Group != "" {
				head = 5
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
	case figures.Number:
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
		if *page.Size != 9 || *page.Orientation != "landscape" || *page.FitToWidth != 1 {
			t.Errorf("%s: not A4 landscape, one page wide", name)
		}
		panes, err := x.GetPanes(name)
		must(t, err)
		if !panes.Freeze || panes.YSplit < 4 {
			t.Errorf("%s: the head is not frozen: %+v", name, panes)
		}
	}
	props, err := x.GetDocProps()
	must(t, err)
	if want := half().AsOf.UTC().Format(time.RFC3339); props.Created != want || props.Creator != "danvan" {
		t.Errorf("created %s by %s, want %s", props.Created, props.Creator, want)
	}
	if titles := x.GetDefinedName(); len(titles) != len(x.GetSheetList()) {
		t.Errorf("%d sheets repeat their head in print", len(titles))
	}
}
