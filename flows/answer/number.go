package answer

import (
	"math"
	"math/bits"
	"strings"
)

// decimal is mant / 10^places.
type decimal struct {
	mant   int64
	places int
}

// times returns the number times a factor, rounded to a whole; false when that
// does not fit. The factor is not negative.
func (d decimal) times(factor int64) (int64, bool) {
	hi, lo := bits.Mul64(uint64(d.mant), uint64(factor))
	ten := uint64(pow10(d.places))
	if hi >= ten {
		return 0, false
	}

	q, r := bits.Div64(hi, lo, ten)
	if r >= ten-r {
		q++
	}
	if q > math.MaxInt64 {
		return 0, false
	}

	return int64(q), true
}

// whole reports whether the number has no fraction.
func (d decimal) whole() bool { return d.mant%pow10(d.places) == 0 }

// less compares the number with a whole one.
func (d decimal) less(n int64) bool { return d.mant/pow10(d.places) < n }

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// numeral is how a written number can be read. In Vietnamese a point groups
// thousands and a comma begins the decimals (domain.md §2.7); spreadsheets and
// phones write it the other way round, so one separator before three digits
// can be either.
type numeral struct {
	grouped, fraction decimal
	// mark is the separator of a number that has both readings, 0 when
	// grouped is the only one.
	mark  byte
	split bool // whether it had a separator that groups
	state numeralState
}

type numeralState uint8

const (
	readable numeralState = iota
	misgrouped
	huge
)

// most digits that are read; beyond them a number is huge or its decimals are cut.
const mostDigits = 16

// readNumeral reads a number token.
func readNumeral(s string) numeral {
	var groups []string
	var marks []byte
	start := 0
	for i := range len(s) {
		if c := s[i]; !isDigit(rune(c)) {
			groups = append(groups, s[start:i])
			marks = append(marks, c)
			start = i + 1
		}
	}

	groups = append(groups, s[start:])
	n := len(marks)
	if n == 0 {
		return oneReading(s, "", false)
	}

	last, rest := marks[n-1], marks[:n-1]
	alike := strings.Trim(string(rest), string(marks[0])) == ""
	whole, tail := strings.Join(groups[:n], ""), groups[n]
	switch {
	case !alike:
		return numeral{state: misgrouped}
	case n == 1 && last != '\'' && last != ' ':
		return twoReadings(groups[0], tail, last)
	case last == marks[0] && inThrees(groups):
		return oneReading(whole+tail, "", true)
	case last != marks[0] && inThrees(groups[:n]):
		return oneReading(whole, tail, true)
	}

	return numeral{state: misgrouped}
}

// twoReadings reads a number with one separator.
func twoReadings(whole, tail string, mark byte) numeral {
	if len(tail) != 3 || strings.HasPrefix(whole, "0") {
		return oneReading(whole, tail, false)
	}
	n := oneReading(whole+tail, "", true)
	n.fraction, n.mark = oneReading(whole, tail, false).grouped, mark
	if len(whole) > 3 {
		n.split = false
	}
	return n
}

func oneReading(whole, tail string, split bool) numeral {
	whole = strings.TrimLeft(whole, "0")
	if len(whole) > mostDigits {
		return numeral{state: huge}
	}
	tail = tail[:min(len(tail), mostDigits-len(whole))]
	n := numeral{grouped: decimal{places: len(tail)}, split: split}
	for _, c := range whole + tail {
		n.grouped.mant = n.grouped.mant*10 + int64(c-'0')
	}
	return n
}

func inThrees(groups []string) bool {
	for i, g := range groups {
		if i == 0 && (len(g) == 0 || len(g) > 3) || i > 0 && len(g) != 3 {
			return false
		}
	}
	return true
}

// joinThousands makes one number of digits grouped by spaces (1 500 000). A
// number after a word of the calendar (tháng 10) stays by itself.
func joinThousands(toks []token) []token {
	out := make([]token, 0, len(toks))
	for i := 0; i < len(toks); {
		t := toks[i]
		j := i + 1
		if t.kind == number && len(t.fold) <= 3 && calendarWord.before(toks, i).len == 0 &&
			ordinalWord.before(toks, i).len == 0 {
			for j < len(toks) && toks[j].kind == number && len(toks[j].fold) == 3 &&
				isDigits(toks[j].fold) && toks[j].gap {
				t.text += " " + toks[j].text
				t.fold += " " + toks[j].fold
				t.end = toks[j].end
				j++
			}
		}
		out = append(out, t)
		i = j
	}

	return out
}

func isDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(rune(s[i])) {
			return false
		}
	}
	return s != ""
}

// plus adds two numbers.
func (d decimal) plus(e decimal) decimal {
	if d.places < e.places {
		d, e = e, d
	}
	return decimal{d.mant + e.mant*pow10(d.places-e.places), d.places}
}

// distinct leaves out what stands a second time.
func distinct[T comparable](values []T) []T {
	var out []T
	seen := make(map[T]bool, len(values))
	for _, v := range values {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
