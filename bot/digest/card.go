package digest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"danvan/bot"
	"danvan/store"
)

// card renders the message with figures that a row of the outbox refers to.
// The same reference gives the same bytes, as long as nobody enters or leaves
// a post.
func card(ctx context.Context, b *bot.Bot, m store.Message) (store.Message, error) {
	s := newScreen(b, m)
	shown, err := s.render(ctx)
	if errors.Is(err, store.ErrNotFound) { // the campaign or the unit is gone
		shown, err = store.Message{Text: s.Text("board.nothing", nil)}, nil
	}
	if err != nil {
		return m, fmt.Errorf("render figures of unit %q: %w", m.Make.Unit, err)
	}
	m.Text, m.Buttons = shown.Text, shown.Buttons
	return m, nil
}

// render makes the text and the buttons of the screen that is wanted.
func (s *screen) render(ctx context.Context) (store.Message, error) {
	name, of, _ := strings.Cut(s.of.Screen, ":")
	if name == screenWhen {
		return s.periods(ctx, atoi(of))
	}
	if err := s.read(ctx, name == screenFront || name == screenFull || name == screenCopy); err != nil {
		return store.Message{}, err
	}

	switch name {
	case screenCopy:
		return s.copied(ctx)
	case screenUnits:
		return s.units(atoi(of)), nil
	case screenUnit:
		return s.unit(ctx, store.UnitCode(of))
	case screenWhy:
		page, key, _ := strings.Cut(of, ":")
		return s.why(ctx, atoi(page), key)
	case screenKeys:
		page, unit, _ := strings.Cut(of, ":")
		return s.keys(atoi(page), store.UnitCode(unit)), nil
	case screenLate:
		return s.late(ctx, atoi(of))
	}
	return s.front(ctx, name == screenFull)
}

// atoi reads the number of a page; the first one when it is none.
func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
