package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"danvan/bot/exchange"
	"danvan/locales"
	"danvan/store"

	"github.com/alecthomas/kong"
)

// exportCommand writes what there is into a file.
type exportCommand struct {
	config   `embed:""`
	What     string   `arg:"" enum:"models,progress" help:"What: models, or progress (their updates)."`
	File     string   `arg:"" help:"The file to write; its ending says which format, unless --format does." type:"path"`
	Campaign string   `help:"Only models of this campaign, by its id."`
	Period   string   `help:"Only models that count in this period of the campaign, by its id."`
	Unit     string   `help:"Only models of this unit and those below it, by its code."`
	Field    []string `help:"Only models of these fields of work, by their keys."`
	State    []string `help:"Only models in these states: \"hoàn thành\", or done."`
	Format   string   `enum:"xlsx,csv,auto" default:"auto" help:"xlsx, or csv (UTF-8, one table)."`
}

// Run writes the file, readable by nobody else: it has names and numbers in it.
func (c *exportCommand) Run(ctx context.Context, k *kong.Context) error {
	words, err := words()
	if err != nil {
		return err
	}
	if c.Period != "" && c.Campaign == "" {
		c.Campaign = string(store.PeriodID(c.Period).Campaign())
	}
	if c.Format == "auto" {
		if c.Format = exchange.XLSX; strings.EqualFold(filepath.Ext(c.File), ".csv") {
			c.Format = exchange.CSV
		}
	}

	order := exportOrder{States: c.State, Wanted: exchange.Wanted{
		What: c.What, Format: c.Format, Unit: store.UnitCode(c.Unit), Campaign: store.CampaignID(c.Campaign),
		Period: store.PeriodID(c.Period), Fields: c.Field, Language: c.Language,
	}}
	return withOrders(c.config, func(o orders) error {
		out, err := o.Export(ctx, order)
		if err != nil {
			return err
		}
		if err := os.WriteFile(c.File, out.Content, 0o600); err != nil {
			return fmt.Errorf("write the export: %w", err)
		}
		tell(k.Stdout, words.Text(c.Language, "export.done", map[string]any{
			"File": c.File, "Size": locales.Count(c.Language, (len(out.Content)+1023)/1024),
		}))
		return nil
	})
}
