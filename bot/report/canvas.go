package report

import (
	chart "github.com/wcharczuk/go-chart/v2"
	"github.com/wcharczuk/go-chart/v2/drawing"
)

// palette are the colours of a theme: the ground, words, quiet words, what is
// not filled, and the two kinds. Words stand out from the ground by 4.5 to 1 or
// more, the kinds from each other by lightness too.
type palette struct{ ground, ink, faint, track, collective, individual drawing.Color }

var palettes = map[Theme]palette{
	Light: {
		ground: drawing.ColorFromHex("FFFFFF"), ink: drawing.ColorFromHex("1B2733"), faint: drawing.ColorFromHex("586878"),
		track: drawing.ColorFromHex("E6ECF2"), collective: drawing.ColorFromHex("1F6FB2"), individual: drawing.ColorFromHex("E3A12F"),
	},
	Dark: {
		ground: drawing.ColorFromHex("17212B"), ink: drawing.ColorFromHex("F2F5F8"), faint: drawing.ColorFromHex("A3B3C2"),
		track: drawing.ColorFromHex("2A3845"), collective: drawing.ColorFromHex("5AA9E6"), individual: drawing.ColorFromHex("F2BE62"),
	},
}

// seam is the gap between the kinds in a bar.
const seam = 4

// canvas draws with the chart library's renderer and its Roboto, which has
// every Vietnamese letter; the library's own charts are made for wide screens
// and put long labels under upright bars.
type canvas struct {
	palette
	r chart.Renderer
}

func newCanvas(height int, p palette) (*canvas, error) {
	r, err := chart.PNG(chartWidth, height)
	if err != nil {
		return nil, err
	}
	font, err := chart.GetDefaultFont()
	if err != nil {
		return nil, err
	}
	r.SetDPI(72) // so that sizes are pixels
	r.SetFont(font)
	c := &canvas{palette: p, r: r}
	c.box(0, 0, chartWidth, height, 0, p.ground)
	return c, nil
}

// text writes from x on, with its feet at y, and returns where it ends.
func (c *canvas) text(s string, x, y, size int, color drawing.Color) int {
	c.r.SetFontColor(color)
	c.r.SetFontSize(float64(size))
	c.r.Text(s, x, y)
	return x + c.width(s, size)
}

// flushRight writes a text that ends at right, and returns where it begins.
func (c *canvas) flushRight(s string, right, y, size int, color drawing.Color) int {
	x := right - c.width(s, size)
	c.text(s, x, y, size, color)
	return x
}

func (c *canvas) width(s string, size int) int {
	c.r.SetFontSize(float64(size))
	return c.r.MeasureText(s).Width()
}

// fit writes as text does, smaller where there is no room, and cut with an
// ellipsis where even 12 points on a phone are too wide.
func (c *canvas) fit(s string, x, y, size, room int, color drawing.Color) {
	for size > smallSize && c.width(s, size) > room {
		size--
	}
	for runes := []rune(s); len(runes) > 1 && c.width(s, size) > room; {
		runes = runes[:len(runes)-1]
		s = string(runes) + "…"
	}
	c.text(s, x, y, size, color)
}

// box fills a rectangle with round corners.
func (c *canvas) box(x, y, wide, high, round int, color drawing.Color) {
	right, bottom := x+wide, y+high
	c.r.SetFillColor(color)
	c.r.MoveTo(x+round, y)
	c.r.LineTo(right-round, y)
	c.r.QuadCurveTo(right, y, right, y+round)
	c.r.LineTo(right, bottom-round)
	c.r.QuadCurveTo(right, bottom, right-round, bottom)
	c.r.LineTo(x+round, bottom)
	c.r.QuadCurveTo(x, bottom, x, bottom-round)
	c.r.LineTo(x, y+round)
	c.r.QuadCurveTo(x, y, x+round, y)
	c.r.Close()
	c.r.Fill()
}

// bars fills a bar with both kinds, to the scale of most; one that is not empty
// shows.
func (c *canvas) bars(y, high int, kinds [2]int, most int) {
	c.box(margin, y, barWidth, high, high/2, c.track)
	all := kinds[0] + kinds[1]
	if all == 0 {
		return
	}
	wide := max(barWidth*all/most, high)
	split := wide * kinds[0] / all
	switch {
	case kinds[1] == 0:
		c.box(margin, y, wide, high, high/2, c.collective)
	case kinds[0] == 0:
		c.box(margin, y, wide, high, high/2, c.individual)
	default:
		split = min(max(split, high/2), wide-high/2)
		c.box(margin, y, wide, high, high/2, c.individual)
		c.box(margin, y, max(split, high), high, high/2, c.collective)
		c.box(margin+high/2, y, split-high/2, high, 0, c.collective)
		c.box(margin+split, y, max(high/2-split+high/2, 0), high, 0, c.individual)
		c.box(margin+split-seam/2, y, seam, high, 0, c.ground)
	}
}
