package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"danvan/bot"
	"danvan/locales"
	"danvan/store"

	"github.com/alecthomas/kong"
	"github.com/skip2/go-qrcode"
)

// invitation is a code with the link that brings it.
type invitation struct {
	Code    string    `json:"code"`
	Link    string    `json:"link,omitempty"` // "" when the bot's name is not known
	Expires time.Time `json:"expires"`
}

// print says how to use the invitation.
func (i invitation) print(w io.Writer, words *locales.Catalogue, lang string) {
	until := i.Expires.Format("15:04 02/01/2006")
	if i.Link != "" {
		fmt.Fprintln(w, words.Text(lang, "invitation.link", map[string]any{"Link": i.Link, "Until": until}))
		return
	}
	fmt.Fprintln(w, words.Text(lang, "invitation.code", map[string]any{"Code": i.Code, "Until": until}))
}

// inviteCommand makes an invitation.
type inviteCommand struct {
	config `embed:""`
	Unit   string `help:"The unit's code. An administrator of the whole house has none."`
	Role   string `help:"officer, coordinator, supervisor or admin." required:"" enum:"officer,coordinator,supervisor,admin"`
	Days   int    `help:"How many days the invitation lives." default:"7"`
	QR     string `name:"qr" help:"Write the link as a QR picture, too." type:"path" placeholder:"FILE.png"`
}

// qrSize is the picture's width and height in pixels.
const qrSize = 512

// Run makes the invitation and prints it.
func (c *inviteCommand) Run(ctx context.Context, k *kong.Context) error {
	switch {
	case c.Days < 1 || c.Days > 90:
		return errors.New("--days: an invitation lives from 1 to 90 days")
	case c.Unit == "" && c.Role != string(store.Admin):
		return errors.New("--unit: only the administrator of the whole house has no unit")
	}
	words, err := words()
	if err != nil {
		return err
	}
	zone, err := c.zone()
	if err != nil {
		return err
	}
	return withOrders(ctx, c.config, func(o orders) error {
		inv, err := o.Invite(ctx, store.UnitCode(c.Unit), store.Role(c.Role), time.Duration(c.Days)*24*time.Hour)
		if err != nil {
			return inviteError(err, c.Unit)
		}
		inv.Expires = inv.Expires.In(zone)
		inv.print(k.Stdout, words, c.Language)
		if c.QR == "" {
			return nil
		}
		if inv.Link == "" {
			return errors.New("--qr: the bot's name is not known, so there is no link to draw: give the token, or reach Telegram first")
		}
		if err := qrcode.WriteFile(inv.Link, qrcode.Medium, qrSize, c.QR); err != nil {
			return fmt.Errorf("write the QR picture: %w", err)
		}
		return nil
	})
}

func inviteError(err error, unit string) error {
	if errors.Is(err, bot.ErrNoUnit) {
		return fmt.Errorf("no unit has the code %q; import the units first, with their leading zeros", unit)
	}
	return err
}
