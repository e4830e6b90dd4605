package report

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"

	"danvan/store/figures"
)

// The columns of a sheet of passes and how wide they are. Who reads lists of people
// reads these too, so that the sheet can be added to and sent again.
var passColumns = []struct {
	key  string
	wide float64
}{
	{"passes.code", 11}, {"passes.unit", 30}, {"passes.role", 22}, {"passes.name", 26}, {"passes.link", 74}, {"passes.until", 18},
}

// PassSheet writes the invitations as a workbook, a row each, in the order that they
// have. The same passes give the same bytes; at is when they were made.
func PassSheet(list []Pass, v figures.Voice, at time.Time) (_ []byte, err error) {
	x := excelize.NewFile()
	defer func() { err = errors.Join(err, x.Close()) }()
	st, err := newStyles(x, v.Lang)
	if err != nil {
		return nil, err
	}
	when := at.UTC().Format("2006-01-02T15:04:05Z")
	title, name := v.Text("passes.title", nil), v.Text("passes.sheet", nil)
	err = errors.Join(x.SetSheetName("Sheet1", name), x.SetDocProps(&excelize.DocProperties{
		Creator: "danvan", LastModifiedBy: "danvan", Title: title, Created: when, Modified: when, Language: v.Lang,
	}))
	if err != nil {
		return nil, err
	}

	s := sheet{file: x, name: name, styles: st, voice: v}
	for _, c := range passColumns {
		s.page.widths = append(s.page.widths, c.wide)
	}
	if err := s.passes(list, title); err != nil {
		return nil, fmt.Errorf("write the sheet of invitations: %w", err)
	}

	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// passes writes the title, the heads and the rows, to be printed broad on A4.
func (s *sheet) passes(list []Pass, title string) error {
	warning := s.voice.Text("passes.warning", nil)
	err := errors.Join(s.across(title, s.styles.title, titleHeight), s.across(warning, s.styles.caption, lineHeight))
	s.row++
	for i, c := range passColumns {
		err = errors.Join(err, s.file.SetCellStr(s.name, cell(i+1, s.row), s.voice.Text(c.key, nil)), s.widen(i, c.wide))
	}
	last := len(passColumns)
	err = errors.Join(err, s.file.SetCellStyle(s.name, cell(1, s.row), cell(last, s.row), s.styles.head),
		s.file.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: s.row, TopLeftCell: cell(1, s.row+1), ActivePane: "bottomLeft"}))
	if err != nil {
		return err
	}

	text := s.styles.of(figures.Cell{Form: figures.Text}, false, false)
	for _, p := range list {
		s.row++
		high := 1
		for i, value := range []string{p.Code, p.Unit, p.Role, p.Name, p.Link, p.Expires.Format("15:04 02/01/2006")} {
			high = max(high, s.page.linesIn(i, value))
			err = errors.Join(err, s.file.SetCellStr(s.name, cell(i+1, s.row), safe(value)))
		}
		err = errors.Join(err, s.file.SetCellStyle(s.name, cell(1, s.row), cell(last, s.row), text),
			s.file.SetRowHeight(s.name, s.row, min(float64(high)*lineHeight+rowGap, highest)))
	}

	landscape, size, one, all := "landscape", paperA4, 1, 0
	fit := true
	return errors.Join(err, s.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Orientation: &landscape, Size: &size, FitToWidth: &one, FitToHeight: &all,
	}), s.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}))
}

func (s *sheet) widen(column int, wide float64) error {
	name, err := excelize.ColumnNumberToName(column + 1)
	return errors.Join(err, s.file.SetColWidth(s.name, name, name, wide))
}
