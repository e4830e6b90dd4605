package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"danvan/bot/enrol"
	"danvan/bot/exchange"
	"danvan/bot/report"
	"danvan/bot/roster"
	"danvan/bot/sheet"
	"danvan/flows/answer/legacy"
	"danvan/locales"
	"danvan/store/figures"

	"github.com/alecthomas/kong"
)

// fromList invites the people of a file, and writes their links on a sheet and on cards.
func (c *inviteCommand) fromList(ctx context.Context, k *kong.Context, words *locales.Catalogue) error {
	p := printer{k.Stdout, words, c.Language, filepath.Base(c.From)}
	sheets, err := readSheets(c.From)
	if key := exchange.Unreadable(err); key != "" {
		return p.refuse(key, map[string]any{"File": p.file})
	}
	if err != nil {
		return err
	}

	list := roster.Read(sheets)
	o := listInviteOrder{Dry: c.DryRun || list.Font != legacy.Unicode && !c.Converted, Language: c.Language}
	o.ListOrder = enrol.ListOrder{List: list, Life: time.Duration(c.Days) * 24 * time.Hour, Renew: c.Renew}
	return withOrders(c.config, func(to orders) error {
		if o.Dry {
			v, err := to.InviteList(ctx, o)
			if err != nil {
				return err
			}
			return p.came(list, v.Came, true)
		}
		return c.writeList(ctx, to, o, p)
	})
}

// writeList has the list invited, and writes the files: first it is seen that they can be
// kept, for a link that was not written is lost.
func (c *inviteCommand) writeList(ctx context.Context, to orders, o listInviteOrder, p printer) error {
	out := cmp.Or(c.Out, strings.TrimSuffix(c.From, filepath.Ext(c.From))+"-"+p.words.Text(c.Language, "roster.file", nil))
	table, err := newFile(out + ".xlsx")
	if err != nil {
		return err
	}
	cards, err := newFile(out + ".pdf")
	if err != nil {
		return errors.Join(err, table.discard())
	}

	v, err := to.InviteList(ctx, o)
	if err != nil || len(v.Passes) == 0 {
		err = errors.Join(err, table.discard(), cards.discard())
		if err != nil {
			return err
		}
		return p.came(o.List, v.Came, false)
	}

	voice := figures.Voice{Words: p.words, Lang: c.Language, Number: locales.Number, Money: locales.Money}
	rows, rowsErr := report.PassSheet(v.Passes, voice, v.At)
	drawn, drawnErr := report.Passes(v.Passes, voice, v.At)
	if err := errors.Join(rowsErr, drawnErr, table.keep(rows), cards.keep(drawn)); err != nil {
		return err
	}
	p.say("roster.written", map[string]any{"Table": table.Name(), "Cards": cards.Name()})
	return p.came(o.List, v.Came, false)
}

func readSheets(path string) ([]sheet.Sheet, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	sheets, err := sheet.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return sheets, nil
}

// secretFile is a new file that only its owner reads.
type secretFile struct{ *os.File }

// newFile makes a file, which must not be there: an older one has links that nobody can
// make again.
func newFile(path string) (secretFile, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return secretFile{}, fmt.Errorf("--out: %s is there already, with links that cannot be made again: name another one", path)
	}
	return secretFile{f}, err
}

func (f secretFile) keep(content []byte) error {
	_, err := f.Write(content)
	return errors.Join(err, f.Close())
}

func (f secretFile) discard() error { return errors.Join(f.Close(), os.Remove(f.Name())) }

// came says what inviting a list came to, or would come to.
func (p printer) came(list roster.List, c enrol.Came, dry bool) error {
	p.places(c.Faults)
	if len(c.Faults) > 0 {
		return p.refuse("roster.refused", map[string]any{"Faults": p.count(len(c.Faults))})
	}

	p.say("roster.sum", map[string]any{
		"Invited": p.count(c.Invited), "Renewed": p.count(c.Renewed), "Waiting": p.count(c.Waiting), "Sitting": p.count(c.Sitting),
		"Changed": p.count(c.Changed),
	})
	if c.Waiting > 0 {
		p.say("roster.renew_hint", nil)
	}

	if list.Font != legacy.Unicode {
		p.say("import.font", map[string]any{"Font": string(list.Font)})
		for _, name := range list.Converted[:min(len(list.Converted), shownUnits)] {
			tell(p.w, "  "+name)
		}
		if dry {
			p.say("roster.font_ask", nil)
		}
	}
	if dry {
		p.say("roster.dry", nil)
	}
	return nil
}
