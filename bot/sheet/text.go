package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"danvan/flows/answer/legacy"
)

// readText reads a table as text.
func readText(b []byte) ([]Sheet, error) {
	text, was, err := decode(b)
	if err != nil {
		return nil, err
	}

	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(text), -1, true
	out, count := Sheet{Was: was}, 0
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return []Sheet{out}, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the table: %w", err)
		}

		if count += len(fields); count > MaxCells {
			return nil, ErrTooWide
		}
		cells := make([]Cell, len(fields))
		for i, field := range fields {
			cells[i] = written(field)
		}
		line, _ := r.FieldPos(0)
		if row, some := row(line, cells); some {
			out.Rows = append(out.Rows, row)
		}
	}
}

// decode returns a file's text, and in which encoding of the years before Unicode
// it was.
func decode(b []byte) (string, legacy.Encoding, error) {
	if order, ok := wide(b); ok {
		b, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(b)
		return string(b), legacy.Unicode, err
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return "", legacy.Unicode, ErrKind
	}

	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	text, was := legacy.Bytes(b)
	if was == legacy.Unicode && text != string(b) {
		return "", was, ErrEncoding
	}
	return text, was, nil
}

// wide reports whether a text is UTF-16, as Excel's "Unicode text" is: it begins
// with a mark, or every other byte of its first letters is zero.
func wide(b []byte) (unicode.Endianness, bool) {
	head := b[:min(len(b), 64)]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}

	switch most := len(head) / 4; {
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return unicode.LittleEndian, true
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return unicode.BigEndian, true
	case zeros[1] > most && zeros[0] == 0:
		return unicode.LittleEndian, true
	case zeros[0] > most && zeros[1] == 0:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// separator is what stands between the cells: Excel writes semicolons where the
// comma is the decimal sign, as in Vietnam. The first lines may be a title.
func separator(text string) rune {
	best, most := ',', 0
	for _, sep := range []rune{',', ';', '\t'} {
		n, lines := 0, 0
		for line := range strings.Lines(text) {
			if n = max(n, strings.Count(line, string(sep))); lines >= 20 {
				break
			}
			lines++
		}
		if n > most {
			best, most = sep, n
		}
	}
	return best
}
