package answer

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// vocabulary is every word of the lexicons that say what is counted, folded:
// what a word that means nothing may have been meant as.
var vocabulary = sync.OnceValue(func() map[string]bool {
	v := map[string]bool{}
	add := func(words []token) {
		for _, w := range words {
			if w.kind == word {
				v[w.fold], v[cmp.Or(w.tone, w.fold)] = true, true
			}
		}
	}
	for _, list := range metrics {
		for _, p := range list {
			add(p.words)
		}
	}

	for _, l := range []lexicon[thing]{long, land, goods, pieces} {
		for _, list := range l {
			for _, p := range list {
				add(p.words)
			}
		}
	}
	for _, list := range moneyWords {
		for _, p := range list {
			add(p.words)
		}
	}
	for _, list := range shares {
		for _, p := range list {
			add(p.words)
		}
	}
	add(scan("làm trồng nạo vét trong góp công hiến chưa còn rộng dài cao sâu"))
	return v
})

// mended writes the words of a text that the keyboard or a missing space
// spoilt as they were meant: trieeuj, côngg, 620ngàycông. Words that mean
// something, and words that still mean nothing, stay as they are.
func mended(toks []token) []token {
	out := make([]token, 0, len(toks))
	for i, t := range toks {
		if t.kind != word || len(t.text) < 3 || len(t.text) > 40 || vocabulary()[t.fold] {
			out = append(out, t)
			continue
		}
		glued := !t.gap && i > 0 && toks[i-1].kind == number || i+1 < len(toks) && !toks[i+1].gap && toks[i+1].kind == number
		out = append(out, mend(t, glued)...)
	}
	return out
}

// mend finds the words that one word was meant as.
func mend(t token, glued bool) []token {
	tries := []string{telex(t.text), undoubled(t.text)}
	for _, s := range tries {
		if s == "" || s == t.text {
			continue
		}
		fold, tone := foldWord(s)
		if vocabulary()[cmp.Or(tone, fold)] {
			return []token{{kind: word, text: s, fold: fold, tone: tone, gap: t.gap, at: t.at, end: t.end}}
		}
	}

	if glued || len(t.fold) > 7 {
		if parts := split(t.text); parts != nil {
			parts[0].gap = t.gap
			for i := range parts {
				parts[i].at, parts[i].end = t.at, t.end
			}
			return parts
		}
	}
	return []token{t}
}

// undoubled takes back a letter that was typed twice at an end: kênhh, dđường.
func undoubled(s string) string {
	r := []rune(strings.ToLower(s))
	n := len(r)
	switch {
	case n > 2 && r[n-1] == r[n-2]:
		return string(r[:n-1])
	case n > 2 && r[0] == 'd' && r[1] == 'đ':
		return string(r[1:])
	}
	return ""
}

// split cuts a word into words that are known, the longest first. One letter
// is a word only at the beginning: 1150mđường.
func split(s string) []token {
	parts := splitRest([]rune(s), true, make(map[int]bool))
	if len(parts) < 2 {
		return nil
	}
	return parts
}

// splitRest cuts what is left of a word; dead are the lengths of rests that
// cannot be cut, so that none is tried twice.
func splitRest(r []rune, first bool, dead map[int]bool) []token {
	for n := min(len(r), 8); n > 0 && !dead[len(r)]; n-- {
		fold, tone := foldWord(string(r[:n]))
		if !vocabulary()[cmp.Or(tone, fold)] || n == 1 && !first {
			continue
		}
		head := token{kind: word, text: string(r[:n]), fold: fold, tone: tone, gap: true}
		if n == len(r) {
			return []token{head}
		}
		if tail := splitRest(r[n:], false, dead); tail != nil {
			return append([]token{head}, tail...)
		}
	}
	dead[len(r)] = true
	return nil
}

// telexMarks are the keys of Telex behind a letter, as combining characters.
var telexTones = map[rune]rune{'s': '\u0301', 'f': '\u0300', 'r': '\u0309', 'x': '\u0303', 'j': '\u0323'}

// telex writes a word as its keys were meant, "" where they are not those of
// Telex: dduwowngf is đường.
func telex(s string) string {
	var out []rune
	var tone rune
	for _, r := range strings.ToLower(s) {
		last := rune(0)
		if n := len(out); n > 0 {
			last = out[n-1]
		}
		mark, isTone := telexTones[r]
		switch {
		case r > 'z':
			return ""
		case r == 'd' && last == 'd':
			out[len(out)-1] = 'đ'

		case strings.ContainsRune("aeo", r) && last == r:
			out[len(out)-1] = map[rune]rune{'a': 'â', 'e': 'ê', 'o': 'ô'}[r]
		case r == 'w' && strings.ContainsRune("aou", last):
			out[len(out)-1] = map[rune]rune{'a': 'ă', 'o': 'ơ', 'u': 'ư'}[last]
		case isTone && len(out) > 1:
			tone = mark
		default:
			out = append(out, r)
		}
	}
	if tone == 0 {
		return string(out)
	}

	at := -1
	for i, r := range out {
		if strings.ContainsRune("aăâeêioôơuưy", r) && (at < 0 || strings.ContainsRune("ăâêôơ", r) || i < len(out)-1) {
			at = i
		}
	}
	if at < 0 {
		return ""
	}
	return norm.NFC.String(string(out[:at+1]) + string(tone) + string(out[at+1:]))
}

// saidTwice takes out what says a number once more in words, as documents do: 35 (ba
// mươi lăm) hộ. It returns where the numbers stand whose words say something else.
func saidTwice(toks []token) (out []token, unlike []int) {
	for i := 0; i+3 < len(toks); i++ {
		if toks[i].kind != number || !toks[i+1].is("(") || toks[i+2].kind == number {
			continue
		}
		figures, words := readNumeral(toks[i].fold), countAt(toks, i+2)
		if !words.ok || words.next >= len(toks) || !toks[words.next].is(")") {
			continue
		}

		inFigures, known := figures.grouped.times(1000)
		inWords, _ := words.grouped.times(1000)
		if figures.state != readable || words.doubt || !known || inFigures != inWords {
			unlike = append(unlike, toks[i].at)
		}
		toks = slices.Delete(toks, i+1, words.next+1)
	}
	return toks, unlike
}
