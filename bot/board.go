package bot

import (
	"errors"
	"strconv"
	"strings"

	"danvan/store"
)

// The screens of a board: a name, and what it is about behind colons. Actions
// stand in the same place of a button, and show no screen.
const (
	screenFront = ""      // the digest or summary itself
	screenFull  = "full"  // the front, where the front says that nothing is new
	screenUnits = "list"  // units: page
	screenUnit  = "unit"  // one of them: code
	screenWhy   = "why"   // the models behind a figure: page, key
	screenKeys  = "keys"  // figures to ask about: page, unit
	screenLate  = "late"  // what changed after the cut-off: page
	screenWhen  = "when"  // other periods: page
	doPeriod    = "at"    // show another period: its mark
	doFind      = "find"  // ask for a unit by name
	doNudge     = "nudge" // remind who is missing: "" all, or a unit's code
	doWorkbook  = "xlsx"
	doChart     = "png"

	onDark = "dark" // a picture for a dark screen
)

// most bytes of a button's data (Bot API).
const mostData = 64

// boardData is the data of a board's button: "b.board.revision.screen:about".
func boardData(board store.BoardID, revision uint64, screen string, about ...string) string {
	parts := append([]string{screen}, about...)
	return pressBoard + ref(board) + "." + strconv.FormatUint(revision, 36) + "." + strings.Join(parts, ":")
}

// openBoard sends a message with figures to the person who is answered.
func (t *turn) openBoard(b store.Board) error {
	id, err := t.tx.NewID()
	if err != nil {
		return err
	}
	b.ID, b.Revision, b.Person, b.Post, b.At = store.BoardID(id), 1, t.person.ID, t.post.ID, t.ev.At
	b.Message, err = t.send(store.Message{Make: boardMake(b, t.post, t.lang()), Track: &store.Track{}})
	if err != nil {
		return err
	}
	return t.tx.PutBoard(b)
}

// boardMake refers to what a board shows now.
func boardMake(b store.Board, post store.Post, lang string) *store.Make {
	m := &store.Make{
		Kind: store.Card, Unit: b.Unit, Portfolio: post.Portfolio, Campaign: b.Campaign, Period: b.Period, AsOf: b.AsOf, Since: b.Since,
		Language: lang, Board: b.ID, Revision: b.Revision, Screen: b.Screen, Post: b.Post, Digest: b.Digest, Live: !b.Live.IsZero(),
	}
	if b.Unit != post.Unit {
		m.Portfolio.Units = nil // one unit of it
	}
	return m
}

// pressedBoard obeys a button of a board, if it is of what the board shows now
// and the board is the post's that the person acts for.
func (t *turn) pressedBoard(rest string) error {
	id, rest, _ := strings.Cut(rest, ".")
	rev, what, _ := strings.Cut(rest, ".")
	b, err := t.tx.Board(store.BoardID(parseRef(id)))
	if errors.Is(err, store.ErrNotFound) {
		return t.toast("board.gone", nil)
	}
	if err != nil {
		return err
	}
	ok, err := t.mayBoard(b)
	if err != nil {
		return err
	}
	switch {
	case !ok:
		return t.toast("press.not_yours", nil)
	case parseRef(rev) != b.Revision:
		return t.toast("board.old", nil)
	}
	name, about, _ := strings.Cut(what, ":")
	switch name {
	case screenFront, screenFull, screenUnits, screenUnit, screenWhy, screenKeys, screenLate, screenWhen:
		return t.turnBoard(b, what)
	case doPeriod:
		return t.pickPeriod(b, about)
	case doFind:
		return t.findUnit(b)
	case doNudge:
		return t.nudge(b, store.UnitCode(about))
	case doWorkbook:
		return t.sendFile(b, store.Workbook, about)
	case doChart:
		return t.sendFile(b, store.Chart, about)
	}
	return t.toast("press.unknown", nil)
}

// mayBoard says whether a board is the post's, and still in its scope.
func (t *turn) mayBoard(b store.Board) (bool, error) {
	if b.Person != t.person.ID || b.Post != t.post.ID || !t.may(viewFigures) {
		return false, nil
	}
	if b.Unit == t.post.Unit {
		return true, nil
	}
	return t.reaches(b.Unit)
}

// turnBoard shows another screen in place. While reports still arrive the
// figures are those of now; a board that stays keeps its instant.
func (t *turn) turnBoard(b store.Board, screen string) error {
	if t.ev.At.Before(b.Live) {
		b.AsOf = t.ev.At
	}
	b.Screen, b.At = screen, t.ev.At
	b.Revision++
	if err := t.tx.PutBoard(b); err != nil {
		return err
	}
	return t.revise(store.Message{Make: boardMake(b, t.post, t.lang())})
}

// sendFile sends the workbook or the picture of a board, or of one unit of it:
// "unit", and of a picture on a dark ground "unit:dark".
func (t *turn) sendFile(b store.Board, kind store.MakeKind, about string) error {
	m := boardMake(b, t.post, t.lang())
	unit, ground, _ := strings.Cut(about, ":")
	if code := store.UnitCode(unit); code != "" {
		if ok, err := t.reaches(code); err != nil {
			return err
		} else if !ok {
			return t.toast("press.not_yours", nil)
		}
		m.Unit, m.Portfolio.Units = code, nil
	}
	m.Dark = kind == store.Chart && ground == onDark
	m.Kind, m.Board, m.Revision, m.Screen, m.Post, m.Digest, m.Live, m.Since = kind, 0, 0, "", "", false, false, store.Make{}.Since
	name, err := t.unit(m.Unit)
	if err != nil {
		return err
	}
	if _, err := t.send(store.Message{Kind: store.Busy}); err != nil {
		return err
	}
	file := store.Message{Kind: store.File, Make: m, Text: t.text("board.file", args{"Unit": capital(name), "When": clock(b.AsOf)})}
	if kind == store.Chart && !m.Dark {
		file.Buttons = [][]store.Button{row(t.button("board.dark", boardData(b.ID, b.Revision, doChart, unit, onDark), nil))}
	}
	_, err = t.send(file)
	return err
}
