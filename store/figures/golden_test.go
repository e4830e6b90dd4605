package figures_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"danvan/store"
	"danvan/store/figures"
)

var renew = flag.Bool("update", false, "renew the golden tables")

// TestTables compares every table, as a chat would say it, with testdata.
func TestTables(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"vi", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			now, before, _ := review()
			v := voice(t, lang)
			var b bytes.Buffer
			fmt.Fprintf(&b, "%s\n%s\n", now.Sentence(v, halfHeading()), now.Reconciled(v))
			for _, table := range now.Tables(v, halfHeading(), figures.Against{Previous: before}) {
				print(&b, v, table)
			}
			path := "testdata/tables." + lang + ".txt"
			if *renew {
				must(t, os.WriteFile(path, b.Bytes(), 0o600))
			}
			want, err := os.ReadFile(path)
			must(t, err)
			if !bytes.Equal(want, b.Bytes()) {
				t.Errorf("the tables changed; run with -update and review the difference:\n%s", b.String())
			}
		})
	}
}

func print(b *bytes.Buffer, v figures.Voice, t figures.Table) {
	fmt.Fprintf(b, "\n%s %s [%s]\n", t.ID, t.Title, t.Sheet)
	var heads []string
	for _, c := range t.Head {
		if c.Group != "" {
			c.Text = c.Group + ": " + c.Text
		}
		heads = append(heads, c.Text)
	}
	fmt.Fprintln(b, strings.Join(heads, " | "))
	for _, r := range t.Rows {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, c.Say(v))
		}
		fmt.Fprintln(b, strings.TrimRight(strings.Join(cells, " | "), " "))
	}
	for _, note := range t.Notes {
		fmt.Fprintln(b, note)
	}
}

// TestAdjustedAfterTheCutOff tells the story of a figure that changed after it
// was frozen: which, from what to what, and by which models.
func TestAdjustedAfterTheCutOff(t *testing.T) {
	t.Parallel()
	q := half()
	late := accepted(2)
	late.Steps[0].At = at(2024, 7, 3, 8) // registered in June, checked in July
	work := update(1, at(2024, 7, 4, 8), store.Doing)
	work.Day, work.Money = day(2024, 6, 28), []store.Money{{VND: 85_000_000, Part: store.People}}
	list := []store.Fact{one(accepted(1), work), late}
	s, err := figures.Compute(q, list, units()).Snapshot("dvk/half/2024-06-30", "40", q.AsOf)
	must(t, err)
	then, err := figures.Thaw(s)
	must(t, err)
	q.AsOf = at(2024, 7, 10, 0)
	got := ""
	for _, a := range figures.Adjusted(then, figures.Compute(q, list, units())) {
		got += fmt.Sprintf("%s: %d -> %d %v\n", a.Key, a.From, a.To, a.Models)
	}
	want := `registered: 1 -> 2 [2]
new: 1 -> 2 [2]
doing: 1 -> 2 [2]
not_started: 1 -> 1 [1 2]
silent: 1 -> 1 [1 2]
no_evidence: 0 -> 1 [1]
waiting: 1 -> 0 [2]
/m=vnd: 0 -> 85000000 [1]
/m=vnd.people: 0 -> 85000000 [1]
registered/f=KT: 1 -> 2 [2]
new/f=KT: 1 -> 2 [2]
/m=vnd/f=KT: 0 -> 85000000 [1]
registered/k=collective: 1 -> 2 [2]
new/k=collective: 1 -> 2 [2]
/m=vnd/k=collective: 0 -> 85000000 [1]
registered/t=DVK: 1 -> 2 [2]
new/t=DVK: 1 -> 2 [2]
/m=vnd/t=DVK: 0 -> 85000000 [1]
registered/u=16804: 1 -> 2 [2]
new/u=16804: 1 -> 2 [2]
/m=vnd/u=16804: 0 -> 85000000 [1]
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestTablesThatSayNothingAreLeftOut holds what a reader would leaf past: sheets
// of zeros, the same table twice, columns of what nobody has, and a province as
// one of its communes.
func TestTablesThatSayNothingAreLeftOut(t *testing.T) {
	t.Parallel()
	v := voice(t, "vi")
	drawn := func(f *figures.Figures) string {
		var b bytes.Buffer
		for _, table := range f.Tables(v, halfHeading(), figures.Against{}) {
			print(&b, v, table)
		}
		return b.String()
	}

	if got := drawn(figures.Compute(half(), nil, units())); strings.Count(got, "[") != 1 || strings.Contains(got, "Không tính vào tổng") {
		t.Errorf("of nothing the summary alone stands:\n%s", got)
	}

	q := half()
	q.Submissions = []figures.Submission{{Unit: "16681", Outcome: figures.OnTime}, {Unit: "16804", Outcome: figures.Missing}}
	got := drawn(figures.Compute(q, []store.Fact{accepted(1)}, units()))
	for _, gone := range []string{"[Đơn vị - có trong kỳ]", "[Giá trị và kết quả]", "[So sánh]", "Được miễn", "Không phát sinh", "Cơ quan, đơn vị của"} {
		if strings.Contains(got, gone) {
			t.Errorf("%s says nothing and stands in\n%s", gone, got)
		}
	}
	for _, kept := range []string{"1 | Phường Vinh | 0", "2 | Xã Châu Bình | 1", "| Toàn tỉnh Nghệ An | 1"} {
		if !strings.Contains(got, kept) {
			t.Errorf("%q is missing in\n%s", kept, got)
		}
	}
}
