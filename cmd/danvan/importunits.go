package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"danvan/bot/exchange"
	"danvan/bot/sheet"
	"danvan/bot/shipped"
	"danvan/bot/units"
	"danvan/flows/answer"
	"danvan/flows/answer/legacy"
	"danvan/store"

	"github.com/alecthomas/kong"
)

// importUnitsCommand imports a list of units.
type importUnitsCommand struct {
	config    `embed:""`
	File      string `arg:"" optional:"" help:"A CSV or XLSX file: a code, name, kind and parent code on each row." type:"existingfile"`
	AsOf      string `help:"The day from which the list holds, as 20/09/2026; today if it is left out." placeholder:"DAY"`
	DryRun    bool   `help:"Show what would change and write nothing."`
	Converted bool   `help:"The names converted from an old font, as a dry run shows them, are right."`
	Shipped   bool   `help:"Import the lists that come along: the one in force, after those that it followed."`
	Undo      bool   `help:"Take the last import back."`
}

// Run imports the list, or names every bad place and writes nothing.
func (c *importUnitsCommand) Run(ctx context.Context, k *kong.Context) error {
	words, err := words()
	if err != nil {
		return err
	}
	p := printer{k.Stdout, words, c.Language, ""}
	if c.Undo {
		return withOrders(c.config, func(o orders) error { return p.undo(ctx, o, c.DryRun) })
	}
	if c.Shipped {
		return withOrders(c.config, func(o orders) error { return p.shipped(ctx, o, c.DryRun) })
	}
	if c.File == "" {
		return p.refuse("import.no_file", nil)
	}

	day, err := parseDay(c.AsOf)
	if err != nil {
		return p.refuse("import.as_of", map[string]any{"Text": c.AsOf})
	}
	p.file = filepath.Base(c.File)
	list, err := readList(c.File)
	if key := exchange.Unreadable(err); key != "" {
		return p.refuse(key, map[string]any{"File": p.file})
	}
	if err != nil {
		return err
	}

	order := units.Order{List: list, AsOf: day, Source: p.file, Dry: c.DryRun || list.Font != legacy.Unicode && !c.Converted}
	return withOrders(c.config, func(o orders) error {
		changes, err := o.ImportUnits(ctx, order)
		if err != nil {
			return err
		}
		return p.imported(order, changes)
	})
}

func readList(path string) (units.List, error) {
	f, err := os.Open(path)
	if err != nil {
		return units.List{}, err
	}
	defer func() { _ = f.Close() }() // it was only read
	sheets, err := sheet.Read(f)
	if err != nil {
		return units.List{}, fmt.Errorf("%s: %w", path, err)
	}
	return units.Read(sheets), nil
}

// parseDay reads a day of the command line; the zero Date of nothing.
func parseDay(s string) (store.Date, error) {
	if s == "" {
		return store.Date{}, nil
	}
	var day store.Date
	if day.UnmarshalText([]byte(s)) == nil && day.Valid() {
		return day, nil
	}
	r, err := answer.Day(s, store.Date{})
	if err != nil || len(r.Values) != 1 || r.Values[0].Year < 1900 {
		return day, errors.Join(err, fmt.Errorf("no day: %q", s))
	}
	return r.Values[0], nil
}

// shipped imports the lists that come along, each as of its day.
func (p printer) shipped(ctx context.Context, o orders, dry bool) error {
	lists, err := shipped.UnitLists()
	if err != nil {
		return err
	}

	if dry {
		lists = lists[len(lists)-1:] // what the others would change is not there to compare with
	}
	for _, l := range lists {
		list, err := l.Read()
		if err != nil {
			return err
		}

		p.file = l.Day.String() + ".csv"
		order := units.Order{List: list, AsOf: l.Day, Source: p.file, Dry: dry}
		changes, err := o.ImportUnits(ctx, order)
		if err != nil {
			return err
		}
		if err := p.imported(order, changes); err != nil {
			return err
		}
	}
	return nil
}

// imported says what importing a list did, or would do.
func (p printer) imported(o units.Order, c units.Changes) error {
	p.places(c.Faults)
	if len(c.Faults) > 0 {
		return p.refuse("import.refused", map[string]any{"Errors": p.count(len(c.Faults))})
	}

	p.say("import.sum", map[string]any{
		"Day": c.AsOf.DMY(), "Renamed": p.count(len(c.Renamed)), "Retyped": p.count(len(c.Retyped)), "Moved": p.count(len(c.Moved)),
		"Recoded": p.count(len(c.Recoded)), "Mended": p.count(len(c.Mended)), "New": p.count(len(c.New)),
		"Closed": p.count(len(c.Closed)), "Same": p.count(c.Same),
	})
	named := func(a, b store.Unit) string { return a.Name + " → " + b.Name }
	p.changed("import.renamed", c.Renamed, named)
	p.changed("import.retyped", c.Retyped, named)
	p.changed("import.mended", c.Mended, named)
	p.changed("import.moved", c.Moved, func(a, b store.Unit) string { return fmt.Sprintf("%s: %s → %s", b.Name, a.Parent, b.Parent) })
	p.changed("import.recoded", c.Recoded, func(_, b store.Unit) string {
		return fmt.Sprintf("%s → %s", b.Name, b.Aliases[len(b.Aliases)-1].Code)
	})
	p.changed("import.closed", c.Closed, func(_, b store.Unit) string {
		return fmt.Sprintf("%s: %s – %s", b.Name, b.ValidFrom.DMY(), b.ValidTo.DMY())
	})

	var added []units.Change
	for _, u := range c.New {
		added = append(added, units.Change{Now: u})
	}
	p.changed("import.new", added, func(_, b store.Unit) string { return b.Name })

	if c.Absent > 0 {
		p.say("import.absent", map[string]any{"Units": p.count(c.Absent)})
	}
	return p.ending(o)
}

// ending says whether anything was written, and asks about what was converted.
func (p printer) ending(o units.Order) error {
	if font := o.List.Font; font != legacy.Unicode {
		p.say("import.font", map[string]any{"Font": string(font)})
		p.lines(o.List.Converted)
		if o.Dry {
			p.say("import.font_ask", nil)
		}
	}
	if o.Dry {
		p.say("import.dry", nil)
	}
	return nil
}

// changed names some changes of one sort.
func (p printer) changed(key string, list []units.Change, say func(was, now store.Unit) string) {
	if len(list) == 0 {
		return
	}
	p.say(key, map[string]any{"Units": p.count(len(list))})
	lines := make([]string, len(list))
	for i, c := range list {
		lines[i] = string(c.Now.Code) + "  " + say(c.Was, c.Now)
	}
	p.lines(lines)
}

// undo takes the last import back.
func (p printer) undo(ctx context.Context, o orders, dry bool) error {
	done, err := o.UndoUnits(ctx, dry)
	if err != nil {
		return err
	}
	v := done.Import
	if v.ID == 0 {
		return p.refuse("units.undo_none", nil)
	}

	args := map[string]any{
		"Source": v.Source, "Day": v.AsOf.DMY(), "Added": p.count(len(v.Added)), "Changed": p.count(len(v.Before)), "Fault": "",
	}
	if done.Fault != nil {
		args["Fault"] = p.words.Text(p.lang, done.Fault.Key, done.Fault.Args)
		return p.refuse("units.undo_refused", args)
	}
	p.say("units.undone", args)
	if dry {
		p.say("import.dry", nil)
	}
	return nil
}
