package report

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"danvan/store"
	"danvan/store/figures"

	"github.com/xuri/excelize/v2"
)

// Workbook writes the tables as an Excel file, a sheet for each, the sentence
// and the reconciliation on the first. Heads are the models that the last
// sheet lists; nil leaves it out. The same inputs give the same bytes: nothing
// in the file says when it was written, only as of when it is.
func Workbook(f *figures.Figures, v figures.Voice, h figures.Heading, against figures.Against, heads []store.Head) ([]byte, error) {
	v = v.Plain()
	tables := f.Tables(v, h, against)
	tables[0].Notes = append([]string{f.Sentence(v, h)}, tables[0].Notes...)
	if heads != nil {
		tables = append(tables, f.List(v, heads))
	}
	b, err := writeWorkbook(v, f.Caption(v, h), f, tables)
	if err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	return b, nil
}

func writeWorkbook(v figures.Voice, caption string, f *figures.Figures, tables []figures.Table) (_ []byte, err error) {
	x := excelize.NewFile()
	defer func() { err = errors.Join(err, x.Close()) }()
	st, err := newStyles(x)
	if err != nil {
		return nil, err
	}
	at := f.AsOf.UTC().Format("2006-01-02T15:04:05Z")
	if err := x.SetDocProps(&excelize.DocProperties{
		Creator: "danvan", LastModifiedBy: "danvan", Title: safe(tables[0].Title), Created: at, Modified: at, Language: v.Lang,
	}); err != nil {
		return nil, err
	}

	for i, t := range tables {
		if i == 0 {
			err = x.SetSheetName("Sheet1", t.Sheet)
		} else {
			_, err = x.NewSheet(t.Sheet)
		}
		if err != nil {
			return nil, err
		}
		s := sheet{file: x, name: t.Sheet, styles: st, voice: v}
		if err := s.write(t, caption); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", t.Sheet, err)
		}
	}

	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// safe keeps what a person typed from being read as a formula (ASVS 1.2.10):
// an apostrophe is put before a sign that begins one. Sheets are opened by
// programs that guess.
func safe(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n\x00", rune(s[0])) {
		return "'" + s
	}
	return s
}

// sheet is one sheet while it is written.
type sheet struct {
	file   *excelize.File
	name   string
	styles styles
	voice  figures.Voice
	row    int // the last that was written
}

// The rows above a table: its title, the caption, and a blank one.
const rowsAbove = 3

func (s *sheet) write(t figures.Table, caption string) error {
	if err := s.heading(t.Title, caption); err != nil {
		return err
	}
	if err := s.head(t.Head); err != nil {
		return err
	}
	for _, r := range t.Rows {
		if err := s.put(r); err != nil {
			return err
		}
	}
	for _, note := range t.Notes {
		if err := s.note(note, width(t.Head), len(t.Head)); err != nil {
			return err
		}
	}
	return s.setUp(t)
}

// heading lets titles run over the cells to their right, which are empty.
func (s *sheet) heading(title, caption string) error {
	for i, line := range []struct {
		text  string
		style int
	}{{title, s.styles.title}, {caption, s.styles.caption}} {
		at := cell(1, i+1)
		if err := s.file.SetCellStr(s.name, at, safe(line.text)); err != nil {
			return err
		}
		if err := s.file.SetCellStyle(s.name, at, at, line.style); err != nil {
			return err
		}
	}
	s.row = rowsAbove
	return nil
}

// head writes the columns' heads: two rows where columns have groups, cells
// without a group as high as both.
func (s *sheet) head(columns []figures.Column) error {
	high := headRows(columns)
	for i, c := range columns {
		if err := s.file.SetCellStr(s.name, cell(i+1, s.row+high), safe(c.Text)); err != nil {
			return err
		}
		if err := s.file.SetCellStr(s.name, cell(i+1, s.row+1), safe(cmp.Or(c.Group, c.Text))); err != nil {
			return err
		}
	}
	if err := s.file.SetCellStyle(s.name, cell(1, s.row+1), cell(len(columns), s.row+high), s.styles.head); err != nil {
		return err
	}

	for i := 0; high > 1 && i < len(columns); {
		next := i + 1
		for columns[i].Group != "" && next < len(columns) && columns[next].Group == columns[i].Group {
			next++
		}
		bottom := s.row + high
		if columns[i].Group != "" {
			bottom = s.row + 1
		}
		if err := s.file.MergeCell(s.name, cell(i+1, s.row+1), cell(next, bottom)); err != nil {
			return err
		}
		i = next
	}
	s.row += high
	return nil
}

func headRows(columns []figures.Column) int {
	for _, c := range columns {
		if c.Group != "" {
			return 2
		}
	}
	return 1
}

func (s *sheet) put(r figures.Row) error {
	s.row++
	for i, c := range r.Cells {
		at := cell(i+1, s.row)
		if err := s.file.SetCellStyle(s.name, at, at, s.styles.of(c, r.Total)); err != nil {
			return err
		}

		var err error
		switch c.Form {
		case figures.Blank:
		case figures.Number:
			err = s.file.SetCellInt(s.name, at, c.N)
		case figures.Decimal, figures.Rate:
			err = s.file.SetCellFloat(s.name, at, float64(c.N)/1000, -1, 64)
		default:
			err = s.file.SetCellStr(s.name, at, safe(c.Say(s.voice)))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// note writes a line below the table across all its columns, as high as it
// needs: merged cells do not grow by themselves.
func (s *sheet) note(text string, wide, columns int) error {
	s.row++
	from, to := cell(1, s.row), cell(columns, s.row)
	if err := s.file.SetCellStr(s.name, from, safe(text)); err != nil {
		return err
	}
	if err := s.file.MergeCell(s.name, from, to); err != nil {
		return err
	}
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		lines += 1 + utf8.RuneCountInString(line)/wide
	}
	if err := s.file.SetRowHeight(s.name, s.row, float64(lines)*lineHeight); err != nil {
		return err
	}
	return s.file.SetCellStyle(s.name, from, to, s.styles.note)
}

// cell names a cell: "B4". Columns and rows are ours and always exist.
func cell(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(fmt.Sprintf("name cell %d, %d: %v", column, row, err))
	}
	return name
}

// sheetRows names whole rows of a sheet: "'Tổng hợp'!$4:$5".
func sheetRows(name string, from, to int) string {
	return fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(name, "'", "''"), from, to)
}
