// Command danvan is a Telegram bot through which officers register and update
// "Dân vận khéo" models. This package only wires the others together: it reads
// the configuration, the clock, signals and files, which no other package does.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // the time zone on a machine that has none

	"github.com/alecthomas/kong"
)

// commands is the command line.
type commands struct {
	Try      tryCommand      `cmd:"" help:"Try the bot in a browser: nothing else is needed."`
	Run      runCommand      `cmd:"" help:"Run the bot."`
	Init     initCommand     `cmd:"" help:"Make a new store, to import into before the bot runs."`
	Backup   backupCommand   `cmd:"" help:"Back the store up to a file, whether the bot runs or not."`
	Restore  restoreCommand  `cmd:"" help:"Make a store of a backup, where there is none."`
	Check    checkCommand    `cmd:"" help:"Look through the store, or a backup: pages, records, indexes, figures, audit."`
	Compact  compactCommand  `cmd:"" help:"Write the store's file anew, without what is free in it, while the bot does not run."`
	Config   configCommand   `cmd:"" help:"Print the effective configuration, without secrets."`
	Version  versionCommand  `cmd:"" help:"Print which danvan this is."`
	Licenses licensesCommand `cmd:"" help:"Print the licenses of what danvan is made of."`
	Import   struct {
		Units    importUnitsCommand    `cmd:"" help:"Import the list of units from a CSV or XLSX file, or take the last import back."`
		Campaign importCampaignCommand `cmd:"" help:"Import a campaign with its report periods from a TOML file."`
		Models   importModelsCommand   `cmd:"" help:"Import models from a CSV or XLSX file, or take the last import back."`
	} `cmd:"" help:"Import lists, whether the bot runs or not."`
	Export   exportCommand   `cmd:"" help:"Write what there is into an XLSX or CSV file, whether the bot runs or not."`
	Units    unitsCommand    `cmd:"" help:"Print the units of a day, whether the bot runs or not."`
	Schedule scheduleCommand `cmd:"" help:"Print what would be sent to whom and when, whether the bot runs or not."`
	Invite   inviteCommand   `cmd:"" help:"Make a single-use invitation to a post, whether the bot runs or not."`
	// What a seat sees is bounded by it.
	Portfolio portfolioCommand `cmd:"" help:"Show or set what a seat looks after, whether the bot runs or not."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	var c commands
	parser := kong.Must(&c, kong.Name("danvan"), kong.UsageOnError(),
		kong.Description("A Telegram bot for “Dân vận khéo”: officers register and update models by chat."),
		kong.BindTo(ctx, (*context.Context)(nil)))

	run, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	if err := run.Run(); err != nil {
		if !errors.Is(err, errSaid) {
			fmt.Fprintln(os.Stderr, "danvan:", err)
		}
		stop()
		os.Exit(1)
	}
}

// errSaid ends the program with a failure that has been explained already.
var errSaid = errors.New("explained above")

// tell prints a line to whoever gave the command. What the command did is done
// even where nobody reads on, as behind a pipe that was closed.
func tell(w io.Writer, line string) { _, _ = fmt.Fprintln(w, line) }
