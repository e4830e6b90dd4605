package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"danvan/bot"
	"danvan/bot/sheet"
	"danvan/flows/answer"
	"danvan/flows/answer/legacy"
	"danvan/flows/forms"
	"danvan/store"
)

// Order is how a table is brought in.
type Order struct {
	Content  []byte
	Source   string       // the file's name
	Post     store.PostID // of whoever brings it; "" the command line
	Language string
	Twins    bool   // also what is likely there already
	Dry      bool   // only say what it comes to
	Batch    uint64 // of a table that came over a channel; 0: a new one
}

// Sorted is what a table comes to, in the language of the order.
type Sorted struct {
	Batch  uint64
	Unread string // why the table was not read at all
	Rows   int
	New    int // rows of models that are not there yet
	Vague  int // of these, how many say little
	Twins  []Twin
	Faults []Fault
	Font   legacy.Encoding // of the years before Unicode, from which it was converted

	Added   int // models that were written
	Waiting int // of these, how many wait for their check
}

// Twin is a row of a model that is likely there already.
type Twin struct {
	Place, Title string
	Of           string // the model there, or the row before
	Same         bool   // it has the same code: there is no question
}

// Fault is what is wrong at a place of the table.
type Fault struct {
	Sheet, Cell string
	Line        int
	Text        string
}

// table is a file that was read and sorted.
type table struct {
	Sorted
	tables []sheet.Table
	rows   []*row        // without a fault
	twins  map[*row]Twin // of those
	bad    []*row        // with one
}

// unreadable are the texts that say why a file was not read.
func unreadable() map[error]string {
	return map[error]string{
		sheet.ErrTooBig: "import.too_big", sheet.ErrTooWide: "import.too_wide", sheet.ErrEncoding: "import.encoding",
		sheet.ErrOld: "import.old", sheet.ErrKind: "import.not_a_table", sheet.ErrBroken: "import.broken",
	}
}

// Unreadable is the text that says why a file was not read; "" for an error that is
// the machine's.
func Unreadable(err error) string {
	for sentinel, key := range unreadable() {
		if errors.Is(err, sentinel) {
			return key
		}
	}
	return ""
}

// sortOut reads a table and sorts its rows, outside of any transaction that others
// wait for.
func sortOut(ctx context.Context, b *bot.Bot, o Order, batch store.Batch, now time.Time) (*table, error) {
	r, err := begin(ctx, b, o, now)
	if err != nil {
		return nil, err
	}
	out := &table{twins: map[*row]Twin{}}
	sheets, err := sheet.Read(bytes.NewReader(o.Content))
	if key := Unreadable(err); key != "" {
		out.Unread = r.Plain(key, map[string]any{"File": o.Source})
		return out, nil
	}
	if err != nil {
		return nil, err
	}

	all := slices.Concat(columns(), r.marks())
	if out.Unread = out.find(r, sheets, all); out.Unread != "" {
		return out, nil
	}
	r.readPast(sheets)
	for i := range out.tables {
		for _, line := range out.tables[i].Lines {
			out.add(r.read(line, all))
		}
	}
	return out, out.compare(ctx, b, batch)
}

// begin is what the rows of a table are read against.
func begin(ctx context.Context, b *bot.Bot, o Order, now time.Time) (*reading, error) {
	units, err := b.Book().Refresh(ctx, b.Store)
	if err != nil {
		return nil, err
	}
	r := &reading{Voice: b.Voice(o.Language), form: forms.Register(), now: now, meant: map[string]string{}}
	r.today = store.DateOf(now.In(b.Zone))
	r.org = units.On(r.today)
	r.Units = r.org.Unit
	if o.Post != "" {
		r.post, _ = r.org.Seat(o.Post)
	}
	return r, b.Store.View(ctx, func(tx store.Reader) (err error) {
		r.campaigns, err = tx.Campaigns()
		return err
	})
}

// prose are the columns whose letters tell in what font a table was written.
var prose = []string{"title", "unit", "registrants", "place", "problem", "target", "content", "contact"}

// find finds the tables of models in a file, and says what they lack.
func (t *table) find(r *reading, sheets []sheet.Sheet, all []column) (unread string) {
	known := make([]sheet.Column, len(all))
	for i, c := range all {
		known[i] = c.known(r.Voice)
	}
	found, nearest := sheet.Tables(sheets, known)
	if len(found) == 0 {
		return r.Plain("exchange.no_table", map[string]any{"Found": answer.Excerpt(nearest.Titles), "Line": nearest.Line})
	}

	t.tables = found
	for i := range t.tables {
		if font, _ := t.tables[i].Convert(prose...); font != legacy.Unicode {
			t.Font = font
		}
		for _, need := range []string{"unit", "kind", "field"} {
			if !t.names(i, need, all) && !(need == "unit" && r.single()) {
				return r.Plain("exchange.no_column", map[string]any{
					"Column": column{name: need}.head(r.Voice), "Example": r.example(need),
					"Found": t.tables[i].Titles, "Sheet": t.tables[i].Sheet,
				})
			}
		}
	}
	return ""
}

// names reports whether a table has a column, or one that says the same another way.
func (t *table) names(i int, need string, all []column) bool {
	return slices.ContainsFunc(all, func(c column) bool { return (c.name == need || c.says == need) && t.tables[i].Has(c.name) })
}

// add puts a row where it belongs. One that a template shows as an example is none.
func (t *table) add(r *row) {
	if r.isExample() || r.blank() {
		return
	}
	t.Rows++
	if len(r.faults) == 0 {
		t.rows = append(t.rows, r)
		return
	}
	t.bad = append(t.bad, r)
	for _, f := range r.faults {
		t.Faults = append(t.Faults, Fault{f.Sheet, f.Cell, f.Line, r.say(f)})
	}
}

// say says in words what is wrong at a place.
func (r *reading) say(f sheet.Fault) string { return plainWords(r.Plain(f.Key, f.Args)) }

// place names a row as people find it.
func (r *row) place() string {
	f := r.line.Fault("", "", nil)
	if f.Sheet == "" {
		return strconv.Itoa(f.Line)
	}
	return fmt.Sprintf("%s!%d", f.Sheet, f.Line)
}

// count counts what was sorted, in the order of the table.
func (t *table) count() {
	for _, r := range t.rows {
		twin, is := t.twins[r]
		if is {
			t.Twins = append(t.Twins, twin)
			continue
		}
		t.New++
		if len(r.m.Vague) > 0 {
			t.Vague++
		}
	}
}

// wanted are the rows that are to be written.
func (t *table) wanted(twins bool) []*row {
	return slices.DeleteFunc(slices.Clone(t.rows), func(r *row) bool {
		twin, is := t.twins[r]
		return is && (twin.Same || !twins)
	})
}
