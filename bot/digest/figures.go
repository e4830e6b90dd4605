package digest

import (
	"context"
	"errors"
	"strconv"

	"danvan/bot/link"
	"danvan/bot/text"
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

	// By field and by kind only the whole is shown.
	if unit == "" {
		for _, set := range []figures.Set{figures.New, figures.Registered} {
			for _, o := range f.Fields {
				all = append(all, figures.Key{Set: set, Field: o.Key})
			}
			for _, k := range figures.Kinds() {
				all = append(all, figures.Key{Set: set, Kind: k})
			}
		}
	}
	for _, a := range f.Amounts() {
		if !a.Metric.Money() {
			all = append(all, figures.Key{Metric: a.Metric})
		}
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
		name = text.Capital(s.say.Metric(k.Metric))
	}
	switch {
	case k.Field != "":
		for _, o := range s.found.Now.Fields {
			if o.Key == k.Field {
				name += ", " + s.say.Option(o)
			}
		}
	case k.Kind != "":
		name += ", " + s.Plain("figures.kind."+string(k.Kind), nil)
	}
	return name
}

// figureValue writes a figure as a board shows it.
func (s *screen) figureValue(k figures.Key) text.Markup {
	return text.Markup(s.say.Amount(s.found.Now.Value(k), k.Metric))
}

// keys offers every figure to be asked about.
func (s *screen) keys(page int, unit store.UnitCode) store.Message {
	all := s.askable(unit)
	at := text.PageOf(len(all), text.ListPage, page)
	var list []store.Button
	for _, k := range all[at.From:at.To] {
		list = append(list, s.press("board.figure", text.Args{"What": s.figureName(k), "N": s.figureValue(k)}, screenWhy, "0", k.String()))
	}

	name, of, back := s.root(), []string(nil), text.Row(s.back())
	if unit != "" {
		name, of = text.Capital(s.UnitName(unit)), []string{string(unit)}
		back = text.Row(s.press("board.back_to_unit", nil, screenUnit, string(unit)), s.back())
	}
	buttons := append(s.InPairs(s.fitting(list...)), s.pager(at, screenKeys, of...)...)
	return store.Message{
		Text:    s.Text("boardwhy.pick", text.Args{"Name": name, "Any": len(all) > 0}),
		Buttons: append(buttons, back),
	}
}

// why lists the models behind a figure, with what each brought, and says what
// counts.
func (s *screen) why(ctx context.Context, page int, written string) (store.Message, error) {
	k, err := figures.ParseKey(written)
	if err != nil {
		return store.Message{}, errors.Join(store.ErrNotFound, err)
	}
	parts := s.found.Now.Parts(k)
	at := text.PageOf(len(parts), text.ListPage, page)
	models, err := s.readModels(ctx, parts[at.From:at.To])
	if err != nil {
		return store.Message{}, err
	}

	var said []text.Args
	var numbers []store.Button
	for i, m := range models {
		n := strconv.Itoa(at.From + i + 1)
		brought := ""
		if k.Metric != "" && k.Metric != figures.Registrants {
			brought = s.say.Amount(parts[at.From+i].N, k.Metric)
		}
		said = append(said, text.Args{
			"N": n, "Title": m.Title, "Code": m.Code, "Unit": s.UnitName(m.Unit), "State": m.State, "Brought": brought,
		})
		numbers = append(numbers, store.Button{Text: n, Data: link.Card.To(link.Ref(m.ID))})
	}
	buttons := append(text.InRows(numbers, 4), s.pager(at, screenWhy, written)...)

	rule := "why.amount"
	if k.Metric == "" {
		rule = "why." + k.Set.String()
	}
	unit, others := s.root(), []string{"0"}
	if k.Unit != "" {
		unit, others = text.Capital(s.UnitName(k.Unit)), []string{"0", string(k.Unit)}
	}
	last := s.fitting(s.back(), s.press("board.other_figure", nil, screenKeys, others...))
	return store.Message{Text: s.Text("boardwhy.card", text.Args{
		"N": s.figureValue(k), "What": s.figureName(k), "Unit": unit, "Period": s.found.Period,
		"Rule": text.Markup(s.Text(rule, nil)), "Lines": s.Lines("boardwhy.line", said), "Models": len(parts),
		"Page": at.At + 1, "Pages": at.Of, "Now": text.Clock(s.of.AsOf),
	}), Buttons: append(buttons, last)}, nil
}
