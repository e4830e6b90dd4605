package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"danvan/bot/sheet"
	"danvan/bot/units"
	"danvan/locales"
	"danvan/store"

	"github.com/alecthomas/kong"
)

// importUnitsCommand imports a table of units.
type importUnitsCommand struct {
	config `embed:""`
	File   string `arg:"" help:"A CSV or XLSX table; its first row names the columns code, name, kind and parent_code." type:"existingfile"`
	DryRun bool   `help:"Show what would change and write nothing."`
}

// Run imports the table, or names every bad row and writes nothing.
func (c *importUnitsCommand) Run(ctx context.Context, k *kong.Context) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	rows, err := sheet.Read(f)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}

	words, err := words()
	if err != nil {
		return err
	}

	return withOrders(c.config, func(o orders) error {
		changes, err := o.ImportUnits(ctx, rows, c.DryRun)
		if err != nil {
			return err
		}
		printChanges(k.Stdout, words, c.Language, changes, c.DryRun)
		if len(changes.Errors) > 0 {
			return errSaid
		}
		return nil
	})
}

// shownUnits is how many units of each sort a report names.
const shownUnits = 5

func printChanges(w io.Writer, words *locales.Catalogue, lang string, c units.Changes, dry bool) {
	say := func(key string, args map[string]any) { tell(w, words.Text(lang, key, args)) }
	for _, e := range c.Errors {
		say("import.line", map[string]any{"Line": e.Line, "Fault": words.Text(lang, e.Key, e.Args)})
	}

	if len(c.Errors) > 0 {
		say("import.refused", map[string]any{"Errors": locales.Count(lang, len(c.Errors))})
		return
	}

	for _, part := range []struct {
		key   string
		units []store.Unit
	}{{"import.new", c.New}, {"import.closed", c.Closed}, {"import.mended", c.Mended}} {
		if len(part.units) == 0 {
			continue
		}
		say(part.key, map[string]any{"Units": locales.Count(lang, len(part.units))})
		for _, u := range part.units[:min(len(part.units), shownUnits)] {
			tell(w, "  "+string(u.Code)+"  "+u.Name)
		}
		if more := len(part.units) - shownUnits; more > 0 {
			tell(w, "  "+words.Text(lang, "import.more", map[string]any{"Units": locales.Count(lang, more)}))
		}
	}

	say("import.same", map[string]any{"Units": locales.Count(lang, c.Same)})
	if dry {
		say("import.dry", nil)
	}
}
