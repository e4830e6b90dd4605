package planfile_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"danvan/bot/planfile"
	"danvan/store"

	"github.com/google/go-cmp/cmp"
)

func day(year, month, d int) store.Date {
	return store.DateOf(store.Date{Year: year, Month: 1, Day: 1}.Time(time.UTC).AddDate(0, month-1, d-1))
}

func sample(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/plan.toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRead(t *testing.T) {
	t.Parallel()
	got, lines, faults, err := planfile.Read(strings.NewReader(sample(t)))
	if err != nil || len(faults) > 0 {
		t.Fatalf("%v %v", faults, err)
	}
	want := store.Campaign{
		ID: "14-kh-2026", Document: "14/KH/BDVTU", Issuer: "Ban Tuyên giáo và Dân vận Tỉnh ủy", Unit: "91",
		Name: store.Label{"vi": "Kế hoạch “Dân vận khéo” tỉnh An Giang", "en": "“Dân vận khéo” plan of An Giang"},
		From: day(2026, 7, 1), To: day(2027, 12, 31),
		Fields: []store.Option{
			{Key: "KT", Label: store.Label{"vi": "Kinh tế", "en": "Economy"}, Aliases: []string{"phát triển kinh tế"}},
			{Key: "VHXH", Label: store.Label{"vi": "Văn hóa - xã hội"}},
		},
		Titles:  []store.Option{{Key: "DVK", Label: store.Label{"vi": "Dân vận khéo"}}},
		Obliged: []store.UnitKind{store.Commune, store.Ward, store.SpecialZone}, Escalate: 2, CheckDays: 5,
		Ladder: []store.Rung{{Days: -7, Hour: 8}, {Days: -3, Hour: 8}, {Days: 0, Hour: 8}},
		Rules: []store.PeriodRule{
			{Kind: store.HalfYear, Only: []int{1}, CutDay: 14, DueAfter: 2, Working: true, Shift: store.NextWorkingDay, Hour: 17, Lock: 10},
			{Kind: store.FreePeriod, DueAfter: 3, Working: true, Shift: store.PreviousWorkingDay, Hour: 11, Lock: 5, Free: []store.FreeDates{
				{Name: "Đợt cao điểm 15/10", From: day(2026, 9, 15), To: day(2026, 10, 14), Due: day(2026, 10, 20)},
				{Name: "Đợt cao điểm 18/11", From: day(2026, 10, 15), To: day(2026, 11, 18)},
			}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for place, line := range map[string]int{
		"id": 2, "name": 13, "name.en": 15, "fields.1.aliases": 20, "fields.2.key": 23, "rules.1.only.1": 32, "rules.1.hour": 36, "rules.2.free.1.due": 51,
		"rules.2.free.2.to": 56, "rules.2.free.2.due": 53, "ladder.2.hour": 11, "tags.1.key": 0, "rules.1": 30,
	} {
		if got := lines.Line(place); got != line {
			t.Errorf("%s stands on line %d, want %d", place, got, line)
		}
	}
}

// TestReadNamesTheLine gives it files that cannot be read.
func TestReadNamesTheLine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		old, put, key string
		line          int
	}{
		"a quote that is missing": {`issuer = "Ban`, `issuer = Ban`, "plan.unreadable", 4},
		"a word for a number":     {"escalate = 2", `escalate = "hai"`, "plan.unreadable", 9},
		"a date that is none":     {`to = "31/12/2027"`, `to = "31/02/2027"`, "plan.unreadable", 7},
		"a number for a name":     {`label = "Dân vận khéo"`, "label = 3", "plan.unreadable", 28},
		"a key that is misspelt":  {"due_after = 2", "dueafter = 2", "plan.unknown_key", 34},
		"a table that is none":    {"[[titles]]", "[[title]]", "plan.unknown_key", 26},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, _, faults, err := planfile.Read(strings.NewReader(strings.Replace(sample(t), c.old, c.put, 1)))
			if err != nil || len(faults) == 0 {
				t.Fatalf("%v %v", faults, err)
			}
			if faults[0].Key != c.key || faults[0].Line != c.line {
				t.Errorf("got %+v, want %s on line %d", faults[0], c.key, c.line)
			}
		})
	}
}

func TestReadRefusesWhatIsHuge(t *testing.T) {
	t.Parallel()
	if _, _, _, err := planfile.Read(strings.NewReader(strings.Repeat("#\n", 1<<20))); err == nil {
		t.Error("no complaint")
	}
}

// TestReadCleans puts characters that steer a screen into every text of a file:
// none comes into the campaign.
func TestReadCleans(t *testing.T) {
	t.Parallel()
	steered := regexp.MustCompile(`"([^"\n]*\p{L}[^"\n]*)"`).ReplaceAllString(sample(t), "\"$1\u202e\u200b\"")
	c, _, _, err := planfile.Read(strings.NewReader(steered))
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprintf("%+v", c); strings.ContainsAny(text, "\u202e\u200b") || !strings.Contains(text, "Aliases") {
		t.Errorf("the campaign says %q", text)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("id = 1")
	f.Add("[[rules]]\nkind = \"nam\"\n[[rules.free]]\nto = 2026-01-01")
	f.Add("[a.b]\nc.d = [")
	f.Fuzz(func(t *testing.T, text string) {
		_, lines, _, _ := planfile.Read(strings.NewReader(text))
		for place, line := range lines {
			if line < 1 || line > strings.Count(text, "\n")+1 || lines.Line(place) != line {
				t.Errorf("%q stands on line %d", place, line)
			}
		}
	})
}
