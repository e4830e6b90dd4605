package report

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"strings"

	"danvan/store/figures"

	"github.com/xuri/excelize/v2"
)

// Workbook writes the tables as an Excel file, a sheet for each, ready to be
// printed and signed; the sentence and the reconciliation on the first. The last
// sheets list the models that were counted; nil leaves them out, and says so
// where there are any. The same inputs give the same bytes: nothing in the file says
// when it was written, only as of when it is.
func Workbook(f *figures.Figures, v figures.Voice, h figures.Heading, against figures.Against, listed []figures.Listed) ([]byte, error) {
	v = v.Plain()
	tables := f.Tables(v, h, against)
	tables[0].Notes = append([]string{f.Sentence(v, h)}, tables[0].Notes...)
	switch {
	case len(listed) > 0:
		tables = append(tables, f.Lists(v, listed)...)
	case len(f.All()) > 0:
		tables[0].Notes = append(tables[0].Notes, v.Text("figures.too_many", map[string]any{"Most": v.Count(listLimit)}))
	}

	b, err := writeWorkbook(v, f, h, tables)
	if err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	return b, nil
}

func writeWorkbook(v figures.Voice, f *figures.Figures, h figures.Heading, tables []figures.Table) (_ []byte, err error) {
	x := excelize.NewFile()
	defer func() { err = errors.Join(err, x.Close()) }()
	st, err := newStyles(x, v.Lang)
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

		number := fmt.Sprintf("%d/%d", i+1, len(tables))
		s := sheet{file: x, name: t.Sheet, styles: st, voice: v, page: pageOf(t)}
		s.issuer = v.Text("figures.issuer", map[string]any{"Unit": h.Issuer})
		s.number = v.Text("figures.sheet_number", map[string]any{"N": number})
		s.caption, s.year = f.Caption(v, h), f.AsOf.Year()
		if err := s.write(t); err != nil {
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
	page   page
	row    int // the last that was written

	issuer, number, caption string
	year                    int
}

// The rows above a table: who lets it go out and which table it is, its title,
// whose figures they are, and a narrow blank one.
const rowsAbove = 4

func (s *sheet) write(t figures.Table) error {
	if err := s.heading(t.Title); err != nil {
		return err
	}
	if err := s.head(t.Head); err != nil {
		return err
	}
	top := s.row
	for _, r := range t.Rows {
		if err := s.put(r); err != nil {
			return err
		}
	}

	if t.List && len(t.Rows) > 0 {
		if err := s.file.AutoFilter(s.name, cell(1, top)+":"+cell(len(t.Head), s.row), nil); err != nil {
			return err
		}
	}
	for _, note := range t.Notes {
		if err := s.across(note, s.styles.note, s.page.lines(note)*lineHeight+noteGap); err != nil {
			return err
		}
	}
	if err := s.signature(); err != nil {
		return err
	}
	return s.setUp(top)
}

// heading says above the table who lets it go out, which table it is, and whose
// figures they are.
func (s *sheet) heading(title string) error {
	half := s.page.half()
	s.row++
	if err := s.merged(1, half, s.issuer, s.styles.issuer); err != nil {
		return err
	}
	if err := s.merged(half+1, len(s.page.widths), s.number, s.styles.number); err != nil {
		return err
	}

	if err := s.across(title, s.styles.title, s.page.lines(title)*titleHeight); err != nil {
		return err
	}
	if err := s.across(s.caption, s.styles.caption, s.page.lines(s.caption)*lineHeight); err != nil {
		return err
	}
	s.row++
	return s.file.SetRowHeight(s.name, s.row, gapHeight)
}

// head writes the columns' heads: two rows where columns have groups, cells
// without a group as high as both; each row as high as its words need.
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
	style := s.styles.head
	if s.page.small {
		style = s.styles.listHead
	}
	if err := s.file.SetCellStyle(s.name, cell(1, s.row+1), cell(len(columns), s.row+high), style); err != nil {
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
	return s.file.SetRowHeight(s.name, s.row, s.page.headHeight(columns))
}

func headRows(columns []figures.Column) int {
	for _, c := range columns {
		if c.Group != "" {
			return 2
		}
	}
	return 1
}

// put writes a row, as high as its words need: not every program grows a row by
// itself.
func (s *sheet) put(r figures.Row) error {
	s.row++
	lines := 1
	for i, c := range r.Cells {
		at := cell(i+1, s.row)
		if err := s.file.SetCellStyle(s.name, at, at, s.styles.of(c, r.Total, s.page.small)); err != nil {
			return err
		}

		var err error
		switch c.Form {
		case figures.Blank:
		case figures.Number, figures.Place:
			err = s.file.SetCellInt(s.name, at, c.N)
		case figures.Decimal, figures.Rate:
			err = s.file.SetCellFloat(s.name, at, float64(c.N)/1000, -1, 64)
		default:
			text := safe(c.Say(s.voice))
			lines = max(lines, s.page.linesIn(i, text))
			err = s.file.SetCellStr(s.name, at, text)
		}
		if err != nil {
			return err
		}
	}
	return s.file.SetRowHeight(s.name, s.row, min(float64(lines)*s.page.lineHeight()+rowGap, highest))
}

// signature leaves room for the day, which the clerk fills in, and for the names
// of those who answer for the table: in one row, so that no page parts it.
func (s *sheet) signature() error {
	by, head := s.voice.Text("figures.signed_by", nil), s.voice.Text("figures.signed_head", nil)
	how := s.voice.Text("figures.signed_how", nil)
	day := s.voice.Text("figures.signed_day", map[string]any{"Year": fmt.Sprint(s.year)})
	half := s.page.half()

	if err := s.across(day, s.styles.number, dayHeight); err != nil {
		return err
	}
	s.row++
	if err := s.signer(1, half, by, how); err != nil {
		return err
	}
	if err := s.signer(half+1, len(s.page.widths), head, how); err != nil {
		return err
	}
	return s.file.SetRowHeight(s.name, s.row, signHeight)
}

func (s *sheet) signer(from, to int, who, how string) error {
	if err := s.merged(from, to, "", s.styles.sign); err != nil {
		return err
	}
	return s.file.SetCellRichText(s.name, cell(from, s.row), []excelize.RichTextRun{
		{Text: who + "\n", Font: &excelize.Font{Family: sheetFont, Size: fontSize, Bold: true}},
		{Text: how, Font: &excelize.Font{Family: sheetFont, Size: fontSize, Italic: true}},
	})
}

// across writes a line over all columns, so high: merged cells do not grow by
// themselves.
func (s *sheet) across(text string, style int, high float64) error {
	s.row++
	if err := s.merged(1, len(s.page.widths), text, style); err != nil {
		return err
	}
	return s.file.SetRowHeight(s.name, s.row, min(high, highest))
}

// merged writes a text over some columns of the row.
func (s *sheet) merged(from, to int, text string, style int) error {
	first, last := cell(from, s.row), cell(to, s.row)
	if err := s.file.SetCellStr(s.name, first, safe(text)); err != nil {
		return err
	}
	if from < to {
		if err := s.file.MergeCell(s.name, first, last); err != nil {
			return err
		}
	}
	return s.file.SetCellStyle(s.name, first, last, style)
}

// cell names a cell: "B4". Columns and rows are ours and always exist.
func cell(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(fmt.Sprintf("name cell %d, %d: %v", column, row, err))
	}
	return name
}
