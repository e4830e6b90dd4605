package sheet_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"danvan/bot/sheet"

	"github.com/xuri/excelize/v2"

	"github.com/google/go-cmp/cmp"
)

// TestGuard wants no text to be a formula, and every text back as it was.
func TestGuard(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"=1+1": "'=1+1", "-5": "'-5", "'=x": "''=x", "Xã An Cư": "Xã An Cư", "'quote'": "'quote'", "": ""} {
		if got := sheet.Guard(s); got != want {
			t.Errorf("%q is guarded as %q", s, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`'{0,3}[=+\-@\ta-c]{0,3}'{0,2}`).Draw(t, "s")
		if back := sheet.Unguard(sheet.Guard(s)); back != s {
			t.Fatalf("%q came back as %q", s, back)
		}
	})
}

// TestWritten wants what was written read again as it was, from a workbook and from CSV.
func TestWritten(t *testing.T) {
	t.Parallel()
	out := sheet.Out{
		Name: "Mô hình", Heads: []sheet.Head{{Text: "Mã"}, {Text: "Tên", Wide: 30}},
		Rows:  [][]string{{"00123", "=cmd|' /C calc'!A0"}, {"", "Hai dòng\nmột ô, \"nháy\""}},
		Marks: map[int][]sheet.Mark{1: {{Column: 1, Remark: "ghi lại"}}},
	}
	book, err := sheet.Workbook(out)
	if err != nil {
		t.Fatal(err)
	}
	text, err := sheet.CSV(out)
	if err != nil {
		t.Fatal(err)
	}

	for name, content := range map[string][]byte{"workbook": book, "csv": text} {
		sheets, err := sheet.Read(bytes.NewReader(content))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var got [][]string
		for _, r := range sheets[0].Rows[1:] {
			got = append(got, []string{sheet.Unguard(r.Cell(0).Text), sheet.Unguard(r.Cell(1).Text)})
		}
		if d := cmp.Diff(out.Rows, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// TestPicked wants what a column is picked from, and remarks, in the workbook.
func TestPicked(t *testing.T) {
	t.Parallel()
	lists := sheet.Out{Name: "Danh mục"}
	out := sheet.Out{
		Name: "Mô hình", Heads: []sheet.Head{{Text: "Tên"}, {Text: "Lĩnh vực"}}, Rows: [][]string{{"Bếp ăn", "KT"}},
		Picks: map[int]string{1: lists.Add("Lĩnh vực", []string{"Kinh tế", "Văn hóa"})},
		Marks: map[int][]sheet.Mark{0: {{Column: 0, Remark: "ngắn quá"}}},
	}
	content, err := sheet.Workbook(out, lists)
	if err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }() // it was only read

	picked, err := x.GetDataValidations("Mô hình")
	if err != nil || len(picked) != 1 || picked[0].Sqref != "B2:B1000" || picked[0].Formula1 != "'Danh mục'!$A$2:$A$3" {
		t.Errorf("%+v, %v", picked, err)
	}
	remarks, err := x.GetComments("Mô hình")
	if err != nil || len(remarks) != 1 || remarks[0].Cell != "A2" {
		t.Errorf("%+v, %v", remarks, err)
	}
	layout, err := x.GetPageLayout("Mô hình")
	if err != nil || layout.Orientation == nil || *layout.Orientation != "landscape" {
		t.Errorf("%+v, %v", layout, err)
	}
}
