package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"danvan/store"
)

// newReportsWorld has a province of three communes, of which one has no
// officer, with one report a half-year, and a clock that reminds. A colleague of
// ba's, cuc, is in charge of the commune's farmers. Transcripts about two
// reports at once keep the report on the year.
func newReportsWorld(t *testing.T, lang, file string) *world {
	t.Helper()
	w := newWorld(t, lang)
	w.clock = true
	must(t, w.store.Update(context.Background(), func(tx store.Tx) error {
		c, err := tx.Campaign("dvk-2026-2030")
		if !strings.Contains(file, "two_reports") {
			c.Rules = c.Rules[:1]
		}
		lan, lanErr := tx.Post("91:supervisor")
		lan.Digest.Every = store.Never
		return errors.Join(err, lanErr, tx.PutCampaign(c), tx.PutPost(lan), closeBut(tx, "30709", "30346", "30463"), w.hireCuc(tx))
	}))
	return w
}

// closeBut closes the communes of both provinces but some.
func closeBut(tx store.Tx, open ...store.UnitCode) error {
	for _, province := range []store.UnitCode{"91", "40"} {
		units, err := tx.Units(province)
		if err != nil {
			return err
		}
	units:
		for _, u := range units {
			for _, code := range open {
				if u.Code == code {
					continue units
				}
			}
			u.ValidTo = store.Date{Year: 2026, Month: 1, Day: 1}
			if err := tx.PutUnit(u); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *world) hireCuc(tx store.Tx) error {
	const unit = "30346ND"
	id, err := tx.NewID()
	post := store.Post{ID: store.MakePostID(unit, store.Officer), Unit: unit, Role: store.Officer, Holder: store.PersonID(id), Since: w.now}
	return errors.Join(err, tx.PutUnit(store.Unit{Code: unit, Name: "Hội Nông dân xã Nhơn Hội", Kind: store.Organisation, Parent: "30346"}), tx.PutPost(post),
		tx.PutPerson(store.Person{ID: post.Holder, Address: address("cuc"), Language: w.lang, Active: post.ID, Name: "Lê Thị Cúc", Consent: store.Given, ConsentAt: w.now}))
}
