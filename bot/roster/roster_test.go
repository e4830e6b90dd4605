package roster_test

import (
	"fmt"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/roster"
	"danvan/bot/sheet"
	"danvan/flows/answer/legacy"
	"danvan/store"
	"danvan/store/org"
)

// read reads a list in a small world, for somebody who reaches all or a part of it.
func read(t *testing.T, list string, within ...store.UnitCode) ([]roster.Entry, []sheet.Fault) {
	t.Helper()
	w := bottest.New(t, "vi")
	w.Update(func(tx store.Tx) error { // a name that several units have
		return tx.PutUnit(store.Unit{Code: "16999", Name: "Xã Định Mỹ", Kind: store.Commune, Parent: "40"})
	})
	sheets, err := sheet.Read(strings.NewReader(list))
	bottest.Must(t, err)

	var entries []roster.Entry
	var faults []sheet.Fault
	w.View(func(r store.Reader) error {
		o, err := w.Bot.Book().OrgOn(r, store.DateOf(w.Now))
		if err != nil {
			return err
		}
		campaigns, err := r.Campaigns()
		entries, faults = roster.NewReader(o, store.DateOf(w.Now), campaigns, subtree(o, within)).Entries(roster.Read(sheets))
		return err
	})
	return entries, faults
}

func subtree(o *org.Org, within []store.UnitCode) *store.Subtree {
	if len(within) == 0 {
		return nil
	}
	return o.Below(within...)
}

// TestRows reads what clerks write.
func TestRows(t *testing.T) {
	t.Parallel()
	const head = "Đơn vị;Vai trò;Họ tên;SĐT;Phụ trách\n"
	for list, want := range map[string]string{
		head + "30709;cán bộ;;;":                                                      "30709 officer",
		head + "xa dinh my, An Giang;Đầu mối;Lê A;0912.345.678;":                      "30709 coordinator Lê A +84912345678",
		head + "Châu Đốc;officer;;912345678;":                                         "30316 officer +84912345678",
		head + "Tỉnh An Giang;lãnh đạo;;;30346; ":                                     "91 supervisor [30346]",
		head + "Tỉnh An Giang;lãnh đạo;;;\"Định Mỹ; Phường Châu Đốc\nKinh tế, QPAN\"": "91 supervisor [30316, 30709 × KT, QPAN]",
		head + ";quản trị;Lê A;;":                                                     " admin Lê A",
		"Role,Unit code,Unit,Name\nofficer,30709,Whatever,'An Lê":                     "30709 officer An Lê",
		"DANH SÁCH;;\n;;\nMã đơn vị;Tên đơn vị;Vai trò\n;Phường Châu Đốc;cán bộ":      "30316 officer",
	} {
		entries, faults := read(t, list)
		if len(faults) > 0 || len(entries) != 1 || said(entries[0]) != want {
			t.Errorf("%q is read as %+v, %+v; want %s", list, entries, faults, want)
		}
	}
}

// said writes an entry in a line.
func said(e roster.Entry) string {
	out := string(e.Unit) + " " + string(e.Role)
	for _, s := range []string{e.Name, e.Phone} {
		if s != "" {
			out += " " + s
		}
	}
	if !e.Portfolio.Whole() {
		out += " [" + e.Portfolio.String() + "]"
	}
	return out
}

// TestFaults names what is wrong with a row, at its cell.
func TestFaults(t *testing.T) {
	t.Parallel()
	const head = "Đơn vị;Vai trò;Họ tên;SĐT;Phụ trách\n"
	for list, want := range map[string]string{
		"":                              "1: roster.empty",
		head:                            "1: roster.empty",
		"Tên;Số\nA;1\n":                 "1: roster.columns",
		"Họ tên;Vai trò\nLê A;cán bộ\n": "1: roster.columns",
		head + "30709;vua;;;":           "2 B2: roster.role",
		head + ";cán bộ;Lê A;;":         "2 A2: roster.no_unit",
		head + "Xã Lạ;cán bộ;;;":        "2 A2: roster.unit_none",
		head + "Xã Định Mỹ;cán bộ;;;":   "2 A2: roster.unit_many 16999 (Tỉnh Nghệ An), 30709 (Tỉnh An Giang)",
		head + "30709;cán bộ;A;;":       "2 C2: roster.name",
		head + "30709;cán bộ;;12;":      "2 D2: roster.phone",
		head + "30709;cán bộ;;0912345678 0987654321;":                          "2 D2: roster.phones",
		head + "30709;cán bộ;;;Thể thao":                                       "2 E2: roster.part_none",
		head + "30709;cán bộ;;;Châu Đốc":                                       "2 E2: roster.part_outside",
		head + "30709;cán bộ;#REF!;;":                                          "2 C2: roster.error_cell",
		head + "30709;cán bộ;Lê A;;\n30316;cán bộ;Lê A;;\n30709;can bo;LE A;;": "4 A4: roster.twice",
	} {
		entries, faults := read(t, list)
		if len(faults) != 1 {
			t.Errorf("%q has %+v and %+v, want %s", list, faults, entries, want)
			continue
		}
		f := faults[0]
		got := strings.TrimSpace(fmt.Sprintf("%d %s", f.Line, f.Cell)) + ": " + f.Key
		if codes, ok := f.Args["Codes"]; ok {
			got += " " + fmt.Sprint(codes)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", list, got, want)
		}
	}
}

// TestWithin reads a list for a coordinator, who invites below themselves and no
// administrator.
func TestWithin(t *testing.T) {
	t.Parallel()
	const head = "Đơn vị;Vai trò\n"
	for row, want := range map[string]string{
		"30709;cán bộ": "", "Xã Định Mỹ;cán bộ": "", "40;cán bộ": "roster.unit_outside", "Tỉnh Nghệ An;cán bộ": "roster.unit_none",
		"30709;quản trị": "roster.admin_only", ";quản trị": "roster.admin_only",
	} {
		_, faults := read(t, head+row, "91")
		if got := fmt.Sprint(faults); want == "" && len(faults) > 0 || !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s", row, got, want)
		}
	}
}

// TestFonts reads a list in the letters of an old font, and says so.
func TestFonts(t *testing.T) {
	t.Parallel()
	sheets, err := sheet.Read(strings.NewReader("Đơn vị;Vai trò;Họ tên\n30709;officer;NguyÔn V¨n §øc\n30316;officer;TrÇn ThÞ H\u00ad¬ng\n30346;officer;Lª §×nh ChiÕn\n"))
	bottest.Must(t, err)
	list := roster.Read(sheets)
	if list.Font == legacy.Unicode || list.Rows[0].Name != "Nguyễn Văn Đức" || !strings.Contains(list.Converted[0], "→ Nguyễn Văn Đức") {
		t.Errorf("%+v", list)
	}
}

// FuzzRead holds that no list does harm: each row is an entry or a fault with a key.
func FuzzRead(f *testing.F) {
	f.Add([]byte("Đơn vị;Vai trò;Phụ trách\n30709;cán bộ;Kinh tế\n"))
	f.Add([]byte("Mã;Vai\n;quản trị\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		sheets, err := sheet.Read(strings.NewReader(string(content)))
		if err != nil {
			return
		}
		list := roster.Read(sheets)
		entries, faults := roster.NewReader(org.New(nil, nil), store.Date{}, nil, nil).Entries(list)
		if len(entries)+len(faults) < len(list.Rows) {
			t.Errorf("%d rows are %d entries and %d faults", len(list.Rows), len(entries), len(faults))
		}
		for _, x := range faults {
			if !strings.HasPrefix(x.Key, "roster.") || x.Line < 1 {
				t.Errorf("%+v", x)
			}
		}
	})
}
