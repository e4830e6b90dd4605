package units_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/shipped"
	"danvan/bot/units"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

// rows reads a table as it stands in a test: cells parted by "|".
func rows(table string) [][]string {
	var out [][]string
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "|")
		out = append(out, cells)
	}
	return out
}

const unitHeader = "code|name|kind|parent_code|valid_from|valid_to|successors\n"

func TestReadUnits(t *testing.T) {
	t.Parallel()
	province := store.Unit{Code: "96", Name: "Tỉnh Thử", Kind: store.Province}
	commune := store.Unit{Code: "09601", Name: "Xã Một", Kind: store.Commune, Parent: "96"}
	for name, c := range map[string]struct {
		table string
		want  []store.Unit
		lines []int
	}{
		"columns in any order, other columns between": {
			"Ghi chú|Trực thuộc|MÃ|Tên đơn vị|cấp\nx||96|Tỉnh Thử|Tỉnh\ny|96|09601|Xã Một|xã\n", []store.Unit{province, commune}, []int{2, 3}},
		"empty lines are counted": {
			unitHeader + "\n | \n96|Tỉnh Thử|tỉnh|\n||||\n09601|Xã Một|xã|96\n", []store.Unit{province, commune}, []int{4, 6}},
		"short lines, space around, other letters": {
			unitHeader + " 96 |\tTỉnh  Thử|TINH\n", []store.Unit{{Code: "96", Name: "Tỉnh  Thử", Kind: store.Province}}, []int{2}},
		"decomposed letters": {
			"Ma\u0303|Te\u0302n|Loa\u0323i|Ma\u0303 cha\n96|Ti\u0309nh Thu\u031b\u0309|ti\u0309nh|\n", []store.Unit{province}, []int{2}},
		"dates and successors": {
			unitHeader + "09601|Xã Một|xã|96|01/07/2025|31/12/2026|09602; 09603,09604\n",
			[]store.Unit{{Code: "09601", Name: "Xã Một", Kind: store.Commune, Parent: "96", ValidFrom: store.Date{Year: 2025, Month: 7, Day: 1},
				ValidTo: store.Date{Year: 2026, Month: 12, Day: 31}, Successors: []store.UnitCode{"09602", "09603", "09604"}}}, []int{2}},
		"organisations by many words": {
			unitHeader + "A-1|Trường Một|trường|96\nA.2|Hội Hai|Hội|96\n3|Công ty Ba|doanh nghiệp|96\n",
			[]store.Unit{{Code: "A-1", Name: "Trường Một", Kind: store.Organisation, Parent: "96"}, {Code: "A.2", Name: "Hội Hai", Kind: store.Organisation, Parent: "96"},
				{Code: "3", Name: "Công ty Ba", Kind: store.Organisation, Parent: "96"}}, []int{2, 3, 4}},
		"a list of nothing": {unitHeader, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, lines, bad := units.Read(rows(c.table))
			if len(bad) > 0 {
				t.Fatalf("refused: %+v", bad)
			}
			if diff := cmp.Diff(c.want, got) + cmp.Diff(c.lines, lines); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadUnitsRefuses(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"|Xã Một|xã|96": "units.code", "a b|Xã Một|xã|96": "units.code", "xã|Xã Một|xã|96": "units.code",
		"=1+1|Xã Một|xã|96": "units.code", "123456789012345678901|Xã Một|xã|96": "units.code", "30:709|Xã Một|xã|96": "units.code",
		"09601||xã|96": "units.name", "09601|\u200b|xã|96": "units.name",
		"09601|Xã Một||96": "units.kind", "09601|Xã Một|huyện|96": "units.kind",
		"9|Tỉnh Thử|tỉnh|": "units.lost_zero", "1|Thành phố Thử|thành phố|": "units.lost_zero", "601|Xã Một|xã|1": "units.lost_zero",
		"9601|Phường Một|phường|96": "units.lost_zero", "1234|Đặc khu Một|đặc khu|96": "units.lost_zero",
		"09601|Xã Một|xã|96|ngày kia kìa": "units.date", "09601|Xã Một|xã|96||31/11/2026": "units.date", "09601|Xã Một|xã|96|45000": "units.date",
	} {
		_, _, bad := units.Read(rows(unitHeader + line))
		if len(bad) != 1 || bad[0].Key != want || bad[0].Line != 2 {
			t.Errorf("%q is refused with %+v, want %s", line, bad, want)
		}
	}
	for header, missing := range map[string]string{
		"code|name|kind": "parent_code", "x|y": "code, name, kind, parent_code", "mã|tên|loại|mã cấp trên cũ": "parent_code", "": "code, name, kind, parent_code",
	} {
		_, _, bad := units.Read(rows(header + "\n09601|Xã Một|xã|96"))
		if len(bad) != 1 || bad[0].Key != "units.columns" || bad[0].Args["Missing"] != missing {
			t.Errorf("%q is refused with %+v, want %s", header, bad, missing)
		}
	}
	if _, _, bad := units.Read(nil); len(bad) != 1 || bad[0].Key != "units.empty" {
		t.Errorf("nothing at all is refused with %+v", bad)
	}
}

// TestImportUnits imports one list after another into the same store.
func TestImportUnits(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	first := "96|Tỉnh Thử|tỉnh|\n09601|Xã Mỹ Hoà|xã|96\n09602|Xã Hai|xã|96\n"
	for _, c := range []struct {
		why, table string
		dry        bool
		want       string // new closed mended same, then the complaints
	}{
		{"a dry run", first, true, "3 0 0 0"},
		{"it wrote nothing", first, true, "3 0 0 0"},
		{"for good", first, false, "3 0 0 0"},
		{"again", first, false, "0 0 0 3"},
		{"children before their parent", "09701|Xã Con|xã|97\n97|Tỉnh Khác|tỉnh|\n", false, "2 0 0 0"},
		{"another spelling of the same name", "09601|Xã Mỹ Hòa|xã|96\n", false, "0 0 1 0"},
		{"the same again", "09601|Xã Mỹ Hòa|xã|96\n", false, "0 0 0 1"},
		{"another name", "09601|Xã Mỹ Hòa Hưng|xã|96\n", false, "0 0 0 0 units.renamed@2"},
		{"another kind", "09601|Xã Mỹ Hòa|phường|96\n", false, "0 0 0 0 units.renamed@2"},
		{"another parent", "09601|Xã Mỹ Hòa|xã|97\n", false, "0 0 0 0 units.renamed@2"},
		{"a last day, and who follows", "09601|Xã Mỹ Hòa|xã|96||31/12/2026|09603\n09603|Xã Ba|xã|96|01/01/2027\n", false, "1 1 0 0"},
		{"left out columns change nothing", "09601|Xã Mỹ Hòa|xã|96\n09603|Xã Ba|xã|96\n", false, "0 0 0 2"},
		{"one bad line holds up all", "09604|Xã Bốn|xã|96\n09605|Xã Năm|xã|98\n", false, "1 0 0 0 units.parent@3"},
		{"nothing was written of it", "09604|Xã Bốn|xã|96\n", true, "1 0 0 0"},
		{"a successor that is nowhere", "09602|Xã Hai|xã|96||31/12/2026|09999\n", false, "0 0 0 0 units.successor@2"},
		{"a circle", "C1|Chi bộ Một|chi bộ|C2\nC2|Chi bộ Hai|chi bộ|C1\n", false, "0 0 0 0 units.circle@2 units.circle@3"},
		{"a bad line and one that hangs on it", "09606||xã|96\nC3|Chi bộ Ba|chi bộ|09606\n", false, "0 0 0 0 units.name@2 units.parent@3"},
	} {
		got, err := units.Import(context.Background(), w.Bot, rows(unitHeader+c.table), w.Now, c.dry)
		bottest.Must(t, err)
		said := strings.Join([]string{itoa(len(got.New)), itoa(len(got.Closed)), itoa(len(got.Mended)), itoa(got.Same)}, " ")
		for _, e := range got.Errors {
			said += " " + e.Key + "@" + itoa(e.Line)
		}
		if said != c.want {
			t.Errorf("%s: %s, want %s", c.why, said, c.want)
		}
	}
	w.View(func(r store.Reader) error {
		u, err := r.Unit("09601")
		if u.Name != "Xã Mỹ Hòa" || u.ValidTo.String() != "2026-12-31" || len(u.Successors) != 1 {
			t.Errorf("the unit is %+v", u)
		}
		audit, auditErr := r.AuditOf("units")
		if len(audit) != 4 || auditErr != nil { // one for each list that changed something
			t.Errorf("%d lines of audit: %v", len(audit), auditErr)
		}
		return err
	})
}

// TestImportShippedUnits imports the country as it is shipped, twice.
func TestImportShippedUnits(t *testing.T) {
	t.Parallel()
	all, err := shipped.Units()
	bottest.Must(t, err)
	table := [][]string{{"code", "name", "kind", "parent_code"}}
	for _, u := range all {
		kind := map[store.UnitKind]string{store.Province: "tỉnh", store.City: "thành phố", store.Commune: "xã", store.Ward: "phường", store.SpecialZone: "đặc khu"}[u.Kind]
		table = append(table, []string{string(u.Code), u.Name, kind, string(u.Parent)})
	}
	w := bottest.Bare(t, "vi")
	for _, want := range []units.Changes{{New: all}, {Same: len(all)}} {
		got, err := units.Import(context.Background(), w.Bot, table, w.Now, false)
		bottest.Must(t, err)
		if len(got.New) != len(want.New) || got.Same != want.Same || len(got.Errors) > 0 {
			t.Errorf("%d new, %d the same, %v", len(got.New), got.Same, got.Errors)
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
