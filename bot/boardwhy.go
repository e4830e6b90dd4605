package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"danvan/store"
	"danvan/store/figures"
)

// askable lists the figures that are not nothing, of the whole subtree or of
// one unit: every number that a board shows can be asked about.
func (s *screen) askable(unit store.UnitCode) []figures.Key {
	f := s.found.Now
	var all []figures.Key
	for _, set := range figures.Sets() {
		all = append(all, figures.Key{Set: set})
	}
	all = append(all, figures.Key{Metric: figures.Worth})
	for _, set := range []figures.Set{figures.New, figures.Registered} {
		for _, o := range f.Fields {
			all = append(all, figures.Key{Set: set, Field: o.Key})
		}
		for _, k := range figures.Kinds() {
			all = append(all, figures.Key{Set: set, Kind: k})
		}
	}
	for _, a := range f.Amounts() {
		if !a.Metric.Money() {
			all = append(all, figures.Key{Metric: a.Metric})
		}
	}
	if unit != "" {
		all = slices.DeleteFunc(all, func(k figures.Key) bool { return k.Field != "" || k.Kind != "" })
	}
	out := all[:0]
	for _, k := range all {
		if k.Unit = unit; f.Value(k) != 0 {
			out = append(out, k)
		}
	}
	return out
}

// figureName names a figure: "Xây dựng mới, Kinh tế".
func (s *screen) figureName(k figures.Key) string {
	name := s.say.Set(k.Set)
	if k.Metric != "" {
		name = capital(s.say.Metric(k.Metric))
	}
	switch {
	case k.Field != "":
		for _, o := range s.found.Now.Fields {
			if o.Key == k.Field {
				name += ", " + s.say.Option(o)
			}
		}
	case k.Kind != "":
		name += ", " + s.plain("figures.kind."+string(k.Kind), nil)
	}
	return name
}

// figureValue writes a figure as a board shows it.
func (s *screen) figureValue(k figures.Key) string {
	return s.say.Amount(s.found.Now.Value(k), k.Metric)
}

// keys offers every figure to be asked about.
func (s *screen) keys(page int, unit store.UnitCode) (string, [][]store.Button, error) {
	all := s.askable(unit)
	page, from, to, of := pages(len(all), boardPage, page)
	var list rows
	for _, k := range all[from:to] {
		list.add(s.press("board.figure", args{"What": s.figureName(k), "N": markup(s.figureValue(k))}, screenWhy, "0", k.String()))
	}
	buttons := inPairs(list.list)
	name := s.root()
	back := s.back("board.back", screenFront)
	var about []string
	if unit != "" {
		name, about = capital(s.name(unit)), []string{string(unit)}
		back = append(s.back("board.back_to_unit", screenUnit, string(unit)), back...)
	}
	if of > 1 {
		buttons = append(buttons, s.turner(page, of, screenKeys, about...))
	}
	return s.text("boardwhy.pick", args{"Name": name, "Any": len(all) > 0}), append(buttons, back), nil
}

// why lists the models behind a figure, with what each brought, and says what
// counts.
func (s *screen) why(ctx context.Context, page int, written string) (string, [][]store.Button, error) {
	k, err := figures.ParseKey(written)
	if err != nil {
		return "", nil, errors.Join(store.ErrNotFound, err)
	}
	parts := s.found.Now.Parts(k)
	page, from, to, of := pages(len(parts), boardPage, page)
	models, err := s.models(ctx, parts[from:to])
	if err != nil {
		return "", nil, err
	}
	var said []args
	var numbers []store.Button
	for i, m := range models {
		n := strconv.Itoa(from + i + 1)
		brought := ""
		if k.Metric != "" && k.Metric != figures.Registrants {
			brought = s.say.Amount(parts[from+i].N, k.Metric)
		}
		said = append(said, args{"N": n, "Title": m.Title, "Code": m.Code, "Unit": s.name(m.Unit), "State": m.State, "Brought": brought})
		numbers = append(numbers, store.Button{Text: n, Data: pressCard + ref(m.ID)})
	}
	buttons := inRows(numbers, 4)
	if of > 1 {
		buttons = append(buttons, s.turner(page, of, screenWhy, written))
	}
	rule := "why.amount"
	if k.Metric == "" {
		rule = "why." + k.Set.String()
	}
	unit := s.root()
	var others []string
	if k.Unit != "" {
		unit, others = capital(s.name(k.Unit)), []string{string(k.Unit)}
	}
	last, ok := s.press("board.other_figure", nil, screenKeys, append([]string{"0"}, others...)...)
	back := s.back("board.back", screenFront)
	if ok {
		back = append(back, last)
	}
	return s.text("boardwhy.card", args{
		"N": markup(s.figureValue(k)), "What": s.figureName(k), "Unit": unit, "Period": s.say.PeriodName(s.found.Period),
		"Rule": markup(s.text(rule, nil)), "Lines": s.lines("boardwhy.line", said), "Models": len(parts), "Page": page + 1, "Pages": of,
		"Now": clock(s.of.AsOf),
	}), append(buttons, back), nil
}

// models reads the models that a page names.
func (s *screen) models(ctx context.Context, parts []figures.Part) ([]store.Model, error) {
	out := make([]store.Model, len(parts))
	err := s.Store.View(ctx, func(r store.Reader) (err error) {
		for i, p := range parts {
			if out[i], err = r.Model(p.Model); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}
