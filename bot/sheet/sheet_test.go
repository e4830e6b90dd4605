package sheet_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"danvan/bot/sheet"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

var table = [][]string{
	{"code", "name", "kind", "parent_code"},
	{"01", "Thành phố Hà Nội", "thành phố"},
	{"00004", "Phường Ba Đình", "phường", "01"},
}

func TestReadCSV(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"commas":     "code,name,kind,parent_code\n01,Thành phố Hà Nội,thành phố\n00004,Phường Ba Đình,phường,01\n",
		"semicolons": "code;name;kind;parent_code\r\n01;Thành phố Hà Nội;thành phố\r\n00004;Phường Ba Đình;phường;01\r\n",
		"tabs":       "code\tname\tkind\tparent_code\n01\tThành phố Hà Nội\tthành phố\n00004\tPhường Ba Đình\tphường\t01",
		"a mark":     "\xef\xbb\xbfcode,name,kind,parent_code\n01,\"Thành phố Hà Nội\",thành phố\n00004,Phường Ba Đình,phường,01\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := sheet.Read(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(table, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBlankLinesKeepTheLineNumbers(t *testing.T) {
	t.Parallel()
	got, err := sheet.Read(strings.NewReader("a,b\n\n\nc,d\n"))
	if err != nil || len(got) != 4 || got[3][0] != "c" {
		t.Errorf("got %q, %v; want c on line 4", got, err)
	}
}

func TestReadWorkbook(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	for i, row := range table {
		for j, cell := range row {
			at, _ := excelize.CoordinatesToCellName(j+1, i+1)
			if err := f.SetCellStr("Sheet1", at, cell); err != nil {
				t.Fatal(err)
			}
		}
	}
	// A number with a format that shows its zeros, as careful clerks keep codes.
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr("00000")})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{f.SetCellValue("Sheet1", "A3", 4), f.SetCellStyle("Sheet1", "A3", "A3", style)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := sheet.Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(table, got); diff != "" {
		t.Error(diff)
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
		{"TCVN3 bytes", []byte("code,name\n01,H\xb5 N\xe9i\n"), sheet.ErrEncoding},
		{"a picture", []byte("\x89PNG\r\n\x1a\n\x00\x00"), sheet.ErrKind},
		{"too much", bytes.Repeat([]byte("a,b\n"), sheet.MaxBytes/4+1), sheet.ErrTooBig},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := sheet.Read(bytes.NewReader(c.in)); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
	if _, err := sheet.Read(strings.NewReader("PK\x03\x04 not a workbook")); err == nil {
		t.Error("a broken workbook was read")
	}
}
