package main

import (
	"context"
	"os"
	"path/filepath"

	"danvan/bot/exchange"
	"danvan/flows/answer/legacy"

	"github.com/alecthomas/kong"
)

// importModelsCommand imports a table of models.
type importModelsCommand struct {
	config `embed:""`
	File   string `arg:"" optional:"" help:"A CSV or XLSX file: an export, a template, or people's own table." type:"existingfile"`
	DryRun bool   `help:"Show what would come in and write nothing."`
	Twins  bool   `help:"Also write the models that are likely there already."`
	Undo   bool   `help:"Take the last table of models back, if nobody has changed one of them since."`
}

// Run imports the rows that can be read, and names what is wrong with the others.
func (c *importModelsCommand) Run(ctx context.Context, k *kong.Context) error {
	words, err := words()
	if err != nil {
		return err
	}
	p := printer{k.Stdout, words, c.Language, filepath.Base(c.File)}
	if c.Undo {
		return withOrders(c.config, func(o orders) error { return p.modelsUndone(ctx, o, c.DryRun) })
	}
	if c.File == "" {
		return p.refuse("import.models.no_file", nil)
	}

	content, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	return withOrders(c.config, func(o orders) error {
		got, err := o.ImportModels(ctx, exchange.Order{
			Content: content, Source: p.file, Language: c.Language, Twins: c.Twins, Dry: c.DryRun,
		})
		if err != nil {
			return err
		}
		return p.modelsImported(got, c.DryRun, c.Twins)
	})
}

// modelsImported says what came of a table of models.
func (p printer) modelsImported(got exchange.Sorted, dry, twins bool) error {
	if got.Unread != "" {
		tell(p.w, got.Unread)
		return errSaid
	}
	for _, f := range got.Faults {
		p.say("import.place", map[string]any{"File": p.file, "Sheet": f.Sheet, "Cell": f.Cell, "Line": f.Line, "Fault": f.Text})
	}
	p.say("import.models.sum", map[string]any{
		"Rows": p.count(got.Rows), "New": p.count(got.New), "Twins": p.count(len(got.Twins)), "Faults": p.count(len(got.Faults)),
		"Vague": p.count(got.Vague),
	})

	var lines []string
	for _, t := range got.Twins {
		lines = append(lines, p.words.Text(p.lang, "import.models.twin", map[string]any{"Place": t.Place, "Title": t.Title, "Of": t.Of}))
	}
	p.lines(lines)
	if len(got.Twins) > 0 && !twins {
		p.say("import.models.twins", nil)
	}
	if got.Font != legacy.Unicode {
		p.say("import.models.font", map[string]any{"Font": string(got.Font)})
	}

	if dry {
		p.say("import.dry", nil)
		return nil
	}
	p.say("import.models.done", map[string]any{"Added": p.count(got.Added)})
	return nil
}

// modelsUndone takes the last table of models back.
func (p printer) modelsUndone(ctx context.Context, o orders, dry bool) error {
	done, err := o.UndoModels(ctx, dry)
	if err != nil {
		return err
	}
	if done.Batch.ID == 0 {
		return p.refuse("import.models.undo_none", nil)
	}

	args := map[string]any{"Source": done.Batch.Source, "Models": p.count(done.Models), "Changed": p.count(len(done.Changed))}
	if len(done.Changed) > 0 {
		p.say("import.models.undo_refused", args)
		p.lines(done.Changed)
		return errSaid
	}
	p.say("import.models.undone", args)
	if dry {
		p.say("import.dry", nil)
	}
	return nil
}
