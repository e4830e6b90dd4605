package units_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"danvan/bot/sheet"
	"danvan/bot/units"
	"danvan/store"
)

// FuzzList reads any table as a list of units: each is listed once, has a place, a code
// and a name of one line, and whatever is wrong is said in words that there are.
func FuzzList(f *testing.F) {
	f.Add(unitHeader + "91|Tỉnh An Giang|tinh|||\n30709|Xã An Cư|xa|91|01/07/2025|31/12/2026|30710")
	f.Add("STT|Mã|Tên đơn vị|Cấp\n1|91|An Giang|tỉnh\n2|9,0|x\u202e|phường\n2|91||xa")
	files, err := filepath.Glob("testdata/*.csv")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b[:min(len(b), 4000)]))
	}

	f.Fuzz(func(t *testing.T, table string) {
		sheets, err := sheet.Read(strings.NewReader(strings.ReplaceAll(table, "|", "\t")))
		if err != nil {
			return
		}
		list := units.Read(sheets)
		if len(list.At) != len(list.Units) {
			t.Errorf("%d units stand at %d places", len(list.Units), len(list.At))
		}

		listed := map[store.UnitCode]bool{}
		for _, u := range list.Units {
			if listed[u.Code] || u.Code == "" || len(u.Code) > 20 || strings.TrimSpace(u.Name) == "" || strings.ContainsFunc(u.Name, unicode.IsControl) {
				t.Errorf("listed is %+v", u)
			}
			listed[u.Code] = true
		}
		for _, x := range list.Faults {
			if !slices.Contains(units.Keys(), x.Key) || x.Line < 1 {
				t.Errorf("the fault %+v", x)
			}
		}
	})
}
