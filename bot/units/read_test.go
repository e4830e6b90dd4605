package units_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"danvan/bot/bottest"
	"danvan/bot/sheet"
	"danvan/bot/units"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

// list reads a table as it stands in a test: cells parted by "|".
func list(t *testing.T, table string) units.List {
	t.Helper()
	sheets, err := sheet.Read(strings.NewReader(strings.ReplaceAll(table, "|", "\t")))
	bottest.Must(t, err)
	return units.Read(sheets)
}

// file reads a file of testdata.
func file(t *testing.T, name string) units.List {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	bottest.Must(t, err)
	defer func() { bottest.Must(t, f.Close()) }()
	sheets, err := sheet.Read(f)
	bottest.Must(t, err)
	return units.Read(sheets)
}

// faults are what is wrong with a list, each with its place.
func faults(list []sheet.Fault) (out []string) {
	for _, f := range list {
		out = append(out, strings.TrimSpace(fmt.Sprint(f.Sheet, " ", f.Cell, " ", f.Key)))
	}
	return out
}

const unitHeader = "code|name|kind|parent_code|valid_from|valid_to|successors\n"

func day(y int, m time.Month, d int) store.Date { return store.Date{Year: y, Month: m, Day: d} }

var (
	province = store.Unit{Code: "96", Name: "Tỉnh Thử Nghiệm", Kind: store.Province}
	one      = store.Unit{Code: "96001", Name: "Xã Một", Kind: store.Commune, Parent: "96"}
	two      = store.Unit{Code: "96002", Name: "Phường Hai", Kind: store.Ward, Parent: "96"}
)

func TestReadUnits(t *testing.T) {
	t.Parallel()
	ended := one
	ended.ValidFrom, ended.ValidTo = day(2025, 7, 1), day(2026, 12, 31)
	ended.Successors = []store.Successor{{Code: "96002"}, {Code: "96003"}, {Code: "96004"}}
	split := ended
	split.Successors = []store.Successor{{Code: "96002", Share: 70}, {Code: "96003", Share: 30}}
	for name, c := range map[string]struct {
		table string
		want  []store.Unit
		cells string // where their codes stand
	}{
		"columns in any order, other columns between": {
			"Ghi chú|Trực thuộc|MÃ|Tên đơn vị|cấp\nx||96|Tỉnh Thử Nghiệm|Tỉnh\ny|96|96001|Xã Một|xã\n", []store.Unit{province, one}, "C2 C3"},
		"empty lines are counted":                  {unitHeader + "\n | | \n96|Tỉnh Thử Nghiệm|tỉnh|\n|||||\n96001|Xã Một|xã|96\n", []store.Unit{province, one}, "A4 A6"},
		"short lines, space around, other letters": {unitHeader + " 96 |  Tỉnh  Thử Nghiệm|TINH\n", []store.Unit{province}, "A2"},
		"decomposed letters": {
			"Ma\u0303|Te\u0302n|Loa\u0323i|Ma\u0303 cha\n96|Ti\u0309nh Thu\u031b\u0309 Nghie\u0302\u0323m|ti\u0309nh|\n", []store.Unit{province}, "A2"},
		"dates and successors": {unitHeader + "96001|Xã Một|xã|96|01/07/2025|31/12/2026|96002; 96003,96004\n", []store.Unit{ended}, "A2"},
		"shares of successors": {
			unitHeader + "96001|Xã Một|xã|96|01/07/2025|31/12/2026|96002: 70%; 96003 (30 %)\n", []store.Unit{split}, "A2"},
		"names without their kind": {
			unitHeader + "96|Thử Nghiệm|tỉnh|\n96001|Một|xã|96\n", []store.Unit{province, one}, "A2 A3"},
		"organisations by many words": {
			unitHeader + "A-1|Trường Một|trường|96\nA.2|Hội Hai|Hội|96\n3|Công ty Ba|doanh nghiệp|96\n",
			[]store.Unit{{Code: "A-1", Name: "Trường Một", Kind: store.Organisation, Parent: "96"}, {Code: "A.2", Name: "Hội Hai", Kind: store.Organisation, Parent: "96"},
				{Code: "3", Name: "Công ty Ba", Kind: store.Organisation, Parent: "96"}}, "A2 A3 A4"},
		"a list of nothing": {unitHeader, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := list(t, c.table)
			if len(got.Faults) > 0 {
				t.Fatalf("refused: %+v", got.Faults)
			}
			cells := make([]string, len(got.At))
			for i, at := range got.At {
				cells[i] = at.Cell
			}
			if diff := cmp.Diff(c.want, got.Units) + cmp.Diff(c.cells, strings.Join(cells, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestReadFiles reads files as they come: the right value of each, or its
// refusal by cell.
func TestReadFiles(t *testing.T) {
	t.Parallel()
	first, third := store.Unit{Code: "96001", Name: "Phường Một", Kind: store.Ward, Parent: "96"}, store.Unit{Code: "96003", Name: "Phường Ba", Kind: store.Ward, Parent: "96"}
	ended, next := one, one
	ended.Name, next.Code, next.Name = "Xã Cũ", "96002", "Xã Mới"
	ended.ValidTo, ended.Successors = day(2026, 12, 1), []store.Successor{{Code: "96002"}}
	next.ValidFrom = day(2026, 12, 2)
	for name, c := range map[string]struct {
		want   []store.Unit
		faults []string
	}{
		"units-date-cells.xlsx":    {[]store.Unit{province, ended, next}, nil},
		"units-merged-parent.xlsx": {[]store.Unit{province, first, two, third}, nil},
		"units-error-cells.xlsx":   {[]store.Unit{province}, []string{"Sheet1 B3 units.error_cell", "Sheet1 B4 units.error_cell"}},
		"units-float-codes.csv":    {nil, []string{"A2 units.float_code", "A3 units.float_code"}},
		"units-cover-sheet.xlsx":   {[]store.Unit{province}, nil},
		"units-title-rows.csv":     {[]store.Unit{province, one}, nil},
		"units-flat-list.csv":      {[]store.Unit{one, two, province}, nil},
		"units-flat-list-2.csv":    {[]store.Unit{one, two, province}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := file(t, name)
			if diff := cmp.Diff(c.want, got.Units) + cmp.Diff(c.faults, faults(got.Faults)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadUnitsRefuses(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"|Xã Một|xã|96": "A2 units.code", "a b|Xã Một|xã|96": "A2 units.code", "xã|Xã Một|xã|96": "A2 units.code",
		"=1+1|Xã Một|xã|96": "A2 units.code", "123456789012345678901|Xã Một|xã|96": "A2 units.code", "30:709|Xã Một|xã|96": "A2 units.code",
		"96001||xã|96": "B2 units.name", "96001|\u200b|xã|96": "B2 units.name", "96001|Xã Một||96": "C2 units.kind", "96001|Xã Một|huyện|96": "C2 units.kind",
		"9|Tỉnh Thử|tỉnh|": "A2 units.lost_zero", "1|Thành phố Thử|thành phố|": "A2 units.lost_zero", "601|Xã Một|xã|1": "A2 units.lost_zero",
		"9601|Phường Một|phường|96": "A2 units.lost_zero", "1234|Đặc khu Một|đặc khu|96": "A2 units.lost_zero",
		"96001.0|Xã Một|xã|96": "A2 units.float_code", "96001|Xã Một|xã|96.0": "D2 units.float_code", "96001,00|Xã Một|xã|96": "A2 units.float_code",
		"96001|Xã Một|xã|96|ngày kia kìa": "E2 units.date", "96001|Xã Một|xã|96||31/11/2026": "F2 units.date", "96001|Xã Một|xã|96|45000": "E2 units.date",
		"96001|Xã Một|xã|96|5/3":                     "E2 units.date",
		"96001|Xã Một|xã|96|02/01/2026|01/01/2026":   "F2 units.dates",
		"96001|Xã Một|xã|96||01/01/2026|96002 96001": "G2 units.own_successor",
		"96001|Xã Một|phường|96":                     "B2 units.name_kind",
		"96001|Xã Một|xã|":                           "D2 units.level_none",
		"96|Tỉnh Một|tỉnh|97":                        "D2 units.level_top",
		"96001|#N/A|xã|96":                           "B2 units.error_cell",
		"96001|Xã Một|xã|#REF!":                      "D2 units.error_cell",
		"96001|\"Xã\nMột\"|xã|96":                    "B2 units.control",
		"96001|Xã \x1b[31mMột|xã|96":                 "B2 units.control",
		"96001|Xã \u202eMột|xã|96":                   "B2 units.control",
	} {
		if got := faults(list(t, unitHeader+line).Faults); len(got) != 1 || got[0] != want {
			t.Errorf("%q is refused with %q, want %s", line, got, want)
		}
	}
	for header, missing := range map[string]string{
		"code|name|kind": "Mã cấp trên", "x|y": "Mã, Tên, Loại, Mã cấp trên", "mã|tên|loại|mã cấp trên cũ": "Mã cấp trên", "Tên xã|Loại|Tỉnh": "Mã, Mã cấp trên",
	} {
		bad := list(t, "DANH SÁCH\n"+header+"\n09601|Xã Một|xã|96").Faults
		if len(bad) != 1 || bad[0].Key != "units.columns" || bad[0].Args["Missing"] != missing {
			t.Errorf("%q is refused with %+v, want %s", header, bad, missing)
		}
	}
	for _, nothing := range []string{"", "\n\n", " | | \n"} {
		if got := faults(list(t, nothing).Faults); len(got) != 1 || got[0] != "units.empty" {
			t.Errorf("%q is refused with %q", nothing, got)
		}
	}
	contradiction := "Mã,Tên,Cấp,Mã TP,Tỉnh\n96001,Xã Một,Xã,96,Tỉnh Thử\n96002,Xã Hai,Xã,96,Tỉnh Khác\n96001,Xã Ba,Xã,96,\n"
	if got := faults(list(t, contradiction).Faults); cmp.Diff([]string{"E3 units.parent_name", "A4 units.twice"}, got) != "" {
		t.Errorf("a list that contradicts itself is refused with %q", got)
	}
}

// TestOldFonts converts names in the letters of TCVN3, and says so.
func TestOldFonts(t *testing.T) {
	t.Parallel()
	table := "code|name|kind|parent_code\n96|TØnh Thö NghiÖm|tØnh|\n96001|X· Mét|x·|96\n96002|Ph\u00adêng §Þnh Mü|ph\u00adêng|96\n"
	got := list(t, table)
	want := []store.Unit{province, one, {Code: "96002", Name: "Phường Định Mỹ", Kind: store.Ward, Parent: "96"}}
	if d := cmp.Diff(want, got.Units); d != "" || got.Font != "TCVN3" || len(got.Faults) > 0 {
		t.Errorf("%q %v\n%s", got.Font, got.Faults, d)
	}
	if len(got.Converted) != 3 || !strings.Contains(strings.Join(got.Converted, "\n"), "Phường Định Mỹ") {
		t.Errorf("converted were %q", got.Converted)
	}
}
