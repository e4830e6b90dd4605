package units

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"danvan/bot"
	"danvan/bot/sheet"
	"danvan/store"
	"danvan/store/org"
)

// Change is a unit before and after, as of the list's day.
type Change struct{ Was, Now store.Unit }

// Changes is what importing a list of units does, or would do. A unit of which
// more than one thing changes stands in each.
type Changes struct {
	AsOf    store.Date
	New     []store.Unit
	Renamed []Change
	Retyped []Change // another kind, and the word for it in the name
	Moved   []Change // to another parent
	Recoded []Change // a code that corrects theirs
	Mended  []Change // the same name, spelt differently
	Closed  []Change // other days in force, or other successors
	Same    int
	Absent  int           // units in force that the list leaves out beside their neighbours: they stay
	Faults  []sheet.Fault // when there are any, nothing is written

	put    map[store.UnitCode]store.Unit // what is to be written
	before []store.Unit
}

// Order is how a list is imported.
type Order struct {
	List   List
	AsOf   store.Date // the day from which it holds; zero: today
	Source string     // the file's name
	Dry    bool       // only say what would change
}

// Import checks a list of units and, unless it is a dry run or a place is wrong,
// writes it. Importing the same list again changes nothing.
func Import(ctx context.Context, b *bot.Bot, o Order, now time.Time) (Changes, error) {
	var out Changes
	err := b.Store.Update(ctx, func(tx store.Tx) error {
		units, err := b.Book().Org(tx)
		if err != nil {
			return err
		}
		done, err := tx.UnitImports()
		if err != nil {
			return err
		}

		c := newComparison(units, o, store.DateOf(now.In(b.Zone)), last(done))
		c.compare(o.List)
		out = c.Changes
		out.Faults = append(slices.Clone(o.List.Faults), out.Faults...)
		slices.SortStableFunc(out.Faults, func(a, b sheet.Fault) int {
			return cmp.Or(cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Line, b.Line))
		})
		if o.Dry || len(out.Faults) > 0 {
			return nil
		}
		return out.write(b, tx, o, now)
	})
	if err != nil {
		return Changes{}, fmt.Errorf("import units: %w", err)
	}
	return out, nil
}

// last returns the last import that stands.
func last(done []store.UnitImport) store.UnitImport {
	for _, v := range slices.Backward(done) {
		if v.Undone.IsZero() {
			return v
		}
	}
	return store.UnitImport{}
}

func (c Changes) write(b *bot.Bot, tx store.Tx, o Order, now time.Time) error {
	if len(c.put) == 0 {
		return nil
	}
	id, err := tx.NewID()
	if err != nil {
		return err
	}

	done := store.UnitImport{ID: id, At: now, AsOf: c.AsOf, Source: o.Source, Before: c.before}
	for _, u := range c.New {
		done.Added = append(done.Added, u.Code)
	}
	for _, code := range slices.Sorted(maps.Keys(c.put)) {
		if err := tx.PutUnit(c.put[code]); err != nil {
			return err
		}
	}
	if err := tx.PutUnitImport(done); err != nil {
		return err
	}
	if err := tellEnds(b, tx, now, c.Closed); err != nil {
		return err
	}
	return tx.AddAudit(store.Audit{At: now, Subject: "units", Action: "import", New: fmt.Sprintf(
		"%s as of %s: %d new, %d renamed, %d of another kind, %d moved, %d recoded, %d mended, %d closed",
		o.Source, c.AsOf, len(c.New), len(c.Renamed), len(c.Retyped), len(c.Moved), len(c.Recoded), len(c.Mended), len(c.Closed))})
}

// Listed lists the units in force on a day, each after the one above it: all of
// them, or those of a province. False: there is no such unit.
func Listed(o *org.Org, root store.UnitCode, day store.Date) ([]store.Unit, bool) {
	o = o.On(day)
	if root != "" {
		u, ok := o.Unit(root)
		if !ok {
			return nil, false
		}
		root = u.Code
	}

	var out []store.Unit
	for _, code := range o.Below(root).Codes() {
		if u, _ := o.Unit(code); u.InForce(day) {
			out = append(out, u)
		}
	}
	return out, true
}
