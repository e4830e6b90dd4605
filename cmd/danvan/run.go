package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"

	"danvan/bot/enrol"
	"danvan/bot/telegram"
	"danvan/store"

	"github.com/alecthomas/kong"
)

// adminInvite is how long the first administrator's invitation lives.
const adminInvite = 24 * time.Hour

// runCommand runs the bot until it is told to stop.
type runCommand struct {
	config `embed:""`
}

// Run serves until SIGTERM or SIGINT. What stops it early is said in one line.
func (c *runCommand) Run(ctx context.Context, k *kong.Context) error {
	token, err := c.token()
	if err != nil {
		return err
	}
	if token == "" {
		return fmt.Errorf("no token: set %s, or DANVAN_TELEGRAM_TOKEN_FILE to a file that holds it", tokenVariable)
	}

	syscall.Umask(0o077) // the store and its socket are nobody else's

	log := c.logger(os.Stderr, token)
	h, err := open(c.storeConfig, time.Now, log)
	if errors.Is(err, store.ErrInUse) {
		return fmt.Errorf("another danvan already runs on %s", c.Data)
	}
	if err != nil {
		return err
	}
	h.webhook = c.webhookConfig
	h.backups, err = c.folder(h.bot.Zone)
	if err != nil {
		return errors.Join(err, h.close())
	}
	if err := h.connect(token, c.API); err != nil {
		return errors.Join(err, h.close())
	}

	orders, err := listenForOrders(socketPath(c.Data), h)
	if err != nil {
		return errors.Join(err, h.close())
	}

	serving, stopServing := context.WithCancel(context.WithoutCancel(ctx))
	inviting, stopInviting := context.WithCancel(ctx)

	var work sync.WaitGroup
	work.Go(func() { orders.serve(serving) })
	work.Go(func() { h.inviteFirstAdmin(inviting, k) })

	if h.fresh {
		log.Warn("the store is new and empty; if that is a surprise, DANVAN_DATA names another file than before", "data", c.Data)
	}
	log.Info("danvan runs", "data", c.Data)
	err = h.run(ctx)
	stopInviting()
	stopServing()
	work.Wait()
	log.Info("danvan stops")

	return errors.Join(explain(err), h.close())
}

// explain says what to do about the errors that an operator can mend.
func explain(err error) error {
	switch {
	case errors.Is(err, telegram.ErrRevoked):
		return errors.New("the token is not accepted by Telegram: it was revoked or is mistyped; set a new one and start again")
	case errors.Is(err, store.ErrUnknownOutcome):
		return fmt.Errorf("the disk failed in the middle of a write; check it and start again, nothing confirmed is lost: %w", err)
	}
	return err
}

// inviteFirstAdmin prints, in a house without an administrator, a single-use
// invitation for one.
func (h *house) inviteFirstAdmin(ctx context.Context, k *kong.Context) {
	held, err := enrol.HasAdmin(ctx, h.bot)
	if err != nil || held {
		return
	}
	if h.awaitLink(ctx); ctx.Err() != nil {
		return
	}

	inv, err := h.Invite(ctx, inviteOrder{Role: store.Admin, Seat: store.SeatID("", store.Admin, 1), Life: adminInvite})
	if ctx.Err() != nil {
		return // the house is closing
	}
	if err != nil {
		h.log.Error("invite the first administrator", "error", err)
		return
	}

	tell(k.Stdout, h.words.Text(h.language, "invitation.first_admin", nil))
	inv.print(k.Stdout, h.words, h.language)
}

// awaitLink waits, not for long, until some channel knows how people come to it.
func (h *house) awaitLink(ctx context.Context) {
	for range 20 {
		if h.link("") != "" {
			break
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(250 * time.Millisecond):
		}
	}
}
