package digest

import (
	"errors"

	"danvan/bot"
	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/text"
	"danvan/flows"
	"danvan/flows/forms"
	"danvan/store"
)

// where is the form that asks of which unit figures are wanted. Its session's
// subject is the board that it was asked from.
type where struct{ about.Basic }

// find asks for a unit by name.
func (t turn) find(b store.Board) error {
	return t.Begin(forms.WhereID, func(s *store.Session) { s.Subject = uint64(b.ID) })
}

// Options lists the units of the post's scope.
func (where) Options(t *bot.Turn, _ *store.Session, _ *flows.Step, ask flows.Ask) (flows.Options, error) {
	return about.UnitOptions(t, ask), nil
}

// Choice names a unit.
func (where) Choice(t *bot.Turn, _ text.Voice, _ *flows.Step, key string) string {
	return about.UnitChoice(t, key)
}

// Keeps reports whether a draft is worth keeping: never, it is a question, no work.
func (where) Keeps(*store.Session) bool { return false }

// Submit shows the figures of the unit that was asked for, of the period of the
// board that the question came from.
func (where) Submit(bt *bot.Turn, s store.Session) error {
	t, unit := turn{bt}, store.UnitCode(flows.Key(&s, "unit"))
	if !t.Reaches(unit) || !t.May(access.ViewFigures) {
		return t.Refuse(access.ViewFigures)
	}

	b, found, err := t.boardOf(unit)
	if err != nil {
		return err
	}
	from, err := t.Tx.Board(store.BoardID(s.Subject))
	switch {
	case err == nil:
		b.Campaign, b.Period = from.Campaign, from.Period
	case !errors.Is(err, store.ErrNotFound):
		return err
	case !found:
		return t.Tell("summary.no_campaign", nil)
	}
	return t.show(b)
}
