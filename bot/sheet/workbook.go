package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"github.com/xuri/nfp"
)

// readWorkbook reads every sheet of a workbook.
func readWorkbook(b []byte) (_ []Sheet, err error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	scanned, err := scan(z)
	switch {
	case errors.Is(err, ErrTooWide):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}

	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxSheet})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()

	book := workbook{File: f, dates: map[int]bool{}}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		book.from1904 = *props.Date1904
	}
	var out []Sheet
	for _, name := range f.GetSheetList() {
		s, err := book.read(name, scanned[name])
		if err != nil {
			return nil, fmt.Errorf("sheet %q: %w", name, err)
		}
		out = append(out, s)
	}
	return out, nil
}

// workbook is one that is being read.
type workbook struct {
	*excelize.File
	from1904 bool
	dates    map[int]bool // whether a style shows dates
}

// read reads a sheet: texts as they are shown, and over them what was scanned.
func (w workbook) read(name string, of scanned) (_ Sheet, err error) {
	out := Sheet{Name: name}
	rows, err := w.Rows(name)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()

	rest := of.typed
	for line := 1; rows.Next(); line++ {
		texts, err := rows.Columns()
		if err != nil {
			return out, err
		}
		cells := make([]Cell, len(texts))
		for i, text := range texts {
			cells[i] = written(text)
		}

		for len(rest) > 0 && rest[0].line <= line {
			if c := rest[0]; c.line == line && c.column < len(cells) {
				cells[c.column] = w.typed(c, cells[c.column].Text)
			}
			rest = rest[1:]
		}
		if row, some := row(line, cells); some {
			out.Rows = append(out.Rows, row)
		}
	}
	return out, errors.Join(rows.Error(), out.fill(of.merged))
}

// typed is a cell that is no text; shown is how the person sees it.
func (w workbook) typed(c typed, shown string) Cell {
	switch c.kind {
	case "e":
		return Cell{c.value, Error}
	case "d":
		day, _, _ := strings.Cut(c.value, "T")
		return Cell{day, Date}
	}
	n, err := strconv.ParseFloat(c.value, 64)
	if err != nil || !w.showsDates(c.style) {
		return Cell{shown, Number}
	}
	day, err := excelize.ExcelDateToTime(n, w.from1904)
	if err != nil {
		return Cell{shown, Number}
	}
	return Cell{day.Format(time.DateOnly), Date}
}

// showsDates reports whether a style shows numbers as days.
func (w workbook) showsDates(style int) bool {
	known, ok := w.dates[style]
	if ok {
		return known
	}
	s, err := w.GetStyle(style)
	if err != nil {
		return false
	}

	shows := s.NumFmt >= 14 && s.NumFmt <= 17 || s.NumFmt == 22 || s.NumFmt >= 27 && s.NumFmt <= 36 || s.NumFmt >= 50 && s.NumFmt <= 58
	if s.CustomNumFmt != nil {
		parser := nfp.NumberFormatParser()
		shows = slices.ContainsFunc(parser.Parse(*s.CustomNumFmt), func(part nfp.Section) bool {
			return slices.ContainsFunc(part.Items, func(t nfp.Token) bool {
				return t.TType == nfp.TokenTypeDateTimes && strings.ContainsAny(strings.ToLower(t.TValue), "dy")
			})
		})
	}
	w.dates[style] = shows
	return shows
}

// fill gives a cell that is merged downwards to every row that it stands beside.
func (s *Sheet) fill(merged [][4]int) error {
	filled := 0
	for _, m := range merged {
		column, from, to := m[0]-1, m[1], m[3]
		at, _ := slices.BinarySearchFunc(s.Rows, from, func(r Row, line int) int { return r.Line - line })
		if to == from || at == len(s.Rows) || s.Rows[at].Line != from {
			continue
		}

		value := s.Rows[at].Cell(column)
		for i := at + 1; i < len(s.Rows) && s.Rows[i].Line <= to; i++ {
			r := &s.Rows[i]
			if filled += max(1, column+1-len(r.Cells)); filled > MaxCells {
				return ErrTooWide
			}
			for len(r.Cells) <= column {
				r.Cells = append(r.Cells, Cell{})
			}
			r.Cells[column] = value
		}
	}
	return nil
}
