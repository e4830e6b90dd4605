package enrol

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/report"
	"danvan/bot/roster"
	"danvan/bot/sheet"
	"danvan/bot/text"
	"danvan/flows/answer/legacy"
	"danvan/locales"
	"danvan/store"
	"danvan/store/figures"
	"danvan/store/org"
)

// What is done with a list of people that came.
const (
	lookList  = "look"  // say what it comes to
	goList    = "go"    // invite who is missing
	renewList = "renew" // and those again who have not come
	dropList  = "drop"  // leave it
)

// pressedList obeys the buttons of a list of people: "do.batch".
func (t turn) pressedList(rest string) error {
	do, id, _ := strings.Cut(rest, ".")
	batch, err := t.Tx.Batch(link.ID(id))
	if err != nil || batch.Post != t.Post.ID || batch.By != t.Person.ID || !t.May(access.KeepPeople) {
		return t.Toast("press.not_yours", nil)
	}

	m := &store.Make{Kind: store.Roster, Batch: batch.ID, Post: t.Post.ID, AsOf: t.Event.At, Language: t.Lang, Screen: do}
	switch do {
	case lookList:
	case goList, renewList:
		m.Seed = make([]byte, seedBytes)
		if _, err := io.ReadFull(t.Random, m.Seed); err != nil {
			return fmt.Errorf("make the seed of invitation codes: %w", err)
		}
	case dropList:
		return t.Revise(store.Message{Text: t.Text("roster.dropped", text.Args{"Source": batch.Source})})
	default:
		return t.Toast("press.unknown", nil)
	}
	return t.Revise(store.Message{Make: m})
}

// The codes of a list's invitations come from a seed, which waits in the outbox for as
// long as its files do: no row holds hundreds of links, and the codes are kept nowhere.
const seedBytes = 32

func codesOf(seed []byte) io.Reader {
	var key [seedBytes]byte
	copy(key[:], seed)
	return rand.NewChaCha8(key)
}

// newCode makes an invitation code.
func newCode(random io.Reader) (string, error) {
	raw := make([]byte, codeBytes)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fmt.Errorf("make an invitation code: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// invitedBy lists the invitations whose codes come from a seed, in their order.
func invitedBy(r store.Reader, o *org.Org, seed []byte) (out []Invited, err error) {
	for codes := codesOf(seed); ; {
		code, err := newCode(codes)
		if err != nil {
			return nil, err
		}
		inv, err := r.Invite(hashCode(code))
		if errors.Is(err, store.ErrNotFound) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		seat, _ := o.Seat(inv.Post)
		out = append(out, Invited{inv, code, seat})
	}
}

// listCard is the card of a list of people while it is made.
type listCard struct {
	text.Voice
	b     *bot.Bot
	m     store.Message
	batch store.Batch
	post  store.Post
	units *org.Org
}

// peopleCard does with a list of people what the message refers to, and says what came of
// it. It is made outside of the writer, and may be made again: who was invited stays so.
func peopleCard(ctx context.Context, b *bot.Bot, m store.Message) (store.Message, error) {
	units, err := b.Book().Refresh(ctx, b.Store)
	if err != nil {
		return m, err
	}
	c := &listCard{Voice: b.Voice(m.Make.Language), b: b, m: m, units: units.On(store.DateOf(m.Make.AsOf.In(b.Zone)))}
	c.Voice.Limits = b.Limits(m.To.Channel)
	err = b.Store.View(ctx, func(r store.Reader) (err error) {
		c.batch, err = r.Batch(m.Make.Batch)
		return err
	})
	if err != nil {
		return m, fmt.Errorf("find a list of people: %w", err)
	}

	ok := false
	if c.post, ok = c.units.Seat(m.Make.Post); !ok || c.post.Holder != c.batch.By || !access.May(c.post.Role, access.KeepPeople) {
		m.Text, m.Buttons = c.Text("table.not_yours", nil), nil
		return m, nil
	}
	shown, err := c.do(ctx)
	m.Text, m.Buttons = shown.Text, shown.Buttons
	return m, err
}

func (c *listCard) do(ctx context.Context) (store.Message, error) {
	source := text.Args{"Source": c.batch.Source}
	content, err := c.b.Fetch(ctx, c.m.To, c.batch.File)
	if err != nil {
		again := text.Row(c.press("roster.again", lookList, nil))
		return store.Message{Text: c.Text("roster.unfetched", source), Buttons: [][]store.Button{again}}, ctx.Err()
	}
	sheets, err := sheet.Read(bytes.NewReader(content))
	if err != nil {
		return store.Message{Text: c.Text("roster.unread", source)}, nil
	}

	o := ListOrder{List: roster.Read(sheets), Life: week, Renew: c.m.Make.Screen == renewList, By: &c.post}
	if c.m.Make.Screen != lookList {
		return c.invite(ctx, o)
	}
	came, err := Compare(ctx, c.b, o, c.m.Make.AsOf)
	return c.look(o.List, came), err
}

// shownFaults is how many faults of a list a card names.
const shownFaults = 8

// look says what a list comes to, and asks whether to invite.
func (c *listCard) look(list roster.List, came Came) store.Message {
	var faults []text.Args
	for _, f := range came.Faults[:min(len(came.Faults), shownFaults)] {
		faults = append(faults, text.Args{"Sheet": f.Sheet, "Cell": f.Cell, "Line": f.Line, "Fault": c.Plain(f.Key, f.Args)})
	}
	font := ""
	if list.Font != legacy.Unicode && len(list.Converted) > 0 {
		font = list.Converted[0]
	}

	var rows [][]store.Button
	if len(came.Faults) == 0 {
		if came.Invited+came.Changed > 0 {
			rows = append(rows, text.Row(text.Green(c.press("roster.invite", goList, text.Args{"N": came.Invited}))))
		}
		if came.Waiting > 0 {
			rows = append(rows, text.Row(c.press("roster.renew", renewList, text.Args{"N": came.Waiting})))
		}
	}
	return store.Message{Buttons: append(rows, text.Row(c.press("roster.drop", dropList, nil))), Text: c.Text("roster.look", text.Args{
		"Source": c.batch.Source, "Invited": came.Invited, "Waiting": came.Waiting, "Sitting": came.Sitting, "Changed": came.Changed,
		"Faults": len(came.Faults), "Lines": c.Lines("roster.fault", faults), "More": len(came.Faults) - len(faults), "Font": font,
	})}
}

func (c *listCard) press(key, do string, a text.Args) store.Button {
	return c.Button(key, link.Roster.To(do, link.Ref(c.batch.ID)), a)
}

// invite invites who is missing, and queues the sheet and the cards: once for a seed.
func (c *listCard) invite(ctx context.Context, o ListOrder) (store.Message, error) {
	var came Came
	err := c.b.Store.Update(ctx, func(tx store.Tx) error {
		before, err := invitedBy(tx, c.units, c.m.Make.Seed)
		if came = (Came{Invited: len(before)}); err != nil || len(before) > 0 {
			return err
		}
		with, err := newComparison(tx, c.b, o, c.m.Make.AsOf)
		if err != nil {
			return err
		}
		if came = with.came; len(came.Faults) > 0 {
			return nil
		}

		made, err := with.write(tx, c.b, codesOf(c.m.Make.Seed), store.Audit{At: c.m.Make.AsOf, Who: c.batch.By, Post: c.post.ID})
		if err != nil || len(made) == 0 {
			return err
		}
		return c.queue(tx)
	})
	if err != nil {
		return store.Message{}, fmt.Errorf("invite a list: %w", err)
	}
	c.b.Wake()

	if len(came.Faults) > 0 { // something has changed since it was looked at
		return c.look(o.List, came), nil
	}
	return store.Message{Text: c.Text("roster.invited", text.Args{
		"Source": c.batch.Source, "Invited": came.Invited, "Renewed": came.Renewed, "Changed": came.Changed,
	})}, nil
}

// queue queues the files of the invitations.
func (c *listCard) queue(tx store.Tx) error {
	for _, file := range []struct {
		kind store.MakeKind
		said string
	}{{store.PassSheet, "roster.pass_sheet"}, {store.PassCards, "roster.pass_cards"}} {
		m := &store.Make{Kind: file.kind, Seed: c.m.Make.Seed, AsOf: c.m.Make.AsOf, Language: c.Lang}
		queued := store.Message{To: c.m.To, Kind: store.File, At: c.m.Make.AsOf, Make: m, Text: c.Text(file.said, nil)}
		if _, err := tx.Enqueue(queued); err != nil {
			return err
		}
	}
	return nil
}

// Makes reports whether File makes a kind of file.
func Makes(k store.MakeKind) bool { return k == store.PassSheet || k == store.PassCards }

// File makes the sheet or the cards of the invitations that a message refers to.
func File(ctx context.Context, b *bot.Bot, m store.Message) (name string, content []byte, err error) {
	units, err := b.Book().Refresh(ctx, b.Store)
	if err != nil {
		return "", nil, err
	}
	units = units.On(store.DateOf(m.Make.AsOf.In(b.Zone)))
	var made []Invited
	err = b.Store.View(ctx, func(r store.Reader) (err error) {
		made, err = invitedBy(r, units, m.Make.Seed)
		return err
	})
	if err != nil {
		return "", nil, fmt.Errorf("find the invitations of a list: %w", err)
	}

	passes := Passes(units, b.Voice(m.Make.Language), made, b.Link)
	v := figures.Voice{Words: b.Words, Lang: m.Make.Language, Number: locales.Number, Money: locales.Money}
	name = b.Words.Text(m.Make.Language, "roster.file", nil)
	if m.Make.Kind == store.PassSheet {
		content, err = report.PassSheet(passes, v, m.Make.AsOf)
		return name + ".xlsx", content, err
	}
	content, err = report.Passes(passes, v, m.Make.AsOf)
	return name + ".pdf", content, err
}
