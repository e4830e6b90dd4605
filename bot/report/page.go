package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"danvan/store/figures"

	"github.com/xuri/excelize/v2"
)

// Sizes, in the units of a sheet: characters of a column, points of a row,
// inches of a margin.
const (
	numberWide  = 10
	lineHeight  = 16
	smallHeight = 13.2
	titleHeight = 21
	rowGap      = 2
	noteGap     = 4
	gapHeight   = 6
	dayHeight   = 30
	signHeight  = 115
	highest     = 409 // a row cannot be higher
	paperA4     = 9
	mm          = 1 / 25.4

	// What fits beside each other at full size within the margins; each column
	// has an edge of its own.
	upright, broad, edge = 89, 136, 0.7
	// A table that is so much wider is still set upright, a little smaller.
	shrunk = 1.25
	// How many letters stand in the width of one character, by their size.
	letters, smallLetters = 1.05, 1.35
	// tallest is how many lines a cell may have; more make its column wider.
	tallest = 29
)

// page is how a table lies on paper.
type page struct {
	widths    []float64 // of the columns
	landscape bool
	small     bool // its letters
}

// pageOf gives a table's columns their widths: at least as wide as their words
// need, and together as wide as the paper.
func pageOf(t figures.Table) page {
	p := page{widths: make([]float64, len(t.Head)), small: t.List}
	total := edge * float64(len(t.Head))
	for i, c := range t.Head {
		p.widths[i] = columnWidth(c)
		for _, r := range t.Rows {
			if i < len(r.Cells) {
				p.widths[i] = max(p.widths[i], float64(utf8.RuneCountInString(r.Cells[i].Text))/tallest/p.letters())
			}
		}
		total += p.widths[i]
	}

	room := float64(upright)
	if p.landscape = t.List || total > upright*shrunk; p.landscape {
		room = broad
	}
	for i := range p.widths {
		p.widths[i] *= max(1, room/total)
	}
	return p
}

// columnWidth is at least as wide as the longest word of the head.
func columnWidth(c figures.Column) float64 {
	if c.Wide > 0 {
		return float64(c.Wide)
	}
	wide := numberWide
	for word := range strings.FieldsSeq(c.Text) {
		wide = max(wide, utf8.RuneCountInString(word)+2)
	}
	return float64(wide)
}

func (p page) letters() float64 {
	if p.small {
		return smallLetters
	}
	return letters
}

func (p page) lineHeight() float64 {
	if p.small {
		return smallHeight
	}
	return lineHeight
}

// linesIn is how many lines a text takes in a column.
func (p page) linesIn(column int, text string) int {
	return linesOf(text, p.widths[column]*p.letters())
}

func (p page) width() (total float64) {
	for _, w := range p.widths {
		total += w
	}
	return total
}

// half is how many columns make up the left half, at least one and not all.
func (p page) half() int {
	left := 0.0
	for i, w := range p.widths[:len(p.widths)-1] {
		if left += w; left+p.widths[i+1]/2 > p.width()/2 {
			return i + 1
		}
	}
	return len(p.widths) - 1
}

// lines is how many lines a text takes over all columns, in letters of full size.
func (p page) lines(text string) float64 { return float64(linesOf(text, p.width()*letters)) }

// headHeight is how high the row of the columns' heads has to be. Their letters
// are bold, and wider.
func (p page) headHeight(head []figures.Column) float64 {
	most := 1
	for i, c := range head {
		most = max(most, linesOf(c.Text, p.widths[i]*p.letters()*0.85))
	}
	return float64(most)*p.lineHeight() + noteGap
}

// linesOf is how many lines the words of a text take in a width, in letters.
func linesOf(text string, wide float64) int {
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		lines++
		at := 0.0
		for word := range strings.FieldsSeq(line) {
			n := float64(utf8.RuneCountInString(word))
			if at > 0 && at+1+n > wide {
				lines, at = lines+1, 0
			}
			if at > 0 {
				at++
			}
			at += n
			for ; at > wide; at -= wide { // one word that is wider than the column
				lines++
			}
		}
	}
	return lines
}

// setUp fixes the table's head, sets the widths, and prepares the print: A4, one
// page wide, the head on every page, margins of 20, 20, 30 and 15 mm (NĐ
// 30/2020; lists have narrower ones), numbered pages, and nothing beyond what was
// written.
func (s *sheet) setUp(top int) error {
	for i, w := range s.page.widths {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := s.file.SetColWidth(s.name, name, name, w); err != nil {
			return err
		}
	}
	if err := s.file.SetPanes(s.name, &excelize.Panes{
		Freeze: true, YSplit: top, TopLeftCell: cell(1, top+1), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: cell(1, top+1), ActiveCell: cell(1, top+1), Pane: "bottomLeft"}},
	}); err != nil {
		return err
	}

	if err := s.layOut(); err != nil {
		return err
	}
	return s.bound(top)
}

// layOut says how the sheet lies on paper.
func (s *sheet) layOut() error {
	size, orientation, one, many, fit := paperA4, "portrait", 1, 0, true
	if s.page.landscape {
		orientation = "landscape"
	}
	layout := &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &one, FitToHeight: &many}
	if err := s.file.SetPageLayout(s.name, layout); err != nil {
		return err
	}
	if err := s.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}

	edge, left, right, footer := 20*mm, 30*mm, 15*mm, 10*mm
	if s.page.small {
		edge, left, right = 15*mm, 20*mm, 10*mm
	}
	margins := &excelize.PageLayoutMarginsOptions{Top: &edge, Bottom: &edge, Left: &left, Right: &right, Header: &footer, Footer: &footer}
	if err := s.file.SetPageMargins(s.name, margins); err != nil {
		return err
	}
	return s.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&C&P/&N"})
}

// bound says what is printed, and that the head stands on every page.
func (s *sheet) bound(top int) error {
	sheet := "'" + strings.ReplaceAll(s.name, "'", "''") + "'!"
	last, err := excelize.CoordinatesToCellName(len(s.page.widths), s.row, true)
	if err != nil {
		return err
	}
	for _, name := range []excelize.DefinedName{
		{Name: "_xlnm.Print_Area", RefersTo: sheet + "$A$1:" + last},
		{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s$%d:$%d", sheet, rowsAbove+1, top)},
	} {
		name.Scope = s.name
		if err := s.file.SetDefinedName(&name); err != nil {
			return err
		}
	}
	return nil
}
