package enrol

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"danvan/bot"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/store"
	"danvan/store/org"
)

// Refusals of Invite.
var (
	ErrNoUnit = errors.New("no such unit")
	ErrNoRole = errors.New("no such role")
	ErrNoSeat = errors.New("no such seat")
)

// codeBytes is the length of an invitation code before it is written as text:
// 192 random bits, 32 characters of a deep link.
const codeBytes = 24

// Wanted is an invitation that is to be made.
type Wanted struct {
	// Unit and Role say where. The administrator of the whole house has no unit.
	Unit store.UnitCode
	Role store.Role
	// Seat is the seat that is meant, whoever holds it: it is handed over when the
	// code is used. Without one it is a seat that nobody holds and nobody is
	// invited to, a new one if there is none. Of a seat that is known Unit and Role
	// may be left out.
	Seat store.PostID
	Life time.Duration

	// What is known of who is meant.
	Name, Phone string
	Portfolio   store.Portfolio
}

// Invited is an invitation that was made. Its code is kept nowhere.
type Invited struct {
	store.Invite
	Code string
	Seat store.Post // as it is: of who holds it
}

// Invite makes an invitation at the command line.
func Invite(ctx context.Context, b *bot.Bot, w Wanted, now time.Time) (made Invited, err error) {
	err = b.Store.Update(ctx, func(tx store.Tx) error {
		list, err := InviteIn(tx, b, []Wanted{w}, store.Audit{At: now})
		if err == nil {
			made = list[0]
		}
		return err
	})
	return made, err
}

// InviteIn makes single-use invitations, in their order, for who and when a line
// of the audit says. It reads and writes only tx. An error names the first that
// cannot be made; then none was.
func InviteIn(tx store.Tx, b *bot.Bot, list []Wanted, by store.Audit) ([]Invited, error) {
	return inviteIn(tx, b, b.Random, list, by)
}

// inviteIn is InviteIn with codes of a source of their own.
func inviteIn(tx store.Tx, b *bot.Bot, random io.Reader, list []Wanted, by store.Audit) ([]Invited, error) {
	o, err := b.Book().Org(tx)
	if err != nil {
		return nil, err
	}
	v := inviter{tx: tx, org: o, random: random, by: by, given: map[store.PostID]bool{}}
	made := make([]Invited, len(list))
	for i, w := range list {
		if made[i], err = v.invite(w); err != nil {
			return nil, fmt.Errorf("invite to %s: %w", cmp.Or(w.Seat, store.SeatID(w.Unit, w.Role, 1)), err)
		}
	}
	return made, nil
}

// inviter makes invitations in one transaction.
type inviter struct {
	tx     store.Tx
	org    *org.Org // as it was before
	random io.Reader
	by     store.Audit
	given  map[store.PostID]bool // the seats that it has invited to
}

func (v inviter) invite(w Wanted) (Invited, error) {
	seat, err := v.seat(w)
	if err != nil {
		return Invited{}, err
	}
	code, err := newCode(v.random)
	if err != nil {
		return Invited{}, err
	}

	if _, known := v.org.Seat(seat.ID); !known && !v.given[seat.ID] {
		if err := v.tx.PutPost(seat); err != nil {
			return Invited{}, err
		}
	}
	v.given[seat.ID] = true
	inv := store.Invite{
		Hash: hashCode(code), Post: seat.ID, Made: v.by.At, By: v.by.Who, Expires: v.by.At.Add(w.Life),
		Name: w.Name, Phone: w.Phone, Portfolio: w.Portfolio,
	}
	if err := v.tx.PutInvite(inv); err != nil {
		return Invited{}, err
	}

	line := v.by
	line.Subject, line.Action = "post/"+string(seat.ID), "invite"
	return Invited{inv, code, seat}, v.tx.AddAudit(line)
}

// seat finds the seat to which somebody is invited.
func (v inviter) seat(w Wanted) (store.Post, error) {
	if w.Role == "" {
		known, _ := v.org.Seat(w.Seat)
		w.Unit, w.Role = known.Unit, known.Role
	}
	u, known := v.org.Unit(w.Unit) // its first code, whatever it is called by
	switch {
	case w.Seat != "" && w.Role == "":
		return store.Post{}, ErrNoSeat
	case !w.Role.Valid():
		return store.Post{}, fmt.Errorf("%q: %w", w.Role, ErrNoRole)
	case !known && (w.Unit != "" || w.Role != store.Admin):
		return store.Post{}, fmt.Errorf("%q: %w", w.Unit, ErrNoUnit)
	}

	for _, p := range v.org.SeatsOf(u.Code, w.Role) {
		if fits, err := v.fits(p, w.Seat); fits || err != nil {
			return p, err
		}
	}
	for n := 1; ; n++ { // a new one, under the next number
		p := store.Post{ID: store.SeatID(u.Code, w.Role, n), Unit: u.Code, Role: w.Role}
		_, taken := v.org.Seat(p.ID)
		switch {
		case taken || w.Seat == "" && v.given[p.ID]:
		case w.Seat == "" || w.Seat == p.ID:
			return p, nil
		default:
			return store.Post{}, ErrNoSeat
		}
	}
}

// fits reports whether a seat is the one that is meant; when none is, whether
// nobody holds it and nobody is on the way to it.
func (v inviter) fits(p store.Post, meant store.PostID) (bool, error) {
	if meant != "" || p.Holder+p.Suspended != 0 || v.given[p.ID] {
		return meant == p.ID, nil
	}
	invites, err := v.tx.InvitesTo(p.ID)
	return !slices.ContainsFunc(invites, func(i store.Invite) bool { return i.State(v.by.At) == store.Open }), err
}

// HasAdmin reports whether somebody holds an administrator's post.
func HasAdmin(ctx context.Context, b *bot.Bot) (bool, error) {
	held := false
	err := b.Store.View(ctx, func(r store.Reader) error {
		posts, err := r.PostsAs(store.Admin)
		for _, p := range posts {
			held = held || p.Holder != 0
		}
		return err
	})
	return held, err
}

func hashCode(code string) string {
	sum := sha256.Sum256([]byte(code))
	return hex.EncodeToString(sum[:])
}

// Expected reports whether somebody brings an invitation that still lets them in.
func Expected(r store.Reader, ev bot.Event) (bool, error) {
	code, ok := link.Invitation(ev.Input.Text)
	if !ok || ev.Input.Kind != flows.TextInput {
		return false, nil
	}
	inv, err := r.Invite(hashCode(code))
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil && inv.State(ev.At) == store.Open, err
}
