package trial

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"net/http"
	"strconv"
	"strings"
)

// Samples is the number of sample photos.
const Samples = 3

// Sample draws a photo of village life for those who have none at hand, as a
// PNG of 640 × 480: 1 a road through fields, 2 a house with a flag, 3 a canal
// at dusk. It returns nil for any other number.
func Sample(n int) []byte {
	scenes := map[int]func(x, y float64) color.RGBA{1: road, 2: house, 3: canal}
	scene := scenes[n]
	if scene == nil {
		return nil
	}
	const width, height = 640, 480
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			picture.SetRGBA(x, y, scene(float64(x)/width, float64(y)/height))
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return nil
	}
	return out.Bytes()
}

func blend(a, b color.RGBA, t float64) color.RGBA {
	t = min(max(t, 0), 1)
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*t) }
	return color.RGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

func sky(y float64) color.RGBA { return blend(rgb(0x6fb7e8), rgb(0xeaf6fb), y*2.2) }

func road(x, y float64) color.RGBA {
	const horizon = 0.42
	if math.Hypot(x-0.78, (y-0.16)*0.75) < 0.055 {
		return rgb(0xfff2b8)
	}
	if y < horizon-0.05*math.Sin(x*7+1) {
		return sky(y)
	}
	if y < horizon+0.02 {
		return rgb(0x3f7d54)
	}
	depth := (y - horizon) / (1 - horizon)
	middle := 0.5 + 0.16*(1-depth)*math.Sin(depth*4)
	half := 0.015 + 0.2*depth
	if d := math.Abs(x - middle); d < half {
		if d < half*0.04 && int(depth*depth*26)%2 == 0 {
			return rgb(0xfdfdf6)
		}
		return blend(rgb(0xb9b4ab), rgb(0x8d8880), depth)
	}
	row := math.Sin((x - middle) / (half + 0.05) * 14)
	return blend(rgb(0x7fc24b), rgb(0x5aa239), 0.5+0.5*row)
}

func house(x, y float64) color.RGBA {
	switch {
	case x > 0.155 && x < 0.165 && y > 0.18 && y < 0.74:
		return rgb(0x8a8f98)
	case x >= 0.165 && x < 0.30 && y > 0.18 && y < 0.30:
		if math.Hypot(x-0.232, (y-0.24)*0.75) < 0.026 {
			return rgb(0xffd92e)
		}
		return rgb(0xd8272d)
	case y > 0.32 && y < 0.48 && math.Abs(x-0.6) < 0.06+(y-0.32)*1.75:
		return blend(rgb(0xc1553b), rgb(0x9c3f2b), math.Mod(y*40, 1))
	case x > 0.34 && x < 0.86 && y >= 0.48 && y < 0.78:
		if x > 0.55 && x < 0.65 && y > 0.56 {
			return rgb(0x7a4a2b)
		}
		if y > 0.56 && y < 0.67 && (x > 0.40 && x < 0.49 || x > 0.71 && x < 0.80) {
			return rgb(0x9fd3e6)
		}
		return rgb(0xf3e3c0)
	case y > 0.74:
		return blend(rgb(0x8fc46a), rgb(0x5f9a44), (y-0.74)*4)
	case y > 0.62+0.03*math.Sin(x*20):
		return rgb(0x4f9158)
	}
	return sky(y)
}

func canal(x, y float64) color.RGBA {
	const shore = 0.5
	dusk := blend(rgb(0x3d4a7d), rgb(0xf6b26b), y/shore)
	if math.Hypot(x-0.3, (y-0.42)*0.75) < 0.06 {
		return rgb(0xffe1a0)
	}
	if y < shore {
		if y > shore-0.06-0.03*math.Abs(math.Sin(x*9))-0.02*math.Sin(x*31) {
			return rgb(0x243a35)
		}
		return dusk
	}
	boat := math.Abs(x-0.66)/0.14 + math.Abs(y-0.68)/0.03
	if boat < 1 && y > 0.66 {
		return rgb(0x2b1d16)
	}
	if math.Hypot((x-0.62)*1.6, y-0.62) < 0.035 {
		return rgb(0x1f2a35)
	}
	ripple := 0.5 + 0.5*math.Sin(y*150+4*math.Sin(x*12))
	return blend(blend(rgb(0xe19a5f), rgb(0x31406b), (y-shore)*2), rgb(0xffd9a0), 0.18*ripple)
}

func serveSample(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(strings.TrimSuffix(r.PathValue("n"), ".png"))
	picture := Sample(n)
	if picture == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", "max-age=3600")
	_, _ = w.Write(picture) // the page may have gone away
}
