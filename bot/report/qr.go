package report

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"

	qr "github.com/piglig/go-qr"
)

// QRSize is the width and the height of the picture of a link, in pixels. QRBorder is
// the white border that scanners need, in modules.
const (
	QRSize   = 512
	QRBorder = 4
)

// QR draws a link in the middle of a white square, as a PNG.
func QR(link string) ([]byte, error) {
	code, err := qr.EncodeText(link, qr.Medium)
	if err != nil {
		return nil, fmt.Errorf("draw a link: %w", err)
	}
	// A module is a whole number of pixels, or scanners see grey edges; what is left widens the border.
	symbol, err := code.ToImage(qr.NewQrCodeImgConfig(QRSize/(code.Size()+2*QRBorder), 0))
	if err != nil {
		return nil, fmt.Errorf("draw a link: %w", err)
	}

	picture := image.NewGray(image.Rect(0, 0, QRSize, QRSize))
	draw.Draw(picture, picture.Rect, image.White, image.Point{}, draw.Src)
	at := (QRSize - symbol.Bounds().Dx()) / 2
	draw.Draw(picture, symbol.Bounds().Add(image.Pt(at, at)), symbol, image.Point{}, draw.Src)

	var out bytes.Buffer
	err = png.Encode(&out, picture)
	return out.Bytes(), err
}
