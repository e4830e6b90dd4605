package files

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/exchange"
	"danvan/bot/link"
	"danvan/bot/roster"
	"danvan/bot/sheet"
	"danvan/bot/text"
	"danvan/flows/answer/legacy"
	"danvan/store"
)

// How much of a table's faults and doubles a card names; the marked rows have all.
const (
	shownFaults = 6
	shownTwins  = 4
)

// screen is the card of a table while it is made.
type screen struct {
	text.Voice
	b     *bot.Bot
	of    store.Make
	batch store.Batch
}

// card does with a table what the message refers to, and says what came of it. It is
// made outside of the writer, and may be made again: what was written stays written.
func card(ctx context.Context, b *bot.Bot, m store.Message) (store.Message, error) {
	s := &screen{Voice: b.Voice(m.Make.Language), b: b, of: *m.Make}
	s.Voice.Limits = b.Limits(m.To.Channel)
	post, err := s.open(ctx)
	if err != nil {
		return m, err
	}
	if s.of.Screen == doLook && access.May(post.Role, access.KeepPeople) && s.people(ctx, m.To) {
		of := s.of
		of.Kind, m.Make = store.Roster, &of
		return b.Card(ctx, m)
	}

	shown := store.Message{Text: s.Text("table.not_yours", nil)}
	if access.May(post.Role, access.RegisterModels) {
		shown, err = s.do(ctx, m.To)
	}
	m.Text, m.Buttons = shown.Text, shown.Buttons
	return m, err
}

// people reports whether the table is a list of people who are to be invited.
func (s *screen) people(ctx context.Context, from store.Address) bool {
	content, err := exchange.Fetch(ctx, s.b, from, s.batch)
	if err != nil {
		return false
	}
	sheets, err := sheet.Read(bytes.NewReader(content))
	return err == nil && roster.Headed(sheets)
}

// open reads the batch, and returns the post whose it is, if that is still held by who
// sent the table.
func (s *screen) open(ctx context.Context) (post store.Post, err error) {
	units, err := s.b.Book().Refresh(ctx, s.b.Store)
	if err != nil {
		return post, err
	}
	err = s.b.Store.View(ctx, func(r store.Reader) (err error) {
		s.batch, err = r.Batch(s.of.Batch)
		return err
	})
	if post, _ = units.Seat(s.of.Post); post.Holder != s.batch.By {
		return store.Post{}, err
	}
	return post, err
}

func (s *screen) do(ctx context.Context, from store.Address) (store.Message, error) {
	if s.of.Screen == doUndo {
		return s.undo(ctx)
	}
	if !s.batch.Undone.IsZero() {
		return store.Message{Text: s.Text("table.undone", text.Args{"Source": s.batch.Source})}, nil
	}
	if !s.batch.Done.IsZero() {
		return s.brought(len(s.batch.Rows), 0), nil
	}

	content, err := exchange.Fetch(ctx, s.b, from, s.batch)
	if err != nil {
		again := text.Row(s.press("again", doLook, nil))
		said := s.Text("table.unfetched", text.Args{"Source": s.batch.Source})
		return store.Message{Text: said, Buttons: [][]store.Button{again}}, ctx.Err()
	}
	got, err := exchange.Import(ctx, s.b, s.order(content), s.of.AsOf)
	switch {
	case err != nil:
		return store.Message{}, fmt.Errorf("bring a table in: %w", err)
	case got.Unread != "":
		return store.Message{Text: s.Text("table.unread", text.Args{"Source": s.batch.Source, "Why": got.Unread})}, nil
	case s.of.Screen == doLook:
		return s.look(got), nil
	}
	return s.brought(got.Added, got.Waiting), nil
}

func (s *screen) order(content []byte) exchange.Order {
	return exchange.Order{
		Content: content, Source: s.batch.Source, Post: s.batch.Post, Language: s.Lang, Batch: s.batch.ID,
		Twins: s.of.Screen == doTwins, Dry: s.of.Screen == doLook,
	}
}

// look says what a table comes to, and asks whether to bring it in.
func (s *screen) look(got exchange.Sorted) store.Message {
	faults := make([]text.Args, 0, shownFaults)
	for _, f := range got.Faults[:min(len(got.Faults), shownFaults)] {
		faults = append(faults, text.Args{"Sheet": f.Sheet, "Cell": f.Cell, "Line": f.Line, "Fault": f.Text})
	}
	twins := make([]text.Args, 0, shownTwins)
	unsure := slices.DeleteFunc(slices.Clone(got.Twins), func(t exchange.Twin) bool { return t.Same })
	for _, t := range unsure[:min(len(unsure), shownTwins)] {
		twins = append(twins, text.Args{"Place": t.Place, "Title": t.Title, "Of": t.Of})
	}

	var rows [][]store.Button
	if got.New > 0 {
		rows = append(rows, text.Row(text.Green(s.press("bring", doBring, text.Args{"N": got.New}))))
	}
	if len(unsure) > 0 {
		rows = append(rows, text.Row(s.press("twins", doTwins, text.Args{"N": got.New + len(unsure)})))
	}
	last := text.Row(s.press("drop", doDrop, nil))
	if len(got.Faults)+len(unsure) > 0 {
		last = text.Row(s.press("marked", doMarked, nil), s.press("drop", doDrop, nil))
	}

	return store.Message{Buttons: append(rows, last), Text: s.Text("table.look", text.Args{
		"Source": s.batch.Source, "Rows": got.Rows, "New": got.New, "Vague": got.Vague, "Same": len(got.Twins) - len(unsure),
		"Twins": len(unsure), "TwinLines": s.Lines("table.twin", twins), "MoreTwins": len(unsure) - len(twins),
		"Faults": len(got.Faults), "FaultLines": s.Lines("table.fault", faults), "MoreFaults": len(got.Faults) - len(faults),
		"Font": fontName(got.Font),
	})}
}

func fontName(f legacy.Encoding) string {
	if f == legacy.Unicode {
		return ""
	}
	return string(f)
}

// brought says that a table is in.
func (s *screen) brought(added, waiting int) store.Message {
	out := store.Message{Text: s.Text("table.brought", text.Args{"Source": s.batch.Source, "N": added, "Waiting": waiting})}
	if added > 0 {
		out.Buttons = [][]store.Button{text.Row(s.press("undo", doUndo, nil))}
	}
	return out
}

// undo takes a table back, or names what somebody has changed of it.
func (s *screen) undo(ctx context.Context) (store.Message, error) {
	if s.batch.Undone.IsZero() {
		done, err := exchange.Undo(ctx, s.b, s.batch.ID, s.batch.By, s.of.AsOf, false)
		if err != nil {
			return store.Message{}, fmt.Errorf("take a table back: %w", err)
		}
		if n := len(done.Changed); n > 0 {
			codes := make([]text.Args, 0, shownFaults)
			for _, code := range done.Changed[:min(n, shownFaults)] {
				codes = append(codes, text.Args{"Code": code})
			}
			return store.Message{Text: s.Text("table.changed", text.Args{
				"Source": s.batch.Source, "N": n, "Codes": s.Listed("table.code", codes), "More": n - len(codes),
			})}, nil
		}
	}
	return store.Message{Text: s.Text("table.undone", text.Args{"Source": s.batch.Source})}, nil
}

func (s *screen) press(key, do string, a text.Args) store.Button {
	return s.Button("table.button."+key, link.Table.To(link.Ref(s.batch.ID), do), a)
}
