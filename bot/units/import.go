package units

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/bot"
	"danvan/bot/text"
	"danvan/flows/answer"
	"danvan/store"
)

// Changes is what importing a list of units does, or would do.
type Changes struct {
	New    []store.Unit
	Closed []store.Unit // units that get a last day
	Mended []store.Unit // units whose name is spelt differently
	Same   int
	Errors []RowError // when there are any, nothing is written
}

// Import checks a list of units and, unless it is a dry run or a line is wrong,
// writes it. The first row names the columns: code, name, kind, parent_code, and
// optionally valid_from, valid_to and successors. Importing the same list again
// changes nothing.
func Import(ctx context.Context, b *bot.Bot, rows [][]string, now time.Time, dry bool) (Changes, error) {
	units, lines, bad := Read(rows)
	var out Changes
	err := b.Store.Update(ctx, func(tx store.Tx) error {
		var err error
		if out, err = compare(tx, units, lines); err != nil {
			return err
		}
		out.Errors = append(slices.Clone(bad), out.Errors...)
		slices.SortStableFunc(out.Errors, func(a, b RowError) int { return a.Line - b.Line })
		if dry || len(out.Errors) > 0 {
			return nil
		}
		return out.write(tx, now)
	})
	if err != nil {
		return Changes{}, fmt.Errorf("import units: %w", err)
	}
	return out, nil
}

func (c Changes) write(tx store.Tx, now time.Time) error {
	units := slices.Concat(c.New, c.Closed, c.Mended)
	if len(units) == 0 {
		return nil
	}
	for _, u := range units {
		if err := tx.PutUnit(u); err != nil {
			return err
		}
	}
	return tx.AddAudit(store.Audit{At: now, Subject: "units", Action: "import",
		New: fmt.Sprintf("%d new, %d closed, %d mended", len(c.New), len(c.Closed), len(c.Mended))})
}

// compare compares a list with what is there; lines are where its units stand.
func compare(r store.Reader, units []store.Unit, lines []int) (Changes, error) {
	listed := map[store.UnitCode]store.Unit{}
	for _, u := range units {
		listed[u.Code] = u
	}

	var out Changes
	for i, u := range units {
		fault, err := checkTree(r, u, listed)
		if err == nil && fault == nil {
			fault, err = out.sort(r, u)
		}
		if err != nil {
			return out, err
		}
		if fault != nil {
			fault.Line = lines[i]
			out.Errors = append(out.Errors, *fault)
		}
	}
	return out, nil
}

// checkTree wants a parent and successors that exist, and no circle.
func checkTree(r store.Reader, u store.Unit, listed map[store.UnitCode]store.Unit) (*RowError, error) {
	unit := func(code store.UnitCode) (store.Unit, bool, error) {
		if u, ok := listed[code]; ok {
			return u, true, nil
		}
		u, err := r.Unit(code)
		if errors.Is(err, store.ErrNotFound) {
			return u, false, nil
		}
		return u, err == nil, err
	}

	for _, code := range u.Successors {
		if _, ok, err := unit(code); !ok || err != nil {
			return &RowError{Key: "units.successor", Args: text.Args{"Code": string(code)}}, err
		}
	}

	seen := map[store.UnitCode]bool{}
	for at := u; at.Parent != ""; {
		if seen[at.Code] {
			return &RowError{Key: "units.circle", Args: text.Args{"Code": string(u.Code)}}, nil
		}
		seen[at.Code] = true
		up, ok, err := unit(at.Parent)
		if !ok || err != nil {
			return &RowError{Key: "units.parent", Args: text.Args{"Code": string(at.Parent)}}, err
		}
		at = up
	}
	return nil, nil
}

// sort puts a unit where it belongs among the changes. A unit is never renamed
// or moved in place: that takes a new code and a last day for the old one.
func (c *Changes) sort(r store.Reader, u store.Unit) (*RowError, error) {
	old, err := r.Unit(u.Code)
	switch {
	case errors.Is(err, store.ErrNotFound):
		c.New = append(c.New, u)
		return nil, nil
	case err != nil:
		return nil, err
	case answer.Fold(old.Name) != answer.Fold(u.Name) || old.Kind != u.Kind || old.Parent != u.Parent:
		return &RowError{Key: "units.renamed", Args: text.Args{"Code": string(u.Code), "Name": old.Name}}, nil
	}

	// What a list leaves out stays as it is.
	if u.ValidFrom.IsZero() {
		u.ValidFrom = old.ValidFrom
	}
	if u.ValidTo.IsZero() {
		u.ValidTo, u.Successors = old.ValidTo, old.Successors
	}
	switch {
	case old.ValidTo != u.ValidTo || old.ValidFrom != u.ValidFrom || !slices.Equal(old.Successors, u.Successors):
		c.Closed = append(c.Closed, u)
	case old.Name != u.Name:
		c.Mended = append(c.Mended, u)
	default:
		c.Same++
	}
	return nil, nil
}
