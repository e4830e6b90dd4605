package digest

import (
	"cmp"
	"errors"
	"strings"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
)

// show sends the person a board.
func (t turn) show(b store.Board) error {
	_, err := t.open(b, t.Send)
	return err
}

// open makes a board the person's and has its message queued.
func (t turn) open(b store.Board, queue func(store.Message) (store.MessageID, error)) (store.MessageID, error) {
	id, err := t.Tx.NewID()
	if err != nil {
		return 0, err
	}
	b.ID, b.Revision, b.Person, b.Post, b.At = store.BoardID(id), 1, t.Person.ID, t.Post.ID, t.Event.At
	b.Message, err = queue(store.Message{Make: reference(b, t.Post, t.Lang), Track: &store.Track{}})
	if err != nil {
		return 0, err
	}
	return b.Message, t.Tx.PutBoard(b)
}

// reference is what a board shows now, for its message.
func reference(b store.Board, post store.Post, lang string) *store.Make {
	m := &store.Make{
		Kind: store.Card, Unit: b.Unit, Portfolio: post.Portfolio, Campaign: b.Campaign, Period: b.Period, AsOf: b.AsOf,
		Since: b.Since, Current: b.Current, Language: lang, Board: b.ID, Revision: b.Revision,
		Screen: b.Screen, Post: b.Post, Digest: b.Digest, Live: !b.Live.IsZero(),
	}
	if b.Unit != post.Unit {
		m.Portfolio.Units = nil // one unit of it
	}
	return m
}

// pressedBoard obeys a button of a board, "board.revision.screen:of", if it is
// of what the board shows now and the board is the post's that the person acts
// for.
func (t turn) pressedBoard(about string) error {
	id, rest, _ := strings.Cut(about, ".")
	rev, what, _ := strings.Cut(rest, ".")
	b, err := t.Tx.Board(store.BoardID(link.ID(id)))
	if errors.Is(err, store.ErrNotFound) {
		return t.Toast("board.gone", nil)
	}
	if err != nil {
		return err
	}

	switch {
	case !t.mayBoard(b):
		return t.Toast("press.not_yours", nil)
	case link.ID(rev) != b.Revision:
		return t.Toast("board.old", nil)
	}

	name, of, _ := strings.Cut(what, ":")
	switch name {
	case screenFront, screenFull, screenUnits, screenUnit, screenWhy, screenKeys, screenLate, screenWhen:
		return t.turnBoard(b, what)
	case doMap:
		b.Current = !b.Current
		return t.turnBoard(b, screenFront)

	case screenCopy:
		return t.sendCopy(b)
	case doPeriod:
		return t.pickPeriod(b, of)
	case doFind:
		return t.find(b)
	case doNudge:
		return t.nudge(b, store.UnitCode(of))
	case doWorkbook:
		return t.sendFile(b, store.Workbook, of)
	case doChart:
		return t.sendFile(b, store.Chart, of)
	}
	return t.Toast("press.unknown", nil)
}

// mayBoard reports whether a board is the post's, and still in its scope.
func (t turn) mayBoard(b store.Board) bool {
	if b.Person != t.Person.ID || b.Post != t.Post.ID || !t.May(access.ViewFigures) {
		return false
	}
	return b.Unit == t.Post.Unit || t.Reaches(b.Unit)
}

// turnBoard shows another screen in place. While reports still arrive the
// figures are those of now; a board that stays keeps its instant.
func (t turn) turnBoard(b store.Board, screen string) error {
	if t.Event.At.Before(b.Live) {
		b.AsOf = t.Event.At
	}
	b.Screen, b.At = screen, t.Event.At
	b.Revision++
	if err := t.Tx.PutBoard(b); err != nil {
		return err
	}
	return t.Revise(store.Message{Make: reference(b, t.Post, t.Lang)})
}

// sendCopy sends what a board shows in a message to be passed on, in other
// messengers too.
func (t turn) sendCopy(b store.Board) error {
	shown := reference(b, t.Post, t.Lang)
	shown.Screen, shown.Live, shown.Digest, shown.Board = screenCopy, false, false, 0 // what is copied is neither
	_, err := t.Send(store.Message{Make: shown})
	return err
}

// nudge has the officers reminded of the units of a board whose report is
// missing, or of one of them.
func (t turn) nudge(b store.Board, one store.UnitCode) error {
	of := []string{link.Period(b.Period), cmp.Or(link.Unit(one), "all")}
	roots := reference(b, t.Post, t.Lang).Portfolio.Units
	if len(roots) == 0 {
		roots = []store.UnitCode{b.Unit}
	}
	for _, root := range roots {
		of = append(of, link.Unit(root))
	}
	return t.Follow(link.Nudge, of...)
}

// sendFile sends the workbook or the picture of a board, or of one unit of it:
// "unit", and of a picture on a dark ground "unit:dark".
func (t turn) sendFile(b store.Board, kind store.MakeKind, of string) error {
	shown := reference(b, t.Post, t.Lang)
	unit, ground, _ := strings.Cut(of, ":")
	if code := store.UnitCode(unit); code != "" {
		if !t.Reaches(code) {
			return t.Toast("press.not_yours", nil)
		}
		shown.Unit, shown.Portfolio.Units = code, nil
	}

	// Making a file takes a while.
	if _, err := t.Send(store.Message{Kind: store.Busy}); err != nil {
		return err
	}
	file := &store.Make{
		Kind: kind, Unit: shown.Unit, Portfolio: shown.Portfolio, Campaign: b.Campaign, Period: b.Period, AsOf: b.AsOf,
		Current: b.Current, Language: t.Lang, Dark: kind == store.Chart && ground == onDark, Issuer: t.Post.Unit,
		Contacts: t.May(access.SeePhones),
	}

	v := t.Voice
	p, ok, err := t.periodOf(b)
	if err != nil {
		return err
	}
	if ok {
		v = about.Then(t.Turn, p)
	}

	under := t.Text("board.file", text.Args{"Unit": text.Capital(v.UnitName(shown.Unit)), "When": text.Clock(b.AsOf)})
	m := store.Message{Kind: store.File, Make: file, Text: under}
	if kind == store.Chart && !file.Dark {
		m.Buttons = [][]store.Button{text.Row(t.Button("board.dark", boardData(b.ID, b.Revision, doChart, unit, onDark), nil))}
	}
	_, err = t.Send(m)
	return err
}
