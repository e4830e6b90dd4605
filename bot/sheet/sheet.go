// Package sheet reads tables that people keep in spreadsheets: CSV as Excel
// and Google write it, and XLSX. Every cell comes back as the text that the
// person sees, so that a code keeps its leading zeros. It knows nothing of
// what the table means.
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// How much a table may hold. A workbook is a zip file, and a small one can
// unpack to a very large one.
const (
	MaxBytes    = 20 << 20
	maxUnzipped = 64 << 20
	maxSheet    = 32 << 20
)

// Refusals of Read.
var (
	ErrTooBig   = errors.New("the table is larger than 20 MB")
	ErrEncoding = errors.New("the text is not UTF-8: save it as “CSV UTF-8”")
	ErrKind     = errors.New("neither a CSV nor an XLSX table")
)

// Read reads a table; what it is, is decided by the content. Of a workbook
// the first sheet counts.
func Read(r io.Reader) ([][]string, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the table: %w", err)
	}

	switch {
	case len(b) > MaxBytes:
		return nil, ErrTooBig
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		return readWorkbook(b)
	case bytes.IndexByte(b, 0) >= 0:
		return nil, ErrKind
	}

	return readCSV(b)
}

func readWorkbook(b []byte) (_ [][]string, err error) {
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxSheet})
	if err != nil {
		return nil, fmt.Errorf("open the workbook: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		return nil, fmt.Errorf("read the first sheet: %w", err)
	}
	return rows, nil
}

func readCSV(b []byte) ([][]string, error) {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(b) {
		return nil, ErrEncoding
	}

	r := csv.NewReader(bytes.NewReader(b))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(b), -1, true
	var rows [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the table: %w", err)
		}
		line, _ := r.FieldPos(0)
		for len(rows) < line-1 { // blank lines count, as they do on the screen
			rows = append(rows, nil)
		}
		rows = append(rows, row)
	}
}

// separator is what stands between the cells of the first line: Excel writes
// semicolons where the comma is the decimal sign, as in Vietnam.
func separator(b []byte) rune {
	first, _, _ := strings.Cut(string(b), "\n")
	best, most := ',', 0
	for _, sep := range []rune{',', ';', '\t'} {
		if n := strings.Count(first, string(sep)); n > most {
			best, most = sep, n
		}
	}
	return best
}
