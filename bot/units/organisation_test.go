package units_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/bot/bottest"
	"danvan/bot/campaigns"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
	"danvan/store/reporting"
)

// organisations are those of a province and of a commune, by the words of clerks.
const organisations = "91-SNN|Sở Nông nghiệp và Môi trường|sở|91\n91-BTG|Ban Tuyên giáo và Dân vận|ban|91\n" +
	"91-BP|Bộ Chỉ huy Bộ đội Biên phòng|lực lượng vũ trang|91\n91-LD|Liên đoàn Lao động|đoàn thể|91\n" +
	"30709-MN|Trường Mầm non Định Mỹ|trường|30709\n30709-CA|Công an xã Định Mỹ|công an|30709\n30709-CT|Công ty Lương thực|doanh nghiệp|30709\n"

// TestOrganisations imports agencies, unions, forces, schools and companies: a campaign
// obliges them and no place, each registers under its own unit, and figures by place
// have their models on the line of their place, once.
func TestOrganisations(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	if got := did(load(t, w, list(t, unitHeader+organisations), store.DateOf(w.Now), false)); got != "new 7" {
		t.Fatal(got)
	}

	c := campaigns.Template()
	c.ID, c.Unit, c.Document, c.Obliged = "14-kh-2026", "91", "14/KH/BDVTU", []store.UnitKind{store.Organisation}
	got, err := campaigns.Import(t.Context(), w.Bot, c, w.Now, false)
	bottest.Must(t, err)
	if len(got.Errors) > 0 {
		t.Fatal(got.Errors)
	}
	homes := []store.UnitCode{"30709-MN", "30709-CA", "91-BP", "30709"}
	w.Update(func(tx store.Tx) (err error) {
		for i, unit := range homes {
			_, putErr := tx.PutModel(store.Model{
				ID: store.ModelID(5000 + i), Code: string(unit), Unit: unit, State: store.Accepted, Kind: store.Collective, RegisteredAt: w.Now,
				Entries: store.Entries{{Campaign: c.ID, Field: "KT", TitleGroup: "DVK", Origin: store.New}},
			})
			err = errors.Join(err, putErr)
		}
		return err
	})

	set, err := reporting.Now(t.Context(), w.Store, w.Bot.Book(), w.Now)
	bottest.Must(t, err)
	kept, err := set.Campaign(c.ID)
	bottest.Must(t, err)
	year, _ := deadline.ByID(kept, set.Calendar, "14-kh-2026/year/2026-12-14")
	w.View(func(r store.Reader) error {
		owed, err := set.Obligations(r, reporting.Period{Period: year, Of: kept}, w.Now, nil)
		var who []store.UnitCode
		for _, o := range owed {
			who = append(who, o.Unit)
		}
		slices.Sort(who)
		want := []store.UnitCode{"30709-CA", "30709-CT", "30709-MN", "91-BP", "91-BTG", "91-LD", "91-SNN"}
		if diff := cmp.Diff(want, who); diff != "" {
			t.Errorf("who owes a report (-want +got):\n%s", diff)
		}

		facts, factsErr := r.Facts(store.ModelQuery{Campaign: c.ID})
		f := figures.Compute(figures.Query{
			Campaign: kept, Period: figures.Span{From: year.From, To: year.To}, AsOf: w.Now, Zone: w.Zone, Subtree: set.Org.Below("91").Codes(),
		}, facts, set.Org.Units())
		lines := map[store.UnitCode]int{}
		for _, l := range f.Lines {
			if n := l.Count(figures.Registered) + l.Count(figures.Waiting); n > 0 {
				lines[l.Unit] = n
			}
		}
		if diff := cmp.Diff(map[store.UnitCode]int{"30709": 3, "91": 1}, lines); diff != "" {
			t.Errorf("models by place (-want +got):\n%s", diff)
		}
		return errors.Join(err, factsErr)
	})
}
