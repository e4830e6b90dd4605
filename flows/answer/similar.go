package answer

import (
	"cmp"
	"slices"
	"strings"
)

// Similar says how alike two titles are, from 0 to 1; 1 is the same, and 0.85
// and more is likely the same model (domain.md §4.1). Case, diacritics,
// punctuation, abbreviations, the order of words, small slips and the prefix
// "mô hình" do not count. Different numbers do: hẻm 51 is not hẻm 53.
func Similar(a, b string) float64 {
	x, y := titleWords(a), titleWords(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}

	same, restX, restY := shared(x, y)
	if len(restX) == 0 && len(restY) == 0 {
		return 1
	}

	score := float64(same) + slips(restX, restY)
	n, m := float64(len(x)), float64(len(y))
	likeness := 2 * score / (n + m)

	// A title that stands whole inside a longer one is likely the same model.
	const enough, inside = 5, 0.87
	if short := min(n, m); short >= enough && score >= short-0.2 {
		likeness = max(likeness, inside)
	}
	if strings.Join(x, "") == strings.Join(y, "") {
		likeness = max(likeness, 0.98)
	}
	if otherNumbers(restX, restY) {
		likeness = min(likeness, 0.8)
	}

	return min(likeness, 0.99)
}

// mostWords is how many words of a title are compared; beyond it nothing is a title.
const mostWords = 60

// titleWords are the words of a title without its prefix.
func titleWords(s string) []string {
	words := strings.Fields(Expand(s))
	if len(words) > 2 && words[0] == "mo" && words[1] == "hinh" {
		words = words[2:]
	}
	return words[:min(len(words), mostWords)]
}

// shared counts the words that two titles have in common and returns the others.
func shared(x, y []string) (same int, restX, restY []string) {
	left := make(map[string]int, len(y))
	for _, w := range y {
		left[w]++
	}

	for _, w := range x {
		if left[w] > 0 {
			left[w]--
			same++
		} else {
			restX = append(restX, w)
		}
	}

	for _, w := range y {
		if left[w] > 0 {
			left[w]--
			restY = append(restY, w)
		}
	}

	return same, restX, restY
}

// slips matches the words that differ by a slip, the closest pairs first.
func slips(x, y []string) float64 {
	type pair struct {
		i, j  int
		score float64
	}

	var pairs []pair
	for i, a := range x {
		for j, b := range y {
			if s := slip(a, b); s > 0 {
				pairs = append(pairs, pair{i, j, s})
			}
		}
	}

	slices.SortStableFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(q.score, p.score),
			cmp.Compare(min(x[p.i], y[p.j]), min(x[q.i], y[q.j])), cmp.Compare(max(x[p.i], y[p.j]), max(x[q.i], y[q.j])))
	})

	usedX, usedY := make([]bool, len(x)), make([]bool, len(y))
	var total float64
	for _, p := range pairs {
		if !usedX[p.i] && !usedY[p.j] {
			usedX[p.i], usedY[p.j] = true, true
			total += p.score
		}
	}

	return total
}

// slip scores two different words: nearly the same if one slip of the keys
// parts them. Short words and numbers differ by any letter, and so do words
// with another first letter: đường is not lương.
func slip(a, b string) float64 {
	if max(len(a), len(b)) < 5 || max(len(a), len(b)) > 30 || a[0] != b[0] || isDigits(a) || isDigits(b) {
		return 0
	}
	if distance(a, b, 1) == 1 {
		return 0.85
	}
	return 0
}

// otherNumbers reports whether the words that differ hold different numbers.
// Years do not count: the same model comes again.
func otherNumbers(x, y []string) bool {
	own := func(w string) bool { return isDigits(w) && !(len(w) == 4 && plausibleYear(w)) }
	return slices.ContainsFunc(x, own) && slices.ContainsFunc(y, own)
}
