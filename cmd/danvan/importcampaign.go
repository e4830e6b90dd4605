package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"danvan/bot/campaigns"
	"danvan/bot/planfile"
	"danvan/locales"
	"danvan/store"

	"github.com/alecthomas/kong"
)

// importCampaignCommand imports a campaign.
type importCampaignCommand struct {
	config `embed:""`
	File   string `arg:"" help:"A TOML file: id, document, issuer, from, to, fields, titles, and rules: the reports." type:"existingfile"`
	DryRun bool   `help:"Show what would change and write nothing."`
}

// Run imports the campaign, or names every fault with its line and writes
// nothing.
func (c *importCampaignCommand) Run(ctx context.Context, k *kong.Context) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	plan, lines, faults, err := planfile.Read(f)
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	words, err := words()
	if err != nil {
		return err
	}

	p := planPrinter{k.Stdout, words, c.Language, lines}
	if len(faults) > 0 {
		for _, f := range faults {
			tell(k.Stdout, p.fault(f.Line, "", f.Key, f.Args))
		}
		p.say("plan.refused", map[string]any{"Errors": len(faults)})
		return errSaid
	}

	return withOrders(c.config, func(o orders) error {
		changes, err := o.ImportCampaign(ctx, plan, c.DryRun)
		if err != nil {
			return err
		}
		p.changes(plan, changes, c.DryRun)
		if len(changes.Errors) > 0 {
			return errSaid
		}
		return nil
	})
}

// planPrinter says what a campaign's file led to.
type planPrinter struct {
	w     io.Writer
	words *locales.Catalogue
	lang  string
	lines planfile.Lines
}

func (p planPrinter) say(key string, args map[string]any) {
	tell(p.w, p.words.Text(p.lang, key, args))
}

// fault is a complaint with its place in the file.
func (p planPrinter) fault(line int, place, key string, args map[string]any) string {
	fault := map[string]any{"Line": line, "Place": place, "Fault": p.words.Text(p.lang, key, args)}
	switch {
	case line == 0:
		return p.words.Text(p.lang, "plan.somewhere", fault)
	case place == "":
		return p.words.Text(p.lang, "import.line", fault)
	}
	return p.words.Text(p.lang, "plan.line", fault)
}

func (p planPrinter) changes(c store.Campaign, changes campaigns.Changes, dry bool) {
	for _, f := range changes.Errors {
		tell(p.w, p.fault(p.lines.Line(f.Place), f.Place, f.Key, f.Args))
	}
	if len(changes.Errors) > 0 {
		p.say("plan.refused", map[string]any{"Errors": len(changes.Errors)})
		return
	}
	for _, f := range changes.Warnings {
		p.say("plan.warn", map[string]any{"Text": p.fault(p.lines.Line(f.Place), f.Place, f.Key, f.Args)})
	}

	args := map[string]any{
		"ID": string(c.ID), "Document": campaigns.PrintedDocument(c.Document), "Places": strings.Join(changes.Changed, ", "),
	}
	switch {
	case changes.New:
		p.say("plan.added", args)
	case len(changes.Changed) > 0:
		p.say("plan.changed", args)
	default:
		p.say("plan.same", args)
	}

	for _, next := range changes.Next {
		p.say("plan.next", map[string]any{
			"Kind": p.words.Text(p.lang, "campaign.reports."+string(next.Kind), nil), "Name": next.Name,
			"From": next.From.DMY(), "To": next.To.DMY(), "Due": next.Due.Format("02/01/2006 15:04"),
		})
	}
	switch {
	case dry:
		p.say("plan.dry", nil)
	case changes.New || len(changes.Changed) > 0:
		p.say("plan.unsaid", nil)
	}
}
