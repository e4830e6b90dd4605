package enrol

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"danvan/bot"
	"danvan/bot/link"
	"danvan/flows"
	"danvan/store"
)

// Refusals of Invite.
var (
	ErrNoUnit = errors.New("no such unit")
	ErrNoRole = errors.New("no such role")
)

// codeBytes is the length of an invitation code before it is written as text:
// 192 random bits, 32 characters of a deep link.
const codeBytes = 24

// Invite makes a single-use invitation to the post of a role in a unit and
// returns its code, which is kept nowhere. The administrator of the whole
// house has no unit. Inviting to a post that somebody holds hands it over
// when the code is used.
func Invite(ctx context.Context, b *bot.Bot, unit store.UnitCode, role store.Role, now time.Time, life time.Duration) (string, error) {
	if !role.Valid() {
		return "", fmt.Errorf("%q: %w", role, ErrNoRole)
	}
	raw := make([]byte, codeBytes)
	if _, err := io.ReadFull(b.Random, raw); err != nil {
		return "", fmt.Errorf("make an invitation code: %w", err)
	}
	code := base64.RawURLEncoding.EncodeToString(raw)

	err := b.Store.Update(ctx, func(tx store.Tx) error {
		o, err := b.Book().Org(tx)
		if err != nil {
			return err
		}
		u, known := o.Unit(unit)
		if !known && (unit != "" || role != store.Admin) {
			return fmt.Errorf("%q: %w", unit, ErrNoUnit)
		}

		id := store.MakePostID(u.Code, role) // its first code, whatever it is called by
		if err := tx.PutInvite(store.Invite{Hash: hashCode(code), Post: id, Made: now, Expires: now.Add(life)}); err != nil {
			return err
		}
		return tx.AddAudit(store.Audit{At: now, Subject: "post/" + string(id), Action: "invite"})
	})
	if err != nil {
		return "", fmt.Errorf("invite to %s: %w", store.MakePostID(unit, role), err)
	}
	return code, nil
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
	return err == nil && inv.UsedAt.IsZero() && !ev.At.After(inv.Expires), err
}
