package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// typed is a cell that is not plainly a text: its raw value, and the style by
// which the person sees it.
type typed struct {
	line, column int
	kind         string // the t of the cell: "" or "n" a number, "d" a date, "e" an error
	style        int
	value        string
}

// scanned is what a sheet's XML says and rows of texts do not.
type scanned struct {
	typed  []typed  // in the order of the sheet
	merged [][4]int // column, line, column, line, from 1
}

// scan goes through a workbook's sheets before anything is made of them: it
// counts what they would cost, and notes what their cells are. A library that
// streams gives only texts; one that gives types keeps every cell of every row.
func scan(z *zip.Reader) (map[string]scanned, error) {
	parts, err := sheetParts(z)
	if err != nil {
		return nil, err
	}
	out, cells := make(map[string]scanned, len(parts)), 0
	for name, part := range parts {
		f, err := z.Open(part)
		if err != nil {
			return nil, err
		}
		s, err := scanSheet(f, &cells)
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("sheet %q: %w", name, err)
		}
		out[name] = s
	}
	return out, nil
}

// sheetParts finds the part of each sheet, by the sheet's name.
func sheetParts(z *zip.Reader) (map[string]string, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		Links []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := errors.Join(decodePart(z, "xl/workbook.xml", &book), decodePart(z, "xl/_rels/workbook.xml.rels", &links)); err != nil {
		return nil, err
	}

	targets := map[string]string{}
	for _, l := range links.Links {
		targets[l.ID] = path.Join("xl", l.Target)
		if rooted, ok := strings.CutPrefix(l.Target, "/"); ok {
			targets[l.ID] = path.Clean(rooted)
		}
	}
	out := map[string]string{}
	for _, s := range book.Sheets {
		if part := targets[s.ID]; part != "" {
			out[s.Name] = part
		}
	}
	return out, nil
}

func decodePart(z *zip.Reader, name string, into any) (err error) {
	f, err := z.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return xml.NewDecoder(io.LimitReader(f, maxSheet)).Decode(into)
}

// scanSheet goes through one sheet and adds to the count of cells.
func scanSheet(f io.Reader, cells *int) (scanned, error) {
	var s scanned
	d := xml.NewDecoder(io.LimitReader(f, maxSheet))
	line, column, widest := 0, 0, 0

	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return s, err
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}

		switch start.Name.Local {

		case "row":
			line, column, widest = line+1, 0, 0
			if n, err := strconv.Atoi(attr(start, "r")); err == nil {
				line = n
			}
		case "c":
			if column++; attr(start, "r") != "" {
				if column, _, err = excelize.CellNameToCoordinates(attr(start, "r")); err != nil {
					return s, err
				}
			}
			if column > widest {
				*cells, widest = *cells+column-widest, column
			}
			if *cells > MaxCells {
				return s, ErrTooWide
			}

			if err := s.cell(d, start, line, column); err != nil {
				return s, err
			}
		case "mergeCell":
			if err := s.merge(attr(start, "ref")); err != nil {
				return s, err
			}
		}
	}
}

// cell notes a cell, unless it is a text.
func (s *scanned) cell(d *xml.Decoder, start xml.StartElement, line, column int) error {
	kind := attr(start, "t")
	if kind != "" && kind != "n" && kind != "d" && kind != "e" {
		return d.Skip()
	}
	var in struct {
		Value string `xml:"v"`
	}
	if err := d.DecodeElement(&in, &start); err != nil || in.Value == "" {
		return err
	}
	style, _ := strconv.Atoi(attr(start, "s")) // none is the first
	s.typed = append(s.typed, typed{line, column - 1, kind, style, in.Value})
	return nil
}

func (s *scanned) merge(ref string) error {
	from, to, _ := strings.Cut(ref, ":")
	c1, l1, err := excelize.CellNameToCoordinates(from)
	c2, l2, toErr := excelize.CellNameToCoordinates(to)
	if err := errors.Join(err, toErr); err != nil {
		return err
	}
	s.merged = append(s.merged, [4]int{c1, l1, c2, l2})
	return nil
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
