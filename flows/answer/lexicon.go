package answer

import (
	"slices"
	"strings"
)

// lexicon finds phrases in a row of tokens and says what they mean.
type lexicon[T comparable] map[string][]phrase[T] // by the first word, folded

type phrase[T comparable] struct {
	words  []token
	strict bool // its diacritics must be typed
	means  T
}

// entry is a row of a lexicon's table. Say holds phrases, parted by commas; one
// that begins with "=" is known only with its diacritics.
type entry[T comparable] struct {
	say   string
	means T
}

func newLexicon[T comparable](rows []entry[T]) lexicon[T] {
	l := make(lexicon[T])
	for _, row := range rows {
		for say := range strings.SplitSeq(row.say, ", ") {
			strict := len(say) > 1 && say[0] == '='
			if strict {
				say = say[1:]
			}
			p := phrase[T]{scan(say), strict, row.means}
			first := p.words[0].fold
			l[first] = append(l[first], p)
		}
	}

	for _, phrases := range l {
		slices.SortStableFunc(phrases, func(a, b phrase[T]) int { return len(b.words) - len(a.words) })
	}
	return l
}

// found is a phrase that stands in a text.
type found[T comparable] struct {
	means T
	len   int  // how many tokens; 0: nothing was found
	exact bool // typed with all its diacritics
	doubt bool // without diacritics it could be another phrase of the lexicon
}

// at finds the longest phrase that begins at token i. Among phrases of one
// length, one typed with its diacritics wins.
func (l lexicon[T]) at(toks []token, i int) found[T] {
	var best found[T]
	if i < 0 || i >= len(toks) || toks[i].kind == number {
		return best
	}

	for _, p := range l[toks[i].fold] {
		if len(p.words) < best.len {
			break
		}

		fits, exact := p.fits(toks[i:])
		switch {
		case !fits:
		case best.len == 0:
			best = found[T]{means: p.means, len: len(p.words), exact: exact}
			if exact {
				return best
			}
		case exact:
			return found[T]{means: p.means, len: len(p.words), exact: true}
		case p.means != best.means:
			best.doubt = true
		}
	}

	return best
}

// fits compares the phrase with the tokens; exact says that every diacritic of
// the phrase was typed.
func (p phrase[T]) fits(toks []token) (fits, exact bool) {
	if len(toks) < len(p.words) {
		return false, false
	}
	exact = true
	for i, w := range p.words {
		t := toks[i]
		if t.fold != w.fold || t.kind != w.kind || t.tone != "" && t.tone != w.tone {
			return false, false
		}
		exact = exact && t.tone == w.tone
	}
	return exact || !p.strict, exact
}

// before finds the longest phrase that ends just before token i.
func (l lexicon[T]) before(toks []token, i int) found[T] {
	const longest = 4
	for n := min(longest, i); n > 0; n-- {
		if f := l.at(toks, i-n); f.len == n {
			return f
		}
	}
	return found[T]{}
}

// first finds the first phrase of a text.
func (l lexicon[T]) first(toks []token) (found[T], int) {
	for i := range toks {
		if f := l.at(toks, i); f.len > 0 {
			return f, i
		}
	}
	return found[T]{}, -1
}

// has reports whether a phrase of the lexicon stands among words.
func has[T comparable](x lexicon[T], toks []token) bool {
	var none T
	for i := 0; i < len(toks); i++ {
		if f := x.at(toks, i); f.len > 0 && f.means != none {
			return true
		} else if f.len > 0 {
			i += f.len - 1
		}
	}
	return false
}
