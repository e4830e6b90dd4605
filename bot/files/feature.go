// Package files carries models in and out by chat: what leaves as a file, the template,
// and the tables that people send, which are looked at, brought in and taken back. What
// stands in a table, package exchange says.
package files

import (
	"strings"

	"danvan/bot"
	"danvan/bot/access"
	"danvan/bot/exchange"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// turn is a turn about tables.
type turn struct{ *bot.Turn }

// Feature carries models in and out by chat.
func Feature() bot.Feature {
	return bot.Feature{
		Name: "files",
		Commands: []bot.Command{
			{VI: "xuat", EN: "export", Text: "command.export", Needs: access.ViewModels, Do: func(t *bot.Turn) error {
				return turn{t}.askWhat()
			}},
			{VI: "mau", EN: "template", Text: "command.template", Needs: access.RegisterModels, Do: func(t *bot.Turn) error {
				return turn{t}.sendTemplate()
			}},
		},
		Buttons: map[link.Verb]bot.Handler{
			link.Export: func(t *bot.Turn, about string) error { return turn{t}.pressedExport(about) },
			link.Table:  func(t *bot.Turn, about string) error { return turn{t}.pressedTable(about) },
		},
		Links: map[link.Verb]bot.Handler{link.Intake: func(t *bot.Turn, _ string) error { return turn{t}.intake() }},
		Cards: map[store.MakeKind]bot.Card{store.Table: card},
	}
}

// askWhat asks what is to be exported, and how: a tap says both.
func (t turn) askWhat() error {
	var rows [][]store.Button
	for _, what := range exchange.Kinds {
		rows = append(rows, text.Row(
			t.Button("exchange.button."+what, link.Export.To(what, exchange.XLSX), nil),
			t.Button("exchange.button.csv", link.Export.To(what, exchange.CSV), nil)))
	}
	if err := t.Offer("exchange.ask", text.Args{"Unit": t.scopeName(), "Phones": t.May(access.SeePhones)}, rows); err != nil {
		return err
	}
	return t.Again()
}

// scopeName is whose models the post sees.
func (t turn) scopeName() string {
	if t.Post.Unit == "" {
		return t.Plain("exchange.everything", nil)
	}
	return t.UnitName(t.Post.Unit)
}

// pressedExport sends a file, which is made when it goes out.
func (t turn) pressedExport(about string) error {
	what, format, _ := strings.Cut(about, ".")
	if !t.May(access.ViewModels) {
		return t.Toast("press.not_yours", nil)
	}
	return t.sendFile(&store.Make{Kind: store.Export, Screen: what + " " + format}, "exchange.sent", text.Args{
		"Unit": t.scopeName(), "When": text.Clock(t.Event.At),
	})
}

func (t turn) sendTemplate() error {
	return t.sendFile(&store.Make{Kind: store.Template}, "exchange.template.sent", nil)
}

// sendFile queues a file for the post, as of now.
func (t turn) sendFile(m *store.Make, key string, a text.Args) error {
	if _, err := t.Send(store.Message{Kind: store.Busy}); err != nil {
		return err
	}
	m.Post, m.AsOf, m.Language = t.Post.ID, t.Event.At, t.Lang
	_, err := t.Send(store.Message{Kind: store.File, Make: m, Text: t.Text(key, a)})
	return err
}

// intake takes a table that came: what it comes to is said when the answer goes out.
func (t turn) intake() error {
	in := t.Event.Input
	switch {
	case !t.May(access.RegisterModels) && !t.May(access.KeepPeople):
		return t.Refuse(access.RegisterModels)
	case in.TooBig:
		return t.Tell("wrong.too_big", nil)
	}
	id, err := t.Tx.NewID()
	if err != nil {
		return err
	}
	b := store.Batch{ID: id, At: t.Event.At, By: t.Person.ID, Post: t.Post.ID, Source: in.File.Name, File: in.File}
	if err := t.Tx.PutBatch(b); err != nil {
		return err
	}

	if _, err := t.Send(store.Message{Kind: store.Busy}); err != nil {
		return err
	}
	_, err = t.Send(store.Message{Make: t.shown(b, doLook)})
	return err
}

// What is done with a table that came.
const (
	doLook   = "look"   // say what it comes to
	doBring  = "bring"  // write the models that are new
	doTwins  = "twins"  // and those that are likely there already
	doUndo   = "undo"   // take them back
	doMarked = "marked" // send the rows that are to be mended
	doDrop   = "drop"   // leave it
)

// shown is the card of a table.
func (t turn) shown(b store.Batch, do string) *store.Make {
	return &store.Make{Kind: store.Table, Batch: b.ID, Post: t.Post.ID, AsOf: t.Event.At, Language: t.Lang, Screen: do}
}

// pressedTable does something with a table of the post's, "batch.do".
func (t turn) pressedTable(about string) error {
	id, do, _ := strings.Cut(about, ".")
	b, err := t.Tx.Batch(link.ID(id))
	if err != nil || b.Post != t.Post.ID || b.By != t.Person.ID || !t.May(access.RegisterModels) {
		return t.Toast("press.not_yours", nil)
	}

	switch do {
	case doDrop:
		return t.Revise(store.Message{Text: t.Text("table.dropped", text.Args{"Source": b.Source})})
	case doMarked:
		return t.sendFile(&store.Make{Kind: store.Marked, Batch: b.ID}, "table.marked", nil)
	case doLook, doBring, doTwins, doUndo:
		if do != doLook {
			if err := t.Toast("table.wait", nil); err != nil {
				return err
			}
		}
		return t.Revise(store.Message{Make: t.shown(b, do)})
	}
	return t.Toast("press.unknown", nil)
}
