package report

import (
	"image"
	"image/color"
	"image/draw"
	"strings"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// palette are the colours of a theme: the ground, words, quiet words, what is
// not filled, and the two kinds. Words stand out from the ground by 4.5 to 1 or
// more, the kinds from each other by lightness too.
type palette struct{ ground, ink, faint, track, collective, individual color.RGBA }

func (t Theme) palette() palette {
	if t == Dark {
		return palette{rgb(0x17212B), rgb(0xF2F5F8), rgb(0xA3B3C2), rgb(0x2A3845), rgb(0x5AA9E6), rgb(0xF2BE62)}
	}
	return palette{rgb(0xFFFFFF), rgb(0x1B2733), rgb(0x586878), rgb(0xE6ECF2), rgb(0x1F6FB2), rgb(0xE3A12F)}
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 0xFF}
}

// canvas draws with the Go project's own rasterizer and Liberation Sans, which
// has every Vietnamese letter. Chart libraries are made for wide screens and
// put long labels under upright bars.
type canvas struct {
	palette
	picture *image.RGBA
	faces   map[int]font.Face // by their size in pixels
}

func newCanvas(p palette) (*canvas, error) {
	c := &canvas{palette: p, faces: map[int]font.Face{}}
	for size := smallSize; size <= labelSize; size++ {
		if err := c.cut(liberationsansregular.TTF, size); err != nil {
			return nil, err
		}
	}
	for _, size := range []int{titleSize, totalSize} {
		if err := c.cut(liberationsansbold.TTF, size); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// stretch makes the picture so high, empty.
func (c *canvas) stretch(height int) {
	c.picture = image.NewRGBA(image.Rect(0, 0, chartWidth, height))
	draw.Draw(c.picture, c.picture.Rect, image.NewUniform(c.ground), image.Point{}, draw.Src)
}

// wrapped breaks a text into lines of a width.
func (c *canvas) wrapped(s string, size, room int) (lines []string) {
	for word := range strings.FieldsSeq(s) {
		if last := len(lines) - 1; last >= 0 && c.width(lines[last]+" "+word, size) <= room {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

func (c *canvas) cut(file []byte, size int) error {
	letters, err := opentype.Parse(file)
	if err != nil {
		return err
	}
	c.faces[size], err = opentype.NewFace(letters, &opentype.FaceOptions{Size: float64(size), DPI: 72})
	return err
}

// text writes from x on, with its feet at y, and returns where it ends.
func (c *canvas) text(s string, x, y, size int, ink color.RGBA) int {
	d := font.Drawer{Dst: c.picture, Src: image.NewUniform(ink), Face: c.faces[size], Dot: fixed.P(x, y)}
	d.DrawString(s)
	return d.Dot.X.Round()
}

// flushRight writes a text that ends at right, and returns where it begins.
func (c *canvas) flushRight(s string, right, y, size int, ink color.RGBA) int {
	x := right - c.width(s, size)
	c.text(s, x, y, size, ink)
	return x
}

func (c *canvas) width(s string, size int) int { return font.MeasureString(c.faces[size], s).Round() }

// fit writes as text does, smaller where there is no room, and cut with an ellipsis where even 12 points on a phone are too wide.
func (c *canvas) fit(s string, x, y, size, room int, ink color.RGBA) {
	for size > smallSize && c.width(s, size) > room {
		size--
	}
	for runes := []rune(s); len(runes) > 1 && c.width(s, size) > room; {
		runes = runes[:len(runes)-1]
		s = string(runes) + "…"
	}
	c.text(s, x, y, size, ink)
}

// box fills a rectangle whose corners have these radii on the left and on the right.
func (c *canvas) box(x, y, wide, high, left, right int, fill color.RGBA) {
	w, h, l, r := float32(wide), float32(high), float32(left), float32(right)
	v := vector.NewRasterizer(wide, high)
	v.MoveTo(l, 0)
	v.LineTo(w-r, 0)
	v.QuadTo(w, 0, w, r)
	v.LineTo(w, h-r)
	v.QuadTo(w, h, w-r, h)
	v.LineTo(l, h)
	v.QuadTo(0, h, 0, h-l)
	v.LineTo(0, l)
	v.QuadTo(0, 0, l, 0)
	v.ClosePath()
	v.Draw(c.picture, image.Rect(x, y, x+wide, y+high), image.NewUniform(fill), image.Point{})
}

// bars fills a bar with both kinds, as parts of all; one that is not empty shows.
func (c *canvas) bars(y, high int, kinds [2]int, of int) {
	round := high / 2
	c.box(margin, y, barWidth, high, round, round, c.track)
	all := kinds[0] + kinds[1]
	wide := max(barWidth*all/max(of, 1), high)

	switch {
	case all == 0:
	case kinds[1] == 0:
		c.box(margin, y, wide, high, round, round, c.collective)
	case kinds[0] == 0:
		c.box(margin, y, wide, high, round, round, c.individual)
	default:
		split := min(max(wide*kinds[0]/all, round), wide-round)
		c.box(margin, y, split, high, round, 0, c.collective)
		c.box(margin+split, y, wide-split, high, 0, round, c.individual)
		c.box(margin+split-seam/2, y, seam, high, 0, 0, c.ground)
	}
}
