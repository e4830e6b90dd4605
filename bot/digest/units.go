package digest

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"danvan/bot/about"
	"danvan/bot/access"
	"danvan/bot/text"
	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
)

// units lists the units of the subtree in the order of the list of units,
// those that a report is missing of first. It is no ranking.
func (s *screen) units(page int) store.Message {
	owed := s.owed()
	lines := slices.DeleteFunc(slices.Clone(s.found.Now.Lines), func(l figures.Line) bool {
		_, obliged := owed[l.Unit] // the province itself has nothing of its own to show
		return l.Unit == s.of.Unit && !obliged && l.Count(figures.Registered) == 0 && len(s.found.Units) > 1
	})
	slices.SortStableFunc(lines, func(a, b figures.Line) int { return s.rank(owed, a.Unit) - s.rank(owed, b.Unit) })

	at := text.PageOf(len(lines), text.ListPage, page)
	var said []text.Args
	var numbers []store.Button
	for i, l := range lines[at.From:at.To] {
		n := strconv.Itoa(at.From + i + 1)
		said = append(said, text.Args{
			"N": n, "Unit": text.Capital(s.UnitName(l.Unit)), "Report": s.reportWord(owed, l.Unit),
			"New": s.count(l.Count(figures.New)), "All": s.count(l.Count(figures.Registered)),
		})
		numbers = append(numbers, store.Button{Text: n, Data: boardData(s.of.Board, s.of.Revision, screenUnit, string(l.Unit))})
	}

	buttons := append(text.InRows(s.fitting(numbers...), 4), s.pager(at, screenUnits)...)
	last := text.Row(s.back())
	if at.Of > 1 {
		last = append(last, s.press("board.find", nil, doFind))
	}
	return store.Message{Text: s.Text("boardunits.list", text.Args{
		"Name": s.root(), "Period": s.found.Period, "Lines": s.Lines("boardunits.line", said), "Page": at.At + 1, "Pages": at.Of,
	}), Buttons: append(buttons, last)}
}

// rank puts units whose report is missing first.
func (s *screen) rank(owed map[store.UnitCode]deadline.Obligation, unit store.UnitCode) int {
	o, ok := owed[unit]
	switch {
	case ok && o.State == deadline.Missing:
		return 0
	case ok && o.State == deadline.Owed && s.noticed(s.found.Period):
		return 1
	}
	return 2
}

// reportWord says how a unit stands with its report, "" when it owes none.
func (s *screen) reportWord(owed map[store.UnitCode]deadline.Obligation, unit store.UnitCode) string {
	o, ok := owed[unit]
	if !ok {
		return ""
	}
	return s.Plain("boardunits.report_"+string(o.State), nil)
}

// unit shows one unit: its figures, its report, its officer, its models.
func (s *screen) unit(ctx context.Context, code store.UnitCode) (store.Message, error) {
	if _, ok := s.shown(code); !ok {
		return store.Message{}, store.ErrNotFound
	}
	var officers []store.Person
	err := s.bot.Store.View(ctx, func(r store.Reader) (err error) {
		officers, err = s.found.Org.OfficersOf(r, code)
		return err
	})
	if err != nil {
		return store.Message{}, err
	}
	var names []string
	own, hears := false, false
	for _, p := range officers {
		own, hears = own || p.ID == s.post.Holder, hears || p.Unreachable.IsZero()
		if p.Name != "" {
			names = append(names, p.Name)
		}
	}

	o, obliged := s.owed()[code]
	a := text.Args{
		"Unit": text.Capital(s.UnitName(code)), "Period": s.found.Period, "When": text.Clock(s.of.AsOf),
		"Officer": strings.Join(names, ", "), "Vacant": len(officers) == 0, "Silenced": !hears,
		"Figures": text.Markup(strings.Join(s.unitFigures(code), "\n")), "Report": "",
	}
	s.addClosing(a)
	if obliged {
		a["Report"] = s.reportLine(o)
	}
	return store.Message{Text: s.Text("boardunits.card", a), Buttons: s.unitButtons(code, o, obliged, own)}, nil
}

// unitFigures are a unit's figures that are not nothing.
func (s *screen) unitFigures(code store.UnitCode) []string {
	var out []string
	for _, k := range s.askable(code) {
		out = append(out, s.Text("boardunits.figure", text.Args{"What": s.figureName(k), "N": s.figureValue(k)}))
	}
	if len(out) == 0 {
		out = append(out, s.Text("boardunits.none", nil))
	}
	return out
}

// reportLine says how a unit stands with its report, and by when.
func (s *screen) reportLine(o deadline.Obligation) text.Markup {
	a := text.Args{"State": s.Plain("boardunits.report_"+string(o.State), nil), "Due": "", "When": "", "Nothing": false, "Reason": ""}
	switch o.State {
	case deadline.Submitted, deadline.Late:
		a["When"], a["Nothing"] = text.Clock(o.Report.SubmittedAt), o.Report.Nothing
	case deadline.Exempt:
		a["Reason"] = o.Exemption.Reason
	default:
		p := o.Period
		p.Due = o.Due
		a["Due"] = s.due(p)
	}
	return text.Markup(s.Text("boardunits.report", a))
}

// unitButtons are what can be done about a unit's report and seen of its
// figures. Nobody gives themselves more time: own is a unit whose officer looks
// at the board.
func (s *screen) unitButtons(code store.UnitCode, o deadline.Obligation, obliged, own bool) [][]store.Button {
	open := obliged && s.of.AsOf.Before(o.Locked)
	settled := o.Settled(s.of.AsOf)
	var buttons []store.Button
	if open && settled == "" && access.May(s.post.Role, access.RemindUnits) {
		buttons = append(buttons, text.Green(s.press("board.nudge_one", nil, doNudge, string(code))))
	}
	if open && settled != deadline.HasSubmitted && access.May(s.post.Role, access.GrantTime) && code != s.post.Unit && !own {
		owed := about.Obligation{Obligation: o, Campaign: s.found.Of, Cal: s.found.Calendar}
		buttons = append(buttons, about.GrantButtons(s.Voice, owed, s.of.AsOf)...)
	}

	if n := s.found.Now.Value(figures.Key{Unit: code}); n > 0 {
		key := figures.Key{Set: figures.Registered, Unit: code}
		buttons = append(buttons,
			s.press("board.models", text.Args{"N": text.Markup(s.say.Count(n))}, screenWhy, "0", key.String()),
			s.press("board.keys", nil, screenKeys, "0", string(code)))
	}
	buttons = append(buttons, s.press("board.workbook", nil, doWorkbook, string(code)))

	last := text.Row(s.back())
	if !s.one() {
		last = text.Row(s.press("board.back_to_units", nil, screenUnits, "0"), s.back())
	}
	return append(s.InPairs(s.fitting(buttons...)), last)
}
