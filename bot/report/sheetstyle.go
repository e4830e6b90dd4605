package report

import (
	"unicode/utf8"

	"danvan/store/figures"

	"github.com/xuri/excelize/v2"
)

// Sizes, in the units of a sheet: characters, points, inches.
const (
	numberWide = 11
	lineHeight = 17
	sheetFont  = "Times New Roman" // of official documents (NĐ 30/2020)
	fontSize   = 12
	paperA4    = 9
	mm         = 1 / 25.4
)

// styles are the numbers of a workbook's cell styles.
type styles struct {
	title, caption, head, note int
	plain, total               map[styleKey]int
}

// styleKey is what the look of a cell depends on.
type styleKey struct {
	form   figures.Form
	signed bool
}

// formats are the number formats by form. Their signs are neutral: a program
// shows 4,494 as its reader's country writes it.
var formats = map[styleKey]string{
	{figures.Number, false}:  "#,##0",
	{figures.Number, true}:   "+#,##0;-#,##0;0",
	{figures.Decimal, false}: "#,##0.###",
	{figures.Decimal, true}:  "+#,##0.###;-#,##0.###;0",
	{figures.Rate, false}:    "0.0%",
	{figures.Rate, true}:     "+0.0%;-0.0%;0.0%",
}

func newStyles(x *excelize.File) (styles, error) {
	st := styles{plain: map[styleKey]int{}, total: map[styleKey]int{}}
	for _, s := range []struct {
		to    *int
		style *excelize.Style
	}{
		{&st.title, &excelize.Style{Font: &excelize.Font{Family: sheetFont, Size: 14, Bold: true}}},
		{&st.caption, &excelize.Style{Font: &excelize.Font{Family: sheetFont, Size: fontSize, Italic: true}}},
		{&st.note, &excelize.Style{
			Font:      &excelize.Font{Family: sheetFont, Size: fontSize},
			Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
		}},

		{&st.head, &excelize.Style{
			Font: &excelize.Font{Family: sheetFont, Size: fontSize, Bold: true}, Border: lines(),
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7EEF5"}},
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
		}},
	} {
		n, err := x.NewStyle(s.style)
		if err != nil {
			return styles{}, err
		}
		*s.to = n
	}
	return st, st.addCells(x)
}

// addCells makes a style for each form of cell, in a fixed order: styles are
// numbered as they come.
func (st styles) addCells(x *excelize.File) error {
	for _, form := range []figures.Form{figures.Blank, figures.Text, figures.Number, figures.Decimal, figures.Rate, figures.None} {
		for _, signed := range []bool{false, true} {
			k := styleKey{form, signed}
			if signed && formats[k] == "" {
				continue
			}
			plain, err := x.NewStyle(cellStyle(k, false))
			if err != nil {
				return err
			}
			total, err := x.NewStyle(cellStyle(k, true))
			if err != nil {
				return err
			}
			st.plain[k], st.total[k] = plain, total
		}
	}
	return nil
}

func cellStyle(k styleKey, bold bool) *excelize.Style {
	s := &excelize.Style{
		Font: &excelize.Font{Family: sheetFont, Size: fontSize, Bold: bold}, Border: lines(),
		Alignment: &excelize.Alignment{Vertical: "top"},
	}
	if bold {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F4F4F4"}}
	}
	switch k.form {
	case figures.Blank, figures.Text:
		s.Alignment.WrapText = true
	case figures.None:
		s.Alignment.Horizontal = "right"
	default:
		format := formats[k]
		s.CustomNumFmt = &format
	}
	return s
}

func lines() []excelize.Border {
	var out []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		out = append(out, excelize.Border{Type: side, Color: "9AA5B1", Style: 1})
	}
	return out
}

// of returns the style of a cell.
func (st styles) of(c figures.Cell, total bool) int {
	k := styleKey{c.Form, c.Signed}
	switch {
	case c.Form == figures.Typed:
		k.form = figures.Text
	case c.Form == figures.Decimal && c.N%1000 == 0:
		k.form = figures.Number // a format with optional decimals would leave a bare comma
	}
	if total {
		return st.total[k]
	}
	return st.plain[k]
}

// setUp fixes the table's head, sets the widths, and prepares the print: A4
// landscape, one page wide, the head on every page, margins of 20, 20, 30 and
// 15 mm (NĐ 30/2020), numbered pages.
func (s *sheet) setUp(t figures.Table) error {
	for i, c := range t.Head {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := s.file.SetColWidth(s.name, name, name, float64(columnWidth(c))); err != nil {
			return err
		}
	}

	top := rowsAbove + headRows(t.Head)
	if err := s.file.SetPanes(s.name, &excelize.Panes{
		Freeze: true, YSplit: top, TopLeftCell: cell(1, top+1), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: cell(1, top+1), ActiveCell: cell(1, top+1), Pane: "bottomLeft"}},
	}); err != nil {
		return err
	}

	size, landscape, one, many, fit := paperA4, "landscape", 1, 0, true
	layout := &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToWidth: &one, FitToHeight: &many}
	if err := s.file.SetPageLayout(s.name, layout); err != nil {
		return err
	}
	if err := s.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	edge, left, right, footer := 20*mm, 30*mm, 15*mm, 10*mm
	margins := &excelize.PageLayoutMarginsOptions{Top: &edge, Bottom: &edge, Left: &left, Right: &right, Header: &footer, Footer: &footer}
	if err := s.file.SetPageMargins(s.name, margins); err != nil {
		return err
	}

	if err := s.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&C&P/&N"}); err != nil {
		return err
	}
	return s.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: sheetRows(s.name, rowsAbove+1, top),
	})
}

// columnWidth is at least as wide as the longest word of the head.
func columnWidth(c figures.Column) int {
	if c.Wide > 0 {
		return c.Wide
	}
	return max(numberWide, min(2*numberWide, utf8.RuneCountInString(c.Text)*2/3+2))
}

func width(columns []figures.Column) int {
	total := 0
	for _, c := range columns {
		total += columnWidth(c)
	}
	return total
}
