package report

import (
	"bytes"
	"fmt"
	"time"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"codeberg.org/go-pdf/fpdf"
	qr "github.com/piglig/go-qr"

	"danvan/store/figures"
)

// Pass is an invitation as it is handed over: a card to be cut out, and a row of a sheet.
type Pass struct {
	Code    string // the unit's
	Unit    string
	Above   string // the place that the unit is in; "" of the highest
	Role    string
	Name    string // whom it greets; "" while nobody is known
	Link    string
	Expires time.Time // in the zone of the reader
}

// The measures of a page of cards, in millimetres and points. Eight cards cover an A4
// sheet, so that two cuts across and three down part them all.
const (
	pageWide, pageHigh = 210.0, 297.0
	cardsAcross        = 2
	cardsDown          = 4
	cardWide           = pageWide / cardsAcross
	cardHigh           = pageHigh / cardsDown
	inset              = 8.0 // of what stands on a card: printers leave the edge of the paper white
	codeSide           = 40.0
	quiet              = 4.5 // around the code, or scanners do not find it
	cutMark            = 3.0 // half the length of a mark where cuts cross
	cardFont           = "Liberation"
	hairline           = 0.15
	pointHigh          = 0.3528 // a point, in millimetres
	lineSpread         = 1.2
)

// Passes draws a card for each invitation, eight on an A4 sheet with cut marks. at is when
// they were made; the same passes give the same bytes.
func Passes(list []Pass, v figures.Voice, at time.Time) ([]byte, error) {
	p := fpdf.New("P", "mm", "A4", "")
	p.SetCreationDate(at)
	p.SetModificationDate(at)
	p.SetCatalogSort(true)
	p.SetProducer("danvan", false)
	p.SetTitle(v.Text("passes.title", nil), true)
	p.SetLang(v.Lang)
	p.SetAutoPageBreak(false, 0)
	p.SetLineWidth(hairline)
	p.AddUTF8FontFromBytes(cardFont, "", liberationsansregular.TTF)
	p.AddUTF8FontFromBytes(cardFont, "B", liberationsansbold.TTF)

	s := cards{p, v}
	for i, pass := range list {
		place := i % (cardsAcross * cardsDown)
		if place == 0 {
			p.AddPage()
			s.cutMarks()
		}
		x, y := float64(place%cardsAcross)*cardWide, float64(place/cardsAcross)*cardHigh
		if err := s.card(pass, x, y); err != nil {
			return nil, fmt.Errorf("draw the card of %s: %w", pass.Unit, err)
		}
	}

	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		return nil, fmt.Errorf("write the cards: %w", err)
	}
	return b.Bytes(), nil
}

// cards are pages of cards while they are drawn.
type cards struct {
	*fpdf.Fpdf
	voice figures.Voice
}

// cutMarks puts crosses where cuts cross, and short lines where they reach the edge.
func (s cards) cutMarks() {
	s.SetDrawColor(120, 120, 120)
	for i := 0; i <= cardsAcross; i++ {
		for j := 0; j <= cardsDown; j++ {
			x, y := float64(i)*cardWide, float64(j)*cardHigh
			if i > 0 && i < cardsAcross {
				s.Line(x, y-inset+cutMark, x, y+inset-cutMark)
			}
			if j > 0 && j < cardsDown {
				s.Line(x-inset+cutMark, y, x+inset-cutMark, y)
			}
		}
	}
}

// card draws a card whose corner is at x, y: what it is, the code, and beside the code
// for whom it is.
func (s cards) card(p Pass, x, y float64) error {
	left, wide := x+inset, cardWide-2*inset
	s.SetTextColor(90, 90, 90)
	s.lines(left, y+inset, wide, 8, "", s.voice.Text("passes.title", nil), 1)
	top := y + inset + 8*pointHigh + quiet
	if err := s.code(p.Link, left, top, codeSide); err != nil {
		return err
	}

	s.SetTextColor(0, 0, 0)
	beside, room := left+codeSide+quiet, wide-codeSide-quiet
	at := s.lines(beside, top, room, 10, "", p.Role, 2)
	size, most := 13.0, 3
	if s.SetFont(cardFont, "B", size); len(s.SplitText(p.Unit, room)) > most {
		size, most = 10, 6 // a long name is to be read in full
	}
	at = s.lines(beside, at+1.5, room, size, "B", p.Unit, most)
	if p.Above != "" {
		at = s.lines(beside, at+0.5, room, 9, "", p.Above, 2)
	}
	if p.Name != "" {
		s.lines(beside, at+3, room, 10, "", p.Name, 2)
	}

	how := s.voice.Text("passes.how", map[string]any{"Until": p.Expires.Format("15:04 02/01/2006")})
	s.lines(left, top+codeSide+quiet-8*pointHigh*(lineSpread-1), wide, 8, "", how, 2)
	return nil
}

// lines writes a text from y down, broken into at most so many lines of a width, and
// returns where the next may begin. What does not fit is cut off with an ellipsis.
func (s cards) lines(x, y, wide, size float64, style, text string, most int) float64 {
	s.SetFont(cardFont, style, size)
	broken := s.SplitText(text, wide)
	if len(broken) > most {
		broken = broken[:most]
		for last := []rune(broken[most-1]); ; last = last[:len(last)-1] {
			broken[most-1] = string(last) + "…"
			if len(last) == 0 || s.GetStringWidth(broken[most-1]) <= wide {
				break
			}
		}
	}
	for _, line := range broken {
		y += size * pointHigh * lineSpread
		s.Text(x, y-size*pointHigh*(lineSpread-1), line)
	}
	return y
}

// code draws a link as a QR code. Its border is the white of the card.
func (s cards) code(link string, x, y, side float64) error {
	code, err := qr.EncodeText(link, qr.Medium)
	if err != nil {
		return err
	}

	const overlap = 0.02 // or a viewer shows the seam between two rows
	s.SetFillColor(0, 0, 0)
	module := side / float64(code.Size())
	for row := range code.Size() {
		for from := 0; from < code.Size(); from++ {
			to := from
			for to < code.Size() && code.Module(to, row) {
				to++
			}
			if to > from {
				s.Rect(x+float64(from)*module, y+float64(row)*module, float64(to-from)*module, module+overlap, "F")
				from = to
			}
		}
	}
	return nil
}
