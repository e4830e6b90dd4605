package bot

import (
	"context"
	"errors"
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"

	"danvan/flows/answer"
	"danvan/locales"
	"danvan/store"
	"danvan/store/figures"
	"danvan/store/gather"
)

// screen is a message with figures while it is rendered. It reads what it
// needs in short transactions and holds none while it writes. Its turn has no
// transaction and serves for words alone.
type screen struct {
	*turn
	of    store.Make
	found *gather.Found
	say   figures.Voice
	whole bool // it is to stand in one message, which can be edited
	most  int  // how many names a line has then; 0: all
}

// Card renders the message with figures that a row of the outbox refers to.
// The same reference gives the same bytes, as long as nobody enters or leaves
// a post.
func (b *Bot) Card(ctx context.Context, m store.Message) (store.Message, error) {
	s := b.screen(*m.Make)
	s.whole = m.Kind == store.Edit || m.Make.Live
	text, buttons, err := s.render(ctx)
	if errors.Is(err, store.ErrNotFound) { // the campaign or the unit is gone
		text, buttons, err = b.voice(m.Make.Language).words.Text(m.Make.Language, "board.nothing", nil), nil, nil
	}
	if err != nil {
		return m, fmt.Errorf("render figures of unit %q: %w", m.Make.Unit, err)
	}
	m.Text, m.Buttons = text, buttons
	return m, nil
}

// screen is a reference without its figures yet.
func (b *Bot) screen(of store.Make) *screen {
	unit, role := of.Post.Split()
	return &screen{
		turn: &turn{
			Bot: b, person: store.Person{Language: of.Language}, post: store.Post{ID: of.Post, Unit: unit, Role: role},
			ev: Event{At: of.AsOf}, today: store.DateOf(of.AsOf.In(b.Zone)),
		},
		of: of, say: b.figuresVoice(of.Language),
	}
}

// figuresVoice is a language as figures are written in a chat.
func (b *Bot) figuresVoice(lang string) figures.Voice {
	return figures.Voice{
		Words: b.Words, Lang: lang, Number: locales.Number, Money: locales.Money,
		Bold: func(s string) string { return "<b>" + s + "</b>" }, Escape: html.EscapeString,
	}
}

// render makes the text and the buttons of the screen that is wanted.
func (s *screen) render(ctx context.Context) (string, [][]store.Button, error) {
	name, about, _ := strings.Cut(s.of.Screen, ":")
	if name == screenWhen {
		return s.periods(ctx, atoi(about))
	}
	against := gather.Alone
	if (name == screenFront || name == screenFull) && s.of.Since.IsZero() {
		against = gather.Previous
	}
	ask := gather.Of(s.of, against, s.Zone, answer.Metrics())
	if name != screenFront && name != screenFull {
		ask.Since = time.Time{}
	}
	var err error
	if s.found, err = gather.Load(ctx, s.Store, ask); err != nil {
		return "", nil, err
	}
	switch name {
	case screenUnits:
		return s.units(atoi(about))
	case screenUnit:
		return s.unitCard(ctx, store.UnitCode(about))
	case screenWhy:
		page, key, _ := strings.Cut(about, ":")
		return s.why(ctx, atoi(page), key)
	case screenKeys:
		page, unit, _ := strings.Cut(about, ":")
		return s.keys(atoi(page), store.UnitCode(unit))
	case screenLate:
		return s.late(ctx, atoi(about))
	}
	return s.front(ctx, name == screenFull)
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// press is a button that leads to a screen of the same board, or does
// something with it. false: its data would not fit.
func (s *screen) press(key string, a args, screen string, about ...string) (store.Button, bool) {
	b := s.button(key, boardData(s.of.Board, s.of.Revision, screen, about...), a)
	return b, len(b.Data) <= mostData
}

// rows lays out those of the buttons that there are.
type rows struct{ list []store.Button }

func (r *rows) add(b store.Button, ok bool) {
	if ok {
		r.list = append(r.list, b)
	}
}

// back leads to the front, or to the screen before.
func (s *screen) back(key, screen string, about ...string) []store.Button {
	b, _ := s.press(key, nil, screen, about...)
	return row(b)
}

// pages cuts a list into pages and returns where the present one begins and
// ends.
func pages(n, size, page int) (at, from, to, of int) {
	of = max(1, (n+size-1)/size)
	at = min(max(page, 0), of-1)
	return at, at * size, min((at+1)*size, n), of
}

// turner are the buttons to the pages beside.
func (s *screen) turner(page, of int, screen string, about ...string) []store.Button {
	var r rows
	to := func(p int) []string { return append([]string{strconv.Itoa(p)}, about...) }
	if page > 0 {
		r.add(s.press("button.previous", nil, screen, to(page-1)...))
	}
	if page < of-1 {
		r.add(s.press("button.next", nil, screen, to(page+1)...))
	}
	return r.list
}

// name is a unit's name inside a sentence, "" for the whole house.
func (s *screen) name(code store.UnitCode) string {
	u, ok := s.found.Tree[code]
	if !ok {
		return s.plain("unit.everything", nil)
	}
	return inSentence(u)
}

// root is whose figures they are.
func (s *screen) root() string {
	if s.found.Root.Code == "" {
		return capital(s.plain("unit.everything", nil))
	}
	return s.found.Root.Name
}
