package report

import (
	"strings"

	"danvan/store/figures"

	"github.com/xuri/excelize/v2"
)

// The letters of official documents (NĐ 30/2020).
const (
	sheetFont = "Times New Roman"
	fontSize  = 12
	listSize  = 10 // of a list
)

// styles are the numbers of a workbook's cell styles.
type styles struct {
	issuer, number, title, caption, head, listHead, note, sign int

	cells map[styleKey]int
}

// styleKey is what the look of a cell depends on.
type styleKey struct {
	form                 figures.Form
	signed, total, small bool
}

// formats are the number formats by form: of a figure, and of a change. Programs that know the language of a
// format write 4.494 with it; others as their reader's country does.
var formats = map[figures.Form][2]string{
	figures.Number:  {"#,##0", "+#,##0;-#,##0;0"},
	figures.Decimal: {"#,##0.###", "+#,##0.###;-#,##0.###;0"},
	figures.Rate:    {"0.0%", "+0.0%;-0.0%;0.0%"},
}

// vietnamese is the language of a format.
const vietnamese = "[$-42A]"

func newStyles(x *excelize.File, lang string) (styles, error) {
	st := styles{cells: map[styleKey]int{}}
	font := func(size float64, bold, italic bool) *excelize.Font {
		return &excelize.Font{Family: sheetFont, Size: size, Bold: bold, Italic: italic}
	}
	aligned := func(across, up string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: across, Vertical: up, WrapText: true}
	}
	head := func(size float64) *excelize.Style {
		return &excelize.Style{
			Font: font(size, true, false), Border: lines(), Alignment: aligned("center", "center"), Fill: filled("E7EEF5"),
		}
	}

	for _, s := range []struct {
		to    *int
		style *excelize.Style
	}{
		{&st.issuer, &excelize.Style{Font: font(fontSize, true, false), Alignment: aligned("left", "center")}},
		{&st.number, &excelize.Style{Font: font(fontSize, false, true), Alignment: aligned("right", "center")}},
		{&st.title, &excelize.Style{Font: font(14, true, false), Alignment: aligned("center", "center")}},
		{&st.caption, &excelize.Style{Font: font(fontSize, false, true), Alignment: aligned("center", "top")}},
		{&st.note, &excelize.Style{Font: font(fontSize, false, false), Alignment: aligned("left", "top")}},
		{&st.sign, &excelize.Style{Font: font(fontSize, false, false), Alignment: aligned("center", "top")}},
		{&st.head, head(fontSize)},
		{&st.listHead, head(listSize)},
	} {

		n, err := x.NewStyle(s.style)
		if err != nil {
			return styles{}, err
		}
		*s.to = n
	}
	return st, st.addCells(x, lang)
}

// addCells makes a style for each form of cell, in a fixed order: styles are
// numbered as they come.
func (st styles) addCells(x *excelize.File, lang string) error {
	for _, form := range []figures.Form{
		figures.Blank, figures.Text, figures.Number, figures.Decimal, figures.Rate, figures.None, figures.Place,
	} {
		for i := range 8 {
			k := styleKey{form, i&1 != 0, i&2 != 0, i&4 != 0}
			if k.signed && formats[form][1] == "" {
				continue
			}
			n, err := x.NewStyle(cellStyle(k, lang))
			if err != nil {
				return err
			}
			st.cells[k] = n
		}
	}
	return nil
}

func cellStyle(k styleKey, lang string) *excelize.Style {
	s := &excelize.Style{
		Font: &excelize.Font{Family: sheetFont, Size: fontSize, Bold: k.total}, Border: lines(),
		Alignment: &excelize.Alignment{Vertical: "top"},
	}
	if k.small {
		s.Font.Size = listSize
	}
	if k.total {
		s.Fill = filled("F4F4F4")
	}

	switch k.form {
	case figures.Blank, figures.Text:
		s.Alignment.WrapText = true
	case figures.None:
		s.Alignment.Horizontal = "right"
	case figures.Place:
		s.Alignment.Horizontal = "center"
	default:
		format := formats[k.form][0]
		if k.signed {
			format = formats[k.form][1]
		}
		if lang == "vi" {
			format = vietnamese + strings.ReplaceAll(format, ";", ";"+vietnamese)
		}
		s.CustomNumFmt = &format
	}
	return s
}

func filled(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func lines() []excelize.Border {
	var out []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		out = append(out, excelize.Border{Type: side, Color: "9AA5B1", Style: 1})
	}
	return out
}

// of returns the style of a cell.
func (st styles) of(c figures.Cell, total, small bool) int {
	k := styleKey{c.Form, c.Signed, total, small}
	switch {
	case c.Form == figures.Typed:
		k.form = figures.Text
	case c.Form == figures.Decimal && c.N%1000 == 0:
		k.form = figures.Number // a format with optional decimals would leave a bare comma
	}
	return st.cells[k]
}
