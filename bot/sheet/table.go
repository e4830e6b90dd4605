package sheet

import (
	"slices"
	"strings"
	"unicode"

	"danvan/flows/answer"
	"danvan/flows/answer/legacy"
)

// Column is a column that a kind of table has.
type Column struct {
	Name   string   // by which its cells are asked for
	Said   string   // as the people say who make such tables
	Heads  []string // what it may be headed with
	Needed bool
}

// headed reports whether a head, folded, is the column's.
func (c Column) headed(title string) bool {
	return title != "" && slices.ContainsFunc(c.Heads, func(name string) bool { return answer.Fold(name) == title })
}

// Table is a sheet from the row on that names its columns.
type Table struct {
	Sheet   string   // "" of a text file
	Line    int      // of the row that names the columns
	Titles  string   // what that row says
	Head    Row      // the row itself, of two rows what both say
	Missing []string // columns that are needed and not named, as people say them
	Lines   []Line   // those below in which something stands

	was legacy.Encoding
	at  map[string]int
}

// headMost is how many rows are looked at for the one that names the columns:
// above it stand titles and numbers of documents.
const headMost = 50

// Tables finds the tables of a file, under whatever stands above their heads: those
// that name all the columns that are needed. Where there is none, nearest is the one
// that lacks the fewest; its Line is 0 when the file is empty.
func Tables(sheets []Sheet, columns []Column) (found []Table, nearest Table) {
	for _, s := range sheets {
		t, ok := tableOf(s, columns)
		switch {
		case ok && len(t.Missing) == 0:
			t.below(s, columns)
			found = append(found, t)
		case ok && (nearest.Line == 0 || len(t.Missing) < len(nearest.Missing)):
			nearest = t
		}
	}
	return found, nearest
}

// tableOf finds the row that names the columns: the first that names all that
// are needed, else the one that names the most. A head may stand in two rows, what is
// common to several columns above them. False: there is no row at all.
func tableOf(s Sheet, columns []Column) (best Table, ok bool) {
	rows := s.Rows[:min(len(s.Rows), headMost)]
	for i, row := range rows {
		t := headed(s, row, columns)
		if i+1 < len(rows) && len(t.at) > 0 {
			if both := headed(s, joined(row, rows[i+1]), columns); len(both.at) > len(t.at) {
				t = both
			}
		}

		if len(t.Missing) == 0 {
			return t, true
		}
		if !ok || len(t.Missing) < len(best.Missing) {
			best, ok = t, true
		}
	}
	return best, ok
}

// headed is a table if a row is its head.
func headed(s Sheet, row Row, columns []Column) Table {
	t := Table{Sheet: s.Name, Line: row.Line, Titles: titles(row), Head: row, was: s.Was, at: map[string]int{}}
	heads := make([]string, len(row.Cells))
	for i, cell := range row.Cells {
		heads[i] = answer.Fold(cell.Text)
	}

	for _, c := range columns {
		i := slices.IndexFunc(heads, c.headed)
		switch {
		case i >= 0:
			t.at[c.Name] = i
		case c.Needed:
			t.Missing = append(t.Missing, c.Said)
		}
	}
	return t
}

// joined is a row in which stands what two say that follow one another, the lower one
// where both do.
func joined(upper, lower Row) Row {
	out := Row{Line: lower.Line, Cells: slices.Clone(lower.Cells)}
	for i, c := range upper.Cells {
		if i == len(out.Cells) {
			out.Cells = append(out.Cells, Cell{})
		}
		if strings.TrimSpace(out.Cells[i].Text) == "" {
			out.Cells[i] = c
		}
	}
	return out
}

// titles are what a row of heads says.
func titles(row Row) string {
	var out []string
	for _, c := range row.Cells {
		if s := answer.Clean(c.Text); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// below lists the rows below the head in which something stands.
func (t *Table) below(s Sheet, columns []Column) {
	for _, row := range s.Rows {
		l := Line{Row: row, table: t}
		if row.Line > t.Line && slices.ContainsFunc(columns, func(c Column) bool { return strings.TrimSpace(l.In(c.Name).Text) != "" }) {
			l.Cells = slices.Clone(l.Cells)
			t.Lines = append(t.Lines, l)
		}
	}
}

// Has reports whether the table has a column.
func (t Table) Has(column string) bool {
	_, ok := t.at[column]
	return ok
}

// Convert puts what stands in some columns in the letters of an old font into ours,
// and says which font that was and what became of the first of the columns. One
// name may be too short to tell, so all are looked at together.
func (t *Table) Convert(columns ...string) (font legacy.Encoding, converted []string) {
	if t.was != legacy.Unicode && t.was != legacy.CP1258 {
		for _, l := range t.Lines {
			converted = append(converted, answer.Clean(l.In(columns[0]).Text))
		}
		return t.was, converted
	}

	var cells []*Cell
	var all []string
	first := 0 // of the cells, how many are of the first column
	for i, name := range columns {
		for _, l := range t.Lines {
			if at, ok := t.at[name]; ok && at < len(l.Cells) {
				cells = append(cells, &l.Cells[at])
				all = append(all, strings.ReplaceAll(l.Cells[at].Text, "\n", " "))
			}
		}
		if i == 0 {
			first = len(cells)
		}
	}

	text, font := legacy.Text(strings.Join(all, "\n"))
	lines := strings.Split(text, "\n")
	if font == legacy.Unicode || len(lines) != len(cells) {
		return legacy.Unicode, nil
	}
	for i, c := range cells {
		if c.Text != lines[i] && i < first {
			converted = append(converted, strings.TrimSpace(c.Text)+" → "+strings.TrimSpace(lines[i]))
		}
		c.Text = lines[i]
	}
	return font, converted
}

// Line is a row of a table.
type Line struct {
	Row
	table *Table
}

// In returns what stands in a column of the row.
func (l Line) In(column string) Cell {
	if at, ok := l.table.at[column]; ok {
		return l.Cell(at)
	}
	return Cell{}
}

// Text returns what stands in a column of the row, on one line.
func (l Line) Text(column string) string {
	return strings.Join(strings.Fields(answer.Clean(l.In(column).Text)), " ")
}

// Unseen reports whether a character in a column of the row steers a screen instead
// of showing on it.
func (l Line) Unseen(column string) bool {
	return strings.ContainsFunc(strings.TrimSpace(l.In(column).Text), func(r rune) bool {
		return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control) || r == unicode.ReplacementChar
	})
}

// Fault says what is wrong at a place of a file, by catalogue key.
type Fault struct {
	Sheet string // of a workbook
	Line  int    // as a spreadsheet counts, from 1
	Cell  string // "B4"; "" for the whole row
	Key   string
	Args  map[string]any
}

// Fault is what is wrong in a column of the row.
func (l Line) Fault(column, key string, args map[string]any) Fault {
	f := Fault{Sheet: l.table.Sheet, Line: l.Row.Line, Key: key, Args: args}
	if at, ok := l.table.at[column]; ok {
		f.Cell = At(l.Row.Line, at)
	}
	return f
}
