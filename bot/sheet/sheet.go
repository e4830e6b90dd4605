// Package sheet reads tables that people keep in spreadsheets: CSV as Excel
// and Google write it, in any encoding that Vietnamese offices have used, and
// XLSX. Every cell comes back as the text that the person sees, so that a code
// keeps its leading zeros, and as what it is: a date as that day, an error as
// an error. It knows nothing of what a table means.
package sheet

import (
	"bytes"
	"fmt"
	"io"
)

// Read reads a file; what it is, is decided by the content.
func Read(r io.Reader) ([]Sheet, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}

	switch {
	case len(b) > MaxBytes:
		return nil, ErrTooBig
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		return readWorkbook(b)
	case bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0")):
		return nil, ErrOld
	}
	return readText(b)
}
