package exchange

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"danvan/bot"
	"danvan/bot/sheet"
	"danvan/store"
)

// Makes reports whether a file is made here.
func Makes(k store.MakeKind) bool {
	return slices.Contains([]store.MakeKind{store.Export, store.Template, store.Marked}, k)
}

// File makes the file that a message refers to, and says what it is called.
func File(ctx context.Context, b *bot.Bot, m store.Message) (name string, content []byte, err error) {
	of := *m.Make
	switch of.Kind {
	case store.Export:
		what, format, _ := strings.Cut(of.Screen, " ")
		return Export(ctx, b, Wanted{What: what, Format: format, Post: of.Post, AsOf: of.AsOf, Language: of.Language})
	case store.Template:
		return template(ctx, b, of)
	case store.Marked:
		return marked(ctx, b, of, m.To)
	}
	return "", nil, fmt.Errorf("nobody makes a %q", of.Kind)
}

var errNoFetch = errors.New("the channel gives no files")

// Fetch gets the content of a table again from where it came.
func Fetch(ctx context.Context, b *bot.Bot, from store.Address, batch store.Batch) ([]byte, error) {
	if b.Fetch == nil {
		return nil, errNoFetch
	}
	return b.Fetch(ctx, from, batch.File)
}

// marked makes a workbook of the rows of a table that were not plainly right: as they
// came, what is wrong coloured and said at the cell and in a column of its own. Mended,
// it is sent again.
func marked(ctx context.Context, b *bot.Bot, of store.Make, from store.Address) (string, []byte, error) {
	var batch store.Batch
	err := b.Store.View(ctx, func(r store.Reader) (err error) {
		batch, err = r.Batch(of.Batch)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	content, err := Fetch(ctx, b, from, batch)
	if err != nil {
		return "", nil, err
	}
	order := Order{Content: content, Source: batch.Source, Post: batch.Post, Language: of.Language}
	t, err := sortOut(ctx, b, order, batch, of.AsOf)
	if err != nil {
		return "", nil, err
	}

	var out []sheet.Out
	for _, table := range t.tables {
		out = append(out, t.marks(b, of.Language, table))
	}
	if len(out) == 0 {
		return "", nil, fmt.Errorf("nothing to mend in %q: %s", batch.Source, t.Unread)
	}
	content, err = sheet.Workbook(out...)
	v := b.Voice(of.Language)
	return v.Plain("table.marked_file", nil) + ".xlsx", content, err
}

// marks is one of the tables with its doubtful rows.
func (t *table) marks(b *bot.Bot, lang string, of sheet.Table) sheet.Out {
	v := b.Voice(lang)
	out := sheet.Out{Name: of.Sheet, Marks: map[int][]sheet.Mark{}}
	if out.Name == "" {
		out.Name = v.Plain("exchange.sheet.models", nil)
	}
	for _, c := range of.Head.Cells {
		out.Heads = append(out.Heads, sheet.Head{Text: c.Text, Wide: 22})
	}
	wide := len(out.Heads)
	out.Heads = append(out.Heads, sheet.Head{Text: v.Plain("table.mend", nil), Wide: 60})

	for _, r := range slices.Concat(t.bad, slices.Collect(maps.Keys(t.twins))) {
		if r.line.Fault("", "", nil).Sheet != of.Sheet {
			continue
		}
		cells := make([]string, wide+1)
		for i, c := range r.line.Cells[:min(wide, len(r.line.Cells))] {
			cells[i] = shownAs(c)
		}
		said := t.said(r, len(out.Rows), out.Marks)
		cells[wide] = strings.Join(said, "; ")
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// said lists what is to be looked at in a row, and marks the cells.
func (t *table) said(r *row, at int, marks map[int][]sheet.Mark) (said []string) {
	if twin, is := t.twins[r]; is {
		return []string{r.Plain("table.twin_of", map[string]any{"Of": twin.Of})}
	}
	for _, f := range r.faults {
		remark := r.say(f)
		if column := sheet.ColumnOf(f.Cell); column >= 0 {
			marks[at] = append(marks[at], sheet.Mark{Column: column, Remark: remark})
		}
		said = append(said, remark)
	}
	return said
}

// shownAs is a cell as its person reads it: a day with its day first.
func shownAs(c sheet.Cell) string {
	var day store.Date
	if c.Kind == sheet.Date && day.UnmarshalText([]byte(c.Text)) == nil {
		return day.DMY()
	}
	return c.Text
}

// filled are the columns of the template, with those first that are needed.
var filled = []string{
	"code", "unit", "title", "kind", "registrants", "field", "title_group", "origin", "place", "problem", "target", "content",
	"from", "to", "contact", "phone", "state", "results", "money", "year",
}

// prefilled is in how many rows the unit stands already.
const prefilled = 60

// template makes a workbook to fill in: the lists of the campaign to pick from, the unit
// where there is but one, an example, and how it is filled in.
func template(ctx context.Context, b *bot.Bot, of store.Make) (string, []byte, error) {
	r, err := begin(ctx, b, Order{Post: of.Post, Language: of.Language}, of.AsOf)
	if err != nil {
		return "", nil, err
	}
	x := &row{reading: r, m: store.Model{Unit: r.post.Unit}}
	if err := x.bind(); err != nil {
		return "", nil, fmt.Errorf("%w: %w", ErrNothing, err)
	}

	out := sheet.Out{Name: r.Plain("exchange.sheet.models", nil), Picks: map[int]string{}}
	lists := sheet.Out{Name: r.Plain("exchange.sheet.lists", nil)}
	for i, name := range filled {
		c := columnNamed(name)
		out.Heads = append(out.Heads, sheet.Head{Text: c.head(r.Voice), Wide: max(c.wide, 12)})
		if values := x.values(name); len(values) > 0 {
			out.Picks[i] = lists.Add(c.head(r.Voice), values)
		}
	}
	out.Rows = append(out.Rows, x.exampleRow())

	if r.single() {
		unit, _ := r.org.Unit(r.post.Unit)
		for range prefilled {
			out.Rows = append(out.Rows, []string{"", unit.Name})
		}
	}
	content, err := sheet.Workbook(out, r.instructions(), lists)
	return r.Plain("exchange.file.template", nil) + ".xlsx", content, err
}

func columnNamed(name string) column {
	all := columns()
	return all[slices.IndexFunc(all, func(c column) bool { return c.name == name })]
}

// values are what a column of the template is picked from.
func (r *row) values(name string) []string {
	var out []string
	labels := func(list []store.Option) {
		for _, o := range list {
			out = append(out, o.Label.In(r.Lang))
		}
	}

	switch name {
	case "unit":
		for _, code := range r.org.Scope(r.post).Codes() {
			if u, _ := r.org.Unit(code); u.InForce(r.today) {
				out = append(out, u.Name)
			}
		}
	case "kind":
		out = []string{r.Say(store.Collective), r.Say(store.Individual)}
	case "field":
		labels(r.campaign.Fields)
	case "title_group":
		labels(r.campaign.Titles)
	case "origin":
		out = []string{r.Say(store.New), r.Say(store.Maintained), r.Say(store.Upgraded)}
	case "state":
		out = []string{r.Say(store.Waiting), r.Say(store.Doing), r.Say(store.Done), r.Say(store.Paused), r.Say(store.Failed)}
	}
	return out
}

// exampleRow shows how a row is filled in; it is not read.
func (r *row) exampleRow() []string {
	unit, _ := r.org.Unit(r.post.Unit)
	own := map[string]string{
		"code": r.Plain("exchange.example_row", nil), "unit": unit.Name, "year": strconv.Itoa(r.today.Year),
	}
	for _, name := range []string{"kind", "field", "title_group", "origin"} {
		if values := r.values(name); len(values) > 0 {
			own[name] = values[0]
		}
	}

	out := make([]string, len(filled))
	for i, name := range filled {
		if out[i] = r.example(name); own[name] != "" {
			out[i] = own[name]
		}
	}
	return out
}

// instructions say how the template is filled in.
func (r *reading) instructions() sheet.Out {
	head := sheet.Head{Text: r.Plain("exchange.template.head", nil), Wide: 110}
	out := sheet.Out{Name: r.Plain("exchange.sheet.instructions", nil), Heads: []sheet.Head{head}}
	for _, line := range strings.Split(r.Plain("exchange.template.lines", nil), "\n") {
		out.Rows = append(out.Rows, []string{line})
	}
	return out
}
