package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"danvan/store"
	"danvan/store/deadline"
	"danvan/store/figures"
)

// boardPage is how many units, models or figures one page of a board shows.
const boardPage = 8

// units lists the units of the subtree in the order of the list of units,
// those that a report is missing of first. It is no ranking.
func (s *screen) units(page int) (string, [][]store.Button, error) {
	owed := s.owed()
	lines := slices.DeleteFunc(slices.Clone(s.found.Now.Lines), func(l figures.Line) bool {
		_, obliged := owed[l.Unit] // the province itself has nothing of its own to show
		return l.Unit == s.of.Unit && !obliged && l.Count(figures.Registered) == 0 && len(s.found.Units) > 1
	})
	slices.SortStableFunc(lines, func(a, b figures.Line) int { return s.rank(owed, a.Unit) - s.rank(owed, b.Unit) })
	page, from, to, of := pages(len(lines), boardPage, page)
	var said []args
	var numbers rows
	for i, l := range lines[from:to] {
		n := strconv.Itoa(from + i + 1)
		said = append(said, args{
			"N": n, "Unit": capital(s.name(l.Unit)), "Report": s.reportWord(owed, l.Unit),
			"New": markup(s.say.Count(int64(l.Count(figures.New)))), "All": markup(s.say.Count(int64(l.Count(figures.Registered)))),
		})
		b := store.Button{Text: n, Data: boardData(s.of.Board, s.of.Revision, screenUnit, string(l.Unit))}
		numbers.add(b, len(b.Data) <= mostData)
	}
	buttons := inRows(numbers.list, 4)
	if of > 1 {
		buttons = append(buttons, s.turner(page, of, screenUnits))
	}
	last := s.back("board.back", screenFront)
	if of > 1 {
		find, _ := s.press("board.find", nil, doFind)
		last = append(last, find)
	}
	return s.text("boardunits.list", args{
		"Name": s.root(), "Period": s.say.PeriodName(s.found.Period), "Lines": s.lines("boardunits.line", said),
		"Page": page + 1, "Pages": of,
	}), append(buttons, last), nil
}

// owed are the obligations by unit.
func (s *screen) owed() map[store.UnitCode]deadline.Obligation {
	out := make(map[store.UnitCode]deadline.Obligation, len(s.found.Obligations))
	for _, o := range s.found.Obligations {
		out[o.Unit] = o
	}
	return out
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
	return s.plain("boardunits.report_"+string(o.State), nil)
}

// unitCard shows one unit: its figures, its report, its officer, its models.
func (s *screen) unitCard(ctx context.Context, code store.UnitCode) (string, [][]store.Button, error) {
	if !slices.Contains(s.found.Subtree, code) {
		return "", nil, store.ErrNotFound
	}
	who, held, own, err := s.officer(ctx, code)
	if err != nil {
		return "", nil, err
	}
	o, obliged := s.owed()[code]
	a := args{
		"Unit": capital(s.name(code)), "Period": s.say.PeriodName(s.found.Period), "When": clock(s.of.AsOf),
		"Officer": who.Name, "Vacant": !held, "Silenced": held && !who.Unreachable.IsZero(),
		"Figures": markup(strings.Join(s.unitFigures(code), "\n")), "Report": "",
	}
	if obliged {
		a["Report"] = markup(s.reportLine(o))
	}
	return s.text("boardunits.card", a), s.unitButtons(code, o, obliged, own), nil
}

// officer returns who holds the officer's post of a unit, and whether that is
// who looks at the board.
func (s *screen) officer(ctx context.Context, code store.UnitCode) (who store.Person, held, own bool, err error) {
	err = s.Store.View(ctx, func(r store.Reader) error {
		looks, err := r.Post(s.of.Post)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		who, held, err = officerOf(r, code)
		own = held && looks.Holder == who.ID
		return err
	})
	return who, held, own, err
}

// unitFigures are a unit's figures that are not nothing.
func (s *screen) unitFigures(code store.UnitCode) []string {
	var out []string
	for _, k := range s.askable(code) {
		out = append(out, s.text("boardunits.figure", args{"What": s.figureName(k), "N": markup(s.figureValue(k))}))
	}
	if len(out) == 0 {
		out = append(out, s.text("boardunits.none", nil))
	}
	return out
}

// reportLine says how a unit stands with its report, and by when.
func (s *screen) reportLine(o deadline.Obligation) string {
	a := args{"State": s.plain("boardunits.report_"+string(o.State), nil), "Due": "", "When": "", "Nothing": false, "Reason": ""}
	switch o.State {
	case deadline.Submitted, deadline.Late:
		a["When"], a["Nothing"] = clock(o.Report.SubmittedAt), o.Report.Nothing
	case deadline.Exempt:
		a["Reason"] = o.Exemption.Reason
	default:
		p := o.Period
		p.Due = o.Due
		a["Due"] = s.due(p)
	}
	return s.text("boardunits.report", a)
}

func (s *screen) unitButtons(code store.UnitCode, o deadline.Obligation, obliged, own bool) [][]store.Button {
	var act, see rows
	open := obliged && s.of.AsOf.Before(o.Locked)
	if open && o.Settled(s.of.AsOf) == "" && roleMay(s.post.Role, remindUnits) {
		b, ok := s.press("board.nudge_one", nil, doNudge, string(code))
		act.add(green(b), ok)
	}
	if open && o.Settled(s.of.AsOf) != deadline.HasSubmitted && roleMay(s.post.Role, grantTime) && code != s.post.Unit && !own {
		act.list = append(act.list, s.grantChoice(duty{o, s.found.Campaign, s.found.Calendar})...)
	}
	if n := s.found.Now.Value(figures.Key{Unit: code}); n > 0 {
		key := figures.Key{Set: figures.Registered, Unit: code}
		see.add(s.press("board.models", args{"N": markup(s.say.Count(n))}, screenWhy, "0", key.String()))
		see.add(s.press("board.keys", nil, screenKeys, "0", string(code)))
	}
	see.add(s.press("board.workbook", nil, doWorkbook, string(code)))
	out := inPairs(append(act.list, see.list...))
	last := s.back("board.back", screenFront)
	if !s.one() {
		last = append(s.back("board.back_to_units", screenUnits, "0"), last...)
	}
	return append(out, last)
}
