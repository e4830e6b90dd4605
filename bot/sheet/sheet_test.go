package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"danvan/bot/sheet"
	"danvan/flows/answer/legacy"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"
)

var table = [][]string{
	{"code", "name", "kind", "parent_code"},
	{"01", "Thành phố Hà Nội", "thành phố"},
	{"00004", "Phường Ba Đình", "phường", "01"},
}

// texts are what stands in a table.
func texts(rows []sheet.Row) (out [][]string) {
	for _, r := range rows {
		for len(out) < r.Line-1 {
			out = append(out, nil)
		}
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, c.Text)
		}
		out = append(out, cells)
	}
	return out
}

func read(t *testing.T, content string) sheet.Sheet {
	t.Helper()
	sheets, err := sheet.Read(strings.NewReader(content))
	if err != nil || len(sheets) != 1 {
		t.Fatalf("%d sheets, %v", len(sheets), err)
	}
	return sheets[0]
}

func TestReadText(t *testing.T) {
	t.Parallel()
	const plain = "code,name,kind,parent_code\n01,Thành phố Hà Nội,thành phố\n00004,Phường Ba Đình,phường,01\n"
	utf16 := func(order unicode.Endianness, bom unicode.BOMPolicy) string {
		s, err := unicode.UTF16(order, bom).NewEncoder().String(plain)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, c := range map[string]struct {
		text string
		was  legacy.Encoding
	}{
		"commas":        {plain, legacy.Unicode},
		"semicolons":    {"code;name;kind;parent_code\r\n01;Thành phố Hà Nội;thành phố\r\n00004;Phường Ba Đình;phường;01\r\n", legacy.Unicode},
		"tabs":          {strings.ReplaceAll(plain, ",", "\t"), legacy.Unicode},
		"a mark":        {"\xef\xbb\xbf" + strings.Replace(plain, "Thành phố Hà Nội", `"Thành phố Hà Nội"`, 1), legacy.Unicode},
		"UTF-16":        {utf16(unicode.LittleEndian, unicode.UseBOM), legacy.Unicode},
		"UTF-16, big":   {utf16(unicode.BigEndian, unicode.UseBOM), legacy.Unicode},
		"UTF-16 alone":  {utf16(unicode.LittleEndian, unicode.IgnoreBOM), legacy.Unicode},
		"UTF-16, other": {utf16(unicode.BigEndian, unicode.IgnoreBOM), legacy.Unicode},
		"Windows-1258": {"code,name,kind,parent_code\n01,Th\xe0nh ph\xf4\xec H\xe0 N\xf4\xf2i,th\xe0nh ph\xf4\xec\n" +
			"00004,Ph\xfd\xf5\xccng Ba \xd0i\xccnh,ph\xfd\xf5\xccng,01\n", legacy.CP1258},
		"TCVN3": {"code,name,kind,parent_code\n01,Th\xb5nh ph\xe8 H\xb5 N\xe9i,th\xb5nh ph\xe8\n" +
			"00004,Ph\xad\xeang Ba \xa7\xd7nh,ph\xad\xeang,01\n", legacy.TCVN3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := read(t, c.text)
			if diff := cmp.Diff(table, texts(got.Rows)); diff != "" || got.Was != c.was {
				t.Errorf("it was %q\n%s", got.Was, diff)
			}
		})
	}
}

func TestLinesAreTheScreens(t *testing.T) {
	t.Parallel()
	rows := read(t, "TITLE,,\na,b\n\n , \n\"c\nc\",d\ne,f\n").Rows
	var lines []int
	for _, r := range rows {
		lines = append(lines, r.Line)
	}
	if d := cmp.Diff([]int{1, 2, 5, 7}, lines); d != "" {
		t.Error(d)
	}
}

// workbook is a workbook of what a clerk has typed.
func workbook(t *testing.T, fill func(*excelize.File) error) string {
	t.Helper()
	f := excelize.NewFile()
	var b bytes.Buffer
	if err := errors.Join(fill(f), f.Write(&b), f.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReadWorkbook(t *testing.T) {
	t.Parallel()
	got := read(t, workbook(t, func(f *excelize.File) error {
		var errs []error
		for i, row := range table {
			errs = append(errs, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
		}
		// A number with a format that shows its zeros, as careful clerks keep codes.
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr("00000")})
		return errors.Join(append(errs, err, f.SetCellValue("Sheet1", "A3", 4), f.SetCellStyle("Sheet1", "A3", "A3", style))...)
	}))
	if diff := cmp.Diff(table, texts(got.Rows)); diff != "" || got.Name != "Sheet1" || got.Rows[2].Cells[0].Kind != sheet.Number {
		t.Errorf("of %s:\n%s", got.Name, diff)
	}
}

// TestTypedCells wants days as days, whatever they are shown as, and errors as
// errors.
func TestTypedCells(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	got := read(t, workbook(t, func(f *excelize.File) error {
		var errs []error
		for i, style := range []excelize.Style{
			{NumFmt: 14}, {NumFmt: 15}, {NumFmt: 22}, {CustomNumFmt: ptr("dd/mm/yyyy")}, {CustomNumFmt: ptr(`[$-42A]d mmmm yyyy;@`)}, {NumFmt: 4},
			{CustomNumFmt: ptr(`0" ngày"`)}, {CustomNumFmt: ptr("hh:mm")},
		} {
			id, err := f.NewStyle(&style)
			at := sheet.At(1, i)
			errs = append(errs, err, f.SetCellValue("Sheet1", at, 46357.75), f.SetCellStyle("Sheet1", at, at, id))
		}
		return errors.Join(append(errs, f.SetCellValue("Sheet1", "I1", day), f.SetCellStr("Sheet1", "J1", "#REF!"), f.SetCellBool("Sheet1", "K1", true))...)
	}))
	var kinds []sheet.Kind
	for i, c := range got.Rows[0].Cells {
		kinds = append(kinds, c.Kind)
		if c.Kind == sheet.Date && c.Text != "2026-12-01" {
			t.Errorf("%s is %s", sheet.At(1, i), c.Text)
		}
	}
	want := []sheet.Kind{
		sheet.Date, sheet.Date, sheet.Date, sheet.Date, sheet.Date, sheet.Number, sheet.Number, sheet.Number, sheet.Date, sheet.Error, sheet.Text,
	}
	if d := cmp.Diff(want, kinds); d != "" {
		t.Error(d)
	}
}

// TestMergedCells gives a value to every row that it stands beside.
func TestMergedCells(t *testing.T) {
	t.Parallel()
	got := read(t, workbook(t, func(f *excelize.File) error {
		return errors.Join(f.SetCellStr("Sheet1", "A1", "TITLE"), f.MergeCell("Sheet1", "A1", "D1"), f.SetSheetRow("Sheet1", "A2", &[]string{"a", "96"}),
			f.SetCellStr("Sheet1", "A3", "b"), f.SetCellStr("Sheet1", "A5", "c"), f.SetCellStr("Sheet1", "A6", "d"), f.MergeCell("Sheet1", "B2", "B5"))
	}))
	want := [][]string{{"TITLE"}, {"a", "96"}, {"b", "96"}, nil, {"c", "96"}, {"d"}}
	if d := cmp.Diff(want, texts(got.Rows)); d != "" {
		t.Error(d)
	}
}

// TestWideWorkbook is a small file with a cell in the last column of every row:
// it is refused before anything is made of it.
func TestWideWorkbook(t *testing.T) {
	wide := workbook(t, func(f *excelize.File) error {
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			return err
		}
		for line := range 20_000 {
			err = errors.Join(err, w.SetRow(fmt.Sprintf("XFD%d", line+1), []any{"x"}))
		}
		return errors.Join(err, w.Flush())
	})
	if len(wide) > 200<<10 {
		t.Fatalf("the file has %d bytes", len(wide))
	}

	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := sheet.Read(strings.NewReader(wide))
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; !errors.Is(err, sheet.ErrTooWide) || took > 50<<20 {
		t.Errorf("%v, after %d MB", err, took>>20)
	}
}

// TestAMillionCells is as much as is read.
func TestAMillionCells(t *testing.T) {
	t.Parallel()
	line := strings.Repeat(",", 999) + "\n"
	if s := read(t, strings.Repeat(line, 999)+"last"); len(s.Rows) != 1 || s.Rows[0].Line != 1000 {
		t.Errorf("%d rows", len(s.Rows))
	}
	if _, err := sheet.Read(strings.NewReader(strings.Repeat(line, 1001))); !errors.Is(err, sheet.ErrTooWide) {
		t.Error(err)
	}
}

func ptr[T any](v T) *T { return &v }

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		in   []byte
		want error
	}{
		{"bytes of no language", []byte("code,name\n01,\x81\x8d\x8f\x90 \xe9\n"), sheet.ErrEncoding},
		{"a picture", []byte("\x89PNG\r\n\x1a\n\x00\x00"), sheet.ErrKind},
		{"an old workbook", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00"), sheet.ErrOld},
		{"too much", bytes.Repeat([]byte("a,b\n"), sheet.MaxBytes/4+1), sheet.ErrTooBig},
		{"a broken workbook", []byte("PK\x03\x04 not a workbook"), sheet.ErrBroken},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := sheet.Read(bytes.NewReader(c.in)); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}
