package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"danvan/bot/shipped"
	"danvan/bot/trial"
	"danvan/store"
)

// seats are the posts that people with real phones are invited to.
func seats() []inviteOrder {
	return []inviteOrder{
		seat("30709", store.Officer), seat("30307", store.Officer),
		seat("91", store.Coordinator), seat("91", store.Supervisor), seat("", store.Admin),
	}
}

// seat is an invitation to the first seat in a role of a unit.
func seat(unit store.UnitCode, role store.Role) inviteOrder {
	return inviteOrder{Unit: unit, Role: role, Seat: store.SeatID(unit, role, 1), Life: seatLife}
}

// seatLife is how long their invitations live, by a clock that is moved.
const seatLife = 90 * 24 * time.Hour

// rehearse runs the trial's house against another Bot API, with the clock on a
// page of its own. Its people come by the invitations that it prints.
func rehearse(ctx context.Context, out io.Writer, c storeConfig, wall func() time.Time, api, token string, l net.Listener) error {
	log := c.logger(os.Stderr, token)
	travel, err := newTraveller(c, wall)
	if err != nil {
		return errors.Join(err, l.Close())
	}

	h, err := travel.open(c, log)
	if err != nil {
		return errors.Join(err, l.Close())
	}

	err = shipped.FillRehearsal(ctx, h.store, h.now(), h.language)
	if err == nil {
		err = shipped.FillPeriods(ctx, h.store, h.now())
	}
	if err == nil {
		err = h.connect(token, api)
	}
	if err != nil {
		return errors.Join(err, l.Close(), h.close())
	}

	tell(out, h.words.Text(h.language, "try.clock_ready", map[string]any{"Address": "http://" + l.Addr().String()}))

	page := http.Server{Handler: trial.Local(trial.ClockPage(travel, trialName, h.pageLanguages())), ReadHeaderTimeout: 10 * time.Second}
	inviting, stopInviting := context.WithCancel(ctx)
	var work sync.WaitGroup
	work.Go(func() {
		if err := page.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("serve the page", "error", err)
		}
	})

	work.Go(func() {
		if err := h.inviteSeats(inviting, out); err != nil && inviting.Err() == nil {
			log.Error("invite people", "error", err)
		}
	})

	err = h.run(ctx)
	stopInviting()
	_ = page.Close() // nobody is left who waits for an answer that matters
	work.Wait()
	return errors.Join(explain(err), travel.keep(), h.close())
}

// inviteSeats prints an invitation to each seat that is free.
func (h *house) inviteSeats(ctx context.Context, w io.Writer) error {
	h.awaitLink(ctx)
	for _, seat := range seats() {
		place, held := "", false
		if err := h.store.View(ctx, func(r store.Reader) error {
			post, err := r.Post(seat.Seat)
			if held = err == nil && post.Holder != 0; held || seat.Unit == "" {
				return nil
			}
			u, err := r.Unit(seat.Unit)
			place = u.Name
			return err
		}); err != nil {
			return err
		}

		if held {
			continue
		}

		inv, err := h.Invite(ctx, seat)
		if err != nil {
			return err
		}

		about := map[string]any{"Role": h.words.Text(h.language, "role."+string(seat.Role), nil), "Unit": place}
		tell(w, h.words.Text(h.language, "try.seat", about))
		inv.print(w, h.words, h.language)
	}

	return nil
}
