package digest

import (
	"html"
	"slices"
	"strconv"
	"strings"

	"danvan/bot"
	"danvan/bot/link"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
	"danvan/store/reporting"
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
	doMap       = "map"   // the units of then, or of now
	screenCopy  = "copy"  // the front in plain text, in a message of its own
	doFind      = "find"  // ask for a unit by name
	doNudge     = "nudge" // remind who is missing: "" all, or a unit's code
	doWorkbook  = "xlsx"
	doChart     = "png"

	onDark = "dark" // a picture for a dark screen
)

// boardData is the data of a board's button: "board.revision.screen:about".
func boardData(board store.BoardID, revision uint64, screen string, of ...string) string {
	return link.Board.To(link.Ref(board), link.Ref(revision), strings.Join(append([]string{screen}, of...), ":"))
}

// screen is a message with figures while it is rendered. It reads what it
// needs in short transactions and holds none while it writes.
type screen struct {
	text.Voice
	bot   *bot.Bot
	of    store.Make
	post  store.Post // who looks at it
	today store.Date
	found *reporting.Found
	say   figures.Voice // how figures are written in a chat
	whole bool          // it is to stand in one message, which can be edited
	most  int           // how many names a line has then; 0: all
}

// newScreen is what a message refers to, without its figures yet.
func newScreen(b *bot.Bot, m store.Message) *screen {
	of := *m.Make
	s := &screen{Voice: b.Voice(of.Language), bot: b, of: of, today: store.DateOf(of.AsOf.In(b.Zone))}
	s.Limits, s.whole = b.Limits(m.To.Channel), m.Kind == store.Edit || of.Live
	s.say = s.Figures()
	s.say.Bold = func(s string) string { return "<b>" + s + "</b>" }
	s.say.Escape = html.EscapeString
	return s
}

// press is a button that leads to a screen of the same board, or does
// something with it.
func (s *screen) press(key string, a text.Args, screen string, of ...string) store.Button {
	return s.Button(key, boardData(s.of.Board, s.of.Revision, screen, of...), a)
}

// back leads to the front.
func (s *screen) back() store.Button { return s.press("board.back", nil, screenFront) }

// pager are the buttons to the pages beside one.
func (s *screen) pager(p text.Page, screen string, of ...string) [][]store.Button {
	rows := s.Pager(p, func(page int) string {
		return boardData(s.of.Board, s.of.Revision, screen, append([]string{strconv.Itoa(page)}, of...)...)
	})
	for i := range rows {
		rows[i] = s.fitting(rows[i]...)
	}
	return rows
}

// fitting leaves those of some buttons whose data a button can carry: codes of
// units and keys of figures may be long.
func (s *screen) fitting(buttons ...store.Button) []store.Button {
	return slices.DeleteFunc(buttons, func(b store.Button) bool { return !s.Fits(b) })
}

// root is whose figures they are.
func (s *screen) root() string {
	if s.found.Root.Code == "" {
		return text.Capital(s.Plain("unit.everything", nil))
	}
	return s.found.Root.Name
}

// one reports whether the figures are of a single unit.
func (s *screen) one() bool { return len(s.found.Units) == 1 && s.found.Units[0].Code == s.of.Unit }

// owed are the obligations by unit.
func (s *screen) owed() map[store.UnitCode]deadline.Obligation {
	out := make(map[store.UnitCode]deadline.Obligation, len(s.found.Obligations))
	for _, o := range s.found.Obligations {
		out[o.Unit] = o
	}
	return out
}

// due says when a report is due and how long that is: "thứ Sáu 27/11/2026, còn
// 3 ngày làm việc".
func (s *screen) due(p store.Period) text.Markup {
	day := s.found.Calendar.Day(p.Due)
	days := s.found.Calendar.WorkingBetween(s.today, day)
	return text.Markup(s.Text("digest.due", text.Args{"Day": text.Weekday(day), "Days": days, "Late": -days, "Today": s.today == day}))
}

// count writes how many there are, as it stands in a text.
func (s *screen) count(n int) text.Markup { return text.Markup(s.say.Count(int64(n))) }
