package report_test

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"os"
	"testing"

	"danvan/bot/report"
	"danvan/store"
	"danvan/store/figures"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font/sfnt"
)

// TestChart draws what can be drawn: a province, a commune with one model, and
// nothing. With REPORT_SHOW=DIR it leaves the pictures there to be looked at.
func TestChart(t *testing.T) {
	t.Parallel()
	now, before, _ := review(640)
	few := figures.Compute(half(), []store.Fact{accepted(1)}, units())
	none := figures.Compute(half(), nil, units())
	commune := halfHeading()
	commune.Unit = units()[2]
	for _, c := range []struct {
		name, lang string
		f, before  *figures.Figures
		h          figures.Heading
		theme      report.Theme
	}{
		{"province", "vi", now, before, halfHeading(), report.Light},
		{"province dark", "en", now, before, halfHeading(), report.Dark},
		{"one dark", "vi", few, nil, commune, report.Dark},
		{"none", "vi", none, before, halfHeading(), report.Light},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b, err := report.Chart(c.f, voice(t, c.lang), c.h, c.before, c.theme)
			must(t, err)
			picture, err := png.Decode(bytes.NewReader(b))
			must(t, err)
			if size := picture.Bounds().Size(); size.X != 1080 || size.Y > 1700 {
				t.Errorf("the picture is %v", size)
			}
			if len(b) > 200<<10 {
				t.Errorf("%d bytes are much for a phone", len(b))
			}
			if dir := os.Getenv("REPORT_SHOW"); dir != "" {
				must(t, os.WriteFile(fmt.Sprintf("%s/%s %s.png", dir, c.name, c.lang), b, 0o600))
			}
		})
	}
}

func TestChartIsTheSameBytes(t *testing.T) {
	t.Parallel()
	f := figures.Compute(half(), []store.Fact{accepted(1)}, units())
	first, err := report.Chart(f, voice(t, "vi"), halfHeading(), nil, report.Light)
	must(t, err)
	again, err := report.Chart(f, voice(t, "vi"), halfHeading(), nil, report.Light)
	must(t, err)
	if !bytes.Equal(first, again) {
		t.Error("the same figures gave another picture")
	}
}

// TestChartDrawsNumbers looks at the bars: as long as the numbers say, in the
// colours of the kinds.
func TestChartDrawsNumbers(t *testing.T) {
	t.Parallel()
	individual := accepted(2)
	individual.Kind = store.Individual
	half1 := accepted(3)
	half1.Entries[0].Field = "VHXH"
	f := figures.Compute(half(), []store.Fact{accepted(1), individual, half1}, units())
	b, err := report.Chart(f, voice(t, "vi"), halfHeading(), nil, report.Light)
	must(t, err)
	picture, err := png.Decode(bytes.NewReader(b))
	must(t, err)
	lengths := map[color.Color]int{}
	bars := 0
	for y := range picture.Bounds().Dy() {
		row := map[color.Color]int{}
		for x := range picture.Bounds().Dx() {
			row[picture.At(x, y)]++
		}
		for c, n := range row {
			lengths[c] = max(lengths[c], n)
		}
		if row[track] > 400 {
			bars++
		}
	}
	// All bars are parts of three: the widest blue is that of the bar for all
	// fields, two of them; the widest amber is one.
	if got := lengths[blue]; got < 620 || got > 645 {
		t.Errorf("the longest collective bar is %d pixels", got)
	}
	if got := lengths[amber]; got < 310 || got > 325 {
		t.Errorf("the longest individual bar is %d pixels", got)
	}
	if bars == 0 {
		t.Error("no bar is half empty")
	}
}

// TestFontsHaveEveryLetter looks at the fonts of the pictures: a letter that
// one does not have is drawn as an empty box, and nobody is told.
func TestFontsHaveEveryLetter(t *testing.T) {
	t.Parallel()
	letters := []rune("0123456789AZaz.,:;()/-–−+%·…“”ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯàáâãèéêìíòóôõùúýăđĩũơư")
	for r := rune(0x1EA0); r <= 0x1EF9; r++ { // Ạ to ỹ
		letters = append(letters, r)
	}
	for name, file := range map[string][]byte{"regular": liberationsansregular.TTF, "bold": liberationsansbold.TTF} {
		font, err := sfnt.Parse(file)
		must(t, err)
		for _, r := range letters {
			if glyph, err := font.GlyphIndex(nil, r); glyph == 0 || err != nil {
				t.Errorf("%s has no %q: %v", name, r, err)
			}
		}
	}
}

var (
	blue  = color.RGBA{0x1F, 0x6F, 0xB2, 0xFF}
	amber = color.RGBA{0xE3, 0xA1, 0x2F, 0xFF}
	track = color.RGBA{0xE6, 0xEC, 0xF2, 0xFF}
)
