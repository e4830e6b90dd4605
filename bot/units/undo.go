package units

import (
	"context"
	"fmt"
	"time"

	"danvan/bot"
	"danvan/bot/sheet"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/org"
)

// Undone is what taking the last import back does, or would do.
type Undone struct {
	Import store.UnitImport // without an id: there is none to take back
	Fault  *sheet.Fault     // why it stays
}

// Undo takes the last import back that stands: the units that it changed are what
// they were before, those that it added are none. It stays if anything hangs on a
// unit that it added.
func Undo(ctx context.Context, b *bot.Bot, now time.Time, dry bool) (Undone, error) {
	var out Undone
	err := b.Store.Update(ctx, func(tx store.Tx) error {
		done, err := tx.UnitImports()
		if err != nil {
			return err
		}

		if out = (Undone{Import: last(done)}); out.Import.ID == 0 {
			return nil
		}
		units, err := b.Book().Org(tx)
		if err != nil {
			return err
		}

		if out.Fault, err = hanging(tx, units, out.Import.Added); err != nil || out.Fault != nil || dry {
			return err
		}
		return takeBack(tx, units, out.Import, now)
	})
	if err != nil {
		return Undone{}, fmt.Errorf("undo the import of units: %w", err)
	}
	return out, nil
}

func takeBack(tx store.Tx, o *org.Org, v store.UnitImport, now time.Time) error {
	for _, u := range v.Before {
		if err := tx.PutUnit(u); err != nil {
			return err
		}
	}
	for _, code := range v.Added {
		u, _ := o.Unit(code)
		u.Withdrawn = true
		if err := tx.PutUnit(u); err != nil {
			return err
		}
	}

	v.Undone = now
	if err := tx.PutUnitImport(v); err != nil {
		return err
	}
	return tx.AddAudit(store.Audit{At: now, Subject: "units", Action: "undo", Old: fmt.Sprintf("%s as of %s", v.Source, v.AsOf),
		New: fmt.Sprintf("%d withdrawn, %d as before", len(v.Added), len(v.Before))})
}

// hanging finds what hangs on some units: a post, a unit below, a campaign, a
// model.
func hanging(r store.Reader, o *org.Org, added []store.UnitCode) (*sheet.Fault, error) {
	in := store.NewSubtree(added...)
	name := func(code store.UnitCode) string {
		u, _ := o.Unit(code)
		return u.Name
	}
	if len(added) == 0 {
		return nil, nil
	}

	for p := range o.Seats() {
		for _, code := range append(org.Roots(p), p.Unit) {
			if in.Has(code) {
				return &sheet.Fault{Key: "units.undo_post", Args: text.Args{"Unit": name(code)}}, nil
			}
		}
	}

	for _, u := range o.Units() {
		if u.Parent != "" && in.Has(u.Parent) && !in.Has(u.Code) {
			return &sheet.Fault{Key: "units.undo_unit", Args: text.Args{"Unit": name(u.Parent), "Below": u.Name}}, nil
		}
	}

	campaigns, err := r.Campaigns()
	if err != nil {
		return nil, err
	}
	for _, c := range campaigns {
		if c.Unit != "" && in.Has(c.Unit) {
			return &sheet.Fault{Key: "units.undo_campaign", Args: text.Args{"Unit": name(c.Unit), "Campaign": string(c.ID)}}, nil
		}
	}
	models, err := r.Facts(store.ModelQuery{In: in, Limit: 1})
	if err != nil || len(models) == 0 {
		return nil, err
	}
	return &sheet.Fault{Key: "units.undo_model", Args: text.Args{"Unit": name(models[0].Unit)}}, nil
}
