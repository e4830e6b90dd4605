package lunar

import "math"

// newMoon returns the instant of new moon k as a Julian ephemeris day; k is 0
// for the first new moon of 2000. Meeus, chapter 49.
func newMoon(k int) float64 {
	n := float64(k)
	t := n / 1236.85
	t2, t3, t4 := t*t, t*t*t, t*t*t*t

	e := 1 - 0.002516*t - 0.0000074*t2
	sun := radians(2.5534 + 29.10535670*n - 0.0000014*t2 - 0.00000011*t3)
	moon := radians(201.5643 + 385.81693528*n + 0.0107582*t2 + 0.00001238*t3 - 0.000000058*t4)
	lat := radians(160.7108 + 390.67050284*n - 0.0016118*t2 - 0.00000227*t3 + 0.000000011*t4)
	node := radians(124.7746 - 1.56375588*n + 0.0020672*t2 + 0.00000215*t3)

	jde := firstMoon + synodic*n + 0.00015437*t2 - 0.000000150*t3 + 0.00000000073*t4
	for _, w := range waves {
		a := w.amplitude
		for range w.eccentricity {
			a *= e
		}
		jde += a * math.Sin(w.moon*moon+w.sun*sun+w.lat*lat)
	}
	jde -= 0.00017 * math.Sin(node)
	for i, p := range planets {
		angle := p.phase + p.rate*n
		if i == 0 {
			angle -= 0.009173 * t2
		}
		jde += p.amplitude * math.Sin(radians(angle))
	}
	return jde
}

// sunLongitude returns the sun's apparent longitude in degrees, 0 to 360, at a
// Julian ephemeris day. Meeus, chapter 25.
func sunLongitude(jde float64) float64 {
	t := (jde - 2451545) / 36525
	t2 := t * t
	mean := 280.46646 + 36000.76983*t + 0.0003032*t2
	anomaly := radians(357.52911 + 35999.05029*t - 0.0001537*t2)
	centre := (1.914602-0.004817*t-0.000014*t2)*math.Sin(anomaly) +
		(0.019993-0.000101*t)*math.Sin(2*anomaly) + 0.000289*math.Sin(3*anomaly)
	node := radians(125.04 - 1934.136*t)
	return modulo360(mean + centre - 0.00569 - 0.00478*math.Sin(node))
}

func radians(degrees float64) float64 { return modulo360(degrees) * math.Pi / 180 }

func modulo360(degrees float64) float64 {
	degrees = math.Mod(degrees, 360)
	if degrees < 0 {
		degrees += 360
	}
	return degrees
}

// waves are the periodic terms of the new moon: amplitude in days, multiples
// of the moon's anomaly, the sun's anomaly and the moon's argument of latitude,
// and how often the earth's eccentricity comes in.
var waves = [...]struct {
	amplitude      float64
	moon, sun, lat float64
	eccentricity   int
}{
	{-0.40720, 1, 0, 0, 0},
	{0.17241, 0, 1, 0, 1},
	{0.01608, 2, 0, 0, 0},
	{0.01039, 0, 0, 2, 0},
	{0.00739, 1, -1, 0, 1},
	{-0.00514, 1, 1, 0, 1},
	{0.00208, 0, 2, 0, 2},
	{-0.00111, 1, 0, -2, 0},
	{-0.00057, 1, 0, 2, 0},
	{0.00056, 2, 1, 0, 1},
	{-0.00042, 3, 0, 0, 0},
	{0.00042, 0, 1, 2, 1},
	{0.00038, 0, 1, -2, 1},
	{-0.00024, 2, -1, 0, 1},
	{-0.00007, 1, 2, 0, 0},
	{0.00004, 2, 0, -2, 0},
	{0.00004, 0, 3, 0, 0},
	{0.00003, 1, 1, -2, 0},
	{0.00003, 2, 0, 2, 0},
	{-0.00003, 1, 1, 2, 0},
	{0.00003, 1, -1, 2, 0},
	{-0.00002, 1, -1, -2, 0},
	{-0.00002, 3, 1, 0, 0},
	{0.00002, 4, 0, 0, 0},
}

// planets are the planetary terms: amplitude in days, phase and rate in degrees.
var planets = [...]struct{ amplitude, phase, rate float64 }{
	{0.000325, 299.77, 0.107408},
	{0.000165, 251.88, 0.016321},
	{0.000164, 251.83, 26.651886},
	{0.000126, 349.42, 36.412478},
	{0.000110, 84.66, 18.206239},
	{0.000062, 141.74, 53.303771},
	{0.000060, 207.14, 2.453732},
	{0.000056, 154.84, 7.306860},
	{0.000047, 34.52, 27.261239},
	{0.000042, 207.19, 0.121824},
	{0.000040, 291.34, 1.844379},
	{0.000037, 161.72, 24.198154},
	{0.000035, 239.56, 25.513099},
	{0.000023, 331.55, 3.592518},
}
