package figures

import "slices"

// Form is how a cell is written.
type Form uint8

// The forms of a cell.
const (
	Blank   Form = iota
	Text         // in our words
	Typed        // as a person typed it
	Number       // a count, or đồng
	Decimal      // thousandths
	Rate         // per mille, shown as per cent
	None         // a figure that there is not: "–"
	Place        // which row it is, from 1
)

// Cell is one cell of a table. A number has the Key of its figure, so that
// "why?" can be answered from wherever it is shown.
type Cell struct {
	Form Form
	Text string
	N    int64
	Key  Key
	// Signed says that the number is a change: "+6".
	Signed bool
}

// Say writes the cell for a chat.
func (c Cell) Say(v Voice) string {
	var out string
	switch c.Form {
	case Text:
		return c.Text
	case Typed:
		return v.escape(c.Text)
	case None:
		return v.Text("figures.none", nil)
	case Number, Place:
		out = v.Count(c.N)
	case Decimal:
		out = v.Number(v.Lang, c.N)
	case Rate:
		out = v.Percent(c.N)
	}

	if c.Signed {
		return signed(c.N, out)
	}
	return out
}

// Column is the head of a column; Wide ones hold words.
type Column struct {
	Text  string
	Group string // what neighbouring columns have in common
	Wide  int    // characters; 0: as a number needs
	// Spare columns are left out where nothing stands under them.
	Spare bool
}

// Row is a line of a table.
type Row struct {
	Cells []Cell
	Total bool
}

// Table is one of a review's tables (domain.md §5), the same for the chat and
// the workbook.
type Table struct {
	ID    string // "T3"
	Sheet string // a short name
	Title string
	Head  []Column
	Rows  []Row
	Notes []string
	// List says that it has many words, is set small, and rows are looked for.
	List bool
}

// says reports whether a cell tells anything: words, or a number other than 0.
func (c Cell) says() bool { return c.N != 0 || c.Text != "" }

// trim leaves out the spare columns under which nothing stands.
func (t *Table) trim() {
	for i := len(t.Head) - 1; i >= 0; i-- {
		says := !t.Head[i].Spare
		for _, r := range t.Rows {
			says = says || i < len(r.Cells) && r.Cells[i].says()
		}
		if says {
			continue
		}

		t.Head = slices.Delete(t.Head, i, i+1)
		for j, r := range t.Rows {
			if i < len(r.Cells) {
				t.Rows[j].Cells = slices.Delete(r.Cells, i, i+1)
			}
		}
	}
}

func text(s string) Cell       { return Cell{Form: Text, Text: s} }
func typed(s string) Cell      { return Cell{Form: Typed, Text: s} }
func number(n int, k Key) Cell { return Cell{Form: Number, N: int64(n), Key: k} }
func rank(n int) Cell          { return Cell{Form: Number, N: int64(n)} }
func place(n int) Cell         { return Cell{Form: Place, N: int64(n)} }
func share(n, of int) Cell     { return rate(int64(n), int64(of)) }

func rate(n, of int64) Cell {
	if of == 0 {
		return Cell{Form: None}
	}
	return Cell{Form: Rate, N: ratio(n, of)}
}

// measured is a figure of a metric, or a count where there is none.
func measured(n int64, k Key) Cell {
	if k.Metric.Whole() {
		return Cell{Form: Number, N: n, Key: k}
	}
	return Cell{Form: Decimal, N: n, Key: k}
}

func (v Voice) column(key string, wide int) Column {
	return Column{Text: v.Text("figures.column."+key, nil), Wide: wide}
}

func (v Voice) spare(key string, wide int) Column {
	c := v.column(key, wide)
	c.Spare = true
	return c
}
