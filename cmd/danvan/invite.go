package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"danvan/bot/enrol"
	"danvan/bot/report"
	"danvan/locales"
	"danvan/store"

	"github.com/alecthomas/kong"
)

// invitation is a code with the link that brings it.
type invitation struct {
	Code    string    `json:"code"`
	Link    string    `json:"link,omitempty"` // "" when the bot's name is not known
	Expires time.Time `json:"expires"`
	// Seat is the seat to which it invites. Held: it takes it from somebody, whose
	// name is Holder where it is kept.
	Seat   store.PostID `json:"seat"`
	Held   bool         `json:"held,omitempty"`
	Holder string       `json:"holder,omitempty"`
}

// print says how to use the invitation.
func (i invitation) print(w io.Writer, words *locales.Catalogue, lang string) {
	key := "invitation.code"
	if i.Link != "" {
		key = "invitation.link"
	}
	tell(w, words.Text(lang, key, map[string]any{"Link": i.Link, "Code": i.Code, "Until": i.Expires.Format("15:04 02/01/2006")}))
	tell(w, words.Text(lang, "invitation.seat", map[string]any{"Seat": string(i.Seat), "Held": i.Held, "Holder": i.Holder}))
}

// inviteCommand makes an invitation.
type inviteCommand struct {
	config `embed:""`
	Unit   string `help:"The unit's code. An administrator of the whole house has none."`
	Role   string `help:"officer, coordinator, supervisor or admin."`
	// Without it nobody loses a seat.
	Replace string `help:"The seat to hand over, as an invitation to it named it, instead of a new one." placeholder:"SEAT"`
	Days    int    `help:"How many days the invitation lives." default:"7"`
	QR      string `name:"qr" help:"Write the link as a QR picture, too." type:"path" placeholder:"FILE.png"`

	From      string `help:"Invite a list: unit, role, name, phone, portfolio on each row." type:"existingfile" placeholder:"FILE"`
	Out       string `help:"The links of a list go to OUT.xlsx, their QR cards to OUT.pdf." type:"path" placeholder:"OUT"`
	Renew     bool   `help:"Of a list, replace the links that nobody has used yet."`
	DryRun    bool   `help:"Of a list, show what would come of it and invite nobody."`
	Converted bool   `help:"Of a list, the names converted from an old font, as a dry run shows them, are right."`
}

// Run makes the invitation and prints it.
func (c *inviteCommand) Run(ctx context.Context, k *kong.Context) error {
	switch {
	case c.Days < 1 || c.Days > 90:
		return errors.New("--days: an invitation lives from 1 to 90 days")
	case c.From != "" && c.Unit+c.Role+c.Replace+c.QR != "":
		return errors.New("--from: the list says the units and the roles itself, and the codes are drawn on its cards")
	case c.From == "" && (c.Out != "" || c.Renew || c.DryRun || c.Converted):
		return errors.New("--out, --renew, --dry-run and --converted go with a list, --from FILE")
	case c.From != "":
	case c.Replace != "" && c.Unit+c.Role != "":
		return errors.New("--replace: the seat says its unit and its role itself")
	case c.Replace == "" && !store.Role(c.Role).Valid():
		return errors.New("--role: officer, coordinator, supervisor or admin; or --replace, a seat to hand over")
	case c.Replace == "" && c.Unit == "" && c.Role != string(store.Admin):
		return errors.New("--unit: only the administrator of the whole house has no unit")
	}

	words, err := words()
	if err != nil {
		return err
	}

	if c.From != "" {
		return c.fromList(ctx, k, words)
	}
	zone, err := c.zone()
	if err != nil {
		return err
	}

	var picture *os.File
	if c.QR != "" { // whoever has the picture has the post: first see that it can be kept
		if picture, err = os.OpenFile(c.QR, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600); err != nil {
			return fmt.Errorf("--qr: %w", err)
		}
		defer func() { _ = picture.Close() }() // what matters was written and closed
	}

	return withOrders(c.config, func(o orders) error {
		inv, err := o.Invite(ctx, inviteOrder{
			Unit: store.UnitCode(c.Unit), Role: store.Role(c.Role), Seat: store.PostID(c.Replace),
			Life: time.Duration(c.Days) * 24 * time.Hour, Linked: picture != nil,
		})
		if err != nil {
			if picture != nil {
				_ = os.Remove(c.QR) // there is nothing to draw
			}
			return c.explain(err)
		}

		inv.Expires = inv.Expires.In(zone)
		inv.print(k.Stdout, words, c.Language)
		if picture == nil {
			return nil
		}
		drawn, err := report.QR(inv.Link)
		if err != nil {
			return err
		}
		_, err = picture.Write(drawn)
		if err := errors.Join(err, picture.Chmod(0o600), picture.Close()); err != nil {
			return fmt.Errorf("write the QR picture: %w", err)
		}
		return nil
	})
}

// explain says what a unit or a seat that is not known may be.
func (c *inviteCommand) explain(err error) error {
	switch {
	case errors.Is(err, enrol.ErrNoUnit):
		return fmt.Errorf("no unit has the code %q; import the units first, with their leading zeros", c.Unit)
	case errors.Is(err, enrol.ErrNoSeat):
		return fmt.Errorf("--replace: there is no seat %q; it looks like 30709:officer:2, as the invitation to it said", c.Replace)
	}
	return err
}
