package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Out is a table to be written.
type Out struct {
	Name  string // of the sheet
	Heads []Head
	Rows  [][]string
	// Picks are the ranges of cells, "'Danh mục'!$A$2:$A$5", that a column's values are
	// picked from, by the column from 0.
	Picks map[int]string
	// Marks colour cells of a row, by its place among Rows, with a remark for each.
	Marks map[int][]Mark
}

// Add puts a list into the next column, and returns the range of its cells.
func (t *Out) Add(head string, values []string) string {
	column := len(t.Heads)
	t.Heads = append(t.Heads, Head{head, 32})
	for i, v := range values {
		if i == len(t.Rows) {
			t.Rows = append(t.Rows, nil)
		}
		for len(t.Rows[i]) <= column {
			t.Rows[i] = append(t.Rows[i], "")
		}
		t.Rows[i][column] = v
	}
	from, fromErr := excelize.CoordinatesToCellName(column+1, 2, true)
	to, toErr := excelize.CoordinatesToCellName(column+1, len(values)+1, true)
	if fromErr != nil || toErr != nil {
		return "" // beyond the last column of any spreadsheet
	}
	return "'" + strings.ReplaceAll(t.Name, "'", "''") + "'!" + from + ":" + to
}

// Head is the head of a column. Wide is in characters; 0 is fourteen.
type Head struct {
	Text string
	Wide float64
}

// Mark is a remark at a cell, by its column from 0.
type Mark struct {
	Column int
	Remark string
}

const defaultWide = 14

// signs begin a formula where a spreadsheet guesses (ASVS 1.2.10).
var (
	formula = regexp.MustCompile(`^'*[=+\-@\t\r\n]`)
	guarded = regexp.MustCompile(`^''*[=+\-@\t\r\n]`)
)

// Guard puts an apostrophe before a text that a spreadsheet would take for a formula.
func Guard(s string) string {
	if formula.MatchString(s) {
		return "'" + s
	}
	return s
}

// Unguard takes off the apostrophe that Guard put there.
func Unguard(s string) string {
	if guarded.MatchString(s) {
		return s[1:]
	}
	return s
}

// CSV writes a table as UTF-8 with a mark at its beginning, by which Excel knows it.
func CSV(t Out) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\xef\xbb\xbf")
	w := csv.NewWriter(&b)
	w.UseCRLF = true

	heads := make([]string, len(t.Heads))
	for i, h := range t.Heads {
		heads[i] = Guard(h.Text)
	}
	err := w.Write(heads)
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, s := range row {
			cells[i] = Guard(s)
		}
		err = errors.Join(err, w.Write(cells))
	}
	w.Flush()
	return b.Bytes(), errors.Join(err, w.Error())
}

// Workbook writes tables as the sheets of a workbook. Every cell is a text, so that a
// code keeps its zeros and a figure what people wrote.
func Workbook(tables ...Out) (_ []byte, err error) {
	x := excelize.NewFile()
	defer func() { err = errors.Join(err, x.Close()) }()
	st, err := newStyles(x)
	if err != nil {
		return nil, err
	}

	for i, t := range tables {
		if i == 0 {
			err = x.SetSheetName("Sheet1", t.Name)
		} else {
			_, err = x.NewSheet(t.Name)
		}
		if err == nil {
			err = t.write(x, st)
		}
		if err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// styles of a written workbook.
type styles struct{ head, cell, marked int }

func newStyles(x *excelize.File) (s styles, err error) {
	edge := []excelize.Border{
		{Type: "left", Color: "BFBFBF", Style: 1}, {Type: "right", Color: "BFBFBF", Style: 1},
		{Type: "top", Color: "BFBFBF", Style: 1}, {Type: "bottom", Color: "BFBFBF", Style: 1},
	}
	font := &excelize.Font{Family: "Times New Roman", Size: 11}
	lie := &excelize.Alignment{Vertical: "top", WrapText: true}
	pink := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFD9D9"}}

	for _, of := range []struct {
		to *int
		as excelize.Style
	}{
		{&s.head, excelize.Style{
			Border: edge, Font: &excelize.Font{Family: "Times New Roman", Size: 11, Bold: true},
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
		}},
		{&s.cell, excelize.Style{Border: edge, Font: font, Alignment: lie, NumFmt: 49}},
		{&s.marked, excelize.Style{Border: edge, Font: font, Alignment: lie, NumFmt: 49, Fill: pink}},
	} {
		if *of.to, err = x.NewStyle(&of.as); err != nil {
			return s, err
		}
	}
	return s, nil
}

// write streams a table: thousands of rows are written as they come.
func (t Out) write(x *excelize.File, st styles) error {
	// What is set of a sheet once its rows were streamed is lost.
	if err := errors.Join(t.remark(x), t.pick(x), t.layOut(x)); err != nil {
		return err
	}
	w, err := x.NewStreamWriter(t.Name)
	if err != nil {
		return err
	}

	heads := make([]any, len(t.Heads))
	for i, h := range t.Heads {
		wide := h.Wide
		if wide == 0 {
			wide = defaultWide
		}
		if err := w.SetColWidth(i+1, i+1, wide); err != nil {
			return err
		}
		heads[i] = excelize.Cell{StyleID: st.head, Value: Guard(h.Text)}
	}
	top := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := errors.Join(w.SetPanes(top), w.SetRow("A1", heads, excelize.RowOpts{Height: 32})); err != nil {
		return err
	}

	for i, row := range t.Rows {
		cells := make([]any, len(row))
		for j, s := range row {
			cells[j] = excelize.Cell{StyleID: st.cell, Value: Guard(s)}
		}
		for _, m := range t.Marks[i] {
			if m.Column < len(cells) {
				cells[m.Column] = excelize.Cell{StyleID: st.marked, Value: Guard(row[m.Column])}
			}
		}
		if err := w.SetRow(At(i+2, 0), cells); err != nil {
			return err
		}
	}
	return w.Flush()
}

// layOut has a table printed on A4 lying on its side, as wide as the page.
func (t Out) layOut(x *excelize.File) error {
	size, orientation, one, many, fit := 9, "landscape", 1, 0, true
	layout := &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &one, FitToHeight: &many}
	return errors.Join(x.SetPageLayout(t.Name, layout), x.SetSheetProps(t.Name, &excelize.SheetPropsOptions{FitToPage: &fit}))
}

// pickRows is for how many rows a list can be picked from.
const pickRows = 1000

// pick gives columns the lists from which their values are picked. Another value may be
// typed all the same: it is read, or said to be wrong, when the table comes back.
func (t Out) pick(x *excelize.File) error {
	var errs []error
	for _, column := range slices.Sorted(maps.Keys(t.Picks)) {
		v := excelize.NewDataValidation(true)
		v.Sqref, v.ShowErrorMessage = At(2, column)+":"+At(pickRows, column), false
		v.SetSqrefDropList(t.Picks[column])
		errs = append(errs, x.AddDataValidation(t.Name, v))
	}
	return errors.Join(errs...)
}

// remark puts the remarks at their cells.
func (t Out) remark(x *excelize.File) error {
	for i, marks := range t.Marks {
		for _, m := range marks {
			text := []excelize.RichTextRun{{Text: strings.TrimSpace(m.Remark)}}
			note := excelize.Comment{Author: "danvan", Cell: At(i+2, m.Column), Paragraph: text, Width: 260, Height: 90}
			if err := x.AddComment(t.Name, note); err != nil {
				return err
			}
		}
	}
	return nil
}
