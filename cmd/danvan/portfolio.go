package main

import (
	"context"
	"errors"
	"fmt"

	"danvan/bot/enrol"
	"danvan/store"

	"github.com/alecthomas/kong"
)

// portfolioCommand shows or sets what a seat looks after.
type portfolioCommand struct {
	config `embed:""`
	Post   string   `help:"The seat, as an invitation to it named it." required:"" placeholder:"SEAT"`
	Units  []string `help:"The units that it looks after, by codes or names. Without any: all that are below its own."`
	Fields []string `help:"The fields of work that it looks after, by codes or names. Without any: all."`
	All    bool     `help:"Let it look after everything below its unit again."`
}

// Run sets it, if anything is wished, and prints what the seat looks after.
func (c *portfolioCommand) Run(ctx context.Context, k *kong.Context) error {
	parts := append(c.Units, c.Fields...)
	if c.All {
		if len(parts) > 0 {
			return errors.New("--all: a seat looks after everything, or after some units and fields")
		}
		parts = []string{}
	}
	words, err := words()
	if err != nil {
		return err
	}

	return withOrders(c.config, func(o orders) error {
		w, err := o.Portfolio(ctx, portfolioOrder{Post: store.PostID(c.Post), Parts: parts, Set: parts != nil, Language: c.Language})
		switch {
		case errors.Is(err, enrol.ErrNoSeat):
			return fmt.Errorf("--post: there is no seat %q; it looks like 91:supervisor:2, as the invitation to it said", c.Post)
		case err != nil:
			return err
		case w.Fault != "":
			fault := words.Text(c.Language, w.Fault, w.Args)
			tell(k.Stdout, words.Text(c.Language, "portfolio.refused", map[string]any{"Fault": fault}))
			return errSaid
		}
		tell(k.Stdout, words.Text(c.Language, "portfolio.seat", map[string]any{"Seat": c.Post, "Words": w.Words}))
		return nil
	})
}
