package sheet

import (
	"errors"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"danvan/flows/answer/legacy"
)

// How much a file may hold. A workbook is a zip file, and a small one can unpack
// to a very large one; a row counts as far as its last cell, because that is
// what it costs.
const (
	MaxBytes    = 20 << 20
	MaxCells    = 1_000_000
	maxUnzipped = 64 << 20
	maxSheet    = 32 << 20
)

// Refusals of Read.
var (
	ErrTooBig   = errors.New("the file is larger than 20 MB")
	ErrTooWide  = errors.New("the file has more than a million cells")
	ErrEncoding = errors.New("the text is in no encoding that is known")
	ErrOld      = errors.New("a workbook of Excel 97-2003")
	ErrKind     = errors.New("neither a CSV nor an XLSX table")
	ErrBroken   = errors.New("the workbook is damaged")
)

// Sheet is a table: of a workbook one of its sheets.
type Sheet struct {
	Name string // "" of a text file
	Rows []Row  // those that are not empty
	// Was is how a text file was written before it was converted.
	Was legacy.Encoding
}

// Row is a line of a table.
type Row struct {
	Line  int // as a spreadsheet counts, from 1
	Cells []Cell
}

// Kind is what stands in a cell.
type Kind byte

// The kinds of cell. A date's text is the day as 2026-12-01.
const (
	Text Kind = iota
	Number
	Date
	Error
)

// Cell is a cell.
type Cell struct {
	Text string
	Kind Kind
}

// Cell returns a cell of a row by its column, from 0.
func (r Row) Cell(column int) Cell {
	if column < 0 || column >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[column]
}

// At names a cell as a spreadsheet does, "B4", by its line from 1 and its column
// from 0.
func At(line, column int) string {
	name, _ := excelize.CoordinatesToCellName(column+1, max(line, 1))
	return name
}

// ColumnOf is the column of a cell's name, from 0; -1 of what names none.
func ColumnOf(name string) int {
	column, _, err := excelize.CellNameToCoordinates(name)
	if err != nil {
		return -1
	}
	return column - 1
}

// errorTexts are what a spreadsheet shows in place of a value.
var errorTexts = []string{"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}

// written is the cell in which a text stands.
func written(text string) Cell {
	if slices.Contains(errorTexts, text) {
		return Cell{text, Error}
	}
	return Cell{Text: text}
}

// row makes a row of cells; false when nothing stands in them.
func row(line int, cells []Cell) (Row, bool) {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1].Text) == "" {
		cells = cells[:len(cells)-1]
	}
	return Row{line, cells}, len(cells) > 0
}
