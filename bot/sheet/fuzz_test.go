package sheet_test

import (
	"bytes"
	"testing"

	"danvan/bot/sheet"
)

// FuzzRead holds that no file does harm: it is a table of bounded size, or refused.
func FuzzRead(f *testing.F) {
	f.Add([]byte("Mã;Tên\n01;Hà Nội\n"))
	f.Add([]byte("\xff\xfeM\x00,\x00T\x00\n\x00"))
	f.Add([]byte("\"a\n\"\",b"))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
	f.Fuzz(func(t *testing.T, content []byte) {
		sheets, err := sheet.Read(bytes.NewReader(content))
		if err != nil {
			return
		}
		cells := 0
		for _, s := range sheets {
			for _, row := range s.Rows {
				cells += len(row.Cells)
			}
		}
		if cells > len(content)+1 {
			t.Errorf("%d bytes have %d cells", len(content), cells)
		}
	})
}
