package report

import (
	"bytes"
	"fmt"
	"image/png"

	"danvan/store/figures"
)

// Theme is the ground that a picture stands on.
type Theme uint8

// The themes.
const (
	Light Theme = iota
	Dark
)

// Chart draws the new models by field and by kind as a PNG, 1080 pixels wide:
// on a phone of 375 points its smallest letters are 12 points high. All bars are
// parts of one whole, from 0 to 100 % of the new models, and say their number.
// previous adds the change against another period; nil leaves it out. The same
// figures give the same bytes.
func Chart(f *figures.Figures, v figures.Voice, h figures.Heading, previous *figures.Figures, theme Theme) ([]byte, error) {
	c, err := newCanvas(theme.palette())
	if err != nil {
		return nil, fmt.Errorf("draw the chart: %w", err)
	}
	p := picture{made: f, voice: v.Plain(), heading: h, previous: previous, canvas: c}
	p.title = c.wrapped(h.Movement.In(v.Lang), titleSize, barWidth)
	c.stretch(p.height())
	p.draw()
	var b bytes.Buffer
	if err := png.Encode(&b, c.picture); err != nil {
		return nil, fmt.Errorf("write the chart: %w", err)
	}
	return b.Bytes(), nil
}

// Sizes in pixels of a picture that is 1080 wide; a phone shows 2,88 of them
// in a point.
const (
	chartWidth = 1080
	margin     = 60
	totalSize  = 142
	titleSize  = 50
	titleStep  = 62
	labelSize  = 46
	smallSize  = 40
	barHeight  = 30
	fieldStep  = 128 // from one field to the next
	kindBar    = 46
	barWidth   = chartWidth - 2*margin
	seam       = 4   // between the kinds in a bar
	shareWidth = 132 // the column of the shares
)

// Where things stand, from the top of what is below the title.
const (
	headLine   = 92
	totalLine  = headLine + 158
	firstField = totalLine + 112
)

// picture is a chart while it is drawn.
type picture struct {
	made     *figures.Figures
	voice    figures.Voice
	heading  figures.Heading
	previous *figures.Figures
	canvas   *canvas
	title    []string // the movement's name, in lines
}

// at is a height below the title.
func (p *picture) at(y int) int { return y + len(p.title)*titleStep }

func (p *picture) kindsTop() int { return p.at(firstField + len(p.made.Fields)*fieldStep + 20) }

func (p *picture) height() int { return p.kindsTop() + 262 }

func (p *picture) draw() {
	c, v, t := p.canvas, p.voice, p.made.Tally(figures.New)
	head := v.PeriodName(p.heading.Period)
	if p.heading.Unit.Name != "" {
		head = p.heading.Unit.Name + " · " + head
	}
	for i, line := range p.title {
		c.text(line, margin, headLine-6+i*titleStep, titleSize, c.ink)
	}
	c.fit(head, margin, p.at(headLine), labelSize, barWidth, c.faint)
	end := c.text(v.Count(int64(t.Total)), margin, p.at(totalLine), totalSize, c.ink)
	c.fit(v.Text("figures.chart.new", nil), end+26, p.at(totalLine)-p.lift(), labelSize, chartWidth-margin-end-26, c.ink)
	if p.previous != nil {
		by := figures.Cell{Form: figures.Number, N: int64(t.Total - p.previous.Count(figures.New)), Signed: true}
		change := v.Text("figures.chart.change", map[string]any{"By": by.Say(v)})
		c.fit(change, end+26, p.at(totalLine), smallSize, chartWidth-margin-end-26, c.faint)
	}
	p.fields(t)
	p.kinds(t)
	c.fit(p.made.Known(v, p.heading), margin, p.height()-44, smallSize, barWidth, c.faint)
}

// lift makes room for the change under the words beside the total.
func (p *picture) lift() int {
	if p.previous == nil {
		return 0
	}
	return labelSize + 14
}

// fields draws a bar for each field, made up of both kinds.
func (p *picture) fields(t figures.Tally) {
	for i, o := range p.made.Fields {
		y := p.at(firstField + i*fieldStep)
		p.labelled(p.voice.Option(o), t.Fields[i], t.Total, y)
		p.canvas.bars(y+24, barHeight, t.ByField[i], t.Total)
	}
}

// labelled writes what a bar is on the left, and on the right how many it is
// and what part of all.
func (p *picture) labelled(label string, n, of, y int) {
	c, v := p.canvas, p.voice
	c.flushRight(v.Share(n, of), chartWidth-margin, y, smallSize, c.faint)
	at := c.flushRight(v.Count(int64(n)), chartWidth-margin-shareWidth, y, labelSize, c.ink)
	c.fit(label, margin, y, labelSize, at-margin-30, c.ink)
}

// kinds draws one bar for all fields, and says which colour is which kind.
func (p *picture) kinds(t figures.Tally) {
	c, v, top := p.canvas, p.voice, p.kindsTop()
	c.bars(top, kindBar, t.Kinds, t.Total)
	say := func(i int) string {
		kind := v.Text("figures.kind."+string(figures.Kinds()[i]), nil)
		return kind + "  " + v.Count(int64(t.Kinds[i])) + "  " + v.Share(t.Kinds[i], t.Total)
	}
	y := top + kindBar + 62
	c.box(margin, y-28, 28, 28, 8, 8, c.collective)
	c.text(say(0), margin+44, y, smallSize, c.ink)
	at := c.flushRight(say(1), chartWidth-margin, y, smallSize, c.ink)
	c.box(at-44, y-28, 28, 28, 8, 8, c.individual)
}
