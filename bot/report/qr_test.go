package report_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"danvan/bot/report"
	"danvan/locales"
	"danvan/store"

	qr "github.com/piglig/go-qr"
)

// TestQR makes the picture that a message refers to, and reads the link out of it.
func TestQR(t *testing.T) {
	t.Parallel()
	words, err := locales.Load()
	if err != nil {
		t.Fatal(err)
	}
	link := "https://t.me/danvan_bot?start=" + strings.Repeat("x", 32)
	f := report.Files{Words: words}
	name, content, err := f.File(t.Context(), store.Message{Make: &store.Make{Kind: store.QR, Link: link, Language: "vi"}})
	if err != nil || name != "Lời mời vào danvan.png" {
		t.Fatalf("%q, %v", name, err)
	}
	picture, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := qr.DecodeDetailed(picture); err != nil || got.Text != link || picture.Bounds().Dx() != report.QRSize {
		t.Errorf("a picture of %v says %+v: %v", picture.Bounds(), got, err)
	}
}
