package bottest

import (
	"context"
	"errors"
	"slices"

	"danvan/bot/sheet"
	"danvan/bot/units"
	"danvan/store"
)

// fillReports leaves a province of three communes, of which one has no
// officer, with one report a half-year, or also one a year. A colleague of
// ba's, cuc, is in charge of the commune's farmers. No digest comes.
func (w *World) fillReports(tx store.Tx, yearToo bool) error {
	c, err := tx.Campaign("dvk-2026-2030")
	if !yearToo {
		c.Rules = c.Rules[:1]
	}
	lan, lanErr := tx.Post("91:supervisor")
	lan.Digest.Every = store.Never

	const farmers = "30346ND"
	return errors.Join(err, lanErr, tx.PutCampaign(c), tx.PutPost(lan), CloseBut(tx, "30709", "30346", "30463"),
		tx.PutUnit(store.Unit{Code: farmers, Name: "Hội Nông dân xã Nhơn Hội", Kind: store.Organisation, Parent: "30346"}),
		w.seat(tx, "cuc", farmers, store.Officer, store.Person{Name: "Lê Thị Cúc", Consent: store.Given, ConsentAt: w.Now}))
}

// CloseBut closes the communes of both provinces but some.
func CloseBut(tx store.Tx, open ...store.UnitCode) error {
	for _, province := range []store.UnitCode{"91", "40"} {
		units, err := tx.Units(province)
		for _, u := range units {
			if !slices.Contains(open, u.Code) {
				u.ValidTo = store.Date{Year: 2026, Month: 1, Day: 1}
				err = errors.Join(err, tx.PutUnit(u))
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// merge imports that ba's commune ends with the half-year, most of which becomes hoa's.
func (w *World) merge() {
	w.T.Helper()
	list := units.List{At: make([]sheet.Fault, 1), Units: []store.Unit{{
		Code: "30346", Name: "Xã Nhơn Hội", Kind: store.Commune, Parent: "91", ValidTo: store.Date{Year: 2026, Month: 12, Day: 14},
		Successors: []store.Successor{{Code: "30463", Share: 30}, {Code: "30709", Share: 70}},
	}}}
	c, err := units.Import(context.Background(), w.Bot, units.Order{List: list, Source: "merged.csv"}, w.Now)
	Must(w.T, err)
	if len(c.Closed) != 1 || len(c.Faults) > 0 {
		w.T.Fatalf("the merging came out as %+v", c)
	}
}
